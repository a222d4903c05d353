"""How much of what these words say stands on the other side?

A sentence vector blurs: a short stray sentence hardly changes the vector of the block that
swallowed it. Its words tell. Each word's vector, centred by the mean of its text (which takes out
the language), looks for its best match among the words of the passage opposite; the mean of these
cosines is the coverage. Words that stand in many sentences of their text (articles, and the names
of the two people whom the whole item is about) say little about any one of them and count less.
Between related languages coverage runs higher than between distant ones, so it is given in units
of what the pair's own one-to-one links have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mlcheck.align.dynamic import Pair
from mlcheck.align.similarity import Floats
from mlcheck.data import Encoded, Words

__all__ = ["Coverage"]

_LEAST_TYPICAL = 0.4
_ENOUGH = 300
"""One-to-one links from which the unit is taken, evenly over the text."""


@dataclass(frozen=True, slots=True)
class Half:
    """Words of some sentences: vectors, weights, where each sentence's begin, its weight in all."""

    vectors: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    starts: npt.NDArray[np.int64]
    totals: npt.NDArray[np.float32]

    def take(
        self, sentences: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """Vectors and weights of neighbouring sentences' words, and where each sentence's begin."""
        low, high = self.starts[sentences[0]], self.starts[sentences[-1] + 1]
        return self.vectors[low:high], self.starts[sentences] - low, self.weights[low:high]


class Coverage:
    """Coverage between the sentences of two texts, both ways."""

    def __init__(self, source: Encoded, target: Encoded, links: Sequence[Pair]) -> None:
        """Both must have words. `links` are those of a first alignment; the one-to-one among them
        give the unit."""
        self._words = (source.words or (), target.words or ())
        self._means = (_mean(self._words[0]), _mean(self._words[1]))
        self._weights = (_weights(source), _weights(target))
        single = [(a[0], c[0]) for a, c in links if len(a) == 1 == len(c)]
        single = single[:: max(1, len(single) // _ENOUGH)]
        self.typical = (1.0, 1.0)
        typical = [
            np.median([self.of(side, (pair[side],), (pair[1 - side],)) for pair in single]) if single else 0.5
            for side in (0, 1)
        ]
        one, two = (max(float(value), _LEAST_TYPICAL) for value in typical)
        self.typical = (one, two)

    def half(self, side: int, chosen: npt.NDArray[np.int64]) -> Half:
        """The words of some sentences of a side, in that order."""
        weights = [self._weights[side][i] for i in chosen.tolist()]
        counts = [len(w) for w in weights]
        totals = [float(w.sum()) for w in weights]
        return Half(
            self._centred(side, chosen.tolist()),
            np.concatenate(weights).astype(np.float32),
            np.concatenate([[0], np.cumsum(counts)]),
            np.maximum(np.array(totals, np.float32), 1e-6),
        )

    def _centred(self, side: int, sentences: Sequence[int]) -> npt.NDArray[np.float32]:
        """Made when they are asked for: a book's words, all at once, would fill the memory."""
        vectors = np.concatenate([self._words[side][i].vectors for i in sentences]).astype(np.float32)
        vectors -= self._means[side]
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return vectors

    def of(self, side: int, sentences: Sequence[int], opposite: Sequence[int]) -> float:
        """Coverage of sentences of a side (0 is the source) by sentences of the other; 1 is typical
        of a true link, about 0.5 what unrelated text gives."""
        own = self._centred(side, sentences)
        weights = np.concatenate([self._weights[side][i] for i in sentences])
        other = self._centred(1 - side, opposite)
        return float(np.average((own @ other.T).max(axis=1), weights=weights)) / self.typical[side]


def _weights(encoded: Encoded) -> list[Floats]:
    """For each word of each sentence, log(1 + sentences / sentences that have it)."""
    forms = [
        [sentence.text[start:end].casefold() for start, end in words.spans.tolist()]
        for sentence, words in zip(encoded.document.sentences, encoded.words or (), strict=True)
    ]
    counts = Counter(form for sentence in forms for form in set(sentence))
    return [np.log1p([len(forms) / counts[form] for form in sentence]) for sentence in forms]


def _mean(words: Sequence[Words]) -> npt.NDArray[np.float32]:
    total = np.zeros(words[0].vectors.shape[1])
    for sentence in words:
        total += sentence.vectors.sum(axis=0, dtype=np.float64)
    return (total / sum(len(sentence.vectors) for sentence in words)).astype(np.float32)
