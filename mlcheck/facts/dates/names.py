"""Names of months, weekdays, days and hours in one language, and how sure each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from mlcheck.facts.phrases import Phrases
from mlcheck.languages import FIRST_CLASS, Calendar, Language
from mlcheck.languages import language as record
from mlcheck.text import tokens

__all__ = ["Name", "names_of"]


class Name(NamedTuple):
    """A month, a weekday, a day (`-1` is yesterday) or an hour (noon), and how sure it is.

    `sure`: 2 by itself, 1 weak, 0 only beside a date (`Mo`, `Sun`, `Mar`).
    """

    kind: str
    number: int
    sure: int
    capital: bool = False
    """Written with a capital by CLDR: `Sun` is no weekday in `the sun`."""
    doubtful: bool = False
    """Also a common word, or a person's name: sure only beside words that go with dates."""
    doubtful_capital: bool = False
    """Doubtful where it has a capital: `Domingo`."""


def names_of(language: str) -> Phrases:
    """The names of a language, a base code. What its file says holds before what CLDR does."""
    own = record(language)
    found = Phrases()
    known = language in FIRST_CLASS
    for name, text in chain(_own_names(own), _cldr_names(own.calendar, known=known)):
        found.add(text, name, language)
    for texts, always in ((own.times.doubtful, True), (own.times.doubtful_capitals, False)):
        for text in texts:
            words = _key(text, language)
            if words in found.values:
                name = found.values[words]
                doubtful = always or name.doubtful
                found.values[words] = name._replace(doubtful=doubtful, doubtful_capital=not doubtful)
    for text in own.times.not_names:
        found.values.pop(_key(text, language), None)
    if language != "en":
        # Titles and slips: "Saturday Night Live" in a Russian text is still a Saturday.
        for number, text in _numbered(record("en").calendar.weekdays, "wide", first=1):
            found.add(text, Name("weekday", number, 1, capital=True), language)
    return found


def _key(text: str, language: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(text, language))


def _own_names(own: Language) -> Iterator[tuple[Name, str]]:
    times = own.times
    kinds = (
        (times.months, "month", 2, False),
        # Октябрьская with a capital is a square.
        (times.month_adjectives, "month", 2, True),
        (times.months_short, "month", 0, False),
        (times.weekdays, "weekday", 2, False),
        (times.weekday_adjectives, "weekday", 2, True),
        (times.weekdays_weak, "weekday", 1, False),
        (times.weekdays_short, "weekday", 0, False),
    )
    for groups, kind, sure, doubtful_capital in kinds:
        for number, forms in enumerate(groups, 1):
            for form in forms:
                yield Name(kind, number, sure, form[:1].isupper(), False, doubtful_capital), form
    for kind, table in (("day", times.days), ("hour", times.hours)):
        for value, forms in table.items():
            for form in forms:
                yield Name(kind, int(value), 1), form


def _cldr_names(calendar: Calendar, *, known: bool) -> Iterator[tuple[Name, str]]:
    """CLDR's months and weekdays. Where nobody has looked at a language, a month alone is weak:
    nobody knows which of its names are also words."""
    for width in ("wide", "abbreviated"):
        # Months first: `mar` is March and Tuesday in Spanish, and a date needs it more.
        for kind, table, first in (("month", calendar.months, 0), ("weekday", calendar.weekdays, 1)):
            sure = 0 if width == "abbreviated" else 1 if kind == "month" and not known else 2
            for number, text in _numbered(table, width, first=first):
                # Some languages have no short forms, and CLDR gives the full ones again: these hold.
                yield Name(kind, number, sure, capital=text[:1].isupper()), text
                if text.endswith("."):
                    yield Name(kind, number, sure, capital=text[:1].isupper()), text.rstrip(".")


def _numbered(
    table: Mapping[str, Mapping[str, Mapping[int, str]]], width: str, *, first: int
) -> Iterator[tuple[int, str]]:
    """Names with their numbers. CLDR's weekdays count from 0, so `first` is added."""
    for context in ("format", "stand-alone"):
        for number, text in table.get(context, {}).get(width, {}).items():
            if text and not text.isdigit():
                yield number + first, text
