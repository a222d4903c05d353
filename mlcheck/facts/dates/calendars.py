"""Dates of other calendars: Hijri, Solar Hijri (Jalali) and Buddhist years, as days of the usual one.

A day of the moon's calendar depends on who sees the moon, so it has several readings. What cannot be
converted is found all the same, so that nothing in it is read as a number, and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from mlcheck.data import Span
from mlcheck.facts.dates.digits import fact_of
from mlcheck.facts.fact import Fact, Value
from mlcheck.facts.phrases import Phrases
from mlcheck.languages import language as record
from mlcheck.text import Token

__all__ = ["other_calendars"]

_HIJRI, _JALALI = range(1300, 1500), range(1250, 1450)
_MOON = 2
"""Days by which the sighting of the moon and the tables differ, at most."""
_BESIDE = 16
"""Characters to a date of the usual calendar that says the same again: "1 رمضان 1445هـ الموافق 11 مارس"."""
_BEHIND = 3
"""The same where the usual date comes first, with this one in brackets."""
_LINK = 3
"""Letters of a word between a month and its year: "of", "de"."""
_BUDDHIST, _BEFORE_US = range(2400, 2600), 543
_BUDDHIST_IN = ("th", "km", "lo", "my")
_JALALI_IN = ("fa", "ps")
_THIS_YEAR = 1403
"""A year to convert a day of the sun's calendar by whose year is not said; it moves by a day at most."""


class _Month(NamedTuple):
    calendar: str
    number: int


def other_calendars(text: str, language: str, found: Sequence[Token], known: Sequence[Fact]) -> list[Fact]:
    """Facts of kinds `date` and `period`; `known` are the dates that were read already."""
    facts = list(_dates(text, language, found, known))
    taken = [fact.span for fact in (*facts, *known)]
    for at, token in enumerate(found):
        years = _years(found, at, language)
        if years and not any(span.start <= token.start < span.end for span in taken):
            values: list[Value] = [("year", str(year)) for year in (int(token.text), *years)]
            facts.append(fact_of("period", text, token.start, token.end, values, weak=True))
    return facts


def _dates(text: str, language: str, found: Sequence[Token], known: Sequence[Fact]) -> Iterator[Fact]:
    months = _months(language)
    for at in range(len(found)) if months.values else ():
        name = months.at(found, at)
        if name is None:
            continue
        end, month = name
        first, day = _number(found, at - 1, -1, range(1, 32))
        if first < 0:
            first = at
        year, after = 0, end
        for skip in (0, 1):
            number, value = _number(found, end + skip, 1, range(1200, 1500))
            if number >= 0 and (not skip or (found[end].kind == "w" and len(found[end].text) <= _LINK)):
                year, after = value, number + 1
                break
        if not day and not year:
            continue
        start = found[first].start
        span = Span(start, found[after - 1].end)
        beside = any(_is_beside(fact, span) for fact in known)
        values = [] if beside else _converted(month, day, year)
        if values:
            yield fact_of("date", text, span.start, span.end, values, weak=True)
        else:
            yield fact_of("period", text, span.start, span.end, [("calendar", month.calendar)], weak=True)


def _is_beside(fact: Fact, span: Span) -> bool:
    ahead, behind = span.start - fact.span.end, fact.span.start - span.end
    return fact.kind == "date" and (0 <= behind <= _BESIDE or 0 <= ahead <= _BEHIND)


def _number(found: Sequence[Token], at: int, step: int, among: range) -> tuple[int, int]:
    """The number at a token, and where it stands: -1 and 0 where there is none."""
    if 0 <= at < len(found) and found[at].kind == "d" and len(found[at].text) <= 4:
        value = int(found[at].text)
        if value in among:
            return at, value
    return -1, 0


@cache
def _months(language: str) -> Phrases:
    found = Phrases()
    times = record(language).times
    for calendar, groups in (("hijri", times.hijri_months), ("jalali", times.jalali_months)):
        for number, forms in enumerate(groups, 1):
            for form in forms:
                found.add(form, _Month(calendar, number), language)
    return found


def _converted(month: _Month, day: int, year: int) -> list[Value]:
    """What a date of another calendar may be in ours, the likeliest first."""
    if month.calendar == "jalali":
        if not day:
            ends = _of_jalali(year, month.number, 1), _of_jalali(year, month.number, 29)
            return [(str(end.year), str(end.month), "") for end in ends]
        middle = _of_jalali(year or _THIS_YEAR, month.number, day).toordinal()
        days = [date.fromordinal(middle + off) for off in ((0,) if year else (0, 1, -1))]
    elif not year:
        return []
    elif not day:
        ends = _of_hijri(year, month.number, 1), _of_hijri(year, month.number, 29)
        return [(str(end.year), str(end.month), "") for end in ends]
    else:
        middle = _of_hijri(year, month.number, day).toordinal()
        days = [date.fromordinal(middle + off) for off in sorted(range(-_MOON, _MOON + 1), key=abs)]
    return [(str(d.year) if year else "", str(d.month), str(d.day)) for d in days]


def _years(found: Sequence[Token], at: int, language: str) -> tuple[int, ...]:
    """The years of ours that a number may be as a year of another calendar."""
    token = found[at]
    if token.kind != "d" or len(token.text) != 4:
        return ()
    year = int(token.text)
    if language in _BUDDHIST_IN and year in _BUDDHIST:
        return (year - _BEFORE_US,)
    if language in _JALALI_IN and year in _JALALI:
        return year + 621, year + 622
    era = found[at + 1].text if at + 1 < len(found) else ""
    if year in _HIJRI and era in record(language).times.hijri_eras:
        return tuple(sorted({_of_hijri(year, month, 1).year for month in (1, 12)}))
    return ()


def _of_hijri(year: int, month: int, day: int) -> date:
    """By the tables, which count 30 and 29 days in turn."""
    days = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(227014 + days)


def _of_jalali(year: int, month: int, day: int) -> date:
    """By the cycle of 2820 years, which holds for the years that news are about."""
    base = year - 474
    inside = 474 + base % 2820
    before = (month - 1) * 31 if month <= 7 else (month - 1) * 30 + 6
    days = day + before + (inside * 682 - 110) // 2816 + (inside - 1) * 365 + base // 2820 * 1029983
    return date.fromordinal(226895 + days)
