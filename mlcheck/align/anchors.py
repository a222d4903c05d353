"""Long texts in chunks: nodes through which every sensible alignment passes.

The exact program needs a cell for each pair of sentences, which is nothing for a news item and too
much for a book. So in long texts a sample of the source's sentences looks for its best matches on
the other side, all of them where several are as good. The longest chain of matches that goes
forward on both sides is the text's backbone; moved and repeated passages fall out of it, because a
chain through them would lose more than it wins. Where it is dense and two neighbouring links are
beyond doubt, the texts are cut between these, and the chunks are aligned exactly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from mlcheck.align.similarity import Similarity
from mlcheck.data import Float32

__all__ = ["EXACT", "Chunk", "cut", "longest_chain"]

EXACT = 40_000
"""Pairs of sentences up to which two texts are aligned in one chunk: 200 sentences a side."""
_HUGE = 1_000_000
"""Pairs above which a chunk without any backbone is cut blindly, along its diagonal."""
_BUDGET = 2_000_000
"""Pairs, of all such chunks together, above which they are cut into smaller ones: texts of thousands of
sentences without a backbone are no versions of one another, or say one thing again and again."""
_SAMPLED = 10_000_000
"""Cells that are looked at for the backbone; sources are sampled to stay within."""
_ROWS_AT_ONCE = 256
_DIMENSIONS = 96
"""Of the vectors, the ones along which these sentences differ most."""
_TIED = 0.1
"""How far below the best a match may be and still count as equal, in units of the typical link."""
_GOOD = 0.6
_CERTAIN = 0.75
_CLEAR = 0.3
"""A certain link's score, at least, and what it has over the crosswise pairs."""
_BOILERPLATE = 64
"""Equal matches from which a sentence says nothing about its place."""
_AROUND = 3
_SPACING = 20
"""Sentences between cuts, at least. Shorter chunks save nothing."""

_LARGE = 2500
"""Pairs of sentences in a chunk above which it is looked at again."""

Node = tuple[int, int]
Chunk = tuple[int, int, int, int]
"""Positions (i, p, j, q): sources from i up to p, and targets from j up to q."""


def cut(similarity: Similarity) -> list[Chunk]:
    """The chunks in which two texts are aligned, in order; one for texts that can be aligned whole."""
    ends = [(0, 0), *_certain_nodes(similarity), (similarity.source.count, similarity.target.count)]
    return [(i, p, j, q) for (i, j), (p, q) in pairwise(ends)]


def _certain_nodes(similarity: Similarity) -> list[Node]:
    """Nodes (i, j), in order, with i source and j target sentences before them, at which long texts
    are cut; none for texts that can be aligned whole."""
    n, m = similarity.source.count, similarity.target.count
    if n * m <= EXACT:
        return []
    matches = _Matches.of(similarity)
    coarse = [(0, 0), *_nodes_inside(matches, (0, n, 0, m)), (n, m)]
    # In very long texts few sentences were looked at; now all are, but only inside their chunk.
    nodes = coarse[:1]
    for (i, j), (p, q) in pairwise(coarse):
        if (p - i) * (q - j) > _LARGE and len(coarse) > 2:
            nodes += _nodes_inside(matches, (i, p, j, q))
        nodes.append((p, q))
    return _without_huge(nodes)[1:-1]


def _nodes_inside(matches: _Matches, chunk: Chunk) -> list[Node]:
    i, p, j, q = chunk
    stride = max(1, (p - i) * (q - j) // _SAMPLED)
    chain = longest_chain(matches.inside(chunk, stride))
    nodes: list[Node] = []
    last_row, last_column = i, j
    for k in range(_AROUND, len(chain) - _AROUND):
        if chain[k][0] < last_row + _SPACING:
            continue
        if _dense(chain[k - _AROUND : k + _AROUND + 1], stride):
            found = _certain(matches.similarity, chain[k], stride)
            if found is not None and last_row < found[0] < p and last_column < found[1] < q:
                nodes.append(found)
                last_row, last_column = found
    return nodes


@dataclass(frozen=True, slots=True)
class _Matches:
    """Looks for the best matches of sentences, by the `_DIMENSIONS` along which these differ most."""

    similarity: Similarity
    left: Float32
    right: Float32

    @classmethod
    def of(cls, similarity: Similarity) -> _Matches:
        left, right = similarity.source.vectors, similarity.target.vectors
        sample = np.concatenate([own[:: max(1, len(own) // 2000)] for own in (left, right)])
        _, axes = np.linalg.eigh((sample.T @ sample).astype(np.float64))
        axes = axes[:, -_DIMENSIONS:].astype(np.float32)
        return cls(similarity, left @ axes, right @ axes)

    def inside(self, chunk: Chunk, stride: int) -> list[Node]:
        """Of every `stride`th source sentence of a chunk, all the matches that are as good as its best."""
        i, p, j, q = chunk
        rows = np.arange(i, p, stride)
        columns = self.right[j:q].T
        hubs = (self.similarity.source.hub[rows] / 2).astype(np.float32)
        shift, unit = (
            (self.similarity.target.hub[j:q] / 2).astype(np.float32),
            np.float32(self.similarity.typical),
        )
        found: list[Node] = []
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            scores = self.left[rows[part]] @ columns
            scores -= shift
            scores -= hubs[part][:, None]
            least = np.maximum(scores.max(axis=1) - _TIED * unit, _GOOD * unit)
            which, column = np.nonzero(scores >= least[:, None])
            keep = ~(np.bincount(which, minlength=len(scores)) > _BOILERPLATE)[which]
            found += zip(rows[start + which[keep]].tolist(), (j + column[keep]).tolist(), strict=True)
        return found


def longest_chain(points: Sequence[Node]) -> list[Node]:
    """The longest sequence that goes forward on both sides: the longest increasing subsequence, in
    n log n steps (Fredman 1975)."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    # Points of one source come with falling targets, so that only one of them can be in the chain.
    ordered = sorted(points, key=lambda p: (p[0], -p[1]))
    for number, (_, j) in enumerate(ordered):
        place = bisect_left(tails, j)
        if place == len(tails):
            tails.append(j)
            at.append(number)
        else:
            tails[place] = j
            at[place] = number
        before.append(at[place - 1] if place else -1)
    chain: list[Node] = []
    number = at[-1] if at else -1
    while number >= 0:
        chain.append(ordered[number])
        number = before[number]
    return chain[::-1]


def _dense(points: list[Node], stride: int) -> bool:
    """Do these points follow each other closely, and keep step?"""
    rows, columns = points[-1][0] - points[0][0], points[-1][1] - points[0][1]
    steps = (len(points) - 1) * stride
    return rows <= 1.5 * steps + 2 and abs(rows - columns) <= 2 + 0.3 * rows


def _certain(similarity: Similarity, point: Node, stride: int) -> Node | None:
    """A node near a point between two links that nobody would draw otherwise."""
    n, m = similarity.source.count, similarity.target.count
    for shift in range(max(stride, 4)):
        i, j = point[0] + shift, point[1] + shift
        if not (1 <= i < n and 1 <= j < m):
            continue
        scores = similarity.among([i - 1, i], [j - 1, j])
        links, crosswise = (scores[0, 0], scores[1, 1]), (scores[0, 1], scores[1, 0])
        if min(links) >= _CERTAIN and min(links) >= max(crosswise) + _CLEAR:
            return i, j
    return None


def _without_huge(nodes: list[Node]) -> list[Node]:
    large = [cells for (p, q), (i, j) in pairwise(nodes) if (cells := (i - p) * (j - q)) > _HUGE]
    # Of a chunk in k parts along its diagonal, a k-th of the pairs is left.
    whole = sum(np.sqrt(cells * _HUGE) for cells in large)
    huge = _HUGE if whole <= _BUDGET else max(EXACT, _HUGE * (_BUDGET / whole) ** 2)
    result = nodes[:1]
    for i, j in nodes[1:]:
        p, q = result[-1]
        parts = int(np.ceil(np.sqrt((i - p) * (j - q) / huge)))
        result += [(p + (i - p) * k // parts, q + (j - q) * k // parts) for k in range(1, parts)]
        result.append((i, j))
    return result
