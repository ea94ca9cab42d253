"""The words of places: levels of division, how a point was found, how far it can be trusted."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaLevel(TextChoices):
    """Levels of administrative division, from wide to narrow."""

    CITY = "city", _("市")
    COUNTY = "county", _("县（市、区、特区）")
    TOWNSHIP = "township", _("乡镇（街道）")
    VILLAGE = "village", _("村（社区）")


class AreaKind(TextChoices):
    """A functional zone runs services but has no code in the national list."""

    ADMINISTRATIVE = "administrative", _("行政区划")
    FUNCTIONAL_ZONE = "functional_zone", _("功能区")


class Datum(TextChoices):
    """The coordinate systems that reach us; inside there is only WGS-84."""

    WGS84 = "WGS-84", _("WGS-84 坐标")
    GCJ02 = "GCJ-02", _("GCJ-02 坐标")
    BD09 = "BD-09", _("BD-09 坐标")


class Precision(TextChoices):
    """What a point stands for, from narrow to wide; people are always shown it."""

    ADDRESS = "address", _("精确到地址")
    VILLAGE = "village", _("精确到村（社区）")
    TOWNSHIP = "township", _("精确到乡镇（街道）")
    COUNTY = "county", _("精确到县（市、区、特区）")
    CITY = "city", _("精确到市")
    DEMO = "demo", _("演示位置")


class Confidence(TextChoices):
    """How far a division's point can be trusted to lie inside the division."""

    HIGH = "high", _("可信")
    MEDIUM = "medium", _("大致可信")
    LOW = "low", _("粗略")
    VERY_LOW = "very_low", _("位置待核实")


class PointMethod(TextChoices):
    """How a division's point was found."""

    TOWN_CENTRE = "town_centre", _("集镇中心")
    COMMUNITY_CENTRE = "community_centre", _("社区中心")
    COUNTY_SEAT = "county_seat", _("县政府驻地")
    BBOX_CENTRE = "bbox_centre", _("外接矩形中心")
    FORMER_BBOX_CENTRE = "former_bbox_centre", _("原乡镇外接矩形中心")
    FORMER_PARENT_BBOX = "former_parent_bbox", _("原上级乡镇外接矩形中心")
    MERGED_UNIT_POINT = "merged_unit_point", _("并入单位所在点")
    VILLAGE_POINT = "village_point", _("辖内一村所在点")
    GAP_ESTIMATE = "gap_estimate", _("由邻近边界推算")
    REFERENCE_POINT = "reference_point", _("区划参考点")


class BoxRelation(TextChoices):
    """Which unit a box was drawn around: the division itself or one that became part of it."""

    SAME_NAME = "same_name", _("同名单位")
    PREDECESSOR = "predecessor", _("前身单位")
