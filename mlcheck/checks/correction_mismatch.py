"""What it finds
    A notice that an item was corrected or made clear, in the headline, in the first or last three paragraphs
    or in a line to editors of one version, where the other version has none.

Why it matters
    Readers of the other version still have the mistake, and nobody tells them.

Example
    Source: "An earlier version of this article misstated the date."
    Target: nothing of the kind

Known to be wrong when
    the other version had the mistake right from the beginning, or says that it was corrected in words that
    are not on the list. Languages without a list are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.checks.item_notices import Placed, notices_of, unknown_notices
from mlcheck.checks.phrases import numbered, severity_of, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Alignment
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_LABEL = re.compile(r"[\W_]{0,4}\w[^.!?:：]{0,40}[:：]")
"""How a label that is on no list looks: a word or some before a colon."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for the first notice of a version, where the other has none."""
    alignment = evidence.alignment
    held = [
        [placed for placed in notices_of(document) if placed.notice.kind == "correction"]
        for document in alignment.documents
    ]
    for side in (0, 1):
        if held[side] and not held[1 - side]:
            placed = held[side][0]
            if not _may_be_there(alignment, side, placed):
                yield _draft(alignment, side, placed, settings)


def _may_be_there(alignment: Alignment, side: int, placed: Placed) -> bool:
    """May what stands opposite say it in words that no list has? A headline with a label has the same
    headline without it opposite."""
    own, other = alignment.documents[side], alignment.documents[1 - side]
    opposite = {
        other.sentences[j].paragraph
        for link in alignment.sentences
        for i in link.sides[side]
        if own.sentences[i].paragraph == placed.paragraph
        for j in link.sides[1 - side]
    }
    if own.paragraphs[placed.paragraph].role == "headline" or not opposite:
        return False
    return not placed.notice.label or any(_LABEL.match(other.paragraphs[p].text) for p in opposite)


def _draft(alignment: Alignment, side: int, placed: Placed, settings: CheckSettings) -> Draft:
    document = alignment.documents[side]
    own = [s.index for s in document.sentences if s.paragraph == placed.paragraph]
    alone = all(not link.sides[1 - side] for link in alignment.sentences if set(own) & set(link.sides[side]))
    confidence = settings.notice if alone else settings.notice_doubtful
    text = document.paragraphs[placed.paragraph].text[placed.notice.span.start : placed.notice.span.end]
    return Draft(
        message=f"{numbered([placed.paragraph])} of {version(alignment, side)} says that it was corrected "
        f"(“{text}”), and {version(alignment, 1 - side)} does not",
        severity=severity_of(confidence, settings.error_from),
        confidence=confidence,
        paragraphs=(None, placed.paragraph) if side else (placed.paragraph, None),
        evidence={"notice": text},
        # The whole notice is missing: nothing more is to be said of its sentences.
        explains=frozenset((side, i) for i in own) if alone else frozenset(),
    )


RULE = Rule(
    name="correction-mismatch",
    summary="Only one version says that it was corrected",
    mqm="accuracy/omission",
    page=__doc__ or "",
    check=check,
    skip=lambda evidence, _: unknown_notices(evidence.alignment),
)
