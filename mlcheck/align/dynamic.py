"""The best monotonic sequence of blocks and gaps, exactly, by dynamic programming.

Two tables over prefixes (i sentences of the source, j of the target): `linked`, the best total
that ends in a block, and `gap`, the best that ends inside a run of sentences without counterpart.
A run costs once to open, whichever sides its sentences are on, and gains a little a sentence, so
that one stray sentence must be clearly unlike its neighbours, and ten in a row need not each be
(Gotoh's affine gaps). Rows are numpy vectors; the run along a row is a running maximum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from mlcheck.align.similarity import Floats, Similarity
from mlcheck.settings import AlignSettings

__all__ = ["blocks", "monotonic"]

Pair = tuple[tuple[int, ...], tuple[int, ...]]

Node = tuple[int, int]

_ROWS_AT_ONCE = 256
_NEVER = -1e9


def blocks(settings: AlignSettings) -> tuple[tuple[int, int], ...]:
    """Block shapes, the plainest first, which wins ties."""
    sizes = range(1, settings.max_block + 1)
    shapes = [(a, c) for a in sizes for c in sizes if a + c <= settings.max_block_sum]
    return tuple(sorted(shapes, key=lambda shape: (sum(shape), abs(shape[0] - shape[1]), shape)))


def monotonic(similarity: Similarity, settings: AlignSettings, nodes: Sequence[Node] = ()) -> list[Pair]:
    """Links in order, as pairs of index tuples; every sentence of both sides is in one. Through the
    `nodes` the alignment passes for certain."""
    ends = [(0, 0), *nodes, (similarity.source.count, similarity.target.count)]
    found: list[Pair] = []
    for (i, j), (p, q) in pairwise(ends):
        if nodes and (p == i or q == j):
            found += [((x,), ()) for x in range(i, p)] + [((), (y,)) for y in range(j, q)]
            continue
        part = similarity.part((i, p), (j, q)) if nodes else similarity
        found += [
            (tuple(x + i for x in a), tuple(y + j for y in c)) for a, c in _in_one_piece(part, settings)
        ]
    return found


def _in_one_piece(similarity: Similarity, settings: AlignSettings) -> list[Pair]:
    n, m = similarity.source.count, similarity.target.count
    shapes = blocks(settings)
    linked = np.full((n + 1, m + 1), _NEVER)
    gap = np.full((n + 1, m + 1), _NEVER)
    shape_of = np.zeros((n + 1, m + 1), np.int8)
    linked[0, 0] = 0.0
    steps: Floats = np.arange(m + 1, dtype=np.float64) * settings.gap_extend
    for i, scores in _rows(similarity, shapes, settings):
        for k, row in scores.items():
            a, c = shapes[k]
            before = np.maximum(linked[i - a, : m + 1 - c], gap[i - a, : m + 1 - c])
            total = before + row
            better = total > linked[i, c:]
            linked[i, c:][better] = total[better]
            shape_of[i, c:][better] = k
        _extend_gaps(linked, gap, i, steps, settings)
    return _walk_back(linked, gap, shape_of, shapes, settings)


def _rows(
    similarity: Similarity, shapes: tuple[tuple[int, int], ...], settings: AlignSettings
) -> Iterator[tuple[int, dict[int, Floats]]]:
    """For each i, 0 to n, the scores of all blocks that end there: shape number to a vector."""
    n, m = similarity.source.count, similarity.target.count
    yield 0, {}
    for first in range(1, n + 1, _ROWS_AT_ONCE):
        last = min(first + _ROWS_AT_ONCE, n + 1)
        chunk: dict[int, tuple[int, Floats]] = {}
        for k, (a, c) in enumerate(shapes):
            if a <= last - 1 and c <= m:
                start = max(first - a, 0)
                chunk[k] = (
                    start + a,
                    similarity.scores(a, slice(start, last - a), c) - (a + c - 2) * settings.member,
                )
        for i in range(first, last):
            yield i, {k: part[i - at] for k, (at, part) in chunk.items() if i >= at}


def _extend_gaps(linked: Floats, gap: Floats, i: int, steps: Floats, settings: AlignSettings) -> None:
    row = np.full(linked.shape[1], _NEVER)
    if i > 0:
        row = np.maximum(linked[i - 1] - settings.gap_open, gap[i - 1]) + settings.gap_extend
    opened = linked[i, :-1] - settings.gap_open + settings.gap_extend
    row[1:] = np.maximum(row[1:], opened)
    gap[i] = np.maximum.accumulate(row - steps) + steps


def _walk_back(
    linked: Floats,
    gap: Floats,
    shape_of: npt.NDArray[np.int8],
    shapes: tuple[tuple[int, int], ...],
    settings: AlignSettings,
) -> list[Pair]:
    i, j = linked.shape[0] - 1, linked.shape[1] - 1
    in_gap = gap[i, j] > linked[i, j]
    found: list[Pair] = []
    while i or j:
        if not in_gap:
            a, c = shapes[shape_of[i, j]]
            i, j = i - a, j - c
            found.append((tuple(range(i, i + a)), tuple(range(j, j + c))))
            in_gap = gap[i, j] > linked[i, j]
            continue
        options = [(gap[x, y], True, x, y) for x, y in ((i - 1, j), (i, j - 1)) if x >= 0 and y >= 0]
        options += [(linked[x, y] - settings.gap_open, False, x, y) for _, _, x, y in options]
        _, in_gap, x, y = max(options, key=lambda option: option[0])
        found.append(((x,), ()) if x < i else ((), (y,)))
        i, j = x, y
    return found[::-1]
