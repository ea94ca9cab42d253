"""House rules that a bureau sets for itself: days, hours and numbers of things. None of them is a law's threshold."""

import environ

env = environ.Env()

# Somebody in danger is answered within hours, day and night; who speaks for no site has so many needs open at a time.
EMERGENCY_ANSWER_HOURS = env.int("EMERGENCY_ANSWER_HOURS", default=2)
OPEN_NEEDS_A_PERSON = env.int("OPEN_NEEDS_A_PERSON", default=5)
# House rules: working days until a registration is verified and a complaint is answered; how many days before a paper or a
# rating runs out its people are told; how many reports, complaints and looks for an answer an address may send, and how many
# colleagues somebody may look for.
ORGANIZATION_VERIFY_WORKDAYS = env.int("ORGANIZATION_VERIFY_WORKDAYS", default=5)
TELLINGS_PER_ADDRESS, TELLING_WINDOW_SECONDS = 200, 3600
COLLEAGUES_PER_PERSON, COLLEAGUE_WINDOW_SECONDS = 30, 3600
COMPLAINT_ANSWER_WORKDAYS = env.int("COMPLAINT_ANSWER_WORKDAYS", default=10)
EXPIRY_NOTICE_DAYS = env.int("EXPIRY_NOTICE_DAYS", default=30)
# House rules: how many days before a pass ends its holder is told, how long a guardian's link works, and how many people
# somebody may invite into groups.
WARN_OF_ENDING_PASS_DAYS = env.int("WARN_OF_ENDING_PASS_DAYS", default=30)
GUARDIAN_LINK_DAYS = env.int("GUARDIAN_LINK_DAYS", default=7)
INVITATIONS_PER_PERSON, INVITATION_WINDOW_SECONDS = 30, 3600
