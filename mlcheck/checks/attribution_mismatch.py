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

from mlcheck.checks.facts_drafts import one_sided, place_of
from mlcheck.checks.phrases import limits, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence, Passage, near
from mlcheck.facts import Fact
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """An information for each passage that names a source where the other side names none.

    What either side names alone, in two places, is taken for one: an agency's name ends the lede
    of one version and opens the last paragraph of the other.
    """
    alignment, every = evidence.alignment, evidence.passages
    alone: tuple[list[tuple[Passage, Fact]], list[tuple[Passage, Fact]]] = ([], [])
    for at, passage in enumerate(every):
        for side in (0, 1):
            named = [f for f in passage.facts[side] if f.kind == "attribution" and not f.weak]
            if named and not any(f.kind == "attribution" for f in near(every, at, 1 - side)):
                alone[side].append((passage, named[0]))
    both = min(map(len, alone))
    for side in (0, 1):
        for passage, fact in alone[side][both:]:
            message = (
                f"{place_of(alignment, passage, side)} names a source, “{fact.value[0]}”, and "
                f"{version(alignment, 1 - side)} none"
            )
            yield one_sided(passage, side, fact, message, settings.fact_lone)


RULE = Rule(
    name="attribution-mismatch",
    summary="Only one version names the source",
    mqm="accuracy/omission",
    page=__doc__ or "",
    check=check,
    worst="info",
    skip=lambda evidence, _: limits(evidence.alignment, "no list of words that name a source"),
)
