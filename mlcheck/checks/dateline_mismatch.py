"""What it finds
    Another city or another day in the dateline: in the line that the format calls so, or in what stands
    before the dash that opens a report. Cities are those of 100,000 inhabitants or more and capitals, as
    `name-mismatch` knows them. Another day is a warning: versions are filed at other times.

Why it matters
    A dateline says where the reporter was.

Example
    Source: "BAKU, April 28 (APA) - The talks begin."
    Target: "ТБИЛИСИ, 28 апреля — Переговоры начинаются."

Known to be wrong when
    a desk of its own has reported again from another place. A version without a dateline is no finding, nor
    is a capital for its state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlcheck.checks.phrases import numbered, severity_of, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence, agree
from mlcheck.data import Document, Span
from mlcheck.facts import Entity, Fact, entities, related
from mlcheck.languages import base
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_OPENING = re.compile(r"(.{2,70}?)(?:\s[—–-]{1,2}\s|[—–]|--|\.\s?/|(?<=日)电|(?<=日)電)", re.DOTALL)
"""From the first character of a report to the dash, the agency or the sign after its dateline."""
_FROM = 12
"""Characters before the city: a bracket, or an agency's name in Chinese."""


@dataclass(frozen=True, slots=True)
class _Dateline:
    sentence: int
    cities: tuple[Entity, ...]
    dates: tuple[Fact, ...]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for another city, and one for another day."""
    alignment = evidence.alignment
    one, two = (
        _dateline(document, facts)
        for document, facts in zip(alignment.documents, evidence.facts, strict=True)
    )
    if one is None or two is None:
        return
    pairs: list[tuple[str, str, Span, Span, float]] = []
    if not _one_place(one.cities, two.cities):
        pairs.append(_pair(one.cities[0], two.cities[0], settings.dateline))
    if one.dates and two.dates and not any(agree(a, b) for a in one.dates for b in two.dates):
        pairs.append(_pair(one.dates[0], two.dates[0], settings.dateline_day))
    place = numbered([alignment.source.document.sentences[one.sentence].paragraph])
    for source, target, source_span, target_span, confidence in pairs:
        yield Draft(
            message=f"{place}: the dateline’s “{source}” is “{target}” in {version(alignment, 1)}",
            severity=severity_of(confidence, settings.error_from),
            confidence=confidence,
            source=(one.sentence,),
            target=(two.sentence,),
            source_span=source_span,
            target_span=target_span,
            evidence={"source": source, "target": target},
        )


def _pair(one: Entity | Fact, two: Entity | Fact, confidence: float) -> tuple[str, str, Span, Span, float]:
    return one.text, two.text, one.span, two.span, confidence


def _one_place(one: Sequence[Entity], two: Sequence[Entity]) -> bool:
    """Have the two a city in common?"""
    return any(related(a, b, "city") for x in one for y in two for a in x.codes for b in y.codes)


def _dateline(document: Document, facts: Sequence[Sequence[Fact]]) -> _Dateline | None:
    """The dateline of a text, if it has one that begins with a city that is known."""
    said = next((p for p in document.paragraphs if p.role == "dateline"), None)
    found = said or next((p for p in document.paragraphs if p.role in ("lede", "body")), None)
    sentence = next((s for s in document.sentences if found is not None and s.paragraph == found.index), None)
    if found is None or sentence is None:
        return None
    end = len(sentence.text)
    if said is None:
        # The dateline may be a sentence of its own: `БАКУ, 28 апреля. /ТАСС/.`
        opening = _OPENING.match(sentence.text) or _OPENING.match(found.text)
        if opening is None:
            return None
        end = min(opening.end(1), end)
    text = _in_small(sentence.text[:end])
    cities = tuple(
        e
        for e in entities(text, base(document.language))
        if e.kind == "city" and _stands_alone(sentence.text, e.span, end)
    )
    if not cities or cities[0].span.start > (_FROM if said is None else end):
        return None
    own = [
        Entity(c.kind, c.span, sentence.text[c.span.start : c.span.end], c.codes, c.sure, c.countries)
        for c in cities
    ]
    dates = tuple(
        fact
        for fact in facts[sentence.index]
        if fact.kind == "date" and fact.span.end <= end and not fact.weak and fact.value[2]
    )
    return _Dateline(sentence.index, tuple(own), dates)


def _stands_alone(text: str, span: Span, end: int) -> bool:
    """Is a name that of a place, as it stands: in capitals, or with nothing of a sentence after it?"""
    name, after = text[span.start : span.end], text[span.end : end].lstrip()[:1]
    return (name.isupper() and len(name) > 1) or not after.isalpha() or after in "日月电電"


def _in_small(text: str) -> str:
    """Words in capitals with their first letter alone in one, so that a city is known."""
    return (
        re.sub(r"[^\W\d_]{2,}", lambda m: m[0][0] + m[0][1:].lower() if m[0].isupper() else m[0], text)
        if all(len(c.lower()) == 1 for c in text)
        else text
    )


RULE = Rule(
    name="dateline-mismatch",
    summary="The dateline has another city or day in the other version",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
)
