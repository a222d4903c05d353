"""Where the alignment leaves sentences without counterpart: the common ground of four rules.

A gap is what stands between two links that follow each other: a run of null links. With sentences
on one side only, something is missing or added. With a few on both sides, something stands in the
place of something else: that is one flaw, not two, and `divergent-passage` reports it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mlcheck.data import Alignment, Document, Link, Pair
from mlcheck.settings import CheckSettings

__all__ = ["Gap", "gaps", "unmatched_paragraphs", "unmatched_sentences"]


LinkOf = Mapping[int, int]
"""The number of the link that a paragraph is in, by its index."""

_END = 3
"""Words of the end of a sentence that a block of code stands in."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Null links between the same neighbours: sentence numbers, and the least sure of them."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float
    replaced: bool
    """Does something stand in the place of something else?"""


def gaps(alignment: Alignment, settings: CheckSettings) -> list[Gap]:
    """The gaps whose null links are likely enough."""
    runs: list[list[Link]] = [[]]
    for link in _in_text_order(alignment):
        if link.similarity is not None:
            runs.append([])
        elif (link.confidence or 0.0) >= settings.omission_from:
            runs[-1].append(link)
    stand_in = _links_of_paragraphs(alignment)
    return [_gap(run, alignment, stand_in, settings) for run in runs if run]


def _gap(
    run: list[Link], alignment: Alignment, stand_in: tuple[LinkOf, LinkOf], settings: CheckSettings
) -> Gap:
    sides = tuple(i for link in run for i in link.source), tuple(j for link in run for j in link.target)
    return Gap(
        *sides,
        min(link.confidence for link in run if link.confidence is not None),
        _replaced(alignment, sides, stand_in, settings),
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


def _replaced(
    alignment: Alignment, sides: Pair, stand_in: tuple[LinkOf, LinkOf], settings: CheckSettings
) -> bool:
    """Does something stand in the place of something else?

    Both must stand in paragraphs that are linked with each other, or both be paragraphs without
    any link. What is missing at the end of one paragraph and what is added at the end of another
    have nothing to do with each other, even when a moved paragraph leaves them side by side.
    """
    if alignment.source.document.keyed:  # what has no counterpart has none by its key, whatever stands there
        return False
    if not all(sides) or max(map(len, sides)) > settings.replaced:
        return False
    return (
        len(
            {
                links.get(document.sentences[i].paragraph)
                for document, links, sentences in zip(alignment.documents, stand_in, sides, strict=True)
                for i in sentences
            }
        )
        == 1
    )


def _links_of_paragraphs(alignment: Alignment) -> tuple[LinkOf, LinkOf]:
    """Of either side, the number of the link that a paragraph is in; one without a counterpart is left out.
    Made once for all gaps, of which there may be as many as there are paragraphs."""
    links = [
        (number, link) for number, link in enumerate(alignment.paragraphs) if link.similarity is not None
    ]
    return (
        {paragraph: number for number, link in links for paragraph in link.source},
        {paragraph: number for number, link in links for paragraph in link.target},
    )


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
        if gap.replaced:
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
