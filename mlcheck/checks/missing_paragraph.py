"""What it finds
    A paragraph of the source none of whose sentences is said anywhere in the target.

Why it matters
    Readers of the other version do not learn what it says. A paragraph lost on the way to the page
    is the commonest serious flaw of translated copy, and the hardest to see: nothing looks wrong.

Example
    Source, paragraph 4: "Repairs will cost 4.2 million crowns, the port director said."
    Target: nothing of the kind.

Known to be wrong when
    the paragraph was boiled down to a few words inside another sentence; or it is a heading or a
    credit that stands inside the text and looks like prose.
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
    """A finding for each paragraph of the source without counterpart."""
    for sentences, confidence in unmatched_paragraphs(evidence.alignment, settings, 0):
        yield Draft(
            message=unmatched(evidence.alignment, 0, sentences, whole=True),
            severity=severity_of(confidence, settings.error_from),
            confidence=confidence,
            source=sentences,
            whole_paragraphs=True,
            evidence={"sentences": len(sentences)},
        )


RULE = Rule(
    name="missing-paragraph",
    summary="A paragraph of the source has no counterpart in the target",
    mqm="accuracy/omission",
    page=__doc__ or "",
    check=check,
)
