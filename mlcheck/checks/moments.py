"""Dates and times as formats write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

__all__ = ["moment"]

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?(.*)")


def moment(written: str) -> datetime | None:
    """The moment that a date and time means, as ISO 8601 or a mail writes it; None for what is neither. One
    without a zone is taken for UTC.

    >>> moment("20240428T120000Z") == moment("2024-04-28T16:00:00+04:00")
    True
    """
    written = written.strip()
    compact = _COMPACT.fullmatch(written)
    if compact is not None:
        year, month, day, hour, minute, second, zone = compact.groups()
        written = f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(written)
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, OverflowError):
            continue
    return None
