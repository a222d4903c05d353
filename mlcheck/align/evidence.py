"""What speaks for and against a block, as named features, and the probability that follows.

Three questions are asked of a block, because they have different answers:

* does it say the same on both sides in every detail, as people would judge it (*divergence*)? A clause
  left out is enough to make it diverge. This is the probability that a report gives;
* are its sides no counterparts at all, but say something else (*wrong*)? Upon this the aligner opens
  links, and `divergent-passage` reports them. Faithful news is free in details, so the answer to the
  first question must be all but certain before that rule goes by it;
* does one of its sentences not belong to it (*stray*)?

Each has a logistic model over a few features; the coefficients are in `coefficients.json`. Those of
the first two are fitted by `training/fit/divergence.py` on pairs of sentences that people judged and on
news, a set for each bundled encoder, since their cosines differ. `other` is for encoders that no one has
fitted: it has fewer features, in units of what the encoder gives general text in the two languages.
Those of *stray* are fitted by `training/fit/stray.py` on news mixtures; a second set does
without the words' features.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from mlcheck.align.coverage import Coverage
from mlcheck.align.similarity import Similarity
from mlcheck.statistics import logistic, read_coefficients

__all__ = ["OPEN_FROM", "OTHER", "Evidence", "Levels", "coefficients", "general_level"]

Features = dict[str, float]
"""By name."""
Figures = Features
Block = tuple[tuple[int, ...], tuple[int, ...]]

OPEN_FROM = 0.5
"""Probability that a link is wrong from which it is opened, to let its sentences look for a better one."""
OTHER = "other"
"""Stands for encoders whose coefficients were not fitted."""
_REDUNDANT = (0.05, 0.02, 0.06)
"""Most that similarity, length ratio and coverage may gain by a sentence that adds nothing."""

_AS_LONG = 0.7
"""Length of the shorter side of a link for one of the longer, from which nothing more is wanted there. Where
headline and lede are run into one sentence it is .77 and .89 with both; a headline against headline and lede
has .34."""


_GENERAL_LINKS = 3.0
"""How many of a pair's own links what general text shows of its languages counts for."""
_ENOUGH = 200
"""One-to-one links that tell a pair's own level, evenly over the text."""
_LETTERS = 15.0
"""Letters' worth of the belief that a link is like the pair's others. A greeting of one word has no match
that is half right: by itself it would look either perfect or wrong."""
_AROUND = {
    "similarity": "usual_similarity",
    "least": "usual_most",
    "most": "usual_most",
    "unmatched": "usual_unmatched",
}
_LEAST_USUAL = 0.2
"""Level of similarity below which it is no measure: the encoder does not know the languages."""
_USUAL = {"similarity": 0.68, "most": 0.04, "unmatched": 0.17}
"""Level of general text where none is packaged in the languages: the middle of those that there are."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What true links of two texts are like: features of their sure one-to-one links, and their means in
    general text in the two languages. Chinese and English that say the same are less alike, for the
    encoder, than German and English."""

    own: dict[Block, Features]
    total: Features
    """Sums over `own` and over general text, which counts for `_GENERAL_LINKS`."""

    @classmethod
    def of(
        cls,
        similarity: Similarity,
        coverage: Coverage | None,
        single: Sequence[tuple[int, int]],
        general: Features | None,
    ) -> Levels:
        """`single` are the sure links, of which a long text's are sampled."""
        chosen = single[:: max(1, len(single) // _ENOUGH)]
        own: dict[Block, Features] = {
            ((i,), (j,)): _measured(similarity, coverage, (i,), (j,)) for i, j in chosen
        }
        known = {**_USUAL, **(general or {})}
        names = [name for name in known if coverage is not None or name == "similarity"]
        total = {
            name: sum(features[name] for features in own.values()) + _GENERAL_LINKS * known[name]
            for name in names
        }
        return cls(own, total)

    def around(self, a: tuple[int, ...], c: tuple[int, ...]) -> Features:
        """The level that the text around a block shows, never the block itself; and how few links it
        is known by, from 1 for none to 0."""
        itself = self.own.get((a, c))
        count = len(self.own) - (itself is not None) + _GENERAL_LINKS
        result = {
            f"usual_{name}": (value - (itself[name] if itself else 0.0)) / count
            for name, value in self.total.items()
        }
        return {**result, "few": _GENERAL_LINKS / count}


def general_level(similarity: Similarity, coverage: Coverage | None) -> Features:
    """Means over two texts whose sentences, in their order, are translations of each other."""
    found = [_measured(similarity, coverage, (i,), (i,)) for i in range(similarity.source.count)]
    return {name: sum(own[name] for own in found) / len(found) for name in found[0] if name in _USUAL}


def _measured(
    similarity: Similarity, coverage: Coverage | None, a: tuple[int, ...], c: tuple[int, ...]
) -> Features:
    plain, _ = similarity.between(a, c)
    left, right = _letters(similarity, a, c)
    features = {"similarity": plain, "length": abs(math.log((left + _LETTERS) / (right + _LETTERS)))}
    if coverage is not None:
        unsaid = coverage.unsaid(a, c)
        features |= {"least": unsaid.least, "most": unsaid.most, "unmatched": unsaid.unmatched}
    return features


def _letters(similarity: Similarity, a: tuple[int, ...], c: tuple[int, ...]) -> tuple[float, float]:
    """Lengths of two blocks in letters halfway between the two languages, so that neither direction
    has longer texts than the other."""
    half = math.sqrt(similarity.expansion)
    left, right = similarity.source.lengths[list(a)].sum(), similarity.target.lengths[list(c)].sum()
    return float(left) / half, float(right) * half


@dataclass(frozen=True, slots=True)
class Evidence:
    """Asks similarity and words about blocks of two texts."""

    similarity: Similarity
    coverage: Coverage | None
    levels: Levels
    encoder: str
    """Its name; coefficients of `divergence` go by it."""
    paragraphs: tuple[tuple[int, ...], tuple[int, ...]]
    """The paragraph of each sentence, of either side."""
    known: dict[Block, Features] = field(default_factory=dict)
    """`link_features` of the blocks that were asked about before."""

    def link_features(self, a: tuple[int, ...], c: tuple[int, ...]) -> Features:
        """What tells whether two linked blocks say the same in every detail, and whether they are
        counterparts at all."""
        around = self.levels.around(a, c)
        features = {**_measured(self.similarity, self.coverage, a, c), **around}
        features["plain"] = features["similarity"]
        letters = min(_letters(self.similarity, a, c))
        for name, usual in _AROUND.items():
            if name in features:
                own = letters * features[name] + _LETTERS * around[usual]
                features[name] = own / (letters + _LETTERS)
        features["relative"] = features["similarity"] / max(features["usual_similarity"], _LEAST_USUAL)
        return features

    def stray_features(
        self, side: int, block: tuple[int, ...], one: int, opposite: tuple[int, ...]
    ) -> Features:
        """What tells whether sentence `one` of several on a side belongs to the link of `block`
        with `opposite`."""
        rest = tuple(i for i in block if i != one)
        typical = self.similarity.typical
        whole, length = self._between(side, block, opposite)
        without, length_without = self._between(side, rest, opposite)
        features = {
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
            features |= {
                "coverage": self.coverage.of(side, (one,), opposite),
                "coverage_gain": back - self.coverage.of(1 - side, opposite, rest),
            }
        return features

    def needed(self, side: int, block: tuple[int, ...], one: int, opposite: tuple[int, ...]) -> bool:
        """Does a sentence add something to a link, both sides of which are about as long with it?"""
        length = self.stray_features(side, block, one, opposite)["length"]
        return length >= _AS_LONG and not self.redundant(side, block, one, opposite)

    def redundant(self, side: int, block: tuple[int, ...], one: int, opposite: tuple[int, ...]) -> bool:
        """Does a sentence add nothing to a link: the other side is said without it as well?"""
        features = self.stray_features(side, block, one, opposite)
        gains = (features["gain"], features["length_gain"], features.get("coverage_gain", 0.0))
        return all(gain <= most for gain, most in zip(gains, _REDUNDANT, strict=True))

    def divergence(self, a: tuple[int, ...], c: tuple[int, ...]) -> float:
        """Probability, 0 to 1, that two linked blocks do not say the same in every detail. Who says
        something else does not say the same, so it is never below `wrong`."""
        return max(self._answer("divergence", a, c), self.wrong(a, c))

    def wrong(self, a: tuple[int, ...], c: tuple[int, ...]) -> float:
        """Probability, 0 to 1, that two linked blocks are no counterparts, and say something else."""
        return self._answer("wrong", a, c)

    def stray(self, side: int, block: tuple[int, ...], one: int, opposite: tuple[int, ...]) -> float:
        """Probability, 0 to 1, that a sentence of a block has no part in its link."""
        features = self.stray_features(side, block, one, opposite)
        return logistic(features, coefficients("stray", "words" if "coverage" in features else "sentences"))

    def similar(self, a: tuple[int, ...], c: tuple[int, ...]) -> float:
        """Similarity of two blocks; 1 is the same, 0 what chance gives."""
        return self._features(a, c)["plain"]

    def _answer(self, question: str, a: tuple[int, ...], c: tuple[int, ...]) -> float:
        features = self._features(a, c)
        for encoder in (self.encoder, OTHER):
            weights = coefficients(question, encoder)
            if weights.keys() - {"intercept"} <= features.keys():
                return logistic({name: features[name] for name in weights if name != "intercept"}, weights)
        raise AssertionError("every link has the features of an encoder that is not known")

    def _features(self, a: tuple[int, ...], c: tuple[int, ...]) -> Features:
        if (a, c) not in self.known:
            self.known[a, c] = self.link_features(a, c)
        return self.known[a, c]

    def _between(self, side: int, block: tuple[int, ...], opposite: tuple[int, ...]) -> tuple[float, float]:
        return self.similarity.between(*((opposite, block) if side else (block, opposite)))

    def _size(self, side: int, sentence: int) -> float:
        half = self.similarity.target if side else self.similarity.source
        return float(half.lengths[sentence])


def coefficients(question: str, which: str) -> Figures:
    """Weights for a question: by encoder for `divergence` and `wrong`, and those of `OTHER` where it was
    not fitted; with the words' figures (`words`) or without (`sentences`) for the others."""
    sets: dict[str, Figures] = read_coefficients("mlcheck.align")[question]
    return sets[which if which in sets else OTHER]
