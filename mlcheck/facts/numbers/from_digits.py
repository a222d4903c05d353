"""A number that begins with digits."""

from __future__ import annotations

import unicodedata
from fractions import Fraction

from mlcheck.facts.numbers.digits import SPACES, read_digits, read_fraction
from mlcheck.facts.numbers.from_han import part_of
from mlcheck.facts.numbers.number_text import HYPHENS, Found, NumberText
from mlcheck.facts.numbers.percent import percent_of
from mlcheck.facts.numbers.scales import with_scale
from mlcheck.facts.numbers.units_beside import currency_before

__all__ = ["from_digits"]


def from_digits(text: NumberText, i: int) -> Found | None:
    """The number in digits at token i, with its sign, its fraction and its scale."""
    token = text.tokens[i]
    if token.kind == "vulgar":
        readings = [Fraction(unicodedata.numeric(token.raw)).limit_denominator(10)]
    else:
        readings = read_digits(token.raw, text.words.comma)
    if not readings:
        return None
    nxt = i + 1
    follower = text.tokens[nxt] if nxt < len(text.tokens) else None
    gap = text.gap(nxt) if follower else "."
    if follower and follower.kind == "vulgar" and gap in ("", " ") and token.kind != "vulgar":
        readings = [readings[0] + Fraction(unicodedata.numeric(follower.raw)).limit_denominator(10)]
        nxt += 1
    elif follower and follower.kind == "digits" and gap in ("/", "⁄") and token.kind == "digits":
        ratio = read_fraction(token.raw, follower.raw)
        if ratio is not None and not _slashed(text, nxt + 1):
            readings, nxt = ratio, nxt + 1
    part = part_of(text, i, readings[0])
    if part is not None:
        return Found(i, i + 4, (part, *percent_of(part)), False, end=text.tokens[i + 3].end)
    glued = _glued_before(text, i)
    sign = text.plain[token.start - 1 : token.start]
    if sign in ("-", "\u2212") and not glued:
        ahead = text.plain[token.start - 2 : token.start - 1] if token.start > 1 else " "
        if ahead == "" or ahead in SPACES or ahead in "(\"'«“":
            # Words say it too ("5 degrees below zero"), so the number without its sign stays.
            readings = [-value for value in readings] + readings
    weak = glued
    readings, scale, last, end = with_scale(text, readings, nxt, text.tokens[nxt - 1].end)
    power = text.words.scales_before.get(text.tokens[i - 1].low) if i and text.near(i) else None
    if power is not None:
        readings = [value * power for value in readings] + readings
    if scale == 1:
        after = text.tokens[last] if last < len(text.tokens) else None
        if after and after.kind == "word" and after.start == text.tokens[last - 1].end:
            weak = weak or _glued_after(text, last)
    # Q4 is a fourth quarter.
    quarter = glued and text.plain[token.start - 1 : token.start] in "QT" and len(token.raw) == 1
    return Found(i, last, tuple(readings), weak, scale=scale, end=end, ordinal=quarter)


def _slashed(text: NumberText, i: int) -> bool:
    """Is there a third part, as in 1/2/2020?"""
    return i < len(text.tokens) and text.gap(i) == "/" and text.tokens[i].kind == "digits"


def _glued_before(text: NumberText, i: int) -> bool:
    """Do letters of a name stand right before, as in COP29 and F-16?"""
    start = text.tokens[i].start
    if start == 0:
        return False
    char = text.plain[start - 1]
    if char in HYPHENS and start > 1:
        char = text.plain[start - 2]
    if not _is_letter(char):
        return False
    ahead = text.tokens[i - 1] if i else None
    return not (ahead and ahead.end == start and currency_before(text, i, 0))


def _glued_after(text: NumberText, i: int) -> bool:
    """Is the word right after digits more than an ending or a unit?"""
    token = text.tokens[i]
    if not _is_letter(token.low[0]) or token.low in text.words.endings:
        return False
    return text.phrase(i, text.words.units) is None


def _is_letter(char: str) -> bool:
    """A letter of a script that parts words by spaces and has no prefixes that join digits."""
    return char.isalpha() and not (
        "\u2e80" <= char <= "\uffef" or "\u0590" <= char <= "\u07ff" or "\u0e00" <= char <= "\u109f"
    )
