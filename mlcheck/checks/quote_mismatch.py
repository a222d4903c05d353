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

from mlcheck.checks.facts_drafts import one_sided, place_of
from mlcheck.checks.phrases import version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence, near
from mlcheck.facts import Fact
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """An information for the first quotation of each passage whose other side quotes nothing."""
    alignment, every = evidence.alignment, evidence.passages
    for at, passage in enumerate(every):
        for side in (0, 1):
            spoken = [fact for fact in passage.facts[side] if _is_speech(fact, settings)]
            if spoken and not any(f.kind == "quote" for f in near(every, at, 1 - side)):
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
