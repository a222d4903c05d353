"""Two numbers with a dash or the like between them."""

from __future__ import annotations

from dataclasses import replace

from mlcheck.facts.numbers.digits import SPACES
from mlcheck.facts.numbers.number_text import HYPHENS, Found, NumberText

__all__ = ["ranged"]

_DASHES = HYPHENS + "\u2012\u2013\u2014\u2212~～〜"


def ranged(text: NumberText, one: Found, other: Found) -> tuple[Found, Found]:
    """What two numbers next to each other give each other, last first: in "5-7 million euros"
    the five has the scale and the unit too, and in 2019-20 the 20 is also 2020."""
    between = text.plain[one.end : text.tokens[other.first].start]
    if len(between) > 16:
        return other, one
    bare = between.strip(SPACES)
    dash = bare != "" and all(c in _DASHES for c in bare)
    if bare in ("/", "-", "–") and between == bare:
        year = one.readings[0]
        short = text.plain[text.tokens[other.first].start : other.end]
        if year.denominator == 1 and 1000 <= year < 2200 and len(short) == 2 and short.isdigit():
            whole = year - year % 100 + int(short)
            if whole > year:
                other = replace(other, readings=(*other.readings, whole))
    if not dash and bare not in text.words.ranges:
        return other, one
    readings = one.readings
    if one.scale == 1 and other.scale != 1 and max(readings) < 1000:
        readings = (*readings, *(value * other.scale for value in readings))
    unit = one.unit or other.unit
    if dash and one.unit and not other.unit:
        other = replace(other, unit=one.unit)
    if readings is not one.readings or unit != one.unit:
        one = replace(one, readings=readings, unit=unit)
    return other, one
