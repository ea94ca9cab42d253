"""The only writes about needs: their life, and what only few may read."""

from .life import (
    change_need,
    chase_emergencies,
    chase_emergency,
    confirm_need,
    create_need,
    expire_need,
    expire_needs,
    fulfil_need,
    publish_need,
    refer_need,
    return_need,
    save_need,
    submit_need,
    verify_need,
    withdraw_need,
)
from .private import keep_private

__all__ = [
    "change_need",
    "chase_emergencies",
    "chase_emergency",
    "confirm_need",
    "create_need",
    "expire_need",
    "expire_needs",
    "fulfil_need",
    "keep_private",
    "publish_need",
    "refer_need",
    "return_need",
    "save_need",
    "submit_need",
    "verify_need",
    "withdraw_need",
]
