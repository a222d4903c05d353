"""Roman numerals."""

from __future__ import annotations

import re

__all__ = ["roman_value"]

_ROMAN = re.compile("(?=.)(X{0,3})(IX|IV|V?I{0,3})")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def roman_value(letters: str) -> int | None:
    """The value of a numeral in capitals, up to 39: no story counts further in them. None for what is none.

    >>> roman_value("XIV"), roman_value("IIII")
    (14, None)
    """
    match = _ROMAN.fullmatch(letters)
    return 10 * len(match[1]) + _ONES.index(match[2]) if match else None
