"""What speaks for every block and every null in a band, as named figures.

Everything is computed for the sentences once and added up for the blocks: the product of two block
vectors is the sum of the products of their sentences', and a block's words are covered as well as
the best of the sentences opposite covers each. Arrays are (rows, shapes, width), like the lattice's
nodes; where no block can end they hold what happens to be there, and `possible` is False.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mlcheck.align.band import SHAPES, Band
from mlcheck.align.coverage import Coverage
from mlcheck.align.dynamic import Pair
from mlcheck.align.similarity import Side, Similarity
from mlcheck.data import Document

__all__ = ["BLOCK_FIGURES", "NULL_FIGURES", "Figures"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

BLOCK_FIGURES = (
    "similarity",
    "below_typical",
    "far_below_typical",
    "length_ratio",
    "length_distance",
    "length_distance_squared",
    "least_gain",
    "largest_gain",
    "similarity_by_size",
    "figures_shared",
    "figures_unshared",
    "ends",
    "begins",
    "apart",
    "headlines",
    "lone_headline",
    "coverage",
    "least_coverage",
    "low_coverage",
    "weakest_member",
    "weak_member",
    "coverage_by_size",
)
NULL_FIGURES = ("alone", "best", "good", "size", "best_coverage", "good_coverage")

_LARGEST = int(SHAPES.max())
_CHUNK = 16
_BLANK = 0.5


@dataclass(frozen=True)
class _Half:
    """One side's blocks by size and first position: norms, hubs and lengths, each (sizes, n)."""

    vectors: Floats
    norms: Floats
    hubs: Floats
    lengths: Floats

    @classmethod
    def of(cls, side: Side, chosen: Ints, scale: float) -> _Half:
        lengths = side.lengths[1][chosen]
        vectors = side.vectors[1][chosen] * (lengths * side.norms[chosen])[:, None]
        n = len(chosen)
        sums = np.vstack([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0)])
        totals = np.concatenate([[0.0], np.cumsum(lengths)])
        on_mean = np.concatenate([[0.0], np.cumsum(vectors @ side.mean)])
        norms, hubs, sizes = (np.ones((_LARGEST + 1, n + 1), np.float32) for _ in range(3))
        for k in range(1, min(_LARGEST, n) + 1):
            norms[k, : n - k + 1] = np.maximum(np.linalg.norm(sums[k:] - sums[:-k], axis=1), 1e-9)
            hubs[k, : n - k + 1] = (on_mean[k:] - on_mean[:-k]) / norms[k, : n - k + 1]
            sizes[k, : n - k + 1] = (totals[k:] - totals[:-k]) * scale
        return cls(vectors.astype(np.float32), norms, np.clip(hubs, -0.5, 0.5), sizes)


class Figures:
    """Figures of all blocks and nulls in a band between two documents."""

    def __init__(
        self,
        band: Band,
        similarity: Similarity,
        coverage: Coverage | None,
        documents: tuple[Document, Document],
        links: Sequence[Pair],
        moved: tuple[Sequence[int], Sequence[int]] = ((), ()),
    ) -> None:
        """`links` are those of the first pass: of its one-to-one links it is learned which
        punctuation answers which. Sentences between which there are only `moved` ones are
        neighbours."""
        self._ranks = tuple(
            np.arange(len(d.sentences))
            - np.searchsorted(np.sort(np.array(gone, np.int64)), np.arange(len(d.sentences)))
            for d, gone in zip(documents, moved, strict=True)
        )
        self._band, self._similarity, self._coverage = band, similarity, coverage
        self._documents, self._links = documents, links
        lattice = band.lattice
        self._rows, self._width = lattice.rows, lattice.width
        self._lay_cells()
        # Both sides are brought to the lengths half-way between the languages, so that no side is
        # the measure of the other.
        scale = similarity.expansion**0.5
        self._source = _Half.of(similarity.source, band.source, 1 / scale)
        self._target = _Half.of(similarity.target, band.target, scale)

    def _lay_cells(self) -> None:
        """A cell is a source sentence (the one above a row) and a target sentence. `_first` is the
        target position of a row's first cell, `_cells` their number."""
        lattice = self._band.lattice
        starts = lattice.starts[lattice.stretch]
        last = lattice.last[lattice.stretch]
        rows = np.arange(self._rows)
        self._first = lattice.first[np.maximum(rows - _LARGEST, starts)]
        end = lattice.first[np.minimum(rows + _LARGEST - 1, last)] + self._width
        self._cells = max(int((end - self._first).max()), _LARGEST + 1)
        self._has_source = lattice.step > 0
        self._above = np.where(self._has_source, self._band.position - 1, 0)
        self._column = self._first[:, None] + np.arange(self._cells)
        count = len(self._band.target)
        inside = (self._column < count) & self._has_source[:, None]
        self._inside: Flags = inside
        self._safe_column = np.clip(self._column, 0, max(count - 1, 0))

    # What can be ------------------------------------------------------------------------------

    @cached_property
    def possible(self) -> Flags:
        """Blocks that lie in one stretch of either text, and begin at a node of the band."""
        band, lattice = self._band, self._band.lattice
        good = lattice.before < self._rows * self._width
        good &= (band.columns <= band.limit[:, None])[:, None, :]
        for k, (a, c) in enumerate(SHAPES):
            good[:, k] &= _neighbours(self._ranks[0][band.source], band.position - a, a)[:, None]
            good[:, k] &= _neighbours(self._ranks[1][band.target], band.columns - c, c)
        result: Flags = good
        return result

    @cached_property
    def null_possible(self) -> Flags:
        """(rows, width): is there a target sentence before the node, in its row's stretch?"""
        result: Flags = self._band.columns <= self._band.limit[:, None]
        result[:, 0] = False
        return result

    # Blocks -----------------------------------------------------------------------------------

    def blocks(self) -> Iterator[tuple[str, Floats]]:
        """Every figure of `BLOCK_FIGURES`, without those of the words where there are none. One at
        a time, for together they are large."""
        similar, size = self._similar, (SHAPES.sum(axis=1) - 2).astype(np.float32)[None, :, None]
        yield "similarity", similar
        yield "below_typical", np.maximum(0.6 - similar, 0)
        yield "far_below_typical", np.maximum(0.3 - similar, 0)
        yield "similarity_by_size", (similar - np.float32(0.6)) * size
        ratio, distance = self._length_figures()
        yield "length_ratio", ratio
        yield "length_distance", distance
        yield "length_distance_squared", np.minimum(distance**2, 6)
        least, largest = self._gains()
        yield "least_gain", least
        yield "largest_gain", largest
        shared, unshared = self._shared_figures()
        yield "figures_shared", np.minimum(shared, 3)
        yield "figures_unshared", np.minimum(unshared, 4)
        yield "ends", self._punctuation(_ending, last=True)
        yield "begins", self._punctuation(_beginning, last=False)
        yield "apart", self._apart()
        yield from self._headlines().items()
        if self._coverage is not None:
            yield from self._coverage_figures(size)

    @cached_property
    def _products(self) -> Floats:
        """(rows, cells): products of the sentences' weighted vectors."""
        left, right = self._source.vectors, self._target.vectors
        result = np.zeros((self._rows, self._cells), np.float32)
        for rows, low, high in self._chunks():
            part = left[self._above[rows]] @ right[low:high].T
            result[rows] = np.take_along_axis(part, self._safe_column[rows] - low, axis=1)
        return np.where(self._inside, result, 0)

    def _chunks(self):  # type: ignore[no-untyped-def]
        """Rows, and the range of target positions that their cells span."""
        count = len(self._band.target)
        for start in range(0, self._rows, _CHUNK):
            rows = slice(start, min(start + _CHUNK, self._rows))
            low = int(self._safe_column[rows, 0].min())
            yield rows, low, min(int(self._safe_column[rows].max()) + 1, count)

    @cached_property
    def _similar(self) -> Floats:
        result = np.empty((self._rows, len(SHAPES), self._width), np.float32)
        sums = {c: _windows(self._products, c) for c in sorted(set(SHAPES[:, 1].tolist()))}
        for k, (a, c) in enumerate(SHAPES.tolist()):
            product = self._over_rows(sums[c], a, c)
            i, j = self._begin(a, c)
            s, t = self._source, self._target
            cosine = product / (s.norms[a, i][:, None] * t.norms[c, j])
            mu = (s.hubs[a, i][:, None] + t.hubs[c, j]) / 2
            result[:, k] = (cosine - mu) / (1 - mu)
        return result / np.float32(self._similarity.typical)

    def _begin(self, a: int, c: int) -> tuple[Ints, Ints]:
        """Positions at which blocks begin, (rows,) and (rows, width), made harmless where none can."""
        i = np.clip(self._band.position - a, 0, len(self._band.source))
        j = np.clip(self._band.columns - c, 0, len(self._band.target))
        return i, j

    def _over_rows(self, cells: Floats, a: int, c: int, plus: np.ufunc = np.add) -> Floats:
        """From figures of (source sentence, window of `c` targets) to those of blocks: the sum (or
        `plus`) over the block's `a` source sentences; (rows, width)."""
        result = None
        begin = self._band.columns - c
        for up in range(a):
            rows = np.maximum(np.arange(self._rows) - up, 0)
            at = np.clip(begin - self._first[rows][:, None], 0, cells.shape[1] - 1)
            part = np.take_along_axis(cells[rows], at, axis=1)
            result = part if result is None else plus(result, part)
        assert result is not None
        return result

    def _length_figures(self) -> tuple[Floats, Floats]:
        ratio, distance = (np.empty((self._rows, len(SHAPES), self._width), np.float32) for _ in range(2))
        for k, (a, c) in enumerate(SHAPES.tolist()):
            i, j = self._begin(a, c)
            left, right = self._source.lengths[a, i][:, None], self._target.lengths[c, j]
            ratio[:, k] = np.log2(1 + np.minimum(left, right) / np.maximum(left, right))
            # Gale and Church (1993): the difference grows with the root of the length; 6 is their
            # variance a character, rounded.
            distance[:, k] = np.abs(left - right) / np.sqrt(6 * (left + right))
        return ratio, np.minimum(distance, 4.5)

    def _gains(self) -> tuple[Floats, Floats]:
        """What similarity gains by the sentences at the edges of a block: the least, the largest."""
        similar = np.concatenate(
            [self._similar.transpose(1, 0, 2).reshape(len(SHAPES), -1), np.zeros((len(SHAPES), 1))], axis=1
        )
        number = {(a, c): k for k, (a, c) in enumerate(SHAPES.tolist())}
        lattice = self._band.lattice
        here = np.arange(self._rows * self._width).reshape(self._rows, self._width)
        up = lattice.at_offset(-1, 0)
        left = lattice.at_offset(0, -1)
        least, largest = (np.zeros((self._rows, len(SHAPES), self._width), np.float32) for _ in range(2))
        for (a, c), k in number.items():
            options = []
            if a > 1:
                options += [similar[number[a - 1, c]][up], similar[number[a - 1, c]][here]]
            if c > 1:
                options += [similar[number[a, c - 1]][left], similar[number[a, c - 1]][here]]
            if options:
                gains = self._similar[:, k] - np.stack(options)
                least[:, k], largest[:, k] = gains.min(axis=0), gains.max(axis=0)
        return least, largest

    def _apart(self) -> Floats:
        """Paragraph ends inside a block: 0, 1, or 2 where both sides have one."""
        result = np.zeros((self._rows, len(SHAPES), self._width), np.float32)
        for side, (document, chosen) in enumerate(
            zip(self._documents, (self._band.source, self._band.target), strict=True)
        ):
            numbers = np.array([sentence.paragraph for sentence in document.sentences])
            if len(set(numbers.tolist())) == len(numbers):
                continue  # A sentence a paragraph: its ends say nothing.
            own = numbers[chosen]
            for k, shape in enumerate(SHAPES.tolist()):
                begin = self._begin(*shape)[side]
                last = np.clip(begin + shape[side] - 1, 0, len(own) - 1)
                apart = own[np.clip(begin, 0, len(own) - 1)] != own[last]
                result[:, k] += apart if side else apart[:, None]
        return result

    # Letters, figures and signs ---------------------------------------------------------------

    def _texts(self) -> tuple[list[str], list[str]]:
        pairs = zip(self._documents, (self._band.source, self._band.target), strict=True)
        one, two = ([d.sentences[i].text for i in chosen.tolist()] for d, chosen in pairs)
        return one, two

    def _headlines(self) -> dict[str, Floats]:
        """A headline says what the lede says. Where both texts begin with one, they belong together:
        1 for a block that has both, -1 for one that has just one of them. Where one text has none,
        the other's headline is missing however well it fits the lede: 1 for its blocks."""
        own = [
            bool(d.sentences) and len(chosen) > 0 and chosen[0] == 0 and _is_title(d.sentences[0].text)
            for d, chosen in zip(self._documents, (self._band.source, self._band.target), strict=True)
        ]
        shape = (self._rows, len(SHAPES), self._width)
        pair, lone = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        for k, (a, c) in enumerate(SHAPES.tolist()):
            i, j = self._begin(a, c)
            one = np.broadcast_to((i == 0)[:, None] & own[0], j.shape)
            two = (j == 0) & own[1]
            if all(own):
                pair[:, k] = np.where(one & two, 1.0, np.where(one | two, -1.0, 0.0))
            else:
                lone[:, k] = one | two
        return {"headlines": pair, "lone_headline": lone}

    def _shared_figures(self) -> tuple[Floats, Floats]:
        """Numbers in digits that both sides of a block have, and those that one has alone. Names
        were tried in the same way, and bought nothing."""
        one, two = ([_figures_of(text) for text in texts] for texts in self._texts())
        cells = np.zeros((self._rows, self._cells), np.float32)
        having = np.array([bool(tokens) for tokens in two])
        rows, columns = np.nonzero(
            self._inside
            & np.array([bool(tokens) for tokens in one])[self._above][:, None]
            & having[self._safe_column]
        )
        for row, y in zip(rows.tolist(), columns.tolist(), strict=True):
            mine, other = one[self._above[row]], two[self._first[row] + y]
            cells[row, y] = sum(min(count, other[token]) for token, count in mine.items() if token in other)
        totals = [
            np.concatenate([[0.0], np.cumsum([sum(t.values()) for t in side])]).astype(np.float32)
            for side in (one, two)
        ]
        shared, unshared = (np.empty((self._rows, len(SHAPES), self._width), np.float32) for _ in range(2))
        for k, (a, c) in enumerate(SHAPES.tolist()):
            i, j = self._begin(a, c)
            left = (totals[0][np.minimum(i + a, len(one))] - totals[0][i])[:, None]
            right = totals[1][np.minimum(j + c, len(two))] - totals[1][j]
            both = np.minimum(self._over_rows(_windows(cells, c), a, c), np.minimum(left, right))
            shared[:, k], unshared[:, k] = both, left + right - 2 * both
        return shared, unshared

    def _punctuation(self, kind: Callable[[str], int], *, last: bool) -> Floats:
        """How much more often than by chance these two signs stand for each other, in these very
        texts: the logarithm, by the first pass's one-to-one links. Where every sentence ends in a
        full stop it says nothing, and in prose that is cut at semicolons a good deal."""
        every = [[kind(sentence.text) for sentence in d.sentences] for d in self._documents]
        pairs = [(every[0][a[0]], every[1][c[0]]) for a, c in self._links if len(a) == 1 == len(c)]
        table = _association(every, pairs)
        one, two = (
            np.array(own)[chosen]
            for own, chosen in zip(every, (self._band.source, self._band.target), strict=True)
        )
        result = np.empty((self._rows, len(SHAPES), self._width), np.float32)
        for k, (a, c) in enumerate(SHAPES.tolist()):
            i, j = self._begin(a, c)
            if last:
                i, j = i + a - 1, j + c - 1
            left, right = one[np.clip(i, 0, len(one) - 1)], two[np.clip(j, 0, len(two) - 1)]
            result[:, k] = table[left[:, None], right]
        return result

    # Words ------------------------------------------------------------------------------------

    @cached_property
    def _covered(self) -> tuple[dict[int, Floats], dict[int, Floats], Floats, Floats]:
        """How much of each sentence's words, by weight, windows opposite cover.

        First by number of targets in the window, (rows, cells): the source sentence above the row,
        by the targets from a cell on. Then by number of sources, (rows, cells): the target sentence
        of a cell, by the sources that end above the row. Both in units of what true links have;
        last the weights of either side's sentences.
        """
        assert self._coverage is not None
        band = self._band
        one, two = self._coverage.half(0, band.source), self._coverage.half(1, band.target)
        rows, cells = self._rows, self._cells
        first: dict[int, Floats] = {c: np.zeros((rows, cells), np.float32) for c in range(1, _LARGEST + 1)}
        second: dict[int, Floats] = {a: np.zeros((rows, cells), np.float32) for a in range(1, _LARGEST + 1)}
        spread = np.arange(cells)
        for part, low, high in self._chunks():
            start = part.start
            # Rows above reach into the chunk before: windows of sources need up to four of those.
            earlier = max(start - (_LARGEST - 1), 0)
            numbers = np.arange(earlier, part.stop)
            numbers = numbers[self._has_source[numbers]]
            if not len(numbers) or high <= low:
                continue
            sources = self._above[numbers]
            left, left_starts, left_words = one.take(sources)
            right, right_starts, right_words = two.take(np.arange(low, high))
            cosines = left @ right.T
            by_sentence = np.maximum.reduceat(cosines, right_starts, axis=1)
            by_source = np.maximum.reduceat(cosines, left_starts, axis=0)
            for c in range(1, _LARGEST + 1):
                if c > 1:
                    by_sentence = by_sentence.copy()
                    by_sentence[:, :-1] = np.maximum(by_sentence[:, :-1], base[:, 1:])
                base = by_sentence
                weighted = np.add.reduceat(by_sentence * left_words[:, None], left_starts, axis=0)
                at = np.clip(self._first[numbers][:, None] + spread - low, 0, high - low - 1)
                values = np.take_along_axis(weighted, at, axis=1)
                fresh = numbers >= start
                first[c][numbers[fresh]] = values[fresh]
            window = by_source
            for a in range(1, _LARGEST + 1):
                if a > 1:
                    window = window.copy()
                    window[a - 1 :] = np.maximum(window[a - 1 :], by_source[: max(len(by_source) - a + 1, 0)])
                weighted = np.add.reduceat(window * right_words[None, :], right_starts, axis=1)
                at = np.clip(self._first[numbers][:, None] + spread - low, 0, high - low - 1)
                values = np.take_along_axis(weighted, at, axis=1)
                fresh = numbers >= start
                second[a][numbers[fresh]] = values[fresh]
        unit = self._coverage.typical
        for c in first:
            first[c] = np.where(self._inside, first[c], 0) / np.float32(unit[0])
            second[c] = np.where(self._inside, second[c], 0) / np.float32(unit[1])
        return first, second, one.totals, two.totals

    def _coverage_figures(self, size: Floats) -> Iterator[tuple[str, Floats]]:
        first, second, weight_one, weight_two = self._covered
        shape = (self._rows, len(SHAPES), self._width)
        forth, back, weakest = (
            np.empty(shape, np.float32),
            np.empty(shape, np.float32),
            np.ones(shape, np.float32),
        )
        sums = [np.concatenate([[0.0], np.cumsum(w)]).astype(np.float32) for w in (weight_one, weight_two)]
        own_weight = weight_one[self._above][:, None]
        column_weight = weight_two[self._safe_column]
        for k, (a, c) in enumerate(SHAPES.tolist()):
            i, j = self._begin(a, c)
            i2, j2 = np.minimum(i + a, len(weight_one)), np.minimum(j + c, len(weight_two))
            left = np.maximum(sums[0][i2] - sums[0][i], 1e-6)[:, None]
            right = np.maximum(sums[1][j2] - sums[1][j], 1e-6)
            forth[:, k] = self._over_rows(first[c], a, c) / left
            back[:, k] = self._at_row(_windows(second[a], c), c) / right
            if a > 1:
                weakest[:, k] = self._over_rows(first[c] / own_weight, a, c, np.minimum)
            if c > 1:
                members = _windows(second[a] / column_weight, c, np.minimum)
                weakest[:, k] = np.minimum(weakest[:, k], self._at_row(members, c))
        multiple = (SHAPES.max(axis=1) > 1)[None, :, None]
        both, least = forth + back, np.minimum(forth, back)
        yield "coverage", both
        yield "least_coverage", least
        yield "low_coverage", np.maximum(0.8 - least, 0)
        yield "weakest_member", np.where(multiple, weakest, 0)
        yield "weak_member", np.maximum(0.75 - weakest, 0) * multiple
        yield "coverage_by_size", (both / 2 - np.float32(0.85)) * size

    def _at_row(self, cells: Floats, c: int) -> Floats:
        """Figures of (row, window of `c` targets) at the nodes where such windows end."""
        at = np.clip(self._band.columns - c - self._first[:, None], 0, cells.shape[1] - 1)
        return np.take_along_axis(cells, at, axis=1)

    # Nulls ------------------------------------------------------------------------------------

    def nulls(self) -> tuple[dict[str, Floats], dict[str, Floats]]:
        """Every figure of `NULL_FIGURES`: of the source sentence above each row, (rows,), and of each
        target position, (targets,)."""
        single = self._single_similarity()
        found = []
        columns = np.where(self._inside, self._column, 0)
        for side in (0, 1):
            if side == 0:
                best = single.max(axis=1)
                lengths = self._source.lengths[1][self._above]
            else:
                best = np.full(len(self._band.target), -1.0, np.float32)
                np.maximum.at(best, columns, np.where(self._inside, single, -1.0))
                lengths = self._target.lengths[1][: len(self._band.target)]
            figures = {
                "alone": np.ones_like(best),
                "best": np.minimum(best, 1.2),
                "good": np.maximum(best - 0.5, 0),
                "size": np.log(np.maximum(lengths, 2)) - np.float32(4.3),
            }
            if self._coverage is not None:
                coverage = self._null_coverage(side, columns)
                figures |= {"best_coverage": coverage, "good_coverage": np.maximum(coverage - 0.8, 0)}
            found.append(figures)
        return found[0], found[1]

    def _single_similarity(self) -> Floats:
        s, t = self._source, self._target
        cosine = self._products / (s.norms[1][self._above][:, None] * t.norms[1][self._safe_column])
        mu = (s.hubs[1][self._above][:, None] + t.hubs[1][self._safe_column]) / 2
        result = (cosine - mu) / (1 - mu) / np.float32(self._similarity.typical)
        return np.where(self._inside, result, -1.0).astype(np.float32)

    def _null_coverage(self, side: int, columns: Ints) -> Floats:
        first, second, one, two = self._covered
        if side == 0:
            result: Floats = first[2].max(axis=1) / one[self._above]
            return result
        best = np.zeros(len(self._band.target), np.float32)
        np.maximum.at(best, columns, np.where(self._inside, second[2], 0))
        return best / two


def _windows(cells: Floats, c: int, plus: np.ufunc = np.add) -> Floats:
    """Sums (or `plus`) over `c` neighbouring cells, by the first of them."""
    result = cells[:, : cells.shape[1] - c + 1].copy()
    for shift in range(1, c):
        plus(result, cells[:, shift : cells.shape[1] - c + 1 + shift], out=result)
    return result


def _neighbours(numbers: Ints, begin: Ints, size: int) -> Flags:
    """Are `size` positions from `begin` on neighbours in the text?"""
    count = len(numbers)
    good = (begin >= 0) & (begin + size <= count)
    safe = np.clip(begin, 0, max(count - size, 0))
    result: Flags = good & (numbers[np.minimum(safe + size - 1, count - 1)] - numbers[safe] == size - 1)
    return result


_FIGURES = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")


def _figures_of(text: str) -> Counter[str]:
    """Numbers in digits, without what separates their groups."""
    return Counter(re.sub(r"\D", "", figure) for figure in _FIGURES.findall(text))


_QUOTES = "\"'«»„“”‚‘’"
_ENDINGS = {
    ".": 0,
    "。": 0,
    "?": 1,
    "？": 1,
    "!": 2,
    "！": 2,
    ":": 3,
    "：": 3,
    ";": 4,
    "；": 4,
    ",": 5,
    "…": 6,
}


def _is_title(text: str) -> bool:
    return text.rstrip(" )" + _QUOTES)[-1:].isalnum()


def _ending(text: str) -> int:
    """The kind of sign that a sentence ends in; 8 more where a quotation ends with it."""
    bare = text.rstrip(" )" + _QUOTES)
    return _ENDINGS.get(bare[-1:], 7) + 8 * (text.rstrip()[-1:] in _QUOTES + ")")


def _beginning(text: str) -> int:
    first = text.lstrip()[:1]
    if first.isupper():
        return 0
    if first.islower():
        return 1
    if first.isdigit():
        return 2
    if first in "-–—":
        return 3
    return 4 if first in _QUOTES else 5


_KINDS = 16
_PRIOR = 8.0
"""One-to-one links' worth of the belief that signs are independent."""


def _association(every: Sequence[Sequence[int]], pairs: Sequence[tuple[int, int]]) -> Floats:
    counts = np.zeros((_KINDS, _KINDS))
    for pair in pairs:
        counts[pair] += 1
    left, right = (np.bincount(own, minlength=_KINDS) / len(own) for own in every)
    expected = np.outer(left, right)
    joint = (counts + _PRIOR * expected) / (len(pairs) + _PRIOR)
    with np.errstate(divide="ignore", invalid="ignore"):
        result = np.log(joint / expected)
    return np.clip(np.where(np.isfinite(result), result, 0.0), -3, 3).astype(np.float32)
