"""Vectors of the texts that were encoded last, so that a version which shares sentences with the one
before it (the same source, a revised translation) costs only what is new."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from mlcheck.data import EncoderId, Words
from mlcheck.encode.protocol import Encoder, Floats
from mlcheck.encode.words import join_pieces

__all__ = ["Memory"]

_TEXTS = 4000
"""Texts kept; with 20 words each, some 60 MB."""


class Memory:
    """Keeps vectors by encoder and text, the latest so many."""

    def __init__(self, texts: int = _TEXTS) -> None:
        self._limit = texts
        self._kept: OrderedDict[tuple[EncoderId, str], tuple[Floats, Words | None]] = OrderedDict()

    def recall(self, encoder: Encoder, texts: Sequence[str]) -> tuple[Floats, tuple[Words, ...] | None]:
        """(texts, dimensions) float32 vectors, and the words of each text or None; what is not
        known is encoded."""
        found = {text: self._kept.get((encoder.id, text)) for text in texts}
        new = [text for text, value in found.items() if value is None]
        for text, value in zip(new, _encode(encoder, new), strict=True):
            found[text] = value
        for text, value in found.items():
            if value is not None:
                self._kept[encoder.id, text] = value
                self._kept.move_to_end((encoder.id, text))
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        values = [value for text in texts if (value := found[text]) is not None]
        words = [w for _, w in values if w is not None]
        return np.stack([vector for vector, _ in values]), tuple(words) if len(words) == len(values) else None


def _encode(encoder: Encoder, texts: Sequence[str]) -> list[tuple[Floats, Words | None]]:
    if not texts:
        return []
    vectors, pieces = encoder.encode_with_words(texts)
    if pieces is None:
        return [(vector, None) for vector in vectors]
    words = [join_pieces(text, piece) for text, piece in zip(texts, pieces, strict=True)]
    return list(zip(vectors, words, strict=True))
