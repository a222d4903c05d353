"""Dates, weekdays, decades and centuries, and times of the day.

The names are CLDR's, with the endings and the other words of the language's file. What is read is
what the text says: a date without a year stays one, and `Monday` is no date. Where a form has
several readings, all are given: `04/05/2024` is 5 April for some and 4 May for others.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from mlcheck.facts.dates.calendars import other_calendars
from mlcheck.facts.dates.digits import in_digits
from mlcheck.facts.dates.east import EAST, dates_east
from mlcheck.facts.dates.eras import eras, with_nights
from mlcheck.facts.dates.reader import Reader
from mlcheck.facts.dates.words import words_of
from mlcheck.facts.fact import Fact, Value
from mlcheck.languages import base
from mlcheck.text import tokens

__all__ = ["conflict", "dates"]


def dates(text: str, language: str) -> list[Fact]:
    """Facts of the kinds `date`, `weekday`, `period` and `time`, in the order of the text.

    `language` is a BCP 47 tag. A language without a file has CLDR's names in the forms that
    CLDR gives; one that CLDR does not know has dates and times in digits. Time is linear in the
    text.
    """
    language = base(language)
    words = words_of(language)
    found, taken = in_digits(text, words)
    if language in EAST:
        found += dates_east(text, language, taken)
    cut = tokens(text, language)
    found = Reader(text, cut, words, found).read()
    others = other_calendars(text, language, cut, found)
    spans = [fact.span for fact in others if fact.kind == "date"]
    # What was read of these before, such as an hour, is no fact of ours.
    found = [
        one for one in found if not any(s.start <= one.span.start and one.span.end <= s.end for s in spans)
    ]
    return _ordered([*with_nights(text, language, found + others), *eras(text, language)])


def conflict(facts: Iterable[Fact]) -> list[tuple[Fact, Fact]]:
    """Full dates and the weekdays beside them that cannot both be true, as (date, weekday): `Monday,
    April 28, 2024` was a Sunday. `facts` are of one text."""
    ordered = _ordered(fact for fact in facts if fact.kind in ("date", "weekday"))
    beside = [
        (one, two) if one.kind == "date" else (two, one)
        for one, two in pairwise(ordered)
        if one.kind != two.kind and two.span.start - one.span.end <= _BESIDE
    ]
    # What stands between two others goes with either, and nobody knows with which.
    often = Counter(fact.span for pair in beside for fact in pair)
    found = []
    for date, weekday in beside:
        days = [_weekday(value) for value in date.readings]
        said = {value[0] for value in weekday.readings}
        alone = often[date.span] == often[weekday.span] == 1
        if alone and None not in days and not {str(day) for day in days} & said:
            found.append((date, weekday))
    return found


_BESIDE = 2
"""Characters between a date and its weekday: a comma and a space, or a bracket. A word between them
may say anything ("Monday to 28 April")."""


def _ordered(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.span, fact.kind))


def _weekday(value: Value) -> int | None:
    year, month, day = value
    return datetime.date(int(year), int(month), int(day)).isoweekday() if year and month and day else None
