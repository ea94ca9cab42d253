"""Who somebody really is, kept apart from everything else: sealed, masked, opened only for a reason that is written down.

Consents, and the requests of people about their own data, live here too. Stands after `accounts`; whatever knows a person
by name or number points here and holds nothing itself.
"""
