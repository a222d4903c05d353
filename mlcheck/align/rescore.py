"""The second model: what the first (`prune.py`) gives a chance, weighed with all that is known.

Like the first it is linear in its features (`features.py`), and goes through the lattice, which turns
scores into probabilities. The links are those whose probabilities add up to most: maximum expected
accuracy (Holmes and Durbin 1998), and not the most probable alignment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mlcheck.align.anchors import Chunk
from mlcheck.align.chunks import batches, shape_name
from mlcheck.align.coverage import Coverage
from mlcheck.align.evidence import coefficients
from mlcheck.align.features import Candidates, Features
from mlcheck.align.lattice import NEVER, SHAPES, Lattice, Posterior, Scores
from mlcheck.align.prune import Pruned
from mlcheck.align.similarity import Pair
from mlcheck.data import Encoded, Float32, Float64, Int64

__all__ = ["Found", "Rescorer", "candidate_batches"]


Weights = Mapping[str, float]

_FACING_NOTHING = 0.97
"""Confidence of a null in a chunk that has sentences on one side only."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link, its probability, and which candidate it is, or -1 for a null."""

    pair: Pair
    chance: float
    candidate: int


class Rescorer:
    """The candidates by the second model."""

    def __init__(
        self,
        first: Pruned,
        encoded: tuple[Encoded, Encoded],
        weights: Weights | None = None,
        usual: tuple[float, float] | None = None,
    ) -> None:
        """Without `weights` those of the package are taken. `usual` is the coverage of general text."""
        self._first = first
        self.coverage = _coverage(first, encoded, usual)
        documents = encoded[0].document, encoded[1].document
        self.features = Features(first.candidates, first.tracks, self.coverage, documents, first.habits)
        self._weights = weights or coefficients("links", "sentences" if self.coverage is None else "words")

    @cached_property
    def blocks(self) -> dict[str, Float32]:
        """Features of the candidates, (E,) each."""
        return dict(self.features.blocks())

    def scores(self) -> tuple[Float64, Float64, Float64]:
        """Scores of the candidates, (E,), and of leaving each sentence alone, (n,) and (m,)."""
        weights = self._weights
        shapes = np.array([weights[shape_name(a, c)] for a, c in SHAPES.tolist()])
        blocks = shapes[self._first.candidates.shape]
        for name, values in self.blocks.items():
            blocks += weights[name] * values
        source, target = (
            np.sum([weights[name] * values for name, values in side.items()], axis=0)
            for side in self.features.nulls()
        )
        return blocks, source, target

    def links(self) -> list[Found]:
        """The links whose probabilities add up to most, in order."""
        found: dict[Chunk, list[Found]] = {}
        scores = self.scores()
        for part in candidate_batches(self._first.chunks, self._first.candidates):
            posterior = part.lattice.posterior(part.scores(*scores, self._weights["open"]))
            for b, steps in enumerate(part.lattice.best(_gain(posterior))):
                found[part.chunks[b]] = [self._found(step, b, part, posterior) for step in steps]
        return [link for chunk in self._first.chunks for link in found.get(chunk) or self._alone(chunk)]

    def _found(self, step: tuple[int, int, int], b: int, part: CandidateBatch, posterior: Posterior) -> Found:
        (i, j, k), chunk = step, part.chunks[b]
        one, two = (track.sentences for track in self._first.tracks)
        if k == -1:
            return Found(((int(one[chunk[0] + i - 1]),), ()), float(posterior.source[b, i]), -1)
        if k == -2:
            return Found(((), (int(two[chunk[2] + j - 1]),)), float(posterior.target[b, j]), -1)
        a, c = SHAPES[k].tolist()
        p, q = chunk[0] + i, chunk[2] + j
        pair = tuple(one[p - a : p].tolist()), tuple(two[q - c : q].tolist())
        return Found(pair, float(posterior.blocks[k, b, i, j]), int(part.numbers[k, b, i, j]))

    def _alone(self, chunk: Chunk) -> list[Found]:
        """The nulls of a chunk that has sentences on one side only."""
        one, two = (track.sentences for track in self._first.tracks)
        nulls: list[Pair] = [((int(x),), ()) for x in one[chunk[0] : chunk[1]]]
        nulls += [((), (int(y),)) for y in two[chunk[2] : chunk[3]]]
        return [Found(null, _FACING_NOTHING, -1) for null in nulls]


@dataclass(frozen=True)
class CandidateBatch:
    """Chunks that are worked through together, with their candidates: `edges` are the candidates'
    numbers, `at` their shape, chunk and node; `numbers`, shaped like scores, says which is where."""

    chunks: list[Chunk]
    lattice: Lattice
    edges: Int64
    at: tuple[Int64, Int64, Int64, Int64]

    @cached_property
    def numbers(self) -> Int64:
        """(K, B, N + 1, M + 1); -1 where no candidate is."""
        result = np.full((len(SHAPES), len(self.chunks), self.lattice.rows, self.lattice.columns), -1)
        result[self.at] = self.edges
        return result

    def scores(self, blocks: Float64, source: Float64, target: Float64, opening: float) -> Scores:
        """From the candidates' scores, and the sentences', to the lattice's."""
        shape = len(SHAPES), len(self.chunks), self.lattice.rows, self.lattice.columns
        filled = np.full(shape, NEVER, np.float32)
        filled[self.at] = blocks[self.edges]
        i, p, j, q = np.array(self.chunks, np.int64).T
        rows = np.minimum(i[:, None] + np.arange(self.lattice.rows) - 1, p[:, None] - 1)
        columns = np.minimum(j[:, None] + np.arange(self.lattice.columns) - 1, q[:, None] - 1)
        return Scores(filled, source[np.maximum(rows, 0)], target[np.maximum(columns, 0)], opening)


def candidate_batches(chunks: Sequence[Chunk], candidates: Candidates) -> Iterator[CandidateBatch]:
    """The chunks that have two sides, in parts, with their candidates."""
    filled = [chunk for chunk in chunks if chunk[1] > chunk[0] and chunk[3] > chunk[2]]
    if not filled:
        return
    starts = np.array([chunk[0] for chunk in filled])
    of_piece = np.searchsorted(starts, candidates.i, "right") - 1
    order = np.argsort(of_piece, kind="stable")
    bounds = np.searchsorted(of_piece[order], np.arange(len(filled) + 1))
    for numbers in batches(filled):
        edges = np.concatenate([order[bounds[x] : bounds[x + 1]] for x in numbers])
        b = np.repeat(np.arange(len(numbers)), [bounds[x + 1] - bounds[x] for x in numbers])
        chosen = [filled[x] for x in numbers]
        i, p, j, q = np.array(chosen, np.int64).T
        k = candidates.shape[edges]
        ends = candidates.i[edges] - i[b] + SHAPES[k, 0], candidates.j[edges] - j[b] + SHAPES[k, 1]
        yield CandidateBatch(chosen, Lattice(np.stack([p - i, q - j], axis=1)), edges, (k, b, *ends))


def _gain(posterior: Posterior) -> Scores:
    """What a link brings: the sentences in it, as often as it is right."""
    sizes = SHAPES.sum(axis=1).astype(np.float32)[:, None, None, None]
    blocks = np.where(posterior.blocks > 0, posterior.blocks * sizes, np.float32(NEVER))
    return Scores(blocks, posterior.source, posterior.target, 0.0)


def _coverage(
    first: Pruned, encoded: tuple[Encoded, Encoded], usual: tuple[float, float] | None
) -> Coverage | None:
    if encoded[0].words is None or encoded[1].words is None:
        return None
    one, two = (track.sentences for track in first.tracks)
    single = [(int(one[i]), int(two[j])) for i, j in first.habits.single]
    return Coverage(encoded[0].words, encoded[1].words, single, usual)
