"""Numbers in Han numerals, alone or after digits: 二十五, 1.5万, 3億5000万, 二〇一八, 100多万."""

from __future__ import annotations

import re
from fractions import Fraction

__all__ = ["HAN_NUMBER", "HanNumber", "read_han", "small_han"]

_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_DIGITS = r"[0-9]+(?:[.,][0-9]+)*"
_SCALE = r"(?:百(?!分)|千(?![米克瓦])|[万萬亿億兆])"
# 1万2500: what stands below the last scale needs none. 千米 is kilometre, 百分 the start of "per cent".
_HAN = rf"(?:[〇零一二两兩三四五六七八九十]|{_SCALE})"

HAN_NUMBER = (
    rf"(?:{_DIGITS} ?[多余餘几]? ?{_SCALE}|{_HAN})(?:[多余餘几]?{_HAN}|{_DIGITS}(?={_SCALE}))*+"
    r"(?:(?<=[千万萬亿億])[0-9]{1,4}(?![0-9.,]))?"
)
_ITEM = re.compile(rf"{_DIGITS}|[〇零一二两兩三四五六七八九十百千万萬亿億兆]")

HanNumber = tuple[list[Fraction], bool, bool]
"""Readings, whether it is weak by its form, and whether it is a single numeral that a classifier
makes strong."""


def read_han(raw: str) -> HanNumber | None:
    """What a match of `HAN_NUMBER` means, or None where it means no number.

    Numerals side by side (五六) are "five or six", or an idiom (三三两两), but for years, which are read
    digit by digit. A number that starts with a scale (百万, 千万) is as often an idiom.
    """
    items = _ITEM.findall(raw)
    if len(raw) > 40:
        return None
    if all(item in _NUMERALS for item in items) and len(items) > 1:
        plain = Fraction(int("".join(str(_NUMERALS[item]) for item in items)))
        if 1000 <= plain < 2200 or (len(items) > 2 and {"〇", "零"} & set(items[1:])):
            return [plain], False, False
        return [plain, *(Fraction(_NUMERALS[item]) for item in items)], True, False
    total = section = Fraction(0)
    number: Fraction | None = None
    largest = last = 0
    for item in items:
        if item in _NUMERALS:
            number = Fraction(_NUMERALS[item]) + 10 * (number or 0) if number else Fraction(_NUMERALS[item])
        elif item in _SMALL:
            section += (1 if number is None else number) * _SMALL[item]
            number, last = None, _SMALL[item]
        elif item in _LARGE:
            scale = _LARGE[item]
            section += number or 0
            if largest and scale > largest:
                total = (total + section) * scale
            else:
                total += (section or (0 if total else 1)) * scale
            section, number, largest, last = Fraction(0), None, scale, scale
        else:
            number = _amount(item)
            if number is None:
                return None
    value = total + section + (number or 0)
    readings = [value]
    if number is not None and 0 < number < 10 and last >= 100 and items[-2:-1] and items[-2] not in "零〇":
        readings.append(total + section + number * last / 10)  # 三百五 is 350
    digits = items[0][0].isascii()
    single = len(items) == 1
    return readings, not digits and (single or items[0] in _LARGE or items[0] in "百千"), single


def _amount(digits: str) -> Fraction | None:
    parts = re.split("[.,]", digits)
    if max(map(len, parts)) > 18 or len(parts) > 5:
        return None
    if len(parts) == 1:
        return Fraction(int(digits))
    whole = "".join(parts)
    if all(len(part) == 3 for part in parts[1:]) and "." not in digits:
        return Fraction(int(whole))
    return Fraction(int(whole), 10 ** len(parts[-1]))


def small_han(text: str) -> int | None:
    """The value of a number of dates and times in digits or Han numerals, as 12, 十二, 二〇二四: at most 999
    with 百. None where it has no value.

    >>> small_han("三十"), small_han("二〇二四"), small_han("三四")
    (30, 2024, None)
    """
    if text.isdigit():
        return int(text)
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        below = small_han(rest.lstrip("零〇")) if rest else 0
        many = _NUMERALS.get(hundreds, 0)
        return None if not many or below is None or below > 99 else 100 * many + below
    if "十" not in text:
        if len(text) not in (1, 4) or any(letter not in _NUMERALS for letter in text):
            return None
        return int("".join(str(_NUMERALS[letter]) for letter in text))
    tens, _, ones = text.partition("十")
    if any(part and part not in _NUMERALS for part in (tens, ones)):
        return None
    return 10 * _NUMERALS.get(tens, 1) + _NUMERALS.get(ones, 0)
