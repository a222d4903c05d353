"""The two passes over the texts: by similarity and length everywhere, then by all evidence where a link has
a chance; and what the second needs to know of the two languages.

`prune.py` has the model of the first, `rescore.py` that of the second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from mlcheck.align.anchors import Chunk, cut
from mlcheck.align.coverage import Coverage
from mlcheck.align.evidence import Evidence, Levels, coefficients, general_level
from mlcheck.align.prune import Pruned, prune
from mlcheck.align.rescore import Rescorer
from mlcheck.align.similarity import Pair, Similarity, centred, prepare
from mlcheck.data import Document, Encoded, Float64

__all__ = ["Background", "FirstPass", "align_unmoved", "first_pass", "in_order", "second_pass"]

_BACKGROUND_WEIGHT = 3.0
"""How many sentences the encoder's general centre counts for beside the document's own. Matters
only for texts of a few sentences, whose own mean is mostly themselves."""
_TRANSLATED = 4
"""Links of a text with another from which those of a text with itself tell nothing of a translation."""


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
    """How alike the sentences are, the chunks in which they are aligned, and what the first model leaves."""

    similarity: Similarity
    chunks: list[Chunk]
    pruned: Pruned


def first_pass(
    source: Encoded,
    target: Encoded,
    background: Background | None,
    weights: Mapping[str, float] | None = None,
    chance: float | None = None,
) -> FirstPass:
    """What the first model leaves of two documents, and the chunks in which it saw them. `weights`
    and `chance`, from which a block is left, are those of the package unless given."""
    weights = weights or coefficients("plain", "sentences")
    similarity = _similarity(source, target, background)
    chunks = cut(similarity)
    chosen = np.arange(similarity.source.count), np.arange(similarity.target.count)
    return FirstPass(similarity, chunks, prune(similarity, chunks, chosen, weights, chance))


def second_pass(
    source: Encoded, target: Encoded, first: FirstPass, background: Background | None
) -> tuple[dict[Pair, float], Evidence]:
    """The links of the second model, in order, with their probabilities, and what they rest on."""
    usual = _usual(background)
    rescorer = Rescorer(first.pruned, (source, target), usual=usual.coverage if usual else None)
    paragraphs = tuple(
        tuple(s.paragraph for s in document.sentences) for document in (source.document, target.document)
    )
    single = _translated(first.pruned.habits.single, source, target)
    levels = Levels.of(first.similarity, rescorer.coverage, single, usual.features if usual else None)
    evidence = Evidence(
        first.similarity, rescorer.coverage, levels, source.encoder.name, (paragraphs[0], paragraphs[1])
    )
    if len(source.document.sentences) == len(target.document.sentences) == 1:
        # Nothing to choose from, and no text around to tell what is alike: what differs is a matter
        # of the link's divergence, and whether the texts belong together of their relatedness.
        only: Pair = ((0,), (0,))
        return {only: 1 - evidence.wrong(*only)}, evidence
    return {link.pair: link.chance for link in rescorer.links()}, evidence


def _translated(
    single: Sequence[tuple[int, int]], source: Encoded, target: Encoded
) -> Sequence[tuple[int, int]]:
    """Links without those of a text with itself: what a page leaves in the original, and names, are no
    measure of a translation, and beside a level that they set each would look wrong. All of them where hardly
    any other is left, as in two versions in one language."""
    texts = [
        [sentence.text for sentence in document.sentences] for document in (source.document, target.document)
    ]
    found = [(i, j) for i, j in single if texts[0][i] != texts[1][j]]
    return found if len(found) >= _TRANSLATED else single


def in_order(source: Encoded, target: Encoded, background: Background | None) -> tuple[list[Pair], Evidence]:
    """The links of the second model, before any is opened or moved, and what they rest on; for the
    fit of the coefficients."""
    chances, evidence = second_pass(source, target, first_pass(source, target, background), background)
    return list(chances), evidence


def align_unmoved(
    moved: Sequence[Pair], first: FirstPass, encoded: tuple[Encoded, Encoded]
) -> dict[Pair, float]:
    """The links between what has not moved, in order, with their probabilities."""
    gone = {i for a, _ in moved for i in a}, {j for _, c in moved for j in c}
    counts = first.similarity.source.count, first.similarity.target.count
    one, two = (
        np.array([x for x in range(count) if x not in out], np.int64)
        for count, out in zip(counts, gone, strict=True)
    )
    whole = [(0, len(one), 0, len(two))]
    pruned = prune(first.similarity, whole, (one, two), coefficients("plain", "sentences"))
    return {link.pair: link.chance for link in Rescorer(pruned, encoded).links()}


class _Usual(NamedTuple):
    """What true links in the two languages are like, by general text: their features, and their coverage
    both ways, None where the encoder has no words."""

    features: dict[str, float]
    coverage: tuple[float, float] | None


def _usual(background: Background | None) -> _Usual | None:
    if background is None or background.text is None:
        return None
    one, two = background.text
    similarity = _similarity(one, two, replace(background, text=None))
    coverage = None
    if one.words is not None and two.words is not None:
        coverage = Coverage(one.words, two.words, [(i, i) for i in range(similarity.source.count)])
    return _Usual(general_level(similarity, coverage), coverage.typical if coverage else None)


def _similarity(source: Encoded, target: Encoded, background: Background | None) -> Similarity:
    left, right = source.vectors, target.vectors
    if background is None:
        both = (left.mean(axis=0, dtype=np.float64) + right.mean(axis=0, dtype=np.float64)) / 2
        background = Background(both, both)
    return prepare(
        centred(left, background.source, _BACKGROUND_WEIGHT),
        centred(right, background.target, _BACKGROUND_WEIGHT),
        _lengths(source.document),
        _lengths(target.document),
        general_expansion=background.expansion,
    )


def _lengths(document: Document) -> Float64:
    return np.array([len(sentence.text) for sentence in document.sentences], np.float64)
