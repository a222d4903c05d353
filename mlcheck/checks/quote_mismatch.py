"""What it finds
    Speech that stands in quotation marks in one version, where the other has no quotation marks at
    all in that paragraph or beside it, no dash that opens speech, and no quotation still open from a
    paragraph before. As information: to quote or to report is often the translator's choice.

Why it matters
    Words in quotation marks are somebody's own; without them they are the paper's.

Example
    Source: "The talks were “open and honest”, he said."
    Target: "По его словам, переговоры были открытыми и честными."

Known to be wrong when
    a version marks speech by italics.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.facts_drafts import one_sided, place_of
from mlcheck.checks.phrases import version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence, may_be_quoted
from mlcheck.facts import Fact
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """An information for the first quotation of each passage around whose other side nothing is quoted."""
    alignment, every = evidence.alignment, evidence.passages
    for passage in every:
        for side in (0, 1):
            spoken = [fact for fact in passage.facts[side] if _is_speech(fact, settings)]
            opposite = passage.link.sides[1 - side]
            if spoken and not may_be_quoted(alignment.documents[1 - side], opposite):
                message = (
                    f"{place_of(alignment, passage, side)} quotes, and "
                    f"{version(alignment, 1 - side)} has no quotation marks here"
                )
                yield one_sided(passage, side, spoken[0], message, settings.fact_lone)


def _is_speech(fact: Fact, settings: CheckSettings) -> bool:
    """Longer than a title or a nickname?"""
    return fact.kind == "quote" and not fact.weak and len(fact.text) >= settings.speech_letters


RULE = Rule(
    name="quote-mismatch",
    summary="A quotation of one version has no quotation marks in the other",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
)
