"""How distances are said."""

from __future__ import annotations

from django.utils.translation import gettext as _


def say_distance(km: float) -> str:
    """「6.2 公里」; under a kilometre in tens of metres, from 100 km without a decimal."""
    metres = max(10, round(km * 100) * 10)
    if metres < 1000:
        return _("%(metres)d 米") % {"metres": metres}
    return _("%(km)s 公里") % {"km": f"{km:.0f}" if km >= 100 else f"{km:.1f}"}
