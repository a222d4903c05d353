"""What it finds
    A sentence, or several in a row, of a target paragraph that is otherwise there in the source.

Why it matters
    An explanation for foreign readers may be welcome; a condition that was never agreed is not.

Example
    Source: "She asked for a visit."
    Target: "She asked for a visit. He accepted the condition."

Known to be wrong when
    the translator split a long sentence, and one part of it repeats little of the original wording.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.gaps import unmatched_sentences
from mlcheck.checks.phrases import severity_of, unmatched
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each sentence of the target without counterpart."""
    for sentences, confidence in unmatched_sentences(evidence.alignment, settings, 1):
        if all((1, sentence) in evidence.told_beside for sentence in sentences):
            continue
        yield Draft(
            message=unmatched(evidence.alignment, 1, sentences, whole=False),
            severity=severity_of(confidence, settings.error_from),
            confidence=confidence,
            target=sentences,
            evidence={"sentences": len(sentences)},
        )


RULE = Rule(
    name="added-sentence",
    summary="A sentence of the target has no counterpart in the source",
    mqm="accuracy/addition",
    page=__doc__ or "",
    check=check,
)
