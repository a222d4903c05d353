"""Numbers in digits: what `1.500` may mean, and how a value is shown."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

__all__ = ["MAX_DIGITS", "SPACES", "read_digits", "read_fraction", "shown"]

MAX_DIGITS = 18
"""Longer strings of digits without separators are identifiers, or noise: no story counts in them."""
SPACES = " \u00a0\u2009\u202f\u2007\u2008\u3000\t"
_SEPARATOR = re.compile(r"[.,'٫٬·]")
_MAX_PARTS = 8
_LONGEST = _MAX_PARTS * (MAX_DIGITS + 1)
"""Characters beyond which there are too many digits or parts."""


def read_digits(raw: str, comma: bool) -> list[Fraction]:
    """What digits with separators may mean, the likeliest first; nothing where they are no number. `comma`:
    does the language write decimals with one?"""
    return list(_readings(raw, comma)) if len(raw) <= _LONGEST else []


@lru_cache(maxsize=10_000)
def _readings(raw: str, comma: bool) -> list[Fraction]:
    raw = raw.translate({0x2019: "'"})
    for space in SPACES:
        raw = raw.replace(space, "'")
    parts = _SEPARATOR.split(raw)
    seps = _SEPARATOR.findall(raw)
    if any(len(part) > MAX_DIGITS for part in parts) or len(parts) > _MAX_PARTS:
        return []
    if not seps:
        return [Fraction(int(raw))]
    whole = Fraction(int("".join(parts)))
    grouped = (
        1 <= len(parts[0]) <= 3
        and parts[0] != "0"
        and (
            all(len(part) == 3 for part in parts[1:])
            or (len(parts) > 2 and len(parts[-1]) == 3 and all(len(part) == 2 for part in parts[1:-1]))
        )
    )
    last = Fraction(int("".join(parts)), 10 ** len(parts[-1]))
    if len(set(seps)) == 1:
        sep = seps[0]
        if len(seps) > 1:
            return [whole] if grouped else []
        if sep in ".,·٫" and not grouped:
            return [last]
        if sep == "٫":
            return [last]
        if sep in "'٬":
            return [whole] if grouped else []
        decimal = sep == "·" or (sep == ",") == comma
        if int(parts[1]) == 0:
            return [whole]  # no one writes 100.000 for a hundred
        return [last, whole] if decimal else [whole, last]
    *groups, point = seps
    if len(set(groups)) != 1 or point in "'٬":
        return []
    if not (1 <= len(parts[0]) <= 3 and all(2 <= len(part) <= 3 for part in parts[1:-1])):
        return []
    return [last]


def read_fraction(over: str, under: str) -> list[Fraction] | None:
    """1/2 and 3/4 are parts; 24/7 and 9/11 are not."""
    if len(over) > 2 or len(under) > 2 or not (over + under).isdigit():
        return None
    a, b = int(over), int(under)
    return [Fraction(a, b)] if 0 < a < b <= 10 else None


def shown(value: Fraction) -> str:
    """The plain decimal form, or `a/b` where there is none."""
    under = value.denominator
    if under == 1:
        return str(value.numerator)
    twos = fives = 0
    while under % 2 == 0:
        under, twos = under // 2, twos + 1
    while under % 5 == 0:
        under, fives = under // 5, fives + 1
    if under != 1:
        return f"{value.numerator}/{value.denominator}"
    after = max(twos, fives)
    digits = str(abs(value.numerator) * 10**after // value.denominator).rjust(after + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-after]}.{digits[-after:]}"
