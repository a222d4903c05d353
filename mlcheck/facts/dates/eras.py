"""Marks of the era, and the nights between two days."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from mlcheck.facts.dates.digits import fact_of
from mlcheck.facts.fact import Fact, Value
from mlcheck.languages import language as record
from mlcheck.languages import lower

__all__ = ["eras", "with_nights"]

_BEFORE, _AFTER = ("era", "-"), ("era", "+")
_NEAR = 24
"""Characters from a number, or a century, to its era."""
_LONGEST_NIGHT = 24
"""Characters of "in der Nacht zum"."""
_FIGURE = re.compile(r"\d|[IVX\u0406\u0425]")
"""Digits, and letters that Roman numerals are written with: Latin ones, and Cyrillic ones that look so."""


def eras(text: str, language: str) -> Iterator[Fact]:
    """The marks of the era beside figures, as weak facts of kind `period`: (`era`, `-`) before Christ,
    (`era`, `+`) after. Where one version says it, the other may leave it out. `language` is a base code."""
    pattern = _eras(language)
    if pattern is None:
        return
    for match in pattern.finditer(text):
        around = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + _NEAR]
        if any(_FIGURE.search(part) for part in around):
            value = _BEFORE if match.lastgroup == "before" else _AFTER
            yield fact_of("period", text, match.start(), match.end(), [value], weak=True)


@cache
def _eras(language: str) -> re.Pattern[str] | None:
    times, spaced = record(language).times, record(language).apart
    groups = []
    for name, phrases in (("before", times.before_christ), ("after", times.after_christ)):
        if phrases:
            body = "|".join(_spaced(phrase) for phrase in sorted(phrases, key=len, reverse=True))
            groups.append(f"(?P<{name}>{body})")
    if not groups:
        return None
    body = f"(?:{'|'.join(groups)})"
    return re.compile(rf"(?<!\w){body}(?!\w)" if spaced else body)


def _spaced(phrase: str) -> str:
    """The phrase with any spaces, or none, after its full stops: "v. Chr.", "v.Chr."."""
    return re.escape(phrase).replace(r"\.\ ", r"\.\s?").replace(r"\ ", r"\s+").removesuffix(r"\.")


def with_nights(text: str, language: str, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, of which a day after "in the night to" may also be the one before: "в ночь на понедельник"
    is Sunday night. `language` is a base code."""
    words = record(language).times.night_to
    if not words:
        return list(facts)
    low = lower(text, language)
    return [
        _earlier(fact)
        if fact.kind in ("weekday", "date")
        and low[max(0, fact.span.start - _LONGEST_NIGHT) : fact.span.start].rstrip().endswith(words)
        else fact
        for fact in facts
    ]


def _earlier(fact: Fact) -> Fact:
    before = [value for reading in fact.readings for value in _day_before(reading)]
    return replace(fact, readings=(*fact.readings, *before))


def _day_before(value: Value) -> list[Value]:
    if len(value) == 1:
        return [(str((int(value[0]) - 2) % 7 + 1),)]
    year, month, day = value
    if not (month and day):
        return []
    try:
        # A leap year, so that 1 March comes after 29 February where no year is said.
        found = datetime.date(int(year or 2024), int(month), int(day)) - datetime.timedelta(days=1)
    except (ValueError, OverflowError):
        return []
    return [(str(found.year) if year else "", str(found.month), str(found.day))]
