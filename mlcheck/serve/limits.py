"""What the service allows."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final

__all__ = ["LOOPBACK", "Limits", "is_loopback"]

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
"""What this machine is called by its own programs."""

_SLACK: Final = 65_536
"""Bytes of a request beside its texts: names of fields, headers of parts, settings."""


def is_loopback(host: str) -> bool:
    """Is a host this machine alone?"""
    if host in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one service."""

    max_size: int = 10_000_000
    """Bytes of a version; `mlcheck.read.DEFAULT_MAX_SIZE`."""
    timeout: float = 60.0
    """Seconds that a pair may take, that its request may take to arrive, and that it may have to wait for its
    turn. The longest text that a desk sends takes a few; a minute is for books."""
    jobs: int = 1
    """Processes that check, each with models of its own."""
    queue: int = 16
    """Requests that may wait beside those that are checked; one more is sent away."""

    @property
    def max_request(self) -> int:
        """Bytes of a request: two versions in base64, which adds a third, and some slack."""
        return 3 * self.max_size + _SLACK
