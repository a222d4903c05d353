"""What every encoder can do, and the small nouns of this room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from mlcheck.data import EncoderId

__all__ = ["Encoder", "Floats", "Loaded", "WordVectors", "refuse_blank"]

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordVectors:
    """The pieces of one text as a model sees them, and a vector each.

    `spans` is (k, 2) int64, half-open, in code points of the text as given, ordered, without white
    space at either end; `vectors` is (k, dimensions) float32, not normalised.
    """

    spans: npt.NDArray[np.int64]
    vectors: Floats


class Encoder(Protocol):
    """Turns texts into vectors that can be compared across languages."""

    @property
    def id(self) -> EncoderId:
        """What makes its vectors comparable with others."""

    @property
    def languages(self) -> frozenset[str] | None:
        """ISO 639 codes that the model was trained on; None where any language may be tried."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """(texts, dimensions) float32, rows of length 1; a row depends on its text alone.

        A blank text raises `ValueError`: a zero vector would look like a real one.
        """

    def encode_with_words(self, texts: Sequence[str]) -> tuple[Floats, list[WordVectors] | None]:
        """Both at once, which costs little more than one: what `encode` gives, and the word vectors
        of each text, or None where the model has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An encoder that is ready, and what the reader of a report should know about the choice."""

    encoder: Encoder
    note: str | None = None


def refuse_blank(texts: Sequence[str]) -> None:
    """Raise `ValueError` where a text has nothing but white space."""
    for number, text in enumerate(texts):
        if not text.strip():
            raise ValueError(f"text {number} is blank: it has no meaning to encode")
