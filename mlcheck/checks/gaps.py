"""Where the alignment leaves sentences without counterpart: the common ground of four rules.

A gap is what stands between two links that follow each other: a run of null links. With sentences
on one side only, something is missing or added. With a few on both sides, something stands in the
place of something else: that is one flaw, not two, and `divergent-passage` reports it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from mlcheck.data import Alignment, Document, Link
from mlcheck.settings import CheckSettings

__all__ = ["Gap", "gaps", "replaced", "unmatched_paragraphs", "unmatched_sentences"]


_END = 3
"""Words of the end of a sentence that a block of code stands in."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Null links between the same neighbours: sentence numbers, and the least sure of them."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float


def gaps(alignment: Alignment, settings: CheckSettings) -> list[Gap]:
    """The gaps whose null links are likely enough."""
    runs: list[list[Link]] = [[]]
    for link in _in_text_order(alignment):
        if link.similarity is not None:
            runs.append([])
        elif (link.confidence or 0.0) >= settings.omission_from:
            runs[-1].append(link)
    return [_gap(run) for run in runs if run]


def _gap(run: list[Link]) -> Gap:
    return Gap(
        tuple(i for link in run for i in link.source),
        tuple(j for link in run for j in link.target),
        min(link.confidence for link in run if link.confidence is not None),
    )


def _in_text_order(alignment: Alignment) -> list[Link]:
    """Null links between the links that keep the order; moved links left aside.

    A target null is placed after the link that holds the sentence before it.
    """
    after: defaultdict[int, list[Link]] = defaultdict(list)
    filled = [link for link in alignment.sentences if link.source and not link.moved]
    place = sorted((j, n) for n, link in enumerate(filled, start=1) for j in link.target)
    for link in alignment.sentences:
        if not link.source:
            before = bisect_left(place, (link.target[0], 0))
            after[place[before - 1][1] if before else 0].append(link)
    ordered = list(after[0])
    for n, link in enumerate(filled, start=1):
        ordered += [link, *after[n]]
    return ordered


def replaced(alignment: Alignment, gap: Gap, settings: CheckSettings) -> bool:
    """Does something stand in the place of something else?

    Both must stand in paragraphs that are linked with each other, or both be paragraphs without
    any link. What is missing at the end of one paragraph and what is added at the end of another
    have nothing to do with each other, even when a moved paragraph leaves them side by side.
    """
    if alignment.source.document.keyed:  # what has no counterpart has none by its key, whatever stands there
        return False
    if not gap.source or not gap.target or max(len(gap.source), len(gap.target)) > settings.replaced:
        return False
    places = {_link_of(alignment, 0, i) for i in gap.source} | {_link_of(alignment, 1, j) for j in gap.target}
    return len(places) == 1


def _link_of(alignment: Alignment, side: int, sentence: int) -> int | None:
    """Which paragraph link a sentence stands in, or None where its paragraph has no counterpart."""
    paragraph = alignment.documents[side].sentences[sentence].paragraph
    for number, link in enumerate(alignment.paragraphs):
        if paragraph in link.sides[side]:
            return None if link.similarity is None else number
    return None


def unmatched_paragraphs(
    alignment: Alignment, settings: CheckSettings, side: int
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Paragraphs of a side all of whose sentences are missing on the other: sentences, confidence."""
    for sentences, confidence, whole in _unmatched(alignment, settings, side):
        if whole:
            yield sentences, confidence


def unmatched_sentences(
    alignment: Alignment, settings: CheckSettings, side: int
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Runs of missing sentences in paragraphs that are otherwise there: sentences, confidence."""
    for sentences, confidence, whole in _unmatched(alignment, settings, side):
        if not whole:
            yield sentences, confidence


def _unmatched(
    alignment: Alignment, settings: CheckSettings, side: int
) -> Iterator[tuple[tuple[int, ...], float, bool]]:
    document = alignment.documents[side]
    size = Counter(sentence.paragraph for sentence in document.sentences)
    sure = {i: link.confidence or 0.0 for link in alignment.sentences for i in link.sides[side]}
    for gap in gaps(alignment, settings):
        if replaced(alignment, gap, settings):
            continue
        by_paragraph: defaultdict[int, list[int]] = defaultdict(list)
        for i in (gap.source, gap.target)[side]:
            by_paragraph[document.sentences[i].paragraph].append(i)
        for paragraph, sentences in by_paragraph.items():
            if len(sentences) == 1 and _is_end(document, sentences[0]):
                continue
            yield tuple(sentences), max(sure[i] for i in sentences), len(sentences) == size[paragraph]


def _is_end(document: Document, sentence: int) -> bool:
    """Is it the end of a sentence that a block of code stands in? In another language, all of its words may
    be before the block."""
    own = document.sentences[sentence]
    before = document.sentences[sentence - 1].paragraph if sentence else -1
    if before == own.paragraph or own.paragraph == 0 or not own.text[:1].islower():
        return False
    return len(own.text.split()) <= _END and document.paragraphs[own.paragraph - 1].role == "code"
