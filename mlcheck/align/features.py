"""What speaks for each block and each null that has a chance, as named features.

The blocks come from the first, small model (`chunks.py`): nine or ten a sentence. Here each is
asked about everything that is known: similarity and lengths, what its sentences at the edges add,
numbers, punctuation, paragraph ends, headlines, and the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlcheck.align.chunks import plain_features
from mlcheck.align.coverage import Cells, Coverage, Covered
from mlcheck.align.lattice import SHAPES
from mlcheck.align.similarity import Track
from mlcheck.data import Document, Float32, Float64, Int64

__all__ = ["BLOCK_FEATURES", "NULL_FEATURES", "WORD_FEATURES", "Candidates", "Features", "Habits"]


BLOCK_FEATURES = (
    "similarity",
    "below_typical",
    "far_below_typical",
    "similarity_by_size",
    "ratio",
    "distance",
    "root_distance",
    "covered_less",
    "least_gain",
    "largest_gain",
    "figures_shared",
    "figures_unshared",
    "ends",
    "begins",
    "apart",
    "headlines",
    "lone_headline",
    "merging",
    "coverage",
    "least_coverage",
    "low_coverage",
    "weakest_member",
    "weak_member",
    "coverage_by_size",
    "below_level",
    "low_coverage_level",
)
NULL_FEATURES = ("alone", "best", "good", "size", "gaps", "level", "best_coverage", "good_coverage")
WORD_FEATURES = frozenset(
    name for name in (*BLOCK_FEATURES, *NULL_FEATURES) if "cover" in name or "weak" in name
)

_FEW_LINKS = 20.0
"""Links' worth of the belief that a text merges, and lacks, as much as the texts of the fit did."""
_MERGED, _LACKING, _NEAR = 0.1, 0.06, 0.55
"""Shares of blocks of several sentences, and of sentences without counterpart, in those; and the
similarity of their typical link."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Blocks that have a chance: `shape` (E,), positions `i`, `j` (E,) at which they begin,
    `similar` in units of the typical link, and the least and the largest that this gains by a
    sentence at an edge. `best` (n,), (m,) is each sentence's best similarity to one of the other
    side's in its chunk."""

    shape: Int64
    i: Int64
    j: Int64
    similar: Float32
    least_gain: Float32
    largest_gain: Float32
    best: tuple[Float32, Float32]


@dataclass(frozen=True, slots=True)
class Habits:
    """How this pair of texts goes together, as the first model sees it: its sure one-to-one links,
    as positions; how many blocks it has, and how many of several sentences; how many sentences, and
    how many of them alone; the similarity of its typical link."""

    single: Sequence[tuple[int, int]]
    blocks: float
    merged: float
    sentences: float
    alone: float
    typical: float

    def far(self) -> float:
        """How far is the typical link from that of near languages and close translation? Where a
        translation is free, or the encoder knows a language badly, little similarity is no sign
        that something is missing."""
        return _NEAR - self.typical

    def merging(self) -> float:
        """Do these texts merge sentences more (above 0) or less often than others?"""
        return float(np.log((self.merged + _FEW_LINKS * _MERGED) / (self.blocks + _FEW_LINKS) / _MERGED))

    def lacking(self) -> float:
        """Do they lack sentences more or less often?"""
        return float(np.log((self.alone + _FEW_LINKS * _LACKING) / (self.sentences + _FEW_LINKS) / _LACKING))


class Features:
    """Features of all candidates between two documents."""

    def __init__(
        self,
        candidates: Candidates,
        tracks: tuple[Track, Track],
        coverage: Coverage | None,
        documents: tuple[Document, Document],
        habits: Habits,
    ) -> None:
        self._candidates, self._tracks, self._documents = candidates, tracks, documents
        self._coverage, self._habits = coverage, habits
        sizes = SHAPES[candidates.shape]
        self._begins = candidates.i, candidates.j
        self._ends = candidates.i + sizes[:, 0], candidates.j + sizes[:, 1]
        self._sizes = sizes
        self._cells = Cells.of(candidates.shape, candidates.i, candidates.j, len(tracks[1].sentences))

    # Blocks -----------------------------------------------------------------------------------

    def blocks(self) -> Iterator[tuple[str, Float32]]:
        """Every feature of `BLOCK_FEATURES`, (E,), without those of words where there are none."""
        plain = self._plain()
        yield from plain.items()
        yield "below_level", plain["below_typical"] * np.float32(self._habits.far())
        yield "root_distance", np.sqrt(plain["distance"])
        yield "least_gain", self._candidates.least_gain
        yield "largest_gain", self._candidates.largest_gain
        shared, unshared = self._shared_numbers()
        yield "figures_shared", np.minimum(shared, 3)
        yield "figures_unshared", np.minimum(unshared, 4)
        yield "ends", self._punctuation(_ending, last=True)
        yield "begins", self._punctuation(_beginning, last=False)
        yield "apart", self._apart()
        yield from self._headlines().items()
        yield "merging", np.where(self._sizes.max(axis=1) > 1, np.float32(self._habits.merging()), 0)
        if self._covered is not None:
            yield from self._coverage_features(self._covered).items()

    def _plain(self) -> dict[str, Float32]:
        left, right = (
            track.lengths[self._sizes[:, side], self._ends[side]] for side, track in enumerate(self._tracks)
        )
        features = plain_features(self._candidates.similar, left, right, 1, 1)
        size = (self._sizes.sum(axis=1) - 2).astype(np.float32)
        return {**features, "similarity_by_size": (self._candidates.similar - np.float32(0.6)) * size}

    def _apart(self) -> Float32:
        """Paragraph ends inside a block: 0, 1, or 2 where both sides have one."""
        result = np.zeros(len(self._sizes), np.float32)
        for side, document in enumerate(self._documents):
            numbers = np.array([sentence.paragraph for sentence in document.sentences])
            if len(set(numbers.tolist())) == len(numbers):
                continue  # A sentence a paragraph: its ends say nothing.
            own = numbers[self._tracks[side].sentences]
            result += own[self._begins[side]] != own[self._ends[side] - 1]
        return result

    # Letters, digits and signs ---------------------------------------------------------------

    def _texts(self, side: int) -> list[str]:
        sentences = self._documents[side].sentences
        return [sentences[i].text for i in self._tracks[side].sentences.tolist()]

    def _headlines(self) -> dict[str, Float32]:
        """A headline says what the lede says. Where both texts begin with one, they belong together:
        1 for a block that has both, -1 for one that has just one of them. Where one text has none,
        the other's headline is missing however well it fits the lede: 1 for its blocks."""
        own = [
            bool(len(track.sentences)) and track.sentences[0] == 0 and _is_title(document.sentences[0].text)
            for document, track in zip(self._documents, self._tracks, strict=True)
        ]
        one, two = ((self._begins[side] == 0) & own[side] for side in (0, 1))
        pair = lone = np.zeros(len(self._sizes), np.float32)
        if all(own):
            pair = np.where(one & two, 1.0, np.where(one | two, -1.0, 0.0)).astype(np.float32)
        else:
            lone = (one | two).astype(np.float32)
        return {"headlines": pair, "lone_headline": lone}

    def _shared_numbers(self) -> tuple[Float32, Float32]:
        """Numbers in digits that both sides of a block have, and those that one has alone. Names
        were tried in the same way, and bought nothing."""
        one, two = ([_numbers_in(text) for text in self._texts(side)] for side in (0, 1))
        i, j = np.divmod(self._cells.keys, self._cells.width)
        having = [np.array([bool(tokens) for tokens in own]) for own in (one, two)]
        values = np.zeros(len(i), np.float32)
        for at in np.flatnonzero(having[0][i] & having[1][j]).tolist():
            mine, other = one[i[at]], two[j[at]]
            values[at] = sum(min(count, other[token]) for token, count in mine.items() if token in other)
        left, right = (
            _inside(
                np.array([sum(t.values()) for t in own], np.float32), self._begins[side], self._ends[side]
            )
            for side, own in enumerate((one, two))
        )
        both = np.minimum(self._cells.total(values), np.minimum(left, right))
        return both, left + right - 2 * both

    def _punctuation(self, kind: Callable[[str], int], *, last: bool) -> Float32:
        """How much more often than by chance these two signs stand for each other, in these very
        texts: the logarithm, by the sure one-to-one links. Where every sentence ends in a full stop
        it says nothing, and in prose that is cut at semicolons a good deal."""
        one, two = (np.array([kind(text) for text in self._texts(side)]) for side in (0, 1))
        table = _association(one, two, self._habits.single)
        i, j = (end - 1 for end in self._ends) if last else self._begins
        result: Float32 = table[one[i], two[j]]
        return result

    # Words ------------------------------------------------------------------------------------

    @cached_property
    def _covered(self) -> Covered | None:
        if self._coverage is None:
            return None
        one, two = (track.sentences for track in self._tracks)
        return Covered.of(self._cells, self._coverage, (one, two))

    def _coverage_features(self, covered: Covered) -> dict[str, Float32]:
        both, least = covered.forth + covered.back, np.minimum(covered.forth, covered.back)
        multiple = self._sizes.max(axis=1) > 1
        return {
            "coverage": both,
            "least_coverage": least,
            "covered_less": np.abs(covered.forth - covered.back),
            "low_coverage": np.maximum(np.float32(0.8) - least, 0),
            "weakest_member": np.where(multiple, covered.weakest, 0),
            "weak_member": np.maximum(np.float32(0.75) - covered.weakest, 0) * multiple,
            "low_coverage_level": np.maximum(np.float32(0.8) - least, 0) * np.float32(self._habits.far()),
            "coverage_by_size": (both / 2 - np.float32(0.85)) * (self._sizes.sum(axis=1) - 2),
        }

    # Nulls ------------------------------------------------------------------------------------

    def nulls(self) -> tuple[dict[str, Float64], dict[str, Float64]]:
        """Every feature of `NULL_FEATURES`, of the sentences of either side."""
        found = []
        for side, track in enumerate(self._tracks):
            best = self._candidates.best[side].astype(np.float64)
            features = {
                "alone": np.ones_like(best),
                "best": np.minimum(best, 1.2),
                "good": np.maximum(best - 0.5, 0),
                "size": np.log(np.maximum(track.lengths[1, 1:], 2.0)) - 4.3,
                "gaps": np.full_like(best, self._habits.lacking()),
                "level": np.full_like(best, self._habits.far()),
            }
            if self._covered is not None:
                covered = self._covered.best[side].astype(np.float64)
                features |= {"best_coverage": covered, "good_coverage": np.maximum(covered - 0.8, 0)}
            found.append(features)
        return found[0], found[1]


def _inside(values: Float32, begin: Int64, end: Int64) -> Float32:
    """Sums from `begin` up to `end`."""
    sums = np.concatenate([[0], np.cumsum(values)]).astype(np.float32)
    result: Float32 = sums[end] - sums[begin]
    return result


_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
_NOT_DIGITS = re.compile(r"\D")
_NO_NUMBERS: Counter[str] = Counter()
"""Of most sentences; a counter each is slow to make."""


def _numbers_in(text: str) -> Counter[str]:
    """Numbers in digits, without what separates their groups."""
    found = _NUMBER.findall(text)
    return Counter(_NOT_DIGITS.sub("", number) for number in found) if found else _NO_NUMBERS


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


def _association(one: Int64, two: Int64, pairs: Sequence[tuple[int, int]]) -> Float32:
    """Pointwise mutual information (Church and Hanks 1990) of the kinds of either side, in nats:
    (_KINDS, _KINDS). `one` (n,) and `two` (m,) are the kinds of all sentences, `pairs` those that belong
    together."""
    counts = np.zeros((_KINDS, _KINDS))
    if pairs:
        i, j = np.array(pairs).T
        np.add.at(counts, (one[i], two[j]), 1)
    left, right = (np.bincount(own, minlength=_KINDS) / len(own) for own in (one, two))
    expected = np.outer(left, right)
    joint = (counts + _PRIOR * expected) / (len(pairs) + _PRIOR)
    with np.errstate(divide="ignore", invalid="ignore"):
        result = np.log(joint / expected)
    return np.clip(np.where(np.isfinite(result), result, 0.0), -3, 3).astype(np.float32)
