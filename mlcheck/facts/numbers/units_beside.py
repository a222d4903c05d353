"""The unit after a number, or before it."""

from __future__ import annotations

from dataclasses import replace

from mlcheck.facts.numbers.number_text import HYPHENS, Found, NumberText
from mlcheck.facts.numbers.units import MEASURES

__all__ = ["currency_before", "sure_amount", "with_unit"]

_COUNTED = {"per-ten": (10, False, "percent"), "decade": (10, True, ""), "dozen": (12, True, "")}
"""Units that are numbers themselves: how many, whether the number before them stays a reading, and
the unit then. "Two decades" is "20 years" elsewhere, or "two decades" again."""


_YEARS = range(1000, 2100)


def _is_year(text: NumberText, at: int, unit: str, number: Found) -> bool:
    """Is the letter for grams the one for a year here: 1998 г.?"""
    return unit == "gram" and len(text.tokens[at].low) == 1 and number.readings[0] in _YEARS


def with_unit(text: NumberText, number: Found, floor: int) -> Found:
    """The number with the unit before or after it."""
    unit, last, end = number.unit, number.last, number.end
    if unit != "":
        return number  # "yarım saat", "zweijährig": it has one in it
    at = number.last
    before = currency_before(text, number.first, floor)
    if not unit and at < len(text.tokens) and text.unit_gap(at):
        match = _unit_at(text, at)
        if match is None and text.tokens[at].low in text.words.of and text.near(at + 1, "'’"):
            match = _unit_at(text, at + 1)
        if match and not _is_year(text, at, match[0], number):
            unit, last = match
            end = text.tokens[last - 1].end
            number, last, end = _and_a_half(text, number, unit, last, end)
            if unit in _COUNTED:
                many, kept, unit = _COUNTED[unit]
                counted = tuple(many * value for value in number.readings)
                readings = (*counted, *number.readings) if kept else counted
                return replace(number, last=last, readings=readings, unit=unit, end=end)
    # "$5 million" and "yüzde 5 puan": what stands after says more of percentages, less of money.
    if before and (before != "percent" or not unit):
        unit = before
    return replace(number, last=last, unit=unit, end=end)


def sure_amount(text: NumberText, number: Found) -> Found:
    """A scale without a number before it is a number where an article or a hyphen and a unit say so: "a
    million dollars", "his billion-dollar mistake". "Millions of dollars" and "multi-million-dollar" tell
    none.
    """
    first, last = number.first, number.last
    if not number.weak or not number.unit or number.readings[0] < _SCALE:
        return number
    if number.unit not in MEASURES and not (number.unit.isupper() and len(number.unit) == 3):
        return number
    if first and text.near(first) and text.tokens[first - 1].low in text.words.articles:
        return replace(number, weak=False)
    if last - first != 2 or text.gap(first + 1) not in HYPHENS or (first and text.gap(first) in HYPHENS):
        return number
    return replace(number, weak=False)


_SCALE = 1000


def _and_a_half(text: NumberText, number: Found, unit: str, last: int, end: int) -> tuple[Found, int, int]:
    """ "deux heures et demie", "два часа с половиной": the half stands after the unit."""
    half = text.phrase(last, text.words.halves) if unit in MEASURES and text.near(last) else None
    if half is None or number.readings[0].denominator != 1:
        return number, last, end
    grown = tuple(value + half[0] for value in number.readings)
    return replace(number, readings=grown, weak=False), half[1], text.tokens[half[1] - 1].end


def _unit_at(text: NumberText, i: int) -> tuple[str, int] | None:
    match = text.phrase(i, text.words.units, "/.'’")
    if match:
        end = text.tokens[match[1] - 1].end
        if text.plain[end - 1 : end + 1] == "%-" and text.plain[end + 1 : end + 2].isalpha():
            return "", match[1]  # "%-yksikköä", "%-Punkte" are percentage points
        return match
    token = text.tokens[i]
    if token.kind == "word":
        unit = text.words.units.stem(token.low, 9)
        if unit is not None:
            return unit, i + 1
    return None


def currency_before(text: NumberText, i: int, floor: int) -> str:
    """The unit before token i, at or after token `floor`."""
    if i <= floor or not text.near_before(i):
        return ""
    for n in (3, 2, 1):
        start = i - n
        if start < floor:
            continue
        match = text.phrase(start, text.words.before, ".")
        if match and match[1] == i:
            return match[0]
    return ""
