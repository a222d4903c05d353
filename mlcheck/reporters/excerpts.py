"""The words of a place and what stands around them, short enough to read beside those of the other side."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from mlcheck.data import Finding, Report, Side
from mlcheck.reporters.phrases import folded

__all__ = ["Excerpt", "cells", "every_side", "excerpt_of", "head", "shown_sides"]

# Four lines of a column at width 120. Enough to recognise a place; the line and column lead to the rest.
_EXCERPT_CELLS = 200
_WORD_CELLS = 16  # a cut looks this far back for a space; beyond, the script has none
# Text is cut to this many characters before it is folded and measured: a paragraph may be the whole of a
# large file, and have a finding for each of its sentences.
_NEAR = 1000


class Excerpt(NamedTuple):
    """The words of a place, and what stands before and after them in the same paragraphs."""

    before: str
    place: str
    after: str


def shown_sides(report: Report, finding: Finding) -> tuple[Side, ...]:
    """The sides that a reader wants to see: both of a pair; of several versions one that says it as most do,
    and all that the finding concerns."""
    first, second = report.sides(finding)
    if len(finding.versions) < 2:
        return first, second
    sides = every_side(report, finding)
    odd = tuple(sides[version] for version in finding.versions)
    return odd if first.document in [side.document for side in odd] else (first, *odd)


def every_side(report: Report, finding: Finding) -> tuple[Side, ...]:
    """The finding's side in each version, in their order."""
    places = finding.places if report.versions else (finding.source, finding.target)
    return tuple(Side(*side) for side in zip(report.documents, places, strict=True))


def excerpt_of(side: Side) -> Excerpt:
    """A side's excerpt, folded and cut: the middle of a long place, or the far ends of what is around it."""
    return _trimmed(_whole(side))


def _whole(side: Side) -> Excerpt:
    if side.place is None:
        return Excerpt("", "", "")
    text, (start, end) = side.document.text, side.place.span
    around = [side.document.paragraphs[index].span for index in side.place.paragraphs]
    first = min([start, *(span.start for span in around)])
    last = max([end, *(span.end for span in around)])
    return Excerpt(
        folded(text[max(first, start - _NEAR) : start]).lstrip(),
        folded(_without_middle(text[start:end])).strip(),
        folded(text[end : min(last, end + _NEAR)]).rstrip(),
    )


def _without_middle(text: str) -> str:
    return text if len(text) <= 2 * _NEAR else f"{text[:_NEAR]} {text[-_NEAR:]}"


def _trimmed(excerpt: Excerpt) -> Excerpt:
    before, place, after = excerpt
    spare = _EXCERPT_CELLS - cells(place)
    if spare < 0:
        return Excerpt(
            "", f"{head(place, _EXCERPT_CELLS * 3 // 4)} {_tail(place, _EXCERPT_CELLS // 4).lstrip('…')}", ""
        )
    # What one side does not need, the other may have.
    room = min(cells(before), max(spare // 2, spare - cells(after)))
    return Excerpt(_tail(before, room), place, head(after, spare - room))


def head(text: str, room: int) -> str:
    """The beginning of a text, in at most `room` cells; cut between words where there are spaces."""
    if cells(text) <= room:
        return text
    end = _fitting(text, room - 1)
    space = text.rfind(" ", max(0, end - _WORD_CELLS), end + 1)
    end = space if space >= 0 else end
    return f"{text[:end].rstrip()}…"


def _tail(text: str, room: int) -> str:
    """The end of a text, in at most `room` cells; cut between words where there are spaces."""
    if cells(text) <= room:
        return text
    start = len(text) - _fitting(text[::-1], room - 1)
    space = text.find(" ", max(0, start - 1), start + _WORD_CELLS)
    start = space if space >= 0 else start
    # Marks take no cell: cut from behind, they fit where their letter does not.
    while start < len(text) and unicodedata.category(text[start]).startswith("M"):
        start += 1
    return f"…{text[start:].lstrip()}"


def _fitting(text: str, room: int) -> int:
    """How many characters from the beginning fit into `room` cells."""
    used = 0
    for count, character in enumerate(text):
        used += cells(character)
        if used > room:
            return count
    return len(text)


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    from rich.cells import cell_len

    return cell_len(text)
