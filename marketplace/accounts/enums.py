"""Roles. Area scope is a second axis: a role of the bureau's side counts only inside its area."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    VOLUNTEER = "volunteer", _("志愿者")
    GROUP_LEADER = "group_leader", _("志愿团队负责人")
    ORGANIZATION = "organization", _("社会组织工作人员")
    SITE_KEEPER = "site_keeper", _("儿童之家负责人")
    VILLAGE = "village", _("村（社区）工作人员")
    TOWNSHIP = "township", _("乡镇（街道）工作人员")
    COUNTY = "county", _("县级民政工作人员")
    BUREAU = "bureau", _("市民政局工作人员")
    SUPERVISOR = "supervisor", _("监督（只读）")


# Those who act for an authority: a second factor is required of them.
STAFF_ROLES = frozenset({Role.TOWNSHIP, Role.COUNTY, Role.BUREAU, Role.SUPERVISOR})
AREA_ROLES = STAFF_ROLES | {Role.VILLAGE}
# In which somebody acts for nobody but themselves and their team.
OWN_ROLES = frozenset({Role.VOLUNTEER, Role.GROUP_LEADER})
