"""Shares: "nine out of ten", "один из пяти", "every third"; in percent elsewhere."""

from __future__ import annotations

from dataclasses import replace

from mlcheck.facts.numbers.number_text import Found, NumberText
from mlcheck.facts.numbers.percent import percent_of

__all__ = ["every_nth", "shared"]

_WHOLES = frozenset((2, 3, 4, 5, 6, 8, 10, 100))
"""Of how many shares are told. "Three of 20 hostages" is no share, but two numbers."""
_TENS = frozenset((10, 100))
"""The same in digits: "2 of 3 doses" are doses that somebody counted."""
_APART = 24
_SHORT = 4
"""Letters of a word that may say "out of", in a language whose word nobody has written down."""


def shared(text: NumberText, one: Found, other: Found) -> tuple[Found, Found]:
    """Two numbers next to each other, last first; where they tell a share, either may be that share, too.

    One of them becomes weak, as "90 percent" stands for both.
    """
    start = text.tokens[other.first].start
    if start - one.end > _APART:
        return other, one
    between = text.plain[one.end : start].strip().lower()
    if one.unit or (other.unit and other.unit in _PERIODS):
        return other, one
    known = text.words
    over, under = one.readings[0], other.readings[0]
    forward = (
        between in known.shares
        or between.partition(" ")[2] in known.shares_apart
        or (known.unsure and between.isalpha() and len(between) <= _SHORT)
    )
    if not forward and between and between in known.shares_after:
        over, under = under, over
    elif not forward:
        return other, one
    digits = all(text.tokens[found.first].raw[:1].isdigit() for found in (one, other))
    wholes = _TENS if digits and over != 1 else _WHOLES
    if under not in wholes or not 0 < over < under or over.denominator != 1:
        return other, one
    share = over / under
    more = (share, *percent_of(share))
    if not known.unsure:
        # "One" tells nothing; else the part tells the share, and what it is of is mostly ten.
        if forward == (over > 1):
            other = replace(other, weak=True)
        else:
            one = replace(one, weak=True)
    return replace(other, readings=(*other.readings, *more)), replace(one, readings=(*one.readings, *more))


_PERIODS = frozenset(("year", "month", "week", "day", "hour", "minute"))
""" "Two in three years" is no share."""


def every_nth(text: NumberText, found: Found) -> Found:
    """ "Every third" is a third, in percent too."""
    value = found.readings[0]
    if (
        not found.weak
        or found.first == 0
        or value not in _WHOLES
        or text.tokens[found.first - 1].low not in text.words.every
        or not text.near(found.first)
    ):
        return found
    return replace(found, readings=(*found.readings, 1 / value, *percent_of(1 / value)))
