"""No test may leave this machine: an audit hook sees every connection and every look-up, whichever library makes it."""

import ipaddress
import sys
from typing import Any

ATTEMPTS: list[str] = []
LOCAL_NAMES = ("", "localhost", None)


class LeftTheMachine(RuntimeError):
    """A test tried to reach another machine."""


def forbid_network() -> None:
    """For the life of this process. An attempt raises, and is remembered in case somebody swallows that."""
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        _require_local(arguments[1])
    elif event == "socket.getaddrinfo":
        _require_local(arguments[:2])


def _require_local(address: Any) -> None:
    # Unix sockets have a path for an address.
    if isinstance(address, tuple) and not is_local(address[0]):
        ATTEMPTS.append(f"{address[0]}:{address[1]}")
        raise LeftTheMachine(ATTEMPTS[-1])


def is_local(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False
