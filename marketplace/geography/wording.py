"""How distances are said."""

from __future__ import annotations

from django.utils.translation import gettext as _

# Below this the one decimal shown would be 0.0.
SHORTEST_SHOWN_KM = 0.05


def say_distance(km: float) -> str:
    """「6.2 公里」; a distance too short to show is said to be below the shortest one."""
    if km < SHORTEST_SHOWN_KM:
        return _("不到 0.1 公里")
    return _("%(km).1f 公里") % {"km": km}
