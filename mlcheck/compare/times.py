"""Times of the day as keys, by which one finds another that says the same."""

from __future__ import annotations

from mlcheck.facts import Value

__all__ = ["as_numbers", "dial", "dials_of", "minute", "moment", "zone"]

_PARTS_OF_HOUR = {"25": "15", "5": "30", "75": "45"}


def minute(time: Value) -> tuple[str, str]:
    """Hour and minute of the whole day. A time whose half is not said has a reading for either."""
    return str(int(time[0]) % 24), time[1].zfill(2)


def dial(time: Value) -> tuple[str, str]:
    """Hour and minute on a dial of twelve, for numbers, which say no half of the day."""
    return str(int(time[0]) % 12), time[1].zfill(2)


def zone(time: Value) -> str:
    """The minutes from UTC, or nothing."""
    return time[2] if len(time) > 2 else ""


def moment(time: Value) -> set[tuple[str, ...]]:
    """The minute of the day in UTC, where the zone is said: 10:00 in New York is 15:00 GMT."""
    said = zone(time)
    return {("moment", str((int(time[0]) * 60 + int(time[1] or 0) - int(said)) % 1440))} if said else set()


def dials_of(number: str) -> list[tuple[str, str]]:
    """The time that a plain number may be: `17`, `17.30`; and three and a half, which is half past three in
    languages that say both so."""
    hour, _, minute = number.partition(".")
    if not (hour.isascii() and hour.isdigit() and len(hour) <= 2 and len(minute) <= 2):
        return []
    short = str(int(hour) % 12)
    parts = [(short, _PARTS_OF_HOUR[minute])] if minute in _PARTS_OF_HOUR else []
    return [(short, minute.ljust(2, "0")), *parts]


def as_numbers(time: Value) -> list[str]:
    """The plain numbers that a time may be: `17`, `5.30`, `5.5`."""
    hour = int(time[0])
    ending = f".{time[1].zfill(2)}".rstrip("0").rstrip(".")
    endings = {ending, *(f".{part}" for part, minute in _PARTS_OF_HOUR.items() if minute == time[1].zfill(2))}
    return sorted(f"{h}{end}" for h in {hour, hour % 12, hour % 12 + 12} for end in endings)
