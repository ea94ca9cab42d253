"""The only writes about volunteers: profiles and checks, papers, guardians, relatives, restrictions, groups."""

from .evidence import accept_evidence, hand_in_evidence, refuse_evidence, take_evidence_back
from .groups import add_group_member, confirm_group, create_group, invite_to_group, join_group, leave_group
from .guardians import agree_as_guardian, invite_guardian, record_paper_consent
from .kinship import declare_kinship, find_new_relatives, record_kinship
from .profiles import change_volunteer, create_volunteer, record_clearance, warn_of_ending_passes
from .restrictions import end_restriction, record_restriction

__all__ = [
    "accept_evidence",
    "add_group_member",
    "agree_as_guardian",
    "change_volunteer",
    "confirm_group",
    "create_group",
    "create_volunteer",
    "declare_kinship",
    "end_restriction",
    "find_new_relatives",
    "hand_in_evidence",
    "invite_guardian",
    "invite_to_group",
    "join_group",
    "leave_group",
    "record_clearance",
    "record_kinship",
    "record_paper_consent",
    "record_restriction",
    "refuse_evidence",
    "take_evidence_back",
    "warn_of_ending_passes",
]
