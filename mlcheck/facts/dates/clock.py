"""Times of the day, in the tokens of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlcheck.facts.dates.words import Words
from mlcheck.facts.fact import Value
from mlcheck.text import Token

__all__ = ["Clock", "Time", "readings_of"]


class Time(NamedTuple):
    """A time of the day or a period, as tokens from `start` up to `end`."""

    start: int
    end: int
    readings: list[Value]
    weak: bool


def readings_of(hour: int, minute: int, half: str, zones: Sequence[int | str], *, open_: bool) -> list[Value]:
    """The values of a time; none where there is no such time. `half` is `am`, `pm` or nothing. `open_`
    says that an hour up to 12 may be of either half of the day."""
    if not (0 <= hour <= 24 and 0 <= minute <= 59) or (hour == 24 and minute):
        return []
    hours = [hour % 24]
    if half and not 1 <= hour <= 12:
        half = ""
    if half == "am":
        hours = [hour % 12]
    elif half == "pm":
        hours = [hour % 12 + 12]
    elif open_ and 1 <= hour <= 12:
        hours = [hour, (hour + 12) % 24]
    return [(str(h), str(minute), str(zone)) for zone in zones or ("",) for h in hours]


class Clock:
    """Finds the time that begins at a token."""

    def __init__(self, found: Sequence[Token], words: Words) -> None:
        self._tokens, self._words = found, words

    def at(self, at: int, done: int) -> Time | None:
        """The time of which the token is the hour; `done` is the first token that may be part."""
        token = self._tokens[at]
        if token.kind not in "dn" or len(token.text) > 8:
            return None
        marked = at > done and self._words.is_in(self._tokens[at - 1], "at")
        clock = at > done and self._words.is_in(self._tokens[at - 1], "clock")
        end, hour, minute = self._digits(at)
        if hour < 0:
            return None
        # What a number needs to be a time: minutes after a colon, or a word that says so.
        said = ":" in token.text
        dotted = token.kind == "n" and not said
        sure = end < len(self._tokens) and self._words.is_in(self._tokens[end], "o_clock")
        end, hours = self._hour_word(end)
        said |= hours and not dotted
        named = sure
        if hours and end < len(self._tokens) and token.kind == "d" and minute == 0:
            end, minute, named = self._minutes(end, named)
        half, end = self._half(at, end, allowed=said or hours or token.kind == "d" or dotted)
        zones, end = self._zones(end) if said or half or hours or dotted else ([], end)
        if token.kind == "d" and len(token.text) == 4:
            zones, end = self._zones(at + 1)
            if not zones:
                return None
            hour, minute = int(token.text[:2]), int(token.text[2:])
        elif not (said or half or hours or clock or (dotted and (zones or (marked and self._dot_time())))):
            return None
        leading = token.text[0] == "0" or hour > 12
        readings = readings_of(hour, minute, half, zones, open_=not leading and not half)
        if not readings:
            return None
        sure = bool(half or zones or named or (marked and (said or hours or dotted)) or (clock and said))
        start = at - 1 if clock else at
        return Time(start, end, readings, weak=not sure)

    def _digits(self, at: int) -> tuple[int, int, int]:
        """The token after the digits, hour and minute, or -1."""
        token = self._tokens[at]
        parts = token.text.replace(".", ":").split(":")
        if "/" in token.text or "," in token.text or len(parts) > 3:
            return at, -1, 0
        if len(parts) > 1 and any(len(part) != 2 for part in parts[1:]):
            return at, -1, 0
        if len(parts) == 3 and ("." in token.text or int(parts[2]) > 60):
            return at, -1, 0
        if len(parts[0]) > 2 and not (len(parts[0]) == 4 and len(parts) == 1):
            return at, -1, 0
        return at + 1, int(parts[0]), int(parts[1]) if len(parts) > 1 else 0

    def _dot_time(self) -> bool:
        return self._words.day_dot or self._words.clock_dot

    def _hour_word(self, end: int) -> tuple[int, bool]:
        if self._tokens[end : end + 1] and self._words.is_in(self._tokens[end], "o_clock"):
            return end + 1, True
        if end < len(self._tokens) and self._words.is_in(self._tokens[end], "hour_after"):
            return end + 1, True
        # o'clock is three tokens.
        if [token.text for token in self._tokens[end : end + 3]] == ["o", "'", "clock"]:
            return end + 3, True
        return end, False

    def _minutes(self, end: int, named: bool) -> tuple[int, int, bool]:
        token = self._tokens[end]
        near = self._tokens[end - 1].end + 1 >= token.start
        if token.kind == "d" and len(token.text) == 2 and near and int(token.text) <= 59:
            after = self._tokens[end + 1] if end + 1 < len(self._tokens) else None
            if after is not None and self._words.is_in(after, "minute"):
                end += 1
            return end + 1, int(token.text), True
        return end, 0, named

    def _half(self, at: int, end: int, *, allowed: bool) -> tuple[str, int]:
        if not allowed:
            return "", end
        for half in ("am", "pm"):
            after = self._words.phrases[half].at(self._tokens, end)
            if after is not None:
                return half, after[0]
        if self._words.half_before:
            start = at
            while start > 0 and at - start < 2 and self._words.is_in(self._tokens[start - 1], "clock"):
                start -= 1
            for half in ("am", "pm"):
                if self._words.phrases[half].before(self._tokens, start) is not None:
                    return half, end
        return "", end

    def _zones(self, end: int) -> tuple[list[int], int]:
        at = end
        if at < len(self._tokens) and self._tokens[at].text in (",", "("):
            at += 1
        found = self._words.phrases["zones"].at(self._tokens, at)
        if found is None:
            return [], end
        token = self._tokens[at]
        after, zones = found
        # `et` is a French and, `est` a French is: capitals tell.
        if after == at + 1 and len(token.text) <= 4 and token.text.isascii() and not token.capital:
            return [], end
        bracketed = self._tokens[end].text == "("
        values = list(zones)
        if values == [0] and after + 1 < len(self._tokens) and self._tokens[after].text in ("+", "-"):
            minutes = _offset(self._tokens[after + 1].text)
            if minutes is not None:
                sign = -1 if self._tokens[after].text == "-" else 1
                return [sign * minutes], self._after_bracket(after + 2, bracketed)
        return values, self._after_bracket(after, bracketed)

    def _after_bracket(self, end: int, bracketed: bool) -> int:
        return (
            end + 1 if bracketed and [token.text for token in self._tokens[end : end + 1]] == [")"] else end
        )


def _offset(text: str) -> int | None:
    hours, _, minutes = text.partition(":")
    if not hours.isdigit() or len(hours) > 4 or (minutes and not (minutes.isdigit() and len(minutes) == 2)):
        return None
    total = (
        int(hours[:2]) * 60 + int(hours[2:] or "0")
        if len(hours) > 2
        else int(hours) * 60 + int(minutes or "0")
    )
    return total if total <= 14 * 60 else None
