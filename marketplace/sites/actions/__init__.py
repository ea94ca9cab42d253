"""The only writes about sites: their life, and who keeps them."""

from .invitations import Invitation, accept_invitation, invite_keeper, read_invitation
from .life import add_keeper, change_site, close_site, create_site, end_keeper, pin_site, reopen_site

__all__ = [
    "Invitation",
    "accept_invitation",
    "add_keeper",
    "change_site",
    "close_site",
    "create_site",
    "end_keeper",
    "invite_keeper",
    "pin_site",
    "read_invitation",
    "reopen_site",
]
