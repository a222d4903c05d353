"""Dates in digits, and the days that there are."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Sequence

from mlcheck.data import Span
from mlcheck.facts.dates.words import Words
from mlcheck.facts.fact import Fact, Kind, Value

__all__ = ["YEARS", "fact_of", "in_digits", "is_valid"]

YEARS = range(1000, 2200)
_CENTURY_TURNS = 69
"""Two digits from which a year is of the last century, as POSIX has it."""
_MARK = "[\u200e\u200f]?"
_DIGITS = re.compile(
    rf"(?<![\d.,/:\-])(\d{{1,4}}){_MARK}([./-]){_MARK}(\d{{1,2}}){_MARK}\2{_MARK}(\d{{1,4}})"
    r"(?![\d/]|[.,\-:]\d)(?:T(?=\d\d:))?"
)
_DAY_AND_MONTH = re.compile(r"(?<![\d.,/:\-])(\d{1,2})\.[ \u00a0]?(\d{1,2})\.(?![\d])")


def in_digits(text: str, words: Words) -> tuple[list[Fact], list[Span]]:
    """Dates in digits, and all places that look like one: 32.13.2024 is no other fact either."""
    found, taken = [], []
    for match in _DIGITS.finditer(text):
        first, sign, second, third = match.groups()
        if max(len(first), len(third)) == 3:
            continue
        readings = _readings_of_digits(first, sign, second, third, words)
        if len(first) != 4 and len(third) != 4 and not readings:
            continue
        span = Span(*match.span())
        taken.append(span)
        if readings:
            # 1.2.24 is also a section; 01.02.24 is what a date looks like.
            weak = len(first) != 4 and len(third) != 4 and not len(first) == len(second) == 2
            end = match.end() - (match[0][-1] == "T")
            found.append(fact_of("date", text, match.start(), end, readings, weak=weak or len(third) == 1))
    if words.day_and_month_dotted:
        for match in _DAY_AND_MONTH.finditer(text):
            if is_valid(None, int(match[2]), int(match[1])):
                value = ("", str(int(match[2])), str(int(match[1])))
                found.append(fact_of("date", text, *match.span(), [value], weak=True))
    return found, taken


def _readings_of_digits(first: str, sign: str, second: str, third: str, words: Words) -> list[Value]:
    one, two, three = int(first), int(second), int(third)
    if len(first) == 4:
        orders = [(one, two, three)]
    else:
        year = three if len(third) == 4 else three + (1900 if three >= _CENTURY_TURNS else 2000)
        orders = [(year, two, one), (year, one, two)] if sign != "." else [(year, two, one)]
        if words.month_first and not words.year_before:
            orders.reverse()
        if len(third) != 4 and words.year_before:
            orders.insert(0, (one + (1900 if one >= _CENTURY_TURNS else 2000), two, three))
    readings: list[Value] = []
    for year, month, day in orders:
        value = (str(year), str(month), str(day))
        if year in YEARS and is_valid(year, month, day) and value not in readings:
            readings.append(value)
    return readings


def fact_of(
    kind: Kind, text: str, start: int, end: int, readings: Sequence[Value], *, weak: bool = False
) -> Fact:
    """The fact that stands at `text[start:end]`."""
    return Fact(
        kind=kind,
        span=Span(start, end),
        text=text[start:end],
        readings=tuple(dict.fromkeys(readings)),
        weak=weak,
    )


def is_valid(year: int | None, month: int, day: int) -> bool:
    """Is there such a day? Where no year is said, 29 February is one."""
    if not 1 <= month <= 12:
        return False
    last = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    if not 1 <= day <= last:
        return False
    return (month, day) != (2, 29) or year is None or isleap(year)
