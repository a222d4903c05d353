"""What encoding makes: vectors of sentences and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mlcheck.data.text import Document

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = [
    "PRODUCT_UNIT",
    "Encoded",
    "EncoderId",
    "WordTable",
    "Words",
]


PRODUCT_UNIT: Final = 1 / 127**2
"""What turns a product of vectors of a `WordTable`, which are in 127ths, into a cosine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderId:
    """What makes vectors comparable: model, revision, and the SHA-256 of the weights."""

    name: str
    revision: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a sentence: `spans` (k, 2) int64 in the sentence's `text`, half-open, in order;
    `vectors` (k, dimensions) float16, as the model gives them."""

    spans: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTable:
    """The words of a document, sentence by sentence. Those of sentence i are rows `starts[i]` to
    `starts[i + 1]`; each has one or more.

    `spans` (words, 2) lie in their sentence's `text`, half-open. `vectors` (words, dimensions) are
    less the document's mean, which holds its language, have length 1, and are rounded to 127ths:
    int8, from which a product is quick, and off by some .003. `weights` (words,) float32 are above
    0: words that stand in many sentences count less.
    """

    starts: npt.NDArray[np.int64]
    spans: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float32]

    def rows(self, sentences: Iterable[int]) -> npt.NDArray[np.int64]:
        """The rows that hold the words of some sentences, in the order of these."""
        import numpy as np

        parts = [np.arange(self.starts[i], self.starts[i + 1], dtype=np.int64) for i in sentences]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)

    def cosines(
        self, rows: npt.NDArray[np.int64], other: WordTable, opposite: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float32]:
        """(rows, opposite) cosines of some words of this table with some of another."""
        import numpy as np

        one, two = self.vectors[rows].astype(np.float32), other.vectors[opposite].astype(np.float32)
        result = one @ two.T
        result *= np.float32(PRODUCT_UNIT)
        return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A document and its sentences' vectors: (sentences, dimensions) float32, rows of length 1.

    `words` is None where the model has no vectors for words.
    """

    document: Document
    vectors: npt.NDArray[np.float32]
    encoder: EncoderId
    words: WordTable | None = None
