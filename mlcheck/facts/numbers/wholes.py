"""Two numbers that are one measure: 6 feet 2 inches, 1 dollar 50 cents, 2 hours 30 minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from mlcheck.facts.numbers.digits import SPACES
from mlcheck.facts.numbers.number_text import Found, NumberText

__all__ = ["joined"]

_SMALLER: Mapping[tuple[str, str], int] = {
    ("foot", "inch"): 12,
    ("pound", "ounce"): 16,
    ("stone", "pound"): 14,
    ("meter", "centimeter"): 100,
    ("kilometer", "meter"): 1000,
    ("kilogram", "gram"): 1000,
    ("year", "month"): 12,
    ("week", "day"): 7,
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
}
_CENTS = 100
_SCALES = frozenset(Fraction(1000**n) for n in range(1, 5))
_INCHES = 12
_FEET_OF_PEOPLE = range(3, 9)
"""What stands before a sign of feet where none of inches follows: "a 6'2 guard"; `1'30` are minutes."""
_FOOT = ("'", "’", "′")
_INCH = ('"', "”", "″", "''", "’’", "“")


def joined(text: NumberText, found: Sequence[Found]) -> list[Found]:
    """The numbers, each measure in two units as one, in the smaller unit; it keeps its parts."""
    wholes: list[Found] = []
    for number in found:
        whole = _whole(text, wholes[-1], number) if wholes else None
        if whole is None:
            wholes.append(number)
        else:
            wholes[-1] = whole
    return wholes


def _whole(text: NumberText, one: Found, other: Found) -> Found | None:
    between = text.plain[one.end : text.tokens[other.first].start]
    if len(between) > 8 or other.readings[0] < 0 or one.readings[0].denominator != 1:
        return None
    quoted = between in _FOOT and not one.unit and not other.unit
    if quoted:
        return _in_feet(text, one, other)
    word = between.strip(SPACES)
    if word and word not in text.words.links and word not in text.words.joined_links:
        return None
    bare = not one.unit or (word in text.words.joined_links and one.unit == other.unit)
    if word and bare and other.scale > 1 and other.readings[0] < _scale(one):
        # Words and figures in one number: یک میلیارد و ۲۰۰ میلیون. Arabic's "and" hands on the unit.
        return _made(one, other, one.readings[0] + other.readings[0], other.unit)
    many, unit = _sizes(one, other)
    if not many or other.readings[0] >= many:
        return None
    if unit.isupper():
        return _made(one, other, one.readings[0] + other.readings[0] / many, unit)
    return _made(one, other, one.readings[0] * many + other.readings[0], unit)


def _scale(one: Found) -> Fraction:
    """The scale of a number, which may be all of it: مليار."""
    return one.scale if one.scale > 1 or one.readings[0] not in _SCALES else one.readings[0]


def _sizes(one: Found, other: Found) -> tuple[int, str]:
    """How many of the smaller unit make a larger, and the unit of the whole."""
    if other.unit == "cent" and (one.unit.isupper() or one.unit == "pound"):
        return _CENTS, "GBP" if one.unit == "pound" else one.unit
    if one.unit == "foot" and not other.unit and other.scale == 1 and other.readings[0].denominator == 1:
        return _INCHES, "inch"  # "5 ft 11"
    return _SMALLER.get((one.unit, other.unit), 0), other.unit


def _in_feet(text: NumberText, one: Found, other: Found) -> Found | None:
    feet, inches = one.readings[0], other.readings[0]
    end = next((other.end + len(sign) for sign in _INCH if text.plain.startswith(sign, other.end)), 0)
    if inches >= _INCHES or not (end or feet in _FEET_OF_PEOPLE):
        return None
    return _made(one, replace(other, end=end or other.end), feet * _INCHES + inches, "inch")


def _made(one: Found, other: Found, value: Fraction, unit: str) -> Found:
    parts = (*(one.parts or (one,)), other)
    return replace(other, first=one.first, readings=(value,), weak=False, unit=unit, parts=parts)
