"""Decades and centuries, in the tokens of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlcheck.facts.dates.clock import Time
from mlcheck.facts.dates.words import Words
from mlcheck.facts.fact import Value
from mlcheck.facts.roman import roman_value
from mlcheck.text import Token

__all__ = ["decade_readings", "period_at"]

_ROMAN = re.compile(r"([xvi]+)(?:er?|eme|e)?")
_LOOKALIKES = str.maketrans("хіуı", "xivi")
"""Cyrillic letters that are typed for Roman ones; and I, folded, is ı in Turkish."""
_LAST_CENTURY = 22
_TO_CENTURY = 3
"""Tokens from a decade to its century, from one to the next: "годы", "del", "of the"."""
_ABBREVIATED = 2
"""Letters of a word for century that is a word of its own without its full stop: `XIX в.`"""


def decade_readings(digits: str) -> list[Value]:
    """The decades that `1990` or `90` may be, the likeliest first."""
    year = int(digits)
    if year % 10 or len(digits) not in (2, 4):
        return []
    if len(digits) == 4:
        if not 1000 <= year < 2200:
            return []
        whole: list[Value] = [("decade", str(year))]
        # "The 1800s" is a century to most, and a decade to some.
        return [("century", str(year // 100 + 1)), *whole] if year % 100 == 0 and year < 2000 else whole
    near: list[Value] = [
        ("decade", str(1900 + year)),
        ("decade", str(2000 + year)),
        ("decade", str(1800 + year)),
    ]
    return near if year >= 30 else [near[1], near[0], near[2]]


def period_at(found: Sequence[Token], at: int, words: Words, done: int) -> Time | None:
    """The decade or the century that begins at a token."""
    decade = _decade(found, at, words, done)
    if decade is not None:
        return _of_century(found, decade, words)
    return _century(found, at, words, done)


def _of_century(found: Sequence[Token], decade: Time, words: Words) -> Time:
    """The decade in its century: "80-е годы XVIII века", "anni Ottanta del Settecento"."""
    for at in range(decade.end, min(decade.end + _TO_CENTURY, len(found))):
        if found[at].kind == "p" and found[at].text not in ("'", "-", "."):
            break
        century = _century(found, at, words, decade.end)
        if century is not None:
            first = 100 * (int(century.readings[0][1]) - 1)
            value = ("decade", str(first + int(decade.readings[0][1]) % 100))
            return Time(decade.start, century.end, [value], weak=False)
    return decade


def _decade(found: Sequence[Token], at: int, words: Words, done: int) -> Time | None:
    token = found[at]
    word = words.phrases["decades"].at(found, at)
    led, start = _led(found, at, words, "decade_before", done)
    if word is not None:
        if words.lists["decade_before"] and not led:
            return None
        return Time(start, word[0], decade_readings(str(word[1])), weak=True)
    if token.kind != "d" or len(token.text) not in (2, 4):
        return None
    readings = decade_readings(token.text)
    if not readings:
        return None
    end = at + 1
    after = found[end] if end < len(found) else None
    suffixed = False
    if after is not None and after.start == token.end:
        joined = end + 1 < len(found) and found[end + 1].start == after.end
        if words.is_in(after, "decade_suffixes"):
            end, suffixed = end + 1, True
        elif after.text in ("-", "'") and joined and words.is_in(found[end + 1], "decade_suffixes"):
            end, suffixed = end + 2, True
    if words.lists["decade_after"]:
        # `1990-cı illər`: the suffix alone is any ordinal's.
        followed = end < len(found) and words.is_in(found[end], "decade_after")
        if followed:
            end += 1
        else:
            return None
    elif not (suffixed or led):
        return None
    return Time(start if led else at, end, readings, weak=len(token.text) == 2)


def _led(found: Sequence[Token], at: int, words: Words, key: str, done: int) -> tuple[bool, int]:
    """Does a word of a list lead to a token, over an article or an apostrophe? And where it stands."""
    for start in range(at - 1, max(done, at - 4) - 1, -1):
        if words.is_in(found[start], key):
            return True, start
        if not (found[start].text == "'" or words.is_in(found[start], "of")):
            break
    return False, at


def _century(found: Sequence[Token], at: int, words: Words, done: int) -> Time | None:
    named = words.phrases["centuries"].at(found, at)
    if named is not None and found[at].capital:
        return Time(at, named[0], [("century", str(named[1]))], weak=False)
    number = _number(found, at, words)
    if number is None:
        return None
    end, century, sure = number
    led, start = _led(found, at, words, "century_before", done)
    if end < len(found) and found[end].text == "-":
        end += 1
    if end < len(found) and words.is_in(found[end], "century"):
        dotted = found[end + 1 : end + 2] and found[end + 1].text == "."
        if len(found[end].text) <= _ABBREVIATED and (not dotted or found[end].capital):
            return None  # "первым в" is no century, nor are 12 В.
        return Time(at, end + 1, [("century", str(century))], weak=not sure)
    if led:
        return Time(start, number[0], [("century", str(century))], weak=False)
    return None


def _number(found: Sequence[Token], at: int, words: Words) -> tuple[int, int, bool] | None:
    """A number of a century: the token after it, its value."""
    token = found[at]
    if token.kind == "d" and len(token.text) <= 2:
        end = at + 1
        if end < len(found) and found[end].start == token.end:
            after = found[end]
            if after.kind == "w" and len(after.text) <= 4 and not words.is_in(after, "century"):
                end += 1
            elif after.text in ("-", "'") and end + 1 < len(found) and found[end + 1].kind == "w" and (
                len(found[end + 1].text) <= 4 and found[end + 1].start == after.end
                and not words.is_in(found[end + 1], "century")
            ):  # fmt: skip
                end += 2
            elif after.text == "." or after.text == "º":
                end += 1
        value = int(token.text)
        return (end, value, True) if 1 <= value <= _LAST_CENTURY else None
    if token.kind != "w":
        return None
    word = words.phrases["ordinals"].at(found, at)
    if word is not None:
        return word[0], int(word[1]), True
    if token.capital and len(token.text) <= 7:
        match = _ROMAN.fullmatch(token.text.translate(_LOOKALIKES))
        century = roman_value(match[1].upper()) if match else None
        if century is not None:
            end = at + 1
            if end + 1 < len(found) and found[end].text == "-" and found[end].start == token.end and (
                found[end + 1].kind == "w" and len(found[end + 1].text) <= 3
            ):  # fmt: skip
                end += 2
            return (end, century, True) if century <= _LAST_CENTURY else None
    return None
