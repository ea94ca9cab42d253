"""Saying in a word or two which browser on which device somebody signed in with."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The first mark that is found wins: the apps before the engines they are built on.
BROWSERS = (
    ("MicroMessenger", gettext_lazy("微信")),
    ("DingTalk", gettext_lazy("钉钉")),
    ("QQBrowser", gettext_lazy("QQ 浏览器")),
    ("HuaweiBrowser", gettext_lazy("华为浏览器")),
    ("MiuiBrowser", gettext_lazy("小米浏览器")),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", gettext_lazy("鸿蒙")),
    ("OpenHarmony", gettext_lazy("鸿蒙")),
    ("Android", gettext_lazy("安卓手机")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", gettext_lazy("Windows 电脑")),
    ("Macintosh", gettext_lazy("苹果电脑")),
    ("Linux", gettext_lazy("Linux 电脑")),
)


def say_device(user_agent: str) -> str:
    """「微信 · 安卓手机」; what is not known is said to be so."""
    browser = _first(BROWSERS, user_agent) or _("不认识的浏览器")
    system = _first(SYSTEMS, user_agent)
    return f"{browser} · {system}" if system else browser


def _first(marks: tuple, user_agent: str) -> str:
    return next((str(name) for mark, name in marks if mark in user_agent), "")
