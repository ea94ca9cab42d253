"""The only writes about organizations: their life here, their papers, who works there, their standing."""

from .life import (
    change_organization,
    create_organization,
    restore_organization,
    return_organization,
    save_organization,
    submit_organization,
    suspend_organization,
    verify_organization,
)
from .members import add_colleague, add_member, change_member_role, end_membership
from .papers import add_paper, remove_paper
from .standing import lift_flag, record_flag, record_rating, warn_of_expiry

__all__ = [
    "add_colleague",
    "add_member",
    "add_paper",
    "change_member_role",
    "change_organization",
    "create_organization",
    "end_membership",
    "lift_flag",
    "record_flag",
    "record_rating",
    "remove_paper",
    "restore_organization",
    "return_organization",
    "save_organization",
    "submit_organization",
    "suspend_organization",
    "verify_organization",
    "warn_of_expiry",
]
