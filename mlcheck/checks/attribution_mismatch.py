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

from mlcheck.checks.facts import limits, near, passages
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import numbered, paragraph_of, version
from mlcheck.data import Alignment
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """An information for each passage that names a source where the other side names none."""
    every = passages(alignment)
    for at, passage in enumerate(every):
        for side in (0, 1):
            named = [f for f in passage.facts[side] if f.kind == "attribution" and not f.weak]
            if not named or any(f.kind == "attribution" for f in near(every, at, 1 - side)):
                continue
            own = passage.link.target if side else passage.link.source
            document = (alignment.source, alignment.target)[side].document
            sentence = passage.owner(side, named[0])
            yield Draft(
                message=f"{numbered(paragraph_of(document, own))} of {version(alignment, side)} names "
                f"a source, “{named[0].value[0]}”, and {version(alignment, 1 - side)} none",
                severity="info",
                confidence=settings.fact_lone,
                source=passage.link.source if side else (sentence,),
                target=(sentence,) if side else passage.link.target,
                source_span=None if side else named[0].span,
                target_span=named[0].span if side else None,
                evidence={"attribution": named[0].text},
            )


RULE = Rule(
    name="attribution-mismatch",
    summary="Only one version names the source",
    mqm="accuracy/omission",
    page=__doc__ or "",
    check=check,
    skip=lambda alignment: limits(alignment, "no list of words that name a source"),
)
