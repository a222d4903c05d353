"""Where to look closer: a band around the first alignment.

The first pass is right nearly everywhere, and where it is wrong it is so by a sentence or two. So
the second pass weighs everything that lies within a few sentences of it. What the first pass left
alone in the middle of a long run stays so, and is taken out; the band need not span it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mlcheck.align.dynamic import Pair
from mlcheck.align.lattice import Lattice

__all__ = ["REACH", "SHAPES", "Band"]

Ints = npt.NDArray[np.int64]

REACH = 3
"""Sentences on either side of the first alignment."""

SHAPES: Ints = np.array(
    sorted(
        [(a, c) for a in range(1, 5) for c in range(1, 5)] + [(1, 5), (5, 1), (2, 5), (5, 2)],
        key=lambda s: (sum(s), abs(s[0] - s[1]), s),
    ),
    np.int64,
)
"""Blocks: up to four sentences a side in any combination, and five against one or two."""


@dataclass(frozen=True)
class Band:
    """Numbers of the sentences that the second pass looks at, and the nodes between them.

    `source` and `target` are sentence numbers; a row of the lattice stands after `position` of the
    sources. `alone` are the sentences that were taken out, as nulls.
    """

    source: Ints
    target: Ints
    position: Ints
    lattice: Lattice
    limit: Ints
    """(rows,): the last target position that a node in the row may have."""
    alone: tuple[Pair, ...]

    @cached_property
    def columns(self) -> Ints:
        """(rows, width): how many of `target` stand before each node."""
        result: Ints = self.lattice.first[:, None] + np.arange(self.lattice.width)
        return result

    @classmethod
    def around(cls, links: Sequence[Pair], cuts: Sequence[int] = (), reach: int = REACH) -> Band:
        """The band around alignments. `links` are in order, and hold every sentence of both sides
        once; between the numbers `cuts` of links the alignment is certain to pass."""
        kept, alone = _without_deep_gaps(links, reach, set(cuts))
        source = np.array([i for a, _ in kept for i in a], np.int64)
        target = np.array([j for _, c in kept for j in c], np.int64)
        bounds = [0, *(at for at, link in enumerate(kept) if link is _CUT), len(kept)]
        starts, position, first, limit, ends = [0], [], [], [], []
        i = j = 0
        widest = 1
        for begin, end in zip(bounds[:-1], bounds[1:], strict=True):
            # In a run of nulls on both sides no order is the right one; the band holds them all.
            (p, q), (p2, q2) = (_nodes(kept[begin:end], i, j, first=side) for side in (0, 1))
            rows = np.arange(p[0], p[-1] + 1)
            low = q[np.searchsorted(p, np.maximum(rows - reach, p[0]), "left")] - reach
            high = q2[np.searchsorted(p2, np.minimum(rows + reach, p[-1]), "right") - 1] + reach
            low, high = np.clip(low, q[0], q[-1]), np.clip(high, q[0], q[-1])
            widest = max(widest, int((high - low).max()) + 1)
            starts.append(starts[-1] + len(rows))
            position.append(rows)
            first.append(low)
            limit.append(high)
            ends.append(q[-1] - low[-1])
            i, j = int(p[-1]), int(q[-1])
        lattice = Lattice(np.array(starts), np.concatenate(first), np.array(ends), widest, SHAPES)
        return cls(source, target, np.concatenate(position), lattice, np.concatenate(limit), tuple(alone))


def _nodes(links: Sequence[Pair], i: int, j: int, *, first: int) -> tuple[Ints, Ints]:
    """The nodes that links pass, from (i, j) on; runs of nulls with those of side `first` first."""
    steps: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for a, c in links:
        if a and c:
            steps += sorted(run, reverse=first == 0)
            run.clear()
            steps.append((len(a), len(c)))
        elif a or c:
            run.append((len(a), len(c)))
    steps += sorted(run, reverse=first == 0)
    p, q = (np.concatenate([[0], np.cumsum([s[k] for s in steps])]).astype(np.int64) for k in (0, 1))
    return i + p, j + q


_CUT: Pair = ((), ())


def _without_deep_gaps(links: Sequence[Pair], reach: int, cuts: set[int]) -> tuple[list[Pair], list[Pair]]:
    """The links less the nulls that have more than `reach` others of their side, in their run, on
    either hand; and those. Cuts are marked by an empty link."""
    kept: list[Pair] = []
    alone: list[Pair] = []
    run: list[Pair] = []

    def close() -> None:
        for side in (0, 1):
            own = [null for null in run if null[side]]
            deep = own[reach : len(own) - reach]
            alone.extend(deep)
        gone = set(alone[-len(run) :]) if run else set()
        kept.extend(null for null in run if null not in gone)
        run.clear()

    for at, link in enumerate(links):
        if at in cuts:
            close()
            kept.append(_CUT)
        if link[0] and link[1]:
            close()
            kept.append(link)
        else:
            run.append(link)
    close()
    return kept, alone
