"""Times of the day, in the tokens of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlcheck.facts.dates.words import HALVES, Words
from mlcheck.facts.fact import Value
from mlcheck.text import Token

__all__ = ["Clock", "Time", "readings_of"]


_LONGEST = 8
"""Characters of a time in digits."""
_HALF_DAY = 720
_AHEAD = 3
"""Tokens before a time, from one to the next, at which a zone may end: "at", "saat", or a half of the day."""


class Time(NamedTuple):
    """A time of the day or a period, as tokens from `start` up to `end`."""

    start: int
    end: int
    readings: list[Value]
    weak: bool


_HALVES = {
    "am": lambda dial: dial,
    "pm": lambda dial: dial + 720,
    # Eleven at night and two at night; eleven and one at midday.
    "night": lambda dial: dial if dial < 360 else dial + 720,
    "midday": lambda dial: dial + 720 if dial < 540 else dial,
}
"""From a minute on a dial of twelve to the minute of the day, by what is said of its half."""


def readings_of(hour: int, minute: int, half: str, zones: Sequence[int | str], *, open_: bool) -> list[Value]:
    """The values of a time; none where there is no such time. `half` is one of `HALVES`, or nothing. `open_`
    says that an hour up to 12 may be of either half of the day."""
    if not (0 <= hour <= 24 and 0 <= minute <= 59) or (hour == 24 and minute):
        return []
    moments = [(hour * 60 + minute) % 1440]
    if half and 1 <= hour <= 12:
        moments = [_HALVES[half](moments[0] % 720)]
    elif open_ and 1 <= hour <= 12:
        moments = [moments[0], (moments[0] + 720) % 1440]
    return [(str(m // 60), str(m % 60), str(zone)) for zone in zones or ("",) for m in moments]


class Clock:
    """Finds the time that begins at a token."""

    def __init__(self, found: Sequence[Token], words: Words) -> None:
        self._tokens, self._words = found, words

    def in_words(self, at: int, done: int) -> Time | None:
        """The time in words that begins at a token: "halb sechs", "пять часов вечера", "cinco y media de la
        tarde". `done` is the first token that may be part."""
        if self._tokens[at].kind not in "dw":
            return None
        clock = self._before(at, done, "clock")
        said = self._words.dial.at(self._tokens, at)
        if said is not None and said.marked and not (clock or self._before(at, done, "at")):
            said = None
        if said is not None:
            minute, end, sure, counted = said.minute, said.end, True, True
        else:
            hour = self._words.dial.hour(self._tokens, at)
            if hour is None:
                return None
            end, minute = hour[0], hour[1] % 12 * 60
            sure = end < len(self._tokens) and self._words.is_in(self._tokens[end], "o_clock")
            end, hours = self._hour_word(end)
            sure = sure or self._tokens[end - 1].text == "clock"
            counted = clock or hours or self._before(at, done, "at")
        half, end = self._half(at, end, counted=counted)
        if not (said or half or sure or clock):
            return None
        zones, end = self._zones_beside(at, end, done)
        readings = readings_of(minute // 60 or 12, minute % 60, half, zones, open_=not half)
        return Time(at - 1 if clock else at, end, readings, weak=not (said or half or sure))

    def first_of_span(self, last: Time, done: int) -> Time | None:
        """The hour that a span of time begins with, where only its end says what both are: "from 5 to 8 in
        the evening". It is the one that comes half a day before the end, or less."""
        joint = last.start - 1
        if self._before(last.start, done, "at") and not self._words.is_in(self._tokens[joint], "joiners"):
            joint -= 1
        if joint - 1 < done or last.weak:
            return None
        if self._tokens[joint].text not in ("-", "–") and not self._words.is_in(
            self._tokens[joint], "joiners"
        ):
            return None
        token = self._tokens[joint - 1]
        if token.kind not in "dn" or len(token.text) > _LONGEST:
            return None
        _, hour, minute = self._digits(joint - 1)
        open_ = hour <= 12 and token.text[0] != "0"
        found: list[Value] = []
        for end in last.readings:
            ends = int(end[0]) * 60 + int(end[1])
            found += [
                value
                for value in readings_of(hour, minute, "", [end[2]], open_=open_)
                if hour >= 0
                if 0 < (ends - int(value[0]) * 60 - int(value[1])) % 1440 <= _HALF_DAY or not open_
            ]
        return Time(joint - 1, joint, found, weak=False) if found else None

    def _is_ended(self, end: int) -> bool:
        return self._words.half_first and end < len(self._tokens) and self._tokens[end].text in ("'", "-")

    def _before(self, at: int, done: int, key: str) -> bool:
        return at > done and self._words.is_in(self._tokens[at - 1], key)

    def in_digits(self, at: int, done: int) -> Time | None:
        """The time of which the token is the hour; `done` is the first token that may be part."""
        token = self._tokens[at]
        if token.kind not in "dn" or len(token.text) > _LONGEST:
            return None
        marked, clock = self._before(at, done, "at"), self._before(at, done, "clock")
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
        # "saat" before it, an ending after it ("sabah 9'da"), or a word that only times have before them.
        counted = said or dotted or clock or marked or self._is_ended(end)
        half, end = self._half(at, end, counted=counted)
        zones, end = self._zones_beside(at, end, done) if said or half or hours or dotted else ([], end)
        if token.kind == "d" and len(token.text) == 4:
            zones, end = self._zones(at + 1)
            if not zones:
                return None
            hour, minute = int(token.text[:2]), int(token.text[2:])
        elif not (
            said or half or hours or clock or (dotted and (zones or (marked and self._words.clock_dot)))
        ):
            return None
        leading = self._words.halves and (token.text[0] == "0" or hour > 12)
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

    def _half(self, at: int, end: int, *, counted: bool) -> tuple[str, int]:
        """The half of the day after a time, or before it, and the token after it. `counted` says that it is a
        time already: "gece 3 kişi" are three people at night."""
        for half in HALVES:
            after = None if self._words.half_first else self._words.phrases[half].at(self._tokens, end)
            if after is None:
                continue
            doubtful = self._words.half_unsure or self._words.is_in(self._tokens[end], "doubtful_halves")
            if counted or not doubtful:
                return half, after[0]
        if self._words.half_before and counted:
            start = at
            while start > 0 and at - start < 2 and self._words.is_in(self._tokens[start - 1], "clock"):
                start -= 1
            for half in HALVES:
                if self._words.phrases[half].before(self._tokens, start) is not None:
                    return half, end
        return "", end

    def _zones_beside(self, at: int, end: int, done: int) -> tuple[list[int], int]:
        """The zone after a time, or before it: "Moskva vaxtı ilə saat 8:30"."""
        zones, after = self._zones(end)
        if zones or after > end:
            return zones, after
        for start in range(at, max(done, at - _AHEAD), -1):
            found = self._words.phrases["zones"].before(self._tokens, start)
            if found is not None and found[0] >= done:
                # `et` is a French and, `est` a French is: capitals tell.
                said = start - found[0] > 1 or self._tokens[found[0]].capital
                return (list(found[1]) if said else []), end
        return [], end

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
