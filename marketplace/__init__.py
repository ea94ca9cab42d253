"""The marketplace decides: who needs what, who offers what, who comes. The database is the truth.

Packages in the order data flows; each imports only what stands above it:

geography      points, areas, distance, datums, geocoders
history        Event: who did what, when, why
workflow       the one door that changes a status; work calendar, deadlines
messaging      inbox, mail
accounts       people who can sign in, roles, area scope
privacy        who somebody really is: sealed, masked, opened for a reason; consents
documents      papers that people hand in, and spreadsheets that are taken in
organizations  who can help: registered bodies, their members
volunteers     who can help: people, groups, skills, clearance
sites          where: relocation sites, children's homes, villages
shifts         the slot: one place, one time, so many places
needs          what is asked
programs       what is offered
matching       who fits, how well, and why
signups        what was agreed, unpaid
safeguarding   reports of harm to a child, complaints, numbers to call
workbench      a desk for each role: pages that show several stages at once

Above them stands the composition root: urls, api, permissions, middleware, celery, settings, models, apps, management.
"""
