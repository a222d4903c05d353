"""The first model: every block of every chunk, weighed by similarity and length alone.

What it gives a chance is weighed again by the second (`second.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mlcheck.align.anchors import Chunk
from mlcheck.align.chunks import ChunkBatch, batches
from mlcheck.align.features import Candidates, Habits
from mlcheck.align.lattice import SHAPES
from mlcheck.align.similarity import Similarity, Track
from mlcheck.data import Float32, Int64

__all__ = ["Pruned", "prune"]


_CHANCE = 2e-5
"""Probability by the first model from which a block is weighed by the second. Of 10,402 true blocks in
the texts of the fit, 2 have less. Higher, and less is asked of the words, which is most of the time."""
_MANY = 200_000
"""Blocks that are left, of texts of thousands of sentences, above which each sentence of the source keeps
the `_EACH` most probable that begin with it. Texts with a backbone leave nine or ten a sentence."""
_EACH = 64
_CLEAR = 0.9
"""Probability by the first model from which a one-to-one link tells how the texts go together."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What the first model leaves: two tracks, their chunks, and the candidates among their blocks."""

    tracks: tuple[Track, Track]
    chunks: Sequence[Chunk]
    candidates: Candidates
    habits: Habits


def prune(
    similarity: Similarity,
    chunks: Sequence[Chunk],
    chosen: tuple[Int64, Int64],
    weights: Mapping[str, float],
    chance: float | None = None,
) -> Pruned:
    """`chosen` are the sentences of either side, in order, among which links are looked for, `chunks`
    the stretches of their positions that belong together."""
    # Both sides are brought to the lengths half-way between the languages, so that neither is the
    # measure of the other.
    scale, largest = similarity.expansion**0.5, int(SHAPES.max())
    tracks = (
        Track.of(similarity.source, chosen[0], 1 / scale, largest),
        Track.of(similarity.target, chosen[1], scale, largest),
    )
    found: list[tuple[npt.NDArray[np.generic], ...]] = []
    best = tuple(np.full(len(own), -1, np.float32) for own in chosen)
    single: list[tuple[int, int]] = []
    merged = blocks = alone = 0.0
    filled = [chunk for chunk in chunks if chunk[1] > chunk[0] and chunk[3] > chunk[2]]
    for numbers in batches(filled):
        batch = ChunkBatch.of([filled[x] for x in numbers], *tracks)
        similar = batch.similarities(similarity.typical)
        posterior = batch.lattice.posterior(batch.scores(similar, weights))
        for side, (own, at) in enumerate(zip(batch.nulls(similar), (batch.rows, batch.columns), strict=True)):
            # Past a chunk's end the feature is -1.
            position = np.minimum(at[:, :-1], len(best[side]) - 1)
            np.maximum.at(best[side], position, own["best"][:, 1:].astype(np.float32))
        k, b, i, j = np.nonzero(posterior.blocks > (_CHANCE if chance is None else chance))
        likely = posterior.blocks[k, b, i, j]
        sizes = SHAPES[k]
        begin = batch.rows[b, i] - sizes[:, 0], batch.columns[b, j] - sizes[:, 1]
        found.append((k, *begin, similar[k, b, i, j], *_gains(similar, k, b, i, j), likely))
        sure = (likely > _CLEAR) & (k == 0)
        single += zip(begin[0][sure].tolist(), begin[1][sure].tolist(), strict=True)
        blocks += float(likely.sum())
        merged += float(likely[k > 0].sum())
        alone += float(posterior.source.sum() + posterior.target.sum())
    if found:
        k, i, j, values, least, most, likely = (np.concatenate(own) for own in zip(*found, strict=True))
    else:
        k = i = j = np.zeros(0, np.int64)
        values = least = most = likely = np.zeros(0, np.float32)
    order = np.lexsort((k, j, i))
    if len(order) > _MANY:
        order = order[_most_likely(i[order], likely[order])]
    candidates = Candidates(
        k[order], i[order], j[order], values[order], least[order], most[order], (best[0], best[1])
    )
    habits = Habits(
        sorted(single), blocks, merged, float(len(chosen[0]) + len(chosen[1])), alone, similarity.typical
    )
    return Pruned(tracks, chunks, candidates, habits)


def _most_likely(begin: Int64, likely: Float32) -> Int64:
    """Places, in order, of the `_EACH` most probable blocks that begin with each sentence, these in order."""
    ranked = np.lexsort((-likely, begin))
    starts = np.concatenate([[True], np.diff(begin[ranked]) != 0])
    rank = np.arange(len(ranked)) - np.flatnonzero(starts)[np.cumsum(starts) - 1]
    return np.sort(ranked[rank < _EACH])


def _gains(similar: Float32, k: Int64, b: Int64, i: Int64, j: Int64) -> tuple[Float32, Float32]:
    """What similarity gains by the sentences at the edges of blocks: the least, the largest."""
    numbers = np.full((int(SHAPES.max()) + 1,) * 2, -1)
    numbers[SHAPES[:, 0], SHAPES[:, 1]] = np.arange(len(SHAPES))
    a, c = SHAPES[k].T
    own = similar[k, b, i, j]
    least, most = np.full(len(k), np.inf, np.float32), np.full(len(k), -np.inf, np.float32)
    # Without the last sentence of a side, and without the first.
    for less_a, less_c, up, left in ((1, 0, 1, 0), (1, 0, 0, 0), (0, 1, 0, 1), (0, 1, 0, 0)):
        smaller = np.where((a > less_a) & (c > less_c), numbers[a - less_a, c - less_c], -1)
        rest = np.where(smaller >= 0, similar[smaller, b, i - up, j - left], np.float32(0))
        good = smaller >= 0
        gain = own - rest
        least = np.where(good, np.minimum(least, gain), least)
        most = np.where(good, np.maximum(most, gain), most)
    several = np.isfinite(least)
    return np.where(several, least, 0).astype(np.float32), np.where(several, most, 0).astype(np.float32)
