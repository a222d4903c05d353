"""How much of what these words say stands on the other side?

A sentence vector blurs: a short stray sentence hardly changes the vector of the block that
swallowed it. Its words tell. Each word's vector, less the mean of its text (which takes out the
language), looks for its best match among the words of the passage opposite; the mean of these
cosines, by the words' weights, is the coverage (the recall of BERTScore, Zhang et al. 2020, with
weights of its own). Between related languages coverage runs higher than between distant ones, so it
is given in units of what the pair's own one-to-one links have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mlcheck.align.lattice import SHAPES
from mlcheck.data import PRODUCT_UNIT, Float32, Float64, Int64, WordTable

__all__ = ["Cells", "Coverage", "Covered", "Unsaid"]


_LEAST_TYPICAL = 0.4
_ENOUGH = 200
"""One-to-one links from which the unit is taken, evenly over the text."""
_USUAL_LINKS = 3.0
"""How many of them general text counts for."""

_RUNS_AT_ONCE = 64
_ITEMS_AT_ONCE = 2048
"""Some fifty thousand words, which stay in the processor's cache."""
_FAINT = 0.5
"""Cosine below which a word's best match opposite is none to rely on. Between .45 and .55 the agreement
with people's judgement is the same; at .4 it is a hundredth worse (`training/fit/divergence.py`)."""
_LONG_WORD = 8
"""Letters up to which a longer word counts for more: function words are short. The model's own idea of
how rare a word's pieces are does no better."""
_WORDS_AT_ONCE = 1024


class Unsaid(NamedTuple):
    """What two passages do not have of each other, by words weighted by their letters, 0 to 1.

    `least` and `most` are how far the best matches of a side's words fall short of what one can rely
    on, of the side that lacks less and of the one that lacks more; `unmatched` is the share of words, of both
    sides together, that are not each other's best match with any.
    """

    least: float
    most: float
    unmatched: float


class Coverage:
    """Coverage between the sentences of two texts, both ways."""

    def __init__(
        self,
        source: WordTable,
        target: WordTable,
        single: Sequence[tuple[int, int]],
        usual: tuple[float, float] | None = None,
    ) -> None:
        """`single` are links between one sentence and one that are sure; they give the unit, and where
        they are few, so does `usual`: that of general text in the two languages."""
        self.tables = source, target
        chosen = single[:: max(1, len(single) // _ENOUGH)]
        self.typical = (1.0, 1.0)
        typical = [
            np.median([self.of(side, (pair[side],), (pair[1 - side],)) for pair in chosen]) if chosen else 0.5
            for side in (0, 1)
        ]
        if usual is not None:
            weight = _USUAL_LINKS / (len(chosen) + _USUAL_LINKS)
            typical = [(1 - weight) * own + weight * u for own, u in zip(typical, usual, strict=True)]
            if not chosen:
                typical = list(usual)
        one, two = (max(float(value), _LEAST_TYPICAL) for value in typical)
        self.typical = (one, two)

    def of(self, side: int, sentences: Sequence[int], opposite: Sequence[int]) -> float:
        """Coverage of sentences of a side (0 is the source) by sentences of the other; 1 is typical
        of a true link, about 0.5 what unrelated text gives."""
        one, two = self.tables[side], self.tables[1 - side]
        own, other = one.rows(sentences), two.rows(opposite)
        best = np.concatenate(
            [
                one.cosines(own[start : start + _WORDS_AT_ONCE], two, other).max(axis=1)
                for start in range(0, len(own), _WORDS_AT_ONCE)
            ]
        )
        weights = one.weights[own]
        return float((best * weights).sum() / weights.sum()) / self.typical[side]

    def unsaid(self, source: Sequence[int], target: Sequence[int]) -> Unsaid:
        """What some sentences of either side do not have of each other.

        Cosines as they are, not in units of the typical link: how much that lacks is a feature of its
        own, and a text of one sentence has no typical link.
        """
        one, two = self.tables
        rows = one.rows(source), two.rows(target)
        best, back = np.empty(len(rows[0]), np.float32), np.full(len(rows[1]), -2, np.float32)
        match, its = np.empty(len(rows[0]), np.int64), np.zeros(len(rows[1]), np.int64)
        for start in range(0, len(rows[0]), _WORDS_AT_ONCE):
            cosines = one.cosines(rows[0][start : start + _WORDS_AT_ONCE], two, rows[1])
            part = slice(start, start + len(cosines))
            match[part], best[part] = cosines.argmax(axis=1), cosines.max(axis=1)
            column, top = cosines.argmax(axis=0), cosines.max(axis=0)
            better = top > back
            back[better], its[better] = top[better], column[better] + start
        weights = [self._letters(side, rows[side]) for side in (0, 1)]
        lacking = [
            float(np.average(np.maximum(_FAINT - own, 0), weights=weight))
            for own, weight in zip((best, back), weights, strict=True)
        ]
        alone = [its[match] != np.arange(len(match)), match[its] != np.arange(len(its))]
        unmatched = [float(np.average(own, weights=w)) for own, w in zip(alone, weights, strict=True)]
        return Unsaid(min(lacking), max(lacking), sum(unmatched) / 2)

    def _letters(self, side: int, rows: Int64) -> Float64:
        spans = self.tables[side].spans[rows]
        letters: Float64 = np.clip(spans[:, 1] - spans[:, 0], 1, _LONG_WORD).astype(np.float64)
        return letters


@dataclass(frozen=True, slots=True)
class Cells:
    """The pairs of sentences that some blocks are made of.

    Blocks have `shape` (E,), and begin at position `i` (E,) of the sources and `j` of the targets.
    `keys` (cells,) are i * width + j, sorted and each once; `block` and `cell` (T,) say which block
    has which.
    """

    shape: Int64
    i: Int64
    j: Int64
    width: int
    keys: Int64
    block: Int64
    cell: Int64

    @classmethod
    def of(cls, shape: Int64, i: Int64, j: Int64, width: int) -> Cells:
        """Of blocks that begin at (i, j)."""
        sizes = SHAPES[shape]
        counts = sizes.prod(axis=1)
        block = np.repeat(np.arange(len(shape)), counts)
        inside = np.arange(len(block)) - np.repeat(np.cumsum(counts) - counts, counts)
        down, across = np.divmod(inside, sizes[block, 1])
        keys, cell = np.unique((i[block] + down) * width + j[block] + across, return_inverse=True)
        return cls(shape, i, j, width, keys, block, cell)

    def total(self, values: Float32) -> Float32:
        """Sums over each block of what its cells have."""
        result = np.bincount(self.block, values[self.cell], len(self.shape))
        return result.astype(np.float32)

    def find(self, i: Int64, j: Int64) -> Int64:
        """Numbers of cells that exist."""
        return np.searchsorted(self.keys, i * self.width + j)


@dataclass(frozen=True, slots=True)
class Covered:
    """What words say of some blocks: coverage of the source by the target (E,), and back; the least
    that any of its sentences has, where there are several on a side (E,); and for each sentence that
    is in a block the most that a sentence alone covers of it, (n,) and (m,), 0 where it is in none."""

    forth: Float32
    back: Float32
    weakest: Float32
    best: tuple[Float32, Float32]

    @classmethod
    def of(cls, cells: Cells, coverage: Coverage, chosen: tuple[Int64, Int64]) -> Covered:
        """`chosen` are the sentences at the positions of either side."""
        i, j = np.divmod(cells.keys, cells.width)
        numbers = chosen[0][i], chosen[1][j]
        both = _best_matches(coverage.tables, *numbers)
        weakest = np.ones(len(cells.shape), np.float32)
        found, best = [], []
        for side in (0, 1):
            table = coverage.tables[side]
            items, first, size, step = _items(cells, side)
            own = (i if side == 0 else j)[first]
            sentence = chosen[side][own]
            covered = _window(table, sentence, first, size, step, both[side], numbers[side])
            # In units of what true links have; sums are over words by weight.
            covered /= np.float32(coverage.typical[side])
            mass = np.add.reduceat(table.weights, table.starts[:-1])[sentence]
            sums, masses = (np.bincount(items, values, len(cells.shape)) for values in (covered, mass))
            found.append((sums / np.maximum(masses, 1e-6)).astype(np.float32))
            share = (covered / np.maximum(mass, 1e-6)).astype(np.float32)
            multiple = (SHAPES[cells.shape, side] > 1)[items]
            np.minimum.at(weakest, items[multiple], share[multiple])
            alone = np.zeros(len(chosen[side]), np.float32)
            one = size == 1
            np.maximum.at(alone, own[one], share[one])
            best.append(alone)
        return cls(found[0], found[1], weakest, (best[0], best[1]))


def _items(cells: Cells, side: int) -> tuple[Int64, Int64, Int64, Int64]:
    """Each sentence of a side of each block, with the block's other side: the block's number, the
    cell of the sentence with the first one opposite, how many those are; last, for every cell, the
    number of the cell with the next sentence opposite, where blocks have it."""
    sizes = SHAPES[cells.shape]
    counts = sizes[:, side]
    block = np.repeat(np.arange(len(counts)), counts)
    inside = np.arange(len(block)) - np.repeat(np.cumsum(counts) - counts, counts)
    i, j = cells.i[block], cells.j[block]
    first = cells.find(i + inside, j) if side == 0 else cells.find(i, j + inside)
    step = 1 if side == 0 else cells.width
    following = np.minimum(np.searchsorted(cells.keys, cells.keys + step), len(cells.keys) - 1)
    return block, first, sizes[block, 1 - side], following


def _best_matches(tables: tuple[WordTable, WordTable], i: Int64, j: Int64) -> tuple[Float32, Float32]:
    """For pairs of sentences, sorted: for each word of the source sentence its best cosine in the
    target sentence, pair after pair; and for each word of the target sentence."""
    one, two = tables
    if not len(i):
        return np.empty(0, np.float32), np.empty(0, np.float32)
    runs = np.flatnonzero(np.concatenate([[True], (np.diff(i) != 0) | (np.diff(j) != 1)]))
    ends = [*runs[1:].tolist(), len(i)]
    lengths = np.diff(one.starts)[i], np.diff(two.starts)[j]
    offsets = [np.concatenate([[0], np.cumsum(own)]) for own in lengths]
    found = tuple(np.empty(int(own[-1]), np.float32) for own in offsets)
    left_starts, right_starts = one.starts.tolist(), two.starts.tolist()
    into, onto = (own.tolist() for own in offsets)
    sources, targets = i.tolist(), j.tolist()
    for block in range(0, len(runs), _RUNS_AT_ONCE):
        first, last = int(runs[block]), ends[min(block + _RUNS_AT_ONCE, len(runs)) - 1]
        # To floating point once for many: candidates lie near each other on both sides.
        low_i, low_j = sources[first], min(targets[first:last])
        base_i, base_j = left_starts[low_i], right_starts[low_j]
        left = one.vectors[base_i : left_starts[sources[last - 1] + 1]].astype(np.float32)
        # The longer side lies along the rows of the product: its maxima are quicker so.
        right = two.vectors[base_j : right_starts[max(targets[first:last]) + 1]]
        right = right.T.astype(np.float32, order="C")
        for start, end in zip(
            runs[block : block + _RUNS_AT_ONCE].tolist(), ends[block : block + _RUNS_AT_ONCE], strict=True
        ):
            row, low, high = sources[start], targets[start], targets[end - 1] + 1
            rows = slice(left_starts[row] - base_i, left_starts[row + 1] - base_i)
            columns = slice(right_starts[low] - base_j, right_starts[high] - base_j)
            cosines = left[rows] @ right[:, columns]
            if high - low == 1:
                found[0][into[start] : into[end]] = cosines.max(axis=1)
            else:
                by_sentence = np.maximum.reduceat(cosines, two.starts[low:high] - right_starts[low], axis=1)
                found[0][into[start] : into[end]] = by_sentence.T.ravel()
            cosines.max(axis=0, out=found[1][onto[start] : onto[end]])
    return found[0] * np.float32(PRODUCT_UNIT), found[1] * np.float32(PRODUCT_UNIT)


def _window(
    table: WordTable,
    sentence: Int64,
    first: Int64,
    size: Int64,
    following: Int64,
    best: Float32,
    owner: Int64,
) -> Float32:
    """For each item, the sum over its sentence's words, by weight, of the best match in `size` cells
    from `first` on. `best` has the words of the sentences `owner`, cell after cell."""
    lengths = np.diff(table.starts)
    offsets = np.concatenate([[0], np.cumsum(lengths[owner])])
    # Blocks that overlap ask the same: half of the items are there once more.
    largest = int(SHAPES.max())
    _, where, again = np.unique(first * (largest + 1) + size, return_index=True, return_inverse=True)
    result = np.empty(len(where), np.float32)
    for start in range(0, len(where), _ITEMS_AT_ONCE):
        part = where[start : start + _ITEMS_AT_ONCE]
        own, cell, wide = sentence[part], first[part], size[part]
        counts = lengths[own]
        begins = np.cumsum(counts) - counts
        item = np.repeat(np.arange(len(part)), counts)
        word = np.arange(len(item)) - begins[item]
        values = best[offsets[cell][item] + word]
        for further in range(1, largest):
            wider = wide > further
            if not wider.any():
                break
            cell = np.where(wider, following[cell], cell)
            at = np.flatnonzero(wider[item])
            values[at] = np.maximum(values[at], best[offsets[cell][item[at]] + word[at]])
        values *= table.weights[table.starts[own][item] + word]
        result[start : start + _ITEMS_AT_ONCE] = np.add.reduceat(values, begins)
    return result[again]
