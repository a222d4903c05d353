"""What it finds
    A sentence, or several in a row, of a source paragraph that is otherwise there in the target.

Why it matters
    The paragraph is there, so a reader who compares paragraphs sees nothing wrong.

Example
    Source: "The ramp opened in April. The harbour master was not told."
    Target: "The ramp opened in April."

Known to be wrong when
    the sentence is very short ("He agreed."), and its content went into a word of its neighbour.
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
    """A finding for each sentence of the source without counterpart."""
    for sentences, confidence in unmatched_sentences(evidence.alignment, settings, 0):
        if all((0, sentence) in evidence.told_beside for sentence in sentences):
            continue
        yield Draft(
            message=unmatched(evidence.alignment, 0, sentences, whole=False),
            severity=severity_of(confidence, settings.error_from),
            confidence=confidence,
            source=sentences,
            evidence={"sentences": len(sentences)},
        )


RULE = Rule(
    name="missing-sentence",
    summary="A sentence of the source has no counterpart in the target",
    mqm="accuracy/omission",
    page=__doc__ or "",
    check=check,
)
