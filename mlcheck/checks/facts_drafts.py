"""What rules on facts that are compared by value say of a difference."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from mlcheck.checks.phrases import numbered, paragraph_of, severity_of, version
from mlcheck.checks.rule import Draft
from mlcheck.compare import Evidence, Found, Passage
from mlcheck.data import Alignment
from mlcheck.facts import Fact, Kind
from mlcheck.settings import CheckSettings

__all__ = ["drafts", "one_sided", "place_of"]

_AFTER_ALL = {"unit": "not of the same thing", "swapped": "the two have changed places"}
_NO_FLAW = frozenset({"rounded", "converted"})
"""The same in another unit, or as exact as the text shows: nothing to say of it."""


def drafts(evidence: Evidence, kinds: Collection[Kind], settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each difference of some kinds; one for a passage that has very many, such as a
    table of which a row is gone."""
    alignment = evidence.alignment
    chosen = [
        found
        for found in evidence.differences
        if found.difference.fact.kind in kinds and found.difference.sort not in _NO_FLAW
    ]
    for _, group in groupby(chosen, key=lambda found: id(found.passage)):
        inside = list(group)
        if len(inside) <= settings.many_facts:
            yield from (_draft(alignment, found, settings) for found in inside)
        else:
            yield _summary(alignment, inside, settings)


def one_sided(
    passage: Passage, side: int, fact: Fact, message: str, confidence: float, *, warning: bool = False
) -> Draft:
    """A finding for a fact of a side that the passage opposite has nothing like: on the fact, and on
    the whole of what stands opposite. Information, unless it is a `warning`."""
    own = (passage.owner(side, fact),)
    return Draft(
        message=message,
        severity="warning" if warning else "info",
        confidence=confidence,
        source=passage.link.source if side else own,
        target=own if side else passage.link.target,
        source_span=None if side else fact.span,
        target_span=fact.span if side else None,
        evidence={fact.kind: fact.text},
    )


def _summary(alignment: Alignment, found: Sequence[Found], settings: CheckSettings) -> Draft:
    each = [_draft(alignment, one, settings) for one in found]
    worst = max(each, key=lambda draft: draft.confidence)
    link = found[0].passage.link
    return Draft(
        message=f"{_place(alignment, 0, link.source)}: {len(found)} facts are not those of "
        f"{version(alignment, 1)}; {worst.message[0].lower()}{worst.message[1:]}",
        severity=worst.severity,
        confidence=worst.confidence,
        source=worst.source,
        target=worst.target,
        source_span=worst.source_span,
        target_span=worst.target_span,
        evidence={**worst.evidence, "facts": len(found)},
    )


def _draft(alignment: Alignment, found: Found, settings: CheckSettings) -> Draft:
    """A finding for a difference, on the facts themselves where both versions have one, else on the
    fact and the whole of what stands opposite."""
    difference, link = found.difference, found.passage.link
    both = difference.source is not None and difference.target is not None
    confidence = _confidence(found, settings) if both else settings.fact_lone
    severity = severity_of(confidence, settings.error_from) if both else "info"
    return Draft(
        message=_message(alignment, found),
        severity=severity,
        confidence=confidence,
        source=link.source if found.source is None else (found.source,),
        target=link.target if found.target is None else (found.target,),
        source_span=difference.source.span if difference.source else None,
        target_span=difference.target.span if difference.target else None,
        evidence={
            "kind": difference.fact.kind,
            "sort": difference.sort if both else "missing" if difference.source else "added",
            **{
                side: _shown(fact)
                for side, fact in (("source", difference.source), ("target", difference.target))
                if fact is not None
            },
        },
    )


def _confidence(found: Found, settings: CheckSettings) -> float:
    """That one fact stands in the other's place: by whether both count the same, and by how they are
    written."""
    one, other = found.difference.source, found.difference.target
    assert one is not None
    assert other is not None
    if found.difference.sort == "swapped":
        return settings.fact if found.same_thing else settings.fact_doubtful
    if one.weak or other.weak or found.difference.sort == "unit" or one.kind != other.kind:
        return settings.fact_doubtful
    if one.kind != "number" or found.same_thing:
        return settings.fact
    return settings.fact_bare if _in_figures(one) or _in_figures(other) else settings.fact_doubtful


def _in_figures(fact: Fact) -> bool:
    """Is it written in figures, two or more? A small number is often part of an idiom, or of a way of
    counting."""
    return sum(map(str.isdigit, fact.text)) > 1


def _shown(fact: Fact) -> str:
    """A fact's value for people: `1500000 USD`, `2024-4-28`."""
    sign = ":" if fact.kind == "time" else "-" if fact.kind == "date" else " "
    return " ".join(filter(None, [sign.join(filter(None, fact.value)), fact.unit]))


def _message(alignment: Alignment, found: Found) -> str:
    difference = found.difference
    if difference.source is None or difference.target is None:
        side = 0 if difference.source is not None else 1
        place = _place(alignment, side, found.passage.link.source if side == 0 else found.passage.link.target)
        return f"{place}: “{difference.fact.text}” is not in {version(alignment, 1 - side)}"
    place = _place(alignment, 0, found.passage.link.source)
    after_all = _AFTER_ALL.get(difference.sort)
    ending = f" ({after_all})" if after_all else ""
    return (
        f"{place}: “{difference.source.text}” is “{difference.target.text}” "
        f"in {version(alignment, 1)}{ending}"
    )


def place_of(alignment: Alignment, passage: Passage, side: int) -> str:
    """The paragraphs of a side of a passage, and in which version: `Paragraph 4 of the Russian version`."""
    document = alignment.documents[side]
    own = passage.link.sides[side]
    return f"{numbered(paragraph_of(document, own), document)} of {version(alignment, side)}"


def _place(alignment: Alignment, side: int, sentences: tuple[int, ...]) -> str:
    document = alignment.documents[side]
    where = numbered(paragraph_of(document, sentences), document)
    return where if side == 0 else f"{where} of {version(alignment, 1)}"
