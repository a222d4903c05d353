"""What it finds
    A paragraph of the target none of whose sentences is said anywhere in the source.

Why it matters
    Either the target says what no one has approved, or the source has lost something since.

Example
    Target, paragraph 6: "Tickets bought before May stay valid, the company added."
    Source: nothing of the kind.

Known to be wrong when
    the target sums up what it then says at length (a summary of its own is an addition, but a
    harmless one); or page furniture looks like prose.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.gaps import unmatched_paragraphs
from mlcheck.checks.phrases import severity_of, unmatched
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each paragraph of the target without counterpart."""
    for sentences, confidence in unmatched_paragraphs(evidence.alignment, settings, 1):
        yield Draft(
            message=unmatched(evidence.alignment, 1, sentences, whole=True),
            severity=severity_of(confidence, settings.error_from),
            confidence=confidence,
            target=sentences,
            whole_paragraphs=True,
            evidence={"sentences": len(sentences)},
        )


RULE = Rule(
    name="added-paragraph",
    summary="A paragraph of the target has no counterpart in the source",
    mqm="accuracy/addition",
    page=__doc__ or "",
    check=check,
)
