"""The aligner's room: two encoded documents in, an alignment out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

import numpy as np

from mlcheck.align.anchors import cut
from mlcheck.align.chunks import Piece
from mlcheck.align.confidence import relatedness
from mlcheck.align.coverage import Coverage
from mlcheck.align.evidence import Evidence, Levels, coefficients, general_level
from mlcheck.align.furniture import free_headlines, lone_headlines, release, settle
from mlcheck.align.moved import rematch
from mlcheck.align.paragraphs import paragraph_links
from mlcheck.align.prune import First, first_model
from mlcheck.align.rescore import Second
from mlcheck.align.similarity import Pair, Similarity, centred, prepare
from mlcheck.data import Alignment, Document, Encoded, Float64, Link
from mlcheck.settings import AlignSettings

__all__ = ["Background", "FirstPass", "align", "first_pass", "in_order"]


_FACING = 3
"""Sentences that may stand in the place of one."""

_HEADLINE = 0.95
"""Confidence that a headline is missing when the other version has none: what speaks against it is
the lede, which says the same."""

_UNCLEAR = 0.7
"""Confidence, at most, of a null that may be one half of a move: its like is left over on the other
side, and is also said elsewhere."""

_OPENED = 0.9
"""Confidence of a null that came to be after the second pass: the rest of a block whose other
sentences moved, or of a link that was opened."""
_MOVED = 0.95
"""Confidence of a link that crosses others. It had to be beyond doubt to be made."""


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of the two languages before the texts are read: the encoder's mean vector over
    general text in each, (d,), how many characters the source's takes for one of the target's, and that
    text itself in both, its sentences translations of each other in one order; None where there is none."""

    source: Float64
    target: Float64
    expansion: float = 1.0
    text: tuple[Encoded, Encoded] | None = None


class FirstPass(NamedTuple):
    """How alike the sentences are, the pieces in which they are aligned, and the first model's view."""

    similarity: Similarity
    pieces: list[Piece]
    model: First


def align(
    source: Encoded,
    target: Encoded,
    background: Background | None = None,
    settings: AlignSettings | None = None,
) -> Alignment:
    """Join the sentences, then the paragraphs, of two documents.

    Both hold vectors of one encoder, and at least one sentence each. Without a `background` the
    mean of both documents stands in, which serves only texts of more than a few sentences.
    """
    from threadpoolctl import threadpool_limits

    # The matrices are small: parted among threads they take no less time, and on a machine that is
    # busy, where the threads wait for each other, up to four times as much.
    with threadpool_limits(1, "blas"):
        return _align(source, target, background, settings or AlignSettings())


def _align(
    source: Encoded, target: Encoded, background: Background | None, settings: AlignSettings
) -> Alignment:
    documents = (source.document, target.document)
    first = first_pass(source, target, background, settings)
    weighed, evidence = _second_pass(source, target, first, background, settings)
    sure = dict(weighed)
    kept, moved, unclear = rematch([pair for pair, _ in weighed], sure, evidence, settings)
    if moved and len(first.pieces) == 1 and any(a for a, _ in kept) and any(c for _, c in kept):
        # What moved stood between sentences that belong together: without it they are neighbours.
        # Long texts do without this; there it would cost as much as all the rest.
        kept, sure = _without(moved, first, (source, target))
    kept = free_headlines(kept, evidence, documents)
    kept = release(kept, evidence, settings, documents)
    lone = _absence(kept, sure, unclear, evidence) | dict.fromkeys(
        lone_headlines(kept, evidence, documents), _HEADLINE
    )
    joined = [
        _link(pair, evidence, sure.get(pair, _OPENED), moved=False)
        if pair[0] and pair[1]
        else Link(source=pair[0], target=pair[1], confidence=lone[pair])
        for pair in kept
    ]
    joined += [_link(pair, evidence, _MOVED, moved=True) for pair in moved]
    joined = _really_moved(sorted(joined, key=_place))
    return settle(
        Alignment(
            source=source,
            target=target,
            sentences=tuple(joined),
            paragraphs=paragraph_links(joined, source.document, target.document),
            relatedness=relatedness(joined, evidence.similarity),
        )
    )


def first_pass(
    source: Encoded,
    target: Encoded,
    background: Background | None,
    settings: AlignSettings,
    weights: Mapping[str, float] | None = None,
    chance: float | None = None,
) -> FirstPass:
    """What the first model leaves of two documents, and the pieces in which it saw them. `weights`
    and `chance`, from which a block is left, are those of the package unless given."""
    weights = weights or coefficients("plain", "sentences")
    similarity = _similarity(source, target, background, settings)
    pieces = cut(similarity)
    chosen = np.arange(similarity.source.count), np.arange(similarity.target.count)
    return FirstPass(similarity, pieces, first_model(similarity, pieces, chosen, weights, chance))


def in_order(
    source: Encoded, target: Encoded, background: Background | None, settings: AlignSettings
) -> tuple[list[Pair], Evidence]:
    """The links of the second model, before any is opened or moved, and what they rest on; for the
    fit of the coefficients."""
    weighed, evidence = _second_pass(
        source, target, first_pass(source, target, background, settings), background, settings
    )
    return [pair for pair, _ in weighed], evidence


def _second_pass(
    source: Encoded, target: Encoded, first: FirstPass, background: Background | None, settings: AlignSettings
) -> tuple[list[tuple[Pair, float]], Evidence]:
    usual = _usual(background, settings)
    second = Second(first.model, (source, target), usual=usual.coverage if usual else None)
    paragraphs = tuple(
        tuple(s.paragraph for s in document.sentences) for document in (source.document, target.document)
    )
    levels = Levels.of(
        first.similarity, second.coverage, first.model.habits.single, usual.figures if usual else None
    )
    evidence = Evidence(
        first.similarity, second.coverage, levels, source.encoder.name, (paragraphs[0], paragraphs[1])
    )
    if len(source.document.sentences) == len(target.document.sentences) == 1:
        # Nothing to choose from, and no text around to tell what is alike: what differs is a matter
        # of the link's divergence, and whether the texts belong together of their relatedness.
        only: Pair = ((0,), (0,))
        return [(only, 1 - evidence.wrong(*only))], evidence
    return [(link.pair, link.chance) for link in second.links()], evidence


class _Usual(NamedTuple):
    """What true links in the two languages are like, by general text: their figures, and their coverage
    both ways, None where the encoder has no words."""

    figures: dict[str, float]
    coverage: tuple[float, float] | None


def _usual(background: Background | None, settings: AlignSettings) -> _Usual | None:
    if background is None or background.text is None:
        return None
    one, two = background.text
    similarity = _similarity(one, two, replace(background, text=None), settings)
    coverage = None
    if one.words is not None and two.words is not None:
        coverage = Coverage(one.words, two.words, [(i, i) for i in range(similarity.source.count)])
    return _Usual(general_level(similarity, coverage), coverage.typical if coverage else None)


def _without(
    moved: Sequence[Pair], first: FirstPass, encoded: tuple[Encoded, Encoded]
) -> tuple[list[Pair], dict[Pair, float]]:
    """The links between what has not moved, and their probabilities."""
    gone = {i for a, _ in moved for i in a}, {j for _, c in moved for j in c}
    counts = first.similarity.source.count, first.similarity.target.count
    one, two = (
        np.array([x for x in range(count) if x not in out], np.int64)
        for count, out in zip(counts, gone, strict=True)
    )
    model = first_model(
        first.similarity, [(0, len(one), 0, len(two))], (one, two), coefficients("plain", "sentences")
    )
    second = Second(model, encoded)
    found = second.links()
    return [link.pair for link in found], {link.pair: link.chance for link in found}


def _similarity(
    source: Encoded, target: Encoded, background: Background | None, settings: AlignSettings
) -> Similarity:
    left, right = source.vectors, target.vectors
    if background is None:
        both = (left.mean(axis=0, dtype=np.float64) + right.mean(axis=0, dtype=np.float64)) / 2
        background = Background(both, both)
    return prepare(
        centred(left, background.source, settings.background_weight),
        centred(right, background.target, settings.background_weight),
        _lengths(source.document),
        _lengths(target.document),
        general_expansion=background.expansion,
        floor=settings.typical_floor,
        ceiling=settings.typical_ceiling,
    )


def _lengths(document: Document) -> Float64:
    return np.array([len(sentence.text) for sentence in document.sentences], np.float64)


def _absence(
    links: Sequence[Pair], sure: dict[Pair, float], unclear: frozenset[Pair], evidence: Evidence
) -> dict[Pair, float]:
    """Probability of each null that its sentence has no counterpart.

    Where another sentence stands in the place of one, it is a toss-up whether they are two nulls or
    one link that says something else. In either case neither has its counterpart, so what speaks
    for the link speaks against the null only as far as the two say the same.
    """
    chances: dict[Pair, float] = {}
    for linked, group in groupby(links, key=lambda pair: bool(pair[0] and pair[1])):
        if linked:
            continue
        run = list(group)
        left, right = ([pair for pair in run if pair[side]] for side in (0, 1))
        for own, others in ((left, right), (right, left)):
            for null in own:
                chance = sure.get(null, _OPENED)
                if len(others) <= _FACING and chance < _OPENED:
                    same = [1 - evidence.wrong(null[0] or other[0], null[1] or other[1]) for other in others]
                    chance = 1 - (1 - chance) * max(same, default=1.0)
                chances[null] = min(chance, _UNCLEAR) if null in unclear else chance
    return chances


def _link(pair: Pair, evidence: Evidence, confidence: float, *, moved: bool) -> Link:
    a, c = pair
    return Link(
        source=a,
        target=c,
        similarity=min(max(evidence.similar(a, c), 0.0), 1.0),
        divergence=evidence.divergence(a, c),
        wrong=evidence.wrong(a, c),
        confidence=confidence,
        moved=moved,
    )


def _really_moved(links: list[Link]) -> list[Link]:
    """The links, by source, of which only those that cross another are called moved: what a moved
    link seemed to cross may itself have been taken apart."""
    filled = [link for link in links if link.source and link.target]
    if not any(link.moved for link in filled):
        return links
    before = np.maximum.accumulate([-1, *(link.target[-1] for link in filled)])
    after = np.minimum.accumulate([np.iinfo(np.int64).max, *(link.target[0] for link in filled[::-1])])[::-1]
    crosses = {
        link: before[at] > link.target[0] or after[at + 1] < link.target[-1] for at, link in enumerate(filled)
    }
    return [replace(link, moved=link.moved and bool(crosses[link])) if link.moved else link for link in links]


def _place(link: Link) -> tuple[float, float]:
    """Reading order of the source; a link without source goes where its target stands."""
    if link.source:
        return (link.source[0], 0)
    return (float("inf"), link.target[0])
