"""What it finds
    A date with a weekday beside it that it is not. One version is enough. The year is said with the date;
    where it is not, it is that of the same day elsewhere in the text, or the one in which the day is
    nearest to the day on which the item says that it was issued, and the finding is a warning. Where the two
    versions differ, `date-mismatch` tells that instead.

Why it matters
    Readers turn up a day early, and a wrong weekday shows that one of the two was not looked up.

Example
    Source: "The talks begin on Monday, April 28, 2024."
    Target: "Переговоры начнутся в понедельник, 28 апреля 2024 года."

Known to be wrong when
    a date is one of the Julian calendar. Years before 1927, when the last state left it, are passed over,
    and so are dates of other calendars.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mlcheck.checks.moments import moment
from mlcheck.checks.phrases import numbered, severity_of, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Document
from mlcheck.facts import Fact, conflict
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_GREGORIAN = range(1927, 2200)
_NEAR = 150
"""Days before and after its issue in which an item means a day that it gives no year."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A date that is no such weekday, and what it is."""

    side: int
    sentence: int
    date: Fact
    weekday: Fact
    year: str
    truth: str

    @property
    def says(self) -> str:
        of = "" if self.guessed is False else f" of {self.year}"
        return f"“{self.date.text}”{of} is no “{self.weekday.text}” but a {self.truth}"

    @property
    def guessed(self) -> bool:
        """Is the year not said with the date?"""
        return not any(reading[0] for reading in self.date.readings)


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each date that is no such weekday; one for both versions where they agree in it."""
    told = {
        id(fact)
        for found in evidence.differences
        for fact in (found.difference.source, found.difference.target)
        if fact is not None and found.difference.source is not None and found.difference.target is not None
    }
    found = [
        wrong
        for side in (0, 1)
        for wrong in _wrong(evidence.alignment.documents[side], side, evidence.facts[side])
        if id(wrong.date) not in told and id(wrong.weekday) not in told
    ]
    opposite = {i: link.target for link in evidence.alignment.sentences for i in link.source}
    left = [wrong for wrong in found if wrong.side == 1]
    for one in found:
        if one.side == 0:
            other = next(
                (w for w in left if w.sentence in opposite.get(one.sentence, ()) and _same(one, w)), None
            )
            if other is not None:
                left.remove(other)
            yield _draft(evidence, one, other, settings)
    for one in left:
        yield _draft(evidence, one, None, settings)


def _same(one: _Wrong, other: _Wrong) -> bool:
    return bool({r[1:] for r in one.date.readings} & {r[1:] for r in other.date.readings})


def _wrong(document: Document, side: int, facts: Sequence[Sequence[Fact]]) -> Iterator[_Wrong]:
    years = _Years(document, facts)
    for sentence, own in enumerate(facts):
        given = {fact.span: fact for fact in own if fact.kind in ("date", "weekday") and not fact.weak}
        if len(given) < 2:
            continue
        for dated, weekday in conflict([years.filled(fact) for fact in given.values()]):
            fact = given[dated.span]
            year, month, day = dated.value
            if int(year) in _GREGORIAN and years.is_plain(fact, year):
                truth = _DAYS[date(int(year), int(month), int(day)).weekday()]
                yield _Wrong(side, sentence, fact, weekday, year, truth)


class _Years:
    """The years of days that a text gives without one."""

    def __init__(self, document: Document, facts: Sequence[Sequence[Fact]]) -> None:
        said: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for own in facts:
            for fact in own:
                if fact.kind == "date" and len(fact.readings) == 1 and all(fact.value):
                    said[fact.value[1], fact.value[2]].add(fact.value[0])
        self._said = said
        issued = moment(document.item.issued) if document.item is not None else None
        self._issued = issued.date() if issued is not None else None

    def filled(self, fact: Fact) -> Fact:
        """A date with its year, where one can be told."""
        if fact.kind != "date" or any(reading[0] for reading in fact.readings):
            return fact
        return replace(fact, readings=tuple((self._year(m, d), m, d) for _, m, d in fact.readings))

    def is_plain(self, fact: Fact, year: str) -> bool:
        """Is a date of the Gregorian calendar, so that its year stands there as it is?"""
        if not any(reading[0] for reading in fact.readings):
            return True
        digits = "".join(str(int(c)) for c in fact.text if c.isdecimal())
        return year in digits or (year[2:] in digits and len(digits) <= 6) or not digits

    def _year(self, month: str, day: str) -> str:
        known = self._said.get((month, day), set())
        if len(known) == 1:
            return next(iter(known))
        if known or self._issued is None or not day:
            return ""
        near = []
        for year in (self._issued.year + n for n in (-1, 0, 1)):
            try:
                away = abs((date(year, int(month), int(day)) - self._issued).days)
            except ValueError:  # 29 February
                continue
            near.append((away, year))
        return str(min(near)[1]) if near and min(near)[0] <= _NEAR else ""


def _draft(evidence: Evidence, one: _Wrong, other: _Wrong | None, settings: CheckSettings) -> Draft:
    alignment = evidence.alignment
    document = alignment.documents[one.side]
    place = numbered([document.sentences[one.sentence].paragraph])
    confidence = settings.weekday_guessed if one.guessed else settings.weekday
    where = "" if other is not None else f" of {version(alignment, one.side)}"
    both = f", and in {version(alignment, 1)} too" if other is not None else ""
    sides: list[_Wrong | None] = [None, None]
    sides[one.side] = one
    if other is not None:
        sides[1] = other
    source, target = sides
    return Draft(
        message=f"{place}{where}: {one.says}{both}",
        severity=severity_of(confidence, settings.error_from),
        confidence=confidence,
        source=(source.sentence,) if source is not None else (),
        target=(target.sentence,) if target is not None else (),
        source_span=source.date.span if source is not None else None,
        target_span=target.date.span if target is not None else None,
        evidence={"date": one.date.text, "weekday": one.weekday.text, "is": one.truth},
    )


RULE = Rule(
    name="weekday-mismatch",
    summary="A date is no such weekday",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
)
