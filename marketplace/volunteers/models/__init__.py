"""Tables of volunteers. Nothing here identifies a person beyond the name they chose."""

from .checks import Clearance, ClearanceKind, Restriction, SkillEvidence
from .family import GuardianInvitation, Kinship, KinshipDeclaration, Season
from .profiles import Availability, Language, Skill, Volunteer
from .teams import GroupMember, VolunteerGroup

__all__ = [
    "Availability",
    "Clearance",
    "ClearanceKind",
    "GroupMember",
    "GuardianInvitation",
    "Kinship",
    "KinshipDeclaration",
    "Language",
    "Restriction",
    "Season",
    "Skill",
    "SkillEvidence",
    "Volunteer",
    "VolunteerGroup",
]
