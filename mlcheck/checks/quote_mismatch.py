"""What it finds
    Speech that stands in quotation marks in one version, where the other has no quotation marks at
    all in that passage or beside it. As information: to quote or to report is often the
    translator's choice.

Why it matters
    Words in quotation marks are somebody's own; without them they are the paper's.

Example
    Source: "The talks were “open and honest”, he said."
    Target: "По его словам, переговоры были открытыми и честными."

Known to be wrong when
    a version quotes by a dash, as Russian and French dialogue does, or marks titles in italics.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.facts import Passage, near, passages
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import numbered, paragraph_of, version
from mlcheck.data import Alignment
from mlcheck.facts import Fact
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """An information for the first quotation of each passage whose other side quotes nothing."""
    every = passages(alignment)
    for at, passage in enumerate(every):
        for side in (0, 1):
            spoken = [fact for fact in passage.facts[side] if _is_speech(fact, settings)]
            if spoken and not any(f.kind == "quote" for f in near(every, at, 1 - side)):
                yield _draft(alignment, passage, side, spoken[0], settings)


def _is_speech(fact: Fact, settings: CheckSettings) -> bool:
    """Longer than a title or a nickname?"""
    return fact.kind == "quote" and not fact.weak and len(fact.text) >= settings.speech_letters


def _draft(alignment: Alignment, passage: Passage, side: int, fact: Fact, settings: CheckSettings) -> Draft:
    own = passage.link.target if side else passage.link.source
    document = (alignment.source, alignment.target)[side].document
    sentence = passage.owner(side, fact)
    return Draft(
        message=f"{numbered(paragraph_of(document, own))} of {version(alignment, side)} quotes, and "
        f"{version(alignment, 1 - side)} has no quotation marks here",
        severity="info",
        confidence=settings.fact_lone,
        source=passage.link.source if side else (sentence,),
        target=(sentence,) if side else passage.link.target,
        source_span=None if side else fact.span,
        target_span=fact.span if side else None,
        evidence={"quote": fact.text},
    )


RULE = Rule(
    name="quote-mismatch",
    summary="A quotation of one version has no quotation marks in the other",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
)
