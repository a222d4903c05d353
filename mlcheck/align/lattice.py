"""All monotonic alignments in a band at once: the best of them, and how probable each link is.

The model is a conditional random field over alignments (semi-Markov: a step is a block of several
sentences, or a null). An alignment's probability is proportional to exp of the sum of its steps'
scores, so forward and backward sums give the probability of every block and every null, and their
gradients, with which `benchmarks/fit_alignment.py` learns the weights (Sarawagi and Cohen 2004).
What a null costs is thus learned like everything else, and a link's confidence is a probability.

A run of nulls costs once to open. In it, source sentences come before target sentences; any other
order says the same, and counting each would make long runs look probable for their number of orders.

Nodes lie in a band: row `r` has `width` of them, node `x` standing before target sentence
`first[r] + x`. Several stretches of text (`starts`) are worked through side by side, which is what
makes long texts cheap in numpy: a step handles one row of each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mlcheck.align.similarity import Floats

__all__ = ["Lattice", "Posterior"]

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NEVER = -1e18
"""Score of what is impossible; not minus infinity, of which two would make a NaN."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """Expected counts: of each block (rows, shapes, width), of each source null (rows,), of each
    target null at a node (rows, width), and of runs opened; `total` is the log of the sum over all
    alignments, one figure a stretch."""

    blocks: Floats
    source: Floats
    target: Floats
    opened: float
    total: Floats


class Lattice:
    """A band of nodes over one or more stretches of two texts."""

    def __init__(self, starts: Ints, first: Ints, ends: Ints, width: int, shapes: Ints) -> None:
        """`starts` are the rows at which stretches begin, with the number of rows as the last;
        a stretch of n sentences has n + 1 rows. `first` (rows,) is the target sentence before
        which node 0 stands; a stretch begins at node 0 of its first row and ends in its last row,
        at node `ends` (stretches,). `shapes` (K, 2) are the blocks' sizes."""
        self.starts, self.first, self.width, self.shapes = starts, first, width, shapes
        self.rows = int(starts[-1])
        lengths = np.diff(starts)
        self.step = np.concatenate([np.arange(n) for n in lengths])
        stretch = np.repeat(np.arange(len(lengths)), lengths)
        self.last = starts[1:] - 1
        self.end = self.last * width + ends
        by_step = np.argsort(self.step, kind="stable")
        bounds = np.searchsorted(self.step[by_step], np.arange(lengths.max() + 1))
        self._steps = [by_step[a:b] for a, b in zip(bounds[:-1], bounds[1:], strict=True)]
        self.stretch = stretch
        self._none = self.rows * width
        self._up = self.at_offset(-1, 0)
        self.before = self._from(shapes[:, 0], shapes[:, 1])
        """(rows, K, width): the flat number of the node at which a block that ends here began."""
        self._down = self.at_offset(1, 0)
        after = self._to(shapes[:, 0], shapes[:, 1])
        shape = np.arange(len(shapes))[None, :, None]
        row, node = np.divmod(after, width)
        self._after = after
        self._after_block = np.where(
            after == self._none,
            self.rows * len(shapes) * width,
            (row * len(shapes) + shape) * width + node,
        )

    def _from(self, up: Ints, back: Ints) -> Ints:
        """Flat numbers of the nodes `up` rows above and `back` target sentences to the left."""
        rows = np.arange(self.rows)[:, None] - up
        return self._at(rows, -back, inside=self.step[:, None] >= up)

    def _to(self, down: Ints, on: Ints) -> Ints:
        rows = np.arange(self.rows)[:, None] + down
        lengths = np.diff(self.starts)[self.stretch]
        return self._at(rows, on, inside=self.step[:, None] + down < lengths[:, None])

    def _at(self, rows: Ints, shift: Ints, inside: Flags) -> Ints:
        safe = np.where(inside, rows, 0)
        offset = self.first[:, None] + shift - self.first[safe]
        node = offset[:, :, None] + np.arange(self.width)
        good = inside[:, :, None] & (node >= 0) & (node < self.width)
        return np.where(good, safe[:, :, None] * self.width + node, self._none)

    def at_offset(self, down: int, on: int) -> Ints:
        """Flat numbers of the nodes so many rows down and target sentences on; (rows, width)."""
        rows = np.arange(self.rows)[:, None] + down
        lengths = np.diff(self.starts)[self.stretch][:, None]
        place = self.step[:, None] + down
        return self._at(rows, np.array([on]), inside=(place >= 0) & (place < lengths))[:, 0]

    def posterior(self, blocks: Floats, source: Floats, target: Floats, opening: float) -> Posterior:
        """Expected counts of everything.

        `blocks` (rows, K, width) are the scores of blocks that end at a node, `source` (rows,) of
        leaving the source sentence above a row alone, `target` (rows, width) of leaving the target
        sentence before a node alone; `opening` is added where a run of nulls begins. `NEVER` bars.
        """
        linked, gap_s, gap_t = self._forward(blocks, source, target, opening, np.logaddexp)
        every = np.logaddexp(np.logaddexp(linked, gap_s), gap_t)
        total = every[self.end]
        b_linked, b_s, b_t = self._backward(blocks, source, target, opening)
        shape = (self.rows, self.width)
        z = total[self.stretch][:, None]
        begun = every[self.before] + blocks + (b_linked[:-1].reshape(shape) - z)[:, None, :]
        left = np.concatenate([np.full((self.rows, 1), NEVER), linked[:-1].reshape(shape)[:, :-1]], axis=1)
        into_s = linked[self._up] + opening + source[:, None] + b_s[:-1].reshape(shape) - z
        into_t = left + opening + target + b_t[:-1].reshape(shape) - z
        return Posterior(
            blocks=np.exp(np.minimum(begun, 0.0)),
            source=np.minimum(np.exp((gap_s[:-1] + b_s[:-1]).reshape(shape) - z).sum(axis=1), 1.0),
            target=np.exp(np.minimum((gap_t[:-1] + b_t[:-1]).reshape(shape) - z, 0.0)),
            opened=float(np.exp(np.minimum(into_s, 0.0)).sum() + np.exp(np.minimum(into_t, 0.0)).sum()),
            total=total,
        )

    def best(
        self, blocks: Floats, source: Floats, target: Floats, opening: float
    ) -> list[tuple[int, int, int]]:
        """The best alignment's steps as (row, node, shape) of where each ends, from the last
        stretch's end backwards; shape is -1 for a source null and -2 for a target null."""
        linked, gap_s, gap_t = self._forward(blocks, source, target, opening, np.maximum)
        every = np.maximum(np.maximum(linked, gap_s), gap_t)
        flat_blocks = blocks.transpose(0, 2, 1).reshape(self.rows * self.width, -1)
        before = self.before.transpose(0, 2, 1).reshape(self.rows * self.width, -1)
        found: list[tuple[int, int, int]] = []
        for end, start in zip(self.end[::-1], self.starts[:-1][::-1], strict=True):
            at, state = int(end), -1
            goal = int(start) * self.width
            while at != goal or state > 0:
                row, node = divmod(at, self.width)
                if state < 0:
                    state = int(np.argmax([linked[at], gap_s[at], gap_t[at]]))
                    if at == goal and state == 0:
                        break
                if state == 0:
                    k = int(np.argmax(every[before[at]] + flat_blocks[at]))
                    found.append((row, node, k))
                    at, state = int(before[at, k]), -1
                elif state == 1:
                    found.append((row, node, -1))
                    at = int(self._up[row, node])
                    state = 0 if linked[at] + opening >= gap_s[at] else 1
                else:
                    found.append((row, node, -2))
                    at -= 1
                    choice = (linked[at] + opening, gap_s[at], gap_t[at])
                    state = int(np.argmax(choice))
        return found

    def _forward(
        self,
        blocks: Floats,
        source: Floats,
        target: Floats,
        opening: float,
        plus: np.ufunc,
    ) -> tuple[Floats, Floats, Floats]:
        """Sums (or maxima) over the ways to each node, by what the way ends in: a block, a source
        null, a target null. Flat, with an impossible node at the end."""
        width = self.width
        linked, gap_s, gap_t, every = (np.full(self._none + 1, NEVER) for _ in range(4))
        into_linked, into_s, into_t, into_every = (
            x[:-1].reshape(self.rows, width) for x in (linked, gap_s, gap_t, every)
        )
        for number, rows in enumerate(self._steps):
            if number == 0:
                here = np.full((len(rows), width), NEVER)
                here[:, 0] = 0.0
                down = np.full((len(rows), width), NEVER)
            else:
                here = _reduce(plus, every[self.before[rows]] + blocks[rows])
                up = self._up[rows]
                down = plus(linked[up] + opening, gap_s[up]) + source[rows][:, None]
            along = self._along(plus(here + opening, down), target[rows], plus)
            into_linked[rows], into_s[rows], into_t[rows] = here, down, along
            into_every[rows] = plus(plus(here, down), along)
        return linked, gap_s, gap_t

    def _along(self, entering: Floats, target: Floats, plus: np.ufunc) -> Floats:
        """Runs of target nulls along rows: each node from the one to its left."""
        gains = np.maximum(target, -1e6)
        sums = np.cumsum(gains, axis=1)
        shifted = np.full_like(entering, NEVER)
        shifted[:, 1:] = entering[:, :-1] - sums[:, :-1]
        result: Floats = np.maximum(plus.accumulate(shifted, axis=1) + sums, NEVER)
        return result

    def _backward(
        self, blocks: Floats, source: Floats, target: Floats, opening: float
    ) -> tuple[Floats, Floats, Floats]:
        plus, width = np.logaddexp, self.width
        linked, gap_s, gap_t = (np.full(self._none + 1, NEVER) for _ in range(3))
        views = [x[:-1].reshape(self.rows, width) for x in (linked, gap_s, gap_t)]
        flat = np.append(blocks.reshape(-1), NEVER)
        below = np.append(source[1:], NEVER)
        is_end = np.zeros(self._none, bool)
        is_end[self.end] = True
        ends = np.where(is_end.reshape(self.rows, width), 0.0, NEVER)
        for rows in self._steps[::-1]:
            onward = _reduce(plus, linked[self._after[rows]] + flat[self._after_block[rows]])
            onward = plus(onward, ends[rows])
            skip = gap_s[self._down[rows]] + below[rows][:, None]
            right = np.full((len(rows), width), NEVER)
            right[:, :-1] = target[rows][:, 1:]
            reverse = self._along_back(onward, right)
            further = np.full_like(reverse, NEVER)
            further[:, :-1] = reverse[:, 1:]
            further = further + right
            views[0][rows] = plus(onward, opening + plus(skip, further))
            views[1][rows] = plus(onward, plus(skip, further))
            views[2][rows] = reverse
        return tuple(np.maximum(x, NEVER) for x in (linked, gap_s, gap_t))  # type: ignore[return-value]

    def _along_back(self, onward: Floats, right: Floats) -> Floats:
        """Each node from the one to its right: `onward` here, or `right` and what follows there."""
        gains = np.maximum(right, -1e6)
        # sums[x]: what it takes from node x to the end of the row.
        sums = np.cumsum(gains[:, ::-1], axis=1)[:, ::-1]
        total = np.logaddexp.accumulate((onward - sums)[:, ::-1], axis=1)[:, ::-1] + sums
        result: Floats = np.maximum(total, NEVER)
        return result


def _reduce(plus: np.ufunc, values: Floats) -> Floats:
    """Over shapes, (rows, K, width) to (rows, width)."""
    top = values.max(axis=1)
    if plus is np.maximum:
        return top
    result: Floats = top + np.log(np.exp(values - top[:, None, :]).sum(axis=1))
    return np.maximum(result, NEVER)
