"""Forms of registration and the life of an organization here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationForm(TextChoices):
    ASSOCIATION = "association", _("社会团体")
    SERVICE_ORG = "service_org", _("社会服务机构")
    FOUNDATION = "foundation", _("基金会")


class OrganizationStatus(TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待核验")
    RETURNED = "returned", _("退回补正")
    ACTIVE = "active", _("已核验")
    SUSPENDED = "suspended", _("已暂停")


class PaperKind(TextChoices):
    CERTIFICATE = "certificate", _("登记证书")
    CHARTER = "charter", _("章程")
    ANNUAL_REPORT = "annual_report", _("年度工作报告")
    OTHER = "other", _("其他材料")


class Grade(TextChoices):
    A5 = "5A", "5A"
    A4 = "4A", "4A"
    A3 = "3A", "3A"
    A2 = "2A", "2A"
    A1 = "1A", "1A"


class CreditList(TextChoices):
    """Lists of 民政部令第60号."""

    ABNORMAL = "abnormal", _("活动异常名录")
    SERIOUS = "serious", _("严重违法失信名单")


class MemberRole(TextChoices):
    ADMIN = "admin", _("负责人")
    STAFF = "staff", _("工作人员")
