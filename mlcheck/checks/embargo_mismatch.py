"""What it finds
    An item that may be published from another time in the other version, or from any time: by what the
    formats say of it, and by words such as "embargoed until" at the head or the end of the text.

Why it matters
    The version without the embargo breaks it for both.

Example
    Source: `"embargoed": "2024-04-28T12:00:00Z"`
    Target: `"embargoed": "2024-04-28T12:00:00+04:00"`

Known to be wrong when
    a version was made after the embargo had ended, and dropped it: mlcheck knows no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mlcheck.checks.item_notices import head_of, notices_of
from mlcheck.checks.moments import moment
from mlcheck.checks.phrases import severity_of, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Document
from mlcheck.facts import notices_known
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_CAN_SAY = frozenset({"ninjs", "newsml", "nitf"})
"""Formats that have a field for it."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """One finding at most: that the two do not have the same embargo."""
    alignment = evidence.alignment
    said = [_embargo(document) for document in alignment.documents]
    words = [_words(document) for document in alignment.documents]
    both = tuple(head_of(document) for document in alignment.documents)
    if all(said):
        if _moment(said[0]) == _moment(said[1]):
            return
        confidence = settings.item
        message = (
            f"{version(alignment, 0)} is under embargo until {said[0]}, and {version(alignment, 1)} "
            f"until {said[1]}"
        )
    else:
        has = [bool(said[side] or words[side]) for side in (0, 1)]
        if has[0] == has[1]:
            return
        side = 0 if has[0] else 1
        other = alignment.documents[1 - side]
        # A plain text says nothing of itself but in words, and a feed has no word for it.
        if not (notices_known(other.language) if words[side] else other.format in _CAN_SAY):
            return
        confidence = settings.notice if words[side] else settings.item_silent
        when = said[side] or f"“{words[side]}”"
        message = (
            f"{version(alignment, side)} is under embargo ({when}), and "
            f"{version(alignment, 1 - side)} says nothing of it"
        )
    yield Draft(
        message=message[0].upper() + message[1:],
        severity=severity_of(confidence, settings.error_from),
        confidence=confidence,
        paragraphs=(both[0], both[1]),
        evidence={"source": said[0] or words[0], "target": said[1] or words[1]},
    )


def _embargo(document: Document) -> str:
    return document.item.embargo if document.item is not None else ""


def _words(document: Document) -> str:
    placed = next((p for p in notices_of(document) if p.notice.kind == "embargo"), None)
    if placed is None:
        return ""
    return document.paragraphs[placed.paragraph].text[placed.notice.span.start : placed.notice.span.end]


def _moment(written: str) -> datetime | str:
    return moment(written) or written


RULE = Rule(
    name="embargo-mismatch",
    summary="The versions may not be published from the same time on",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
)
