"""Wrong settings stop the start: geocoders nobody knows, network geocoders without their key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .geocoders.chain import MAKERS

KEYS = {"amap": "AMAP_KEY", "tianditu": "TIANDITU_KEY"}


@register()
def check_geocoders(**_options: Any) -> list[CheckMessage]:
    """Errors geography.E001 (unknown name) and geography.E002 (no key)."""
    unknown = [name for name in settings.GEOCODERS if name not in MAKERS]
    keyless = [name for name in settings.GEOCODERS if name in KEYS and not getattr(settings, KEYS[name])]
    return [
        *(
            Error(f"GEOCODERS 中的 {name} 不存在。", hint=f"可用：{'、'.join(MAKERS)}。", id="geography.E001")
            for name in unknown
        ),
        *(
            Error(f"GEOCODERS 启用了 {name}，但没有密钥。", hint=f"请设置 {KEYS[name]}。", id="geography.E002")
            for name in keyless
        ),
    ]
