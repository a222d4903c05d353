"""Every block between two stretches of text, weighed by what is cheap: similarity and length.

Of the blocks that can be, some hundreds a sentence, all but nine or ten are out of the
question once their neighbours are looked at as well. So a first, small model runs over whole chunks
of the two texts; what it gives a chance goes on to the second (`features.py`), which asks the words.
The first model misses little: the threshold in `prune.py` says how much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mlcheck.align.anchors import Chunk
from mlcheck.align.lattice import NEVER, SHAPES, Lattice, Scores
from mlcheck.align.similarity import Track
from mlcheck.data import Bool, Float32, Float64, Int64

__all__ = ["PLAIN_BLOCK", "PLAIN_NULL", "ChunkBatch", "batches", "shape_name"]

PLAIN_BLOCK = ("similarity", "below_typical", "far_below_typical", "similarity_by_size", "ratio", "distance")
PLAIN_NULL = ("alone", "best", "good", "size")

_LONGEST = 5
"""Sentences on a side of the longest block that has a weight of its own."""
_NODES = 60_000
"""Nodes worked through at a time: what the processor's cache holds."""
_MEDIAN = np.float32(4.3)
"""Logarithm of a middling sentence's length; only to keep numbers small."""


def shape_name(a: int, c: int) -> str:
    """Shapes have one weight for both directions: `1-2` is also that of 2-1. Those of more than five are too
    rare in what the weights are fitted on, and have that of five."""
    return f"{min(a, c)}-{min(max(a, c), _LONGEST)}"


def batches(chunks: Sequence[Chunk]) -> Iterator[list[int]]:
    """Numbers of chunks that are worked through together: alike in size, so that little is padded."""
    order = sorted(range(len(chunks)), key=lambda x: (_size(chunks[x])[1], _size(chunks[x])[0], x))
    chosen: list[int] = []
    rows = columns = 0
    for number in order:
        n, m = _size(chunks[number])
        rows, columns = max(rows, n + 1), max(columns, m + 1)
        if chosen and (len(chosen) + 1) * rows * columns > _NODES:
            yield chosen
            chosen, rows, columns = [], n + 1, m + 1
        chosen.append(number)
    if chosen:
        yield chosen


def _size(chunk: Chunk) -> tuple[int, int]:
    return chunk[1] - chunk[0], chunk[3] - chunk[2]


@dataclass(frozen=True, slots=True)
class ChunkBatch:
    """Chunks side by side, padded: (B, N + 1) and (B, M + 1) positions of their nodes on either
    side; past a chunk's end they stay at its end."""

    lattice: Lattice
    source: Track
    target: Track
    rows: Int64
    columns: Int64

    @classmethod
    def of(cls, chunks: Sequence[Chunk], source: Track, target: Track) -> ChunkBatch:
        """Of some chunks between two tracks."""
        i, p, j, q = np.array(chunks, np.int64).T
        lattice = Lattice(np.stack([p - i, q - j], axis=1))
        rows = np.minimum(i[:, None] + np.arange(lattice.rows), p[:, None])
        columns = np.minimum(j[:, None] + np.arange(lattice.columns), q[:, None])
        return cls(lattice, source, target, rows, columns)

    def similarities(self, typical: float) -> Float32:
        """Of all blocks, in units of the typical link, (K, B, N + 1, M + 1); where none can be, 0."""
        sources = self.source.vectors[np.minimum(self.rows[:, :-1], len(self.source.vectors) - 1)]
        targets = self.target.vectors[np.minimum(self.columns[:, :-1], len(self.target.vectors) - 1)]
        products = sources @ targets.transpose(0, 2, 1)
        result = np.zeros((len(SHAPES), len(products), self.lattice.rows, self.lattice.columns), np.float32)
        sums = _sums(products)
        s, t = self.source, self.target
        for k, (a, c) in enumerate(SHAPES.tolist()):
            product = sums.get((a, c))
            if product is None:
                continue
            rows, columns = self.rows[:, a:], self.columns[:, c:]
            mu = s.hubs[a][rows][:, :, None] + t.hubs[c][columns][:, None, :]
            mu *= np.float32(0.5)
            product /= s.norms[a][rows][:, :, None]
            product /= t.norms[c][columns][:, None, :]
            product -= mu
            np.subtract(np.float32(1), mu, out=mu)
            product /= mu
            product *= np.float32(1 / typical)
            result[k, :, a:, c:] = product
        return result

    def features(self, similar: Float32) -> Iterator[tuple[int, slice, slice, dict[str, Float32]]]:
        """For each shape: its number, the nodes at which it can end, and `PLAIN_BLOCK` there."""
        s, t = self.source, self.target
        for k, (a, c) in enumerate(SHAPES.tolist()):
            if a >= self.lattice.rows or c >= self.lattice.columns:
                continue
            left = s.lengths[a][self.rows[:, a:]][:, :, None]
            right = t.lengths[c][self.columns[:, c:]][:, None, :]
            yield k, slice(a, None), slice(c, None), plain_features(similar[k, :, a:, c:], left, right, a, c)

    def nulls(self, similar: Float32) -> tuple[dict[str, Float64], dict[str, Float64]]:
        """`PLAIN_NULL` of the source sentence before each row's nodes, and of the target sentences."""
        single = similar[0, :, 1:, 1:]
        inside = self._inside()[:, 1:, 1:]
        single = np.where(inside, single, np.float32(-1))
        found = []
        for axis, track, at in ((2, self.source, self.rows), (1, self.target, self.columns)):
            best = np.pad(single.max(axis=axis), ((0, 0), (1, 0)))
            found.append(null_features(best, track.lengths[1][at]))
        return found[0], found[1]

    def _inside(self) -> Bool:
        sizes = self.lattice.sizes
        rows = np.arange(self.lattice.rows) <= sizes[:, :1]
        columns = np.arange(self.lattice.columns) <= sizes[:, 1:]
        return rows[:, :, None] & columns[:, None, :]

    def scores(self, similar: Float32, weights: Mapping[str, float]) -> Scores:
        """Of everything, by the small model."""
        blocks = np.full(similar.shape, NEVER, np.float32)
        for k, rows, columns, features in self.features(similar):
            total = np.full_like(features["similarity"], weights[shape_name(*SHAPES[k].tolist())])
            for name, values in features.items():
                total += np.float32(weights[name]) * values
            blocks[k, :, rows, columns] = total
        source, target = (
            np.sum([weights[name] * values for name, values in side.items()], axis=0)
            for side in self.nulls(similar)
        )
        return Scores(blocks, source, target, weights["open"])


def plain_features(similar: Float32, left: Float32, right: Float32, a: int, c: int) -> dict[str, Float32]:
    """`PLAIN_BLOCK` of blocks of a shape, from their similarity and the lengths of their sides."""
    less, more = np.minimum(left, right), np.maximum(left, right)
    off = more - less
    return {
        "similarity": similar.copy(),
        "below_typical": np.maximum(np.float32(0.6) - similar, 0),
        "far_below_typical": np.maximum(np.float32(0.3) - similar, 0),
        "similarity_by_size": (similar - np.float32(0.6)) * np.float32(a + c - 2),
        "ratio": less / more,
        # Gale and Church (1993): the difference grows with the root of the length; 6 is their
        # variance a character, rounded.
        "distance": np.minimum(off * off / (np.float32(6) * (less + more)), np.float32(6)),
    }


def null_features(best: Float32, lengths: Float32) -> dict[str, Float64]:
    """`PLAIN_NULL` of sentences, from their best similarity on the other side and their lengths."""
    return {
        "alone": np.ones(best.shape),
        "best": np.minimum(best, 1.2).astype(np.float64),
        "good": np.maximum(best - 0.5, 0).astype(np.float64),
        "size": (np.log(np.maximum(lengths, 2)) - _MEDIAN).astype(np.float64),
    }


def _sums(products: Float32) -> dict[tuple[int, int], Float32]:
    """For each shape that fits, the sums over its sentences, by the first of them."""
    n, m = products.shape[1:]
    wanted = {(a, c) for a, c in SHAPES.tolist() if a <= n and c <= m}
    result: dict[tuple[int, int], Float32] = {}
    across = products
    for c in sorted({c for _, c in wanted}):
        if c > 1:
            across = across[:, :, :-1] + products[:, :, c - 1 :]
        down = across
        for a in range(1, max(a for a, other in wanted if other == c) + 1):
            if a > 1:
                down = down[:, :-1] + across[:, a - 1 :]
            if (a, c) in wanted:
                result[a, c] = down.copy() if a == 1 else down
    return result
