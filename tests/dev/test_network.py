"""The network guard itself: what it lets through, what it stops, and that nobody can swallow its refusal."""

import socket
from contextlib import suppress

import pytest

from tests.network import ATTEMPTS, LeftTheMachine, is_local


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "", None, b"127.0.0.1"])
def test_loopback_is_local(host: str | bytes | None) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "example.org", "localhost.example.org"])
def test_everything_else_is_elsewhere(host: str) -> None:
    assert not is_local(host)


def test_connection_to_another_machine_is_stopped_and_remembered() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(LeftTheMachine):
        probe.connect(("192.0.2.1", 80))
        raise AssertionError("the guard let it through")
    assert ATTEMPTS == ["192.0.2.1:80"]
    ATTEMPTS.clear()


def test_look_up_of_a_name_is_stopped_and_remembered() -> None:
    with pytest.raises(LeftTheMachine):
        socket.getaddrinfo("example.org", 443)
    assert ATTEMPTS == ["example.org:443"]
    ATTEMPTS.clear()


def test_connection_within_this_machine_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    assert ATTEMPTS == []
