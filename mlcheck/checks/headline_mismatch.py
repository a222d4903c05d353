"""What it finds
    Two headlines that are no translations of each other, and contradict each other in a fact: another number
    of the same kind, or another city or state, neither of which the other version has anywhere; and as
    information a word and its opposite, where the headlines name the same. Numbers and names of headlines
    that are translations are compared as those of all sentences are.

Why it matters
    The headline is what most readers read.

Example
    Source: "Inflation slows to 31 per cent"
    Target: "Инфляция замедлилась до 13 процентов"

Known to be wrong when
    each headline tells another part of the story: each figure then stands in the text of the other version
    as a rule, and nothing is said. Desks write headlines of their own, so most differences are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.checks.phrases import numbered, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence, agree, classify
from mlcheck.data import Alignment, Document, Severity, Span
from mlcheck.facts import Entity, Fact, entities, poles, related, unit_class
from mlcheck.languages import base
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_FIGURES = 2
"""Figures of a number without a unit from which it is compared: small ones stand in idioms and names."""
_TWO_PARTIES = frozenset({"buy/sell", "win", "send/receive", "give/take", "gain", "import/export", "before"})
"""Groups of opposites in which the other word may tell the same of the other party."""

_Placed = tuple[int, Span, str]
"""A sentence, where in it something stands, and what."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each fact in which two headlines of their own contradict each other."""
    alignment = evidence.alignment
    heads = [_headline(document) for document in alignment.documents]
    if not all(heads):
        return
    linked = any(
        set(link.source) & set(heads[0]) and set(link.target) & set(heads[1]) for link in alignment.sentences
    )
    known = _Known(alignment.documents)
    told = [] if linked else [*_numbers(evidence, heads), *_places(known, heads)]
    for one, two in told:
        yield _draft(alignment, one, two, "warning", settings.headline)
    if not told and _share(evidence, known, heads):
        for one, two in _opposites(evidence, heads):
            yield _draft(alignment, one, two, "info", settings.fact_lone)


def _headline(document: Document) -> tuple[int, ...]:
    at = next((p.index for p in document.paragraphs if p.role == "headline"), None)
    return tuple(s.index for s in document.sentences if s.paragraph == at)


# Numbers


def _numbers(evidence: Evidence, heads: Sequence[Sequence[int]]) -> Iterator[tuple[_Placed, _Placed]]:
    own = [
        [(i, fact) for i in heads[side] for fact in evidence.facts[side][i] if _is_told(fact)]
        for side in (0, 1)
    ]
    every = [[fact for sentence in facts for fact in sentence] for facts in evidence.facts]
    texts = [document.text for document in evidence.alignment.documents]
    alone = [
        [
            (i, fact)
            for i, fact in own[side]
            if not any(agree(fact, other) for other in every[1 - side])
            and not any(value in texts[1 - side] for (value,) in fact.readings)
        ]
        for side in (0, 1)
    ]
    for unit in sorted({unit_class(fact.unit) for _, fact in alone[0]}):
        one, two = ([(i, f) for i, f in side if unit_class(f.unit) == unit] for side in alone)
        same = [sum(unit_class(f.unit) == unit for _, f in side) for side in own]
        if len(one) == len(two) == 1 and same == [1, 1]:
            (i, x), (j, y) = one[0], two[0]
            if [d.sort for d in classify([x], [y])] == ["different"]:
                yield (i, x.span, x.text), (j, y.span, y.text)


def _is_told(fact: Fact) -> bool:
    return (
        fact.kind == "number"
        and not fact.weak
        and bool(fact.unit or sum(map(str.isdigit, fact.text)) >= _FIGURES)
    )


# Places


class _Known:
    """The entities of two documents, looked up once."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.held = [
            [
                [e for e in entities(s.text, base(document.language)) if e.kind != "body"]
                for s in document.sentences
            ]
            for document in documents
        ]

    def has(self, side: int, entity: Entity) -> bool:
        """Does a version name it anywhere, or its state, or a city in it?"""
        return any(_alike(entity, other) for sentence in self.held[side] for other in sentence)


def _alike(one: Entity, two: Entity) -> bool:
    if one.kind == two.kind:
        return any(related(a, b, one.kind) for a in one.codes for b in two.codes)
    city, nation = (one, two) if one.kind == "city" else (two, one)
    return not city.countries.isdisjoint(code.partition("-")[0] for code in nation.codes)


def _places(known: _Known, heads: Sequence[Sequence[int]]) -> Iterator[tuple[_Placed, _Placed]]:
    for kind in ("city", "nation"):
        one, two = (
            [(i, e) for i in heads[side] for e in known.held[side][i] if e.kind == kind] for side in (0, 1)
        )
        if len(one) == len(two) == 1:
            (i, x), (j, y) = one[0], two[0]
            if x.sure and y.sure and not known.has(1, x) and not known.has(0, y):
                yield (i, x.span, x.text), (j, y.span, y.text)


# Opposites


def _share(evidence: Evidence, known: _Known, heads: Sequence[Sequence[int]]) -> bool:
    """Do the headlines name the same place or the same number, and does neither negate?"""
    facts = [[fact for i in heads[side] for fact in evidence.facts[side][i]] for side in (0, 1)]
    if any(fact.kind == "negation" for own in facts for fact in own):
        return False
    named = [[e for i in heads[side] for e in known.held[side][i]] for side in (0, 1)]
    return any(_alike(a, b) for a in named[0] for b in named[1]) or any(
        agree(a, b) for a in facts[0] for b in facts[1] if a.kind == b.kind == "number"
    )


def _opposites(evidence: Evidence, heads: Sequence[Sequence[int]]) -> Iterator[tuple[_Placed, _Placed]]:
    documents = evidence.alignment.documents
    one, two = (
        [(i, pole) for i in heads[side] for pole in poles(document.sentences[i].text, document.language)]
        for side, document in enumerate(documents)
    )
    if len(one) == len(two) == 1 and one[0][1].opposite(two[0][1]):
        (i, x), (j, y) = one[0], two[0]
        groups = {group for group, _ in x.meanings | y.meanings}
        if not (x.negated or y.negated or groups & _TWO_PARTIES):
            yield _word(documents[0], i, x.span), _word(documents[1], j, y.span)


def _word(document: Document, sentence: int, span: Span) -> _Placed:
    return sentence, span, document.sentences[sentence].text[span.start : span.end]


def _draft(alignment: Alignment, one: _Placed, two: _Placed, severity: Severity, confidence: float) -> Draft:
    place = numbered([alignment.source.document.sentences[one[0]].paragraph])
    return Draft(
        message=f"{place}: the headline’s “{one[2]}” is “{two[2]}” in that of {version(alignment, 1)}",
        severity=severity,
        confidence=confidence,
        source=(one[0],),
        target=(two[0],),
        source_span=one[1],
        target_span=two[1],
        evidence={"source": one[2], "target": two[2]},
    )


RULE = Rule(
    name="headline-mismatch",
    summary="Two headlines contradict each other in a fact",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
    worst="warning",
)
