"""What encoding makes: vectors of sentences and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mlcheck.data.text import Document

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = [
    "Encoded",
    "EncoderId",
    "WordTable",
    "Words",
]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A document and its sentences' vectors: (sentences, dimensions) float32, rows of length 1.

    `words` is None where the model has no vectors for words.
    """

    document: Document
    vectors: npt.NDArray[np.float32]
    encoder: EncoderId
    words: WordTable | None = None
