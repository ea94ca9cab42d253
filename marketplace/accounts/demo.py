"""The accounts that everybody may try on the demo; outside it they open nothing."""

from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "duijie-demo-2026"  # noqa: S105 - published; a system check keeps it inside the demo
DEMO_DOMAIN = "@example.org"
DEMO_ACCOUNTS = (
    ("volunteer", _("志愿者")),
    ("group", _("志愿团队负责人")),
    ("ngo", _("社会组织")),
    ("ngo2", _("另一家社会组织")),
    ("site", _("儿童之家")),
    ("village", _("村（社区）")),
    ("township", _("乡镇（街道）")),
    ("county", _("区县民政局")),
    ("bureau", _("市民政局")),
)
