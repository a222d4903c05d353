"""Where in a paragraph something would stand that only the other version has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from mlcheck.data import Document, Finding, Severity
from mlcheck.languages import direction
from mlcheck.reporters.html.joins import Joins

__all__ = ["Here", "missing_in"]

_RULES: Final = ("missing-sentence", "added-sentence", "missing-detail", "added-detail")
_END: Final = re.compile(r"[.!?…]+[\"”»’)\]]*\s+|[。！？]+[」』”）]*|[؟۔।]+\s*")
"""The end of a sentence, near enough for a reader: a report has no sentences."""


class Here(NamedTuple):
    """What is missing at a place: the finding's number and severity, and the words."""

    number: int
    severity: Severity
    text: str
    language: str
    direction: str


def missing_in(
    side: int, documents: Sequence[Document], findings: Sequence[Finding], joins: Joins
) -> dict[int, list[tuple[int, Here]]]:
    """By paragraph of a version: where something of the other is missing, as an offset in the paragraph."""
    found: dict[int, list[tuple[int, Here]]] = {}
    if len(documents) < 2:
        return found
    own, other = documents[side], documents[1 - side]
    for number, finding in enumerate(findings, start=1):
        places = finding.source, finding.target
        place = places[1 - side]
        if finding.rule not in _RULES or places[side] is not None or place is None or not place.paragraphs:
            continue
        joined = joins.joined_with(1 - side, place.paragraphs[0])
        if joined is None or not joined[0]:
            continue
        indices, theirs = joined
        before = sum(at <= place.span.start for at in _starts(other, theirs)) - 1
        starts = [(k, at) for k in indices for at in _starts(own, (k,))]
        last = own.paragraphs[indices[-1]]
        starts.append((last.index, last.span.end))
        ends_it = place.span.end >= other.paragraphs[theirs[-1]].span.end
        index, at = starts[-1 if ends_it else min(max(before, 0), len(starts) - 1)]
        here = Here(number, finding.severity, place.text, other.language, direction(other.language))
        found.setdefault(index, []).append((at - own.paragraphs[index].span.start, here))
    return found


def _starts(document: Document, indices: Sequence[int]) -> list[int]:
    """Where the sentences of some paragraphs begin, in the document."""
    starts = []
    for paragraph in (document.paragraphs[index] for index in indices):
        ends = [match.end() for match in _END.finditer(paragraph.text)]
        starts += [paragraph.span.start + at for at in (0, *ends) if at < len(paragraph.text)]
    return starts
