"""What it finds
    Two texts that are not versions of one item. The verdict is then `unrelated`, and nothing else
    is reported: every paragraph would be missing.

Why it matters
    The wrong file was attached. A checker that lists forty missing paragraphs hides that.

Example
    Two reports on two telephone calls of two years, under one headline.

Known to be wrong when
    one version is a summary of a few sentences of a long text.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Alignment
from mlcheck.settings import CheckSettings

__all__ = ["RULE", "unrelated"]


def unrelated(alignment: Alignment, settings: CheckSettings) -> bool:
    """Are the two texts versions of different items?"""
    return alignment.relatedness < settings.related


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """One finding, on both texts as wholes."""
    alignment = evidence.alignment
    if unrelated(alignment, settings):
        linked = sum(link.similarity is not None for link in alignment.sentences)
        yield Draft(
            message="The two texts are not versions of one item",
            severity="error",
            confidence=1 - alignment.relatedness,
            source=tuple(range(len(alignment.source.document.sentences))),
            target=tuple(range(len(alignment.target.document.sentences))),
            whole_paragraphs=True,
            evidence={"relatedness": alignment.relatedness, "linked": linked},
        )


RULE = Rule(
    name="unrelated-documents",
    summary="The two texts are not versions of one item",
    mqm="accuracy",
    page=__doc__ or "",
    check=check,
)
