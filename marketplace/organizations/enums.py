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


class MemberRole(TextChoices):
    ADMIN = "admin", _("负责人")
    STAFF = "staff", _("工作人员")
