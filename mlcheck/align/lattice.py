"""All monotonic alignments of two texts at once: the best of them, and how probable each link is.

The model is a conditional random field over alignments (Lafferty, McCallum and Pereira 2001), and a
semi-Markov one (Sarawagi and Cohen 2004): a step is a block of several sentences, or a null. An
alignment's probability is proportional to exp of the sum of its steps' scores, so scores are natural
logarithms. Forward and backward sums (Baum 1972; Rabiner 1989) give the probability of every block and
every null, and with them the gradients by which `training/fit/links.py` learns the weights. What a
null costs is learned like everything else, and a link's confidence is a probability.

A run of nulls costs once to open (affine gaps, Gotoh 1982). In it, source sentences come before target
sentences; any other order says the same, and counting each would make long runs look probable for
their number of orders.

Several chunks of text are worked through side by side, padded to the largest: a step handles one
row of each. That is what makes long texts cheap in numpy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlcheck.data import Float32, Float64, Int64

__all__ = ["NEVER", "SHAPES", "Lattice", "Posterior", "Scores"]


NEVER = -1e9
"""Score of what is impossible; not minus infinity, of which two would make a NaN."""
_NOTHING = -700.0
"""What exp makes 0 of, as good as. Of less, it takes five times as long: it underflows."""

SHAPES: Int64 = np.array(
    sorted(
        [(a, c) for a in range(1, 5) for c in range(1, 5)]
        + [(2, 5), (5, 2)]
        + [shape for long in range(5, 9) for shape in ((1, long), (long, 1))],
        key=lambda s: (sum(s), abs(s[0] - s[1]), s),
    ),
    np.int64,
)
"""Blocks, the plainest first: up to four sentences a side in any combination, five against two, and up to
eight against one. Of 662 links that people drew between European texts, 3 have more than five on a side; an
Arabic or Chinese sentence may take seven."""


@dataclass(frozen=True, slots=True)
class Scores:
    """`blocks` (K, B, N + 1, M + 1): block of shape k in chunk b that ends at node (i, j), which has
    i sentences of the chunk's source before it and j of its target. `source` (B, N + 1): leaving
    alone the source sentence before a node; `target` (B, M + 1) likewise. `opening` is added where a
    run of nulls begins. `NEVER` bars."""

    blocks: Float32
    source: Float64
    target: Float64
    opening: float


@dataclass(frozen=True, slots=True)
class Posterior:
    """Expected counts, shaped as in `Scores`; `opened` (B,) runs of nulls, and `total` (B,), the log
    of the sum over all alignments of a chunk."""

    blocks: Float32
    source: Float64
    target: Float64
    opened: Float64
    total: Float64


@dataclass(frozen=True, slots=True)
class _Ways:
    """Sums (or maxima) over the ways to, or from, each node, by what the way ends or begins in: a
    block, a source null, a target null. Each (N + 1, B, M + 1)."""

    linked: Float64
    source: Float64
    target: Float64


class Lattice:
    """The nodes of some chunks; chunk b has `sizes[b]` sentences on either side."""

    def __init__(self, sizes: Int64) -> None:
        self.sizes = sizes
        self.rows, self.columns = (int(x) + 1 for x in sizes.max(axis=0))
        self._all = np.arange(len(sizes))
        self._end = (sizes[:, 0], self._all, sizes[:, 1])

    def posterior(self, scores: Scores) -> Posterior:
        """Expected counts of everything."""
        ways = self._forward(scores, _logaddexp, _logsumexp)
        back = self._backward(scores)
        every = _logaddexp(_logaddexp(ways.linked, ways.source), ways.target)
        total = every[self._end]
        z = total[None, :, None]
        blocks = np.zeros_like(scores.blocks)
        begun, ended = every.astype(np.float64), back.linked - z
        for k, (a, c) in enumerate(SHAPES.tolist()):
            if a < self.rows and c < self.columns:
                log = begun[:-a, :, :-c] + ended[a:, :, c:]
                log += scores.blocks[k][:, a:, c:].transpose(1, 0, 2)
                # In single precision what is left of nothing is 0 itself.
                blocks[k][:, a:, c:] = np.exp(np.clip(log, _NOTHING, 0.0)).transpose(1, 0, 2)
        opened = np.zeros(len(self.sizes))
        begins = ways.linked + scores.opening - z
        opened += _chance(begins[:-1] + back.source[1:] + scores.source.T[1:, :, None]).sum(axis=(0, 2))
        opened += _chance(begins[:, :, :-1] + back.target[:, :, 1:] + scores.target[None, :, 1:]).sum(
            axis=(0, 2)
        )
        return Posterior(
            blocks=blocks,
            source=np.minimum(_chance(ways.source + back.source - z).sum(axis=2).T, 1.0),
            target=np.minimum(_chance(ways.target + back.target - z).sum(axis=0), 1.0),
            opened=opened,
            total=total,
        )

    def best(self, scores: Scores) -> list[list[tuple[int, int, int]]]:
        """For each chunk the best alignment's steps, in order, as (i, j, shape) of the node at which
        each ends; shape is -1 for a source null and -2 for a target null."""
        ways = self._forward(scores, np.maximum, lambda values: values.max(axis=0))
        every = np.maximum(np.maximum(ways.linked, ways.source), ways.target)
        return [self._walk_back(int(b), scores, ways, every) for b in self._all]

    def _walk_back(self, b: int, scores: Scores, ways: _Ways, every: Float64) -> list[tuple[int, int, int]]:
        i, j = self.sizes[b].tolist()
        sizes = SHAPES.tolist()
        found: list[tuple[int, int, int]] = []
        state = _state(ways, i, b, j, 0.0)
        while i or j:
            if state == 0:
                # Most shapes are barred.
                shapes = [(k, *sizes[k]) for k in np.flatnonzero(scores.blocks[:, b, i, j] > NEVER).tolist()]
                values = {
                    k: every[i - a, b, j - c] + scores.blocks[k, b, i, j]
                    for k, a, c in shapes
                    if a <= i and c <= j
                }
                k = max(values, key=values.__getitem__)
                found.append((i, j, k))
                i, j = i - sizes[k][0], j - sizes[k][1]
                state = _state(ways, i, b, j, 0.0)
            elif state == 1:
                found.append((i, j, -1))
                i -= 1
                state = int(ways.linked[i, b, j] + scores.opening < ways.source[i, b, j])
            else:
                found.append((i, j, -2))
                j -= 1
                state = _state(ways, i, b, j, scores.opening)
        return found[::-1]

    # Both loops go over the rows of nodes: a row holds all chunks, (B, M + 1), padded with `NEVER`.

    def _forward(
        self, scores: Scores, plus: np.ufunc | Callable[..., Float64], reduce: Callable[[Float64], Float64]
    ) -> _Ways:
        """Over the ways from the start to each node: log sums, or maxima (Viterbi 1967), by what `plus`
        and `reduce` are, of two arrays and over the first axis of one."""
        count, width = len(self.sizes), self.columns
        linked, source, target, every = (np.full((self.rows, count, width), NEVER) for _ in range(4))
        # What a row does not write, no row before it has written.
        into = np.full((len(SHAPES), count, width), NEVER)
        shapes = [(k, a, c) for k, (a, c) in enumerate(SHAPES.tolist()) if c < width]
        rises = scores.target.cumsum(axis=1)
        for i in range(self.rows):
            if i == 0:
                linked[0, :, 0] = 0.0
            else:
                for k, a, c in shapes:
                    if a <= i:
                        np.add(every[i - a, :, :-c], scores.blocks[k, :, i, c:], out=into[k, :, c:])
                linked[i] = np.maximum(reduce(into), NEVER)
                source[i] = plus(linked[i - 1] + scores.opening, source[i - 1]) + scores.source[:, i, None]
            entering = plus(linked[i] + scores.opening, source[i])[:, :-1] - rises[:, :-1]
            # Runs of target nulls along the row: each node from the one to its left.
            target[i, :, 1:] = _accumulate(plus, entering) + rises[:, 1:]
            np.maximum(source[i], NEVER, out=source[i])
            np.maximum(target[i], NEVER, out=target[i])
            every[i] = plus(plus(linked[i], source[i]), target[i])
        return _Ways(linked, source, target)

    def _backward(self, scores: Scores) -> _Ways:
        """Log sums over the ways from each node to the end, by what the way to the node has ended in."""
        count, width = len(self.sizes), self.columns
        linked, source, target = (np.full((self.rows, count, width), NEVER) for _ in range(3))
        into = np.full((len(SHAPES) + 1, count, width), NEVER)
        shapes = [(k, a, c) for k, (a, c) in enumerate(SHAPES.tolist()) if c < width]
        # What it takes from a node to the end of its row.
        falls = np.zeros((count, width))
        falls[:, :-1] = scores.target[:, :0:-1].cumsum(axis=1)[:, ::-1]
        for i in range(self.rows - 1, -1, -1):
            for k, a, c in shapes:
                if i + a < self.rows:
                    np.add(linked[i + a, :, c:], scores.blocks[k, :, i + a, c:], out=into[k, :, :-c])
            into[-1] = NEVER
            ends = self._all[self.sizes[:, 0] == i]
            into[-1, ends, self.sizes[ends, 1]] = 0.0
            onward = np.maximum(_logsumexp(into), NEVER)
            target[i] = (_accumulate(_logaddexp, (onward - falls)[:, ::-1]))[:, ::-1] + falls
            onward_nulls = np.full((count, width), NEVER)
            onward_nulls[:, :-1] = target[i, :, 1:] + scores.target[:, 1:]
            if i + 1 < self.rows:
                down = source[i + 1] + scores.source[:, i + 1, None]
                onward_nulls = _logaddexp(onward_nulls, down)
            source[i] = _logaddexp(onward, onward_nulls)
            linked[i] = _logaddexp(onward, onward_nulls + scores.opening)
            for values in (linked[i], source[i], target[i]):
                np.maximum(values, NEVER, out=values)
        return _Ways(linked, source, target)


def _state(ways: _Ways, i: int, b: int, j: int, opening: float) -> int:
    """What the best way to a node ends in, where a block has to pay `opening` to go on."""
    values = (ways.linked[i, b, j] + opening, ways.source[i, b, j], ways.target[i, b, j])
    return values.index(max(values))


def _accumulate(plus: np.ufunc | Callable[..., Float64], values: Float64) -> Float64:
    """What `plus` makes of everything up to each place of a row, (B, M)."""
    result: Float64 = (np.maximum if plus is np.maximum else np.logaddexp).accumulate(values, axis=1)
    return result


def _logaddexp(one: Float64, two: Float64) -> Float64:
    """As `np.logaddexp`, which takes four times as long."""
    top = np.maximum(one, two)
    result: Float64 = top + np.log1p(np.exp(np.maximum(np.minimum(one, two) - top, _NOTHING)))
    return result


def _logsumexp(values: Float64) -> Float64:
    """Logarithm of the sum of exp over the first axis."""
    top = values.max(axis=0)
    less = values - top
    np.maximum(less, _NOTHING, out=less)
    result: Float64 = top + np.log(np.exp(less, out=less).sum(axis=0))
    return result


def _chance(log: Float64) -> Float64:
    """Probability of its logarithm, which rounding may have brought above 0."""
    result: Float64 = np.exp(np.minimum(log, 0.0))
    return result
