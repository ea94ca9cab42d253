"""One deed for each action of the product: what must stand before it, and the call that does it."""

from . import market, people, places, safety, volunteers  # noqa: F401
from .registry import DEEDS

__all__ = ["DEEDS"]
