"""What speaks for and against a block, as named figures, and the probability that follows.

Two questions are asked of a block: does it say the same on both sides (*divergence*), and does one
of its sentences not belong to it (*stray*)? Each has a logistic model over a few figures.
The coefficients are in `coefficients.json`, fitted by `benchmarks/fit_alignment.py` on news
mixtures in six pairs of languages; a second set does without the words' figures, for encoders that
have none.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from mlcheck.align.coverage import Coverage
from mlcheck.align.similarity import Similarity

__all__ = ["Evidence", "coefficients", "probability"]

Figures = dict[str, float]
Block = tuple[tuple[int, ...], tuple[int, ...]]

_REDUNDANT = (0.05, 0.02, 0.06)
"""Most that similarity, length ratio and coverage may gain by a sentence that adds nothing."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Asks similarity and words about blocks of two texts."""

    similarity: Similarity
    coverage: Coverage | None
    paragraphs: tuple[tuple[int, ...], tuple[int, ...]]
    """The paragraph of each sentence, of either side."""
    known: dict[Block, tuple[float, float]] = field(default_factory=dict)
    """Divergence and similarity of the blocks for which they were worked out before."""

    def divergence_figures(self, a: tuple[int, ...], c: tuple[int, ...]) -> Figures:
        """What tells whether two linked blocks say the same."""
        plain, length = self.similarity.between(a, c)
        figures = {"similarity": plain / self.similarity.typical, "plain": plain, "length": length}
        if self.coverage is not None:
            both = self.coverage.of(0, a, c), self.coverage.of(1, c, a)
            figures |= {"coverage": sum(both) / 2, "least_coverage": min(both)}
        return figures

    def stray_figures(
        self, side: int, block: tuple[int, ...], one: int, opposite: tuple[int, ...]
    ) -> Figures:
        """What tells whether sentence `one` of several on a side belongs to the link of `block`
        with `opposite`."""
        rest = tuple(i for i in block if i != one)
        typical = self.similarity.typical
        whole, length = self._between(side, block, opposite)
        without, length_without = self._between(side, rest, opposite)
        figures = {
            "own": self._between(side, (one,), opposite)[0] / typical,
            "whole": whole / typical,
            "gain": (whole - without) / typical,
            "length": length,
            "length_gain": length - length_without,
            "size": math.log(self._size(side, one)),
            "apart": float(all(self.paragraphs[side][i] != self.paragraphs[side][one] for i in rest)),
        }
        if self.coverage is not None:
            back = self.coverage.of(1 - side, opposite, block)
            figures |= {
                "coverage": self.coverage.of(side, (one,), opposite),
                "coverage_gain": back - self.coverage.of(1 - side, opposite, rest),
            }
        return figures

    def redundant(self, side: int, block: tuple[int, ...], one: int, opposite: tuple[int, ...]) -> bool:
        """Does a sentence add nothing to a link: the other side is said without it as well?"""
        figures = self.stray_figures(side, block, one, opposite)
        gains = (figures["gain"], figures["length_gain"], figures.get("coverage_gain", 0.0))
        return all(gain <= most for gain, most in zip(gains, _REDUNDANT, strict=True))

    def divergence(self, a: tuple[int, ...], c: tuple[int, ...]) -> float:
        """Probability, 0 to 1, that two linked blocks do not say the same."""
        return self._known(a, c)[0]

    def stray(self, side: int, block: tuple[int, ...], one: int, opposite: tuple[int, ...]) -> float:
        """Probability, 0 to 1, that a sentence of a block has no part in its link."""
        return probability("stray", self.stray_figures(side, block, one, opposite))

    def similar(self, a: tuple[int, ...], c: tuple[int, ...]) -> float:
        """Similarity of two blocks; 1 is the same, 0 what chance gives."""
        return self._known(a, c)[1]

    def _known(self, a: tuple[int, ...], c: tuple[int, ...]) -> tuple[float, float]:
        if (a, c) not in self.known:
            figures = self.divergence_figures(a, c)
            self.known[a, c] = probability("divergence", figures), figures["plain"]
        return self.known[a, c]

    def _between(self, side: int, block: tuple[int, ...], opposite: tuple[int, ...]) -> tuple[float, float]:
        return self.similarity.between(*((opposite, block) if side else (block, opposite)))

    def _size(self, side: int, sentence: int) -> float:
        half = self.similarity.target if side else self.similarity.source
        return float(half.lengths[sentence])


def probability(question: str, figures: Figures) -> float:
    """What the logistic model for a question makes of the figures, 0 to 1."""
    weights = coefficients(question, words="coverage" in figures)
    x = weights["intercept"] + sum(weights[name] * value for name, value in figures.items())
    return 1 / (1 + math.exp(-min(max(x, -50.0), 50.0)))


def coefficients(question: str, *, words: bool) -> dict[str, float]:
    """Weights for a question, with the words' figures or without."""
    return _coefficients()[question]["words" if words else "sentences"]


@cache
def _coefficients() -> dict[str, dict[str, dict[str, float]]]:
    text = files("mlcheck.align").joinpath("coefficients.json").read_text("utf-8")
    coefficients: dict[str, dict[str, dict[str, float]]] = json.loads(text)
    return coefficients
