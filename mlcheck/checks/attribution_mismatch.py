"""What it finds
    A source that one version names ("according to the ministry", "agency X reports") and the other
    does not, in that passage or beside it. As information: an agency that takes over a report puts
    its own name there.

Why it matters
    Who says so is part of what is said.

Example
    Source: "Prices fell by a tenth, according to the Ministry of Finance."
    Target: "Цены упали на десятую часть."

Known to be wrong when
    a version names the source in a verb or a title that is not in its list, or once for several
    paragraphs. Languages without such a list are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.facts import Passage, limits, near, passages
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import numbered, paragraph_of, version
from mlcheck.data import Alignment
from mlcheck.facts import Fact
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """An information for each passage that names a source where the other side names none.

    What either side names alone, in two places, is taken for one: an agency's name ends the lede
    of one version and opens the last paragraph of the other.
    """
    every = passages(alignment)
    alone: tuple[list[tuple[Passage, Fact]], list[tuple[Passage, Fact]]] = ([], [])
    for at, passage in enumerate(every):
        for side in (0, 1):
            named = [f for f in passage.facts[side] if f.kind == "attribution" and not f.weak]
            if named and not any(f.kind == "attribution" for f in near(every, at, 1 - side)):
                alone[side].append((passage, named[0]))
    both = min(map(len, alone))
    for side in (0, 1):
        for passage, fact in alone[side][both:]:
            yield _draft(alignment, passage, side, fact, settings)


def _draft(alignment: Alignment, passage: Passage, side: int, fact: Fact, settings: CheckSettings) -> Draft:
    own = passage.link.target if side else passage.link.source
    document = (alignment.source, alignment.target)[side].document
    sentence = passage.owner(side, fact)
    return Draft(
        message=f"{numbered(paragraph_of(document, own))} of {version(alignment, side)} names "
        f"a source, “{fact.value[0]}”, and {version(alignment, 1 - side)} none",
        severity="info",
        confidence=settings.fact_lone,
        source=passage.link.source if side else (sentence,),
        target=(sentence,) if side else passage.link.target,
        source_span=None if side else fact.span,
        target_span=fact.span if side else None,
        evidence={"attribution": fact.text},
    )


RULE = Rule(
    name="attribution-mismatch",
    summary="Only one version names the source",
    mqm="accuracy/omission",
    page=__doc__ or "",
    check=check,
    skip=lambda alignment: limits(alignment, "no list of words that name a source"),
)
