"""Who may give roles, and which account never opens a door."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from .demo import DEMO_DOMAIN, DEMO_PASSWORD
from .enums import AREA_ROLES, OWN_ROLES, Role


def refuse_grant(user: Any, role: str, area: Any, granted_by: Any) -> str | None:
    """Only the bureau gives roles of an authority, and nobody gives one to themselves. `granted_by=None` is the installation itself."""
    if granted_by is None:
        return None
    if granted_by.pk == user.pk and role in AREA_ROLES:
        return _("不能给自己授权，请另一位市局工作人员办理。")
    if role in AREA_ROLES and not granted_by.has_role(Role.BUREAU):
        return _("这一角色由市民政局授予。")
    if role in AREA_ROLES and area is None:
        return _("请选择这一角色管辖的地区。")
    return None


def refuse_demo_account(user: Any, password: str, *, is_demo: bool) -> str | None:
    """The demo's accounts share a published password: outside the demo it opens nothing."""
    if is_demo or password != DEMO_PASSWORD or not (user.email or "").endswith(DEMO_DOMAIN):
        return None
    return _("演示账号只能在演示环境里使用。")


def refuse_closing(user: Any, actor: Any) -> str | None:
    """One's own account; whoever acts for an authority first hands that back."""
    if user.pk != actor.pk:
        return _("账号由本人注销。")
    if user.is_superuser or user.roles - OWN_ROLES:
        return _("这个账号还代表单位、组织或活动地点办事，请先交给同事，由他们把您移出，再注销。")
    return None
