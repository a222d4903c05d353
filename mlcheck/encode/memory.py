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
"""Texts kept; with 20 words each, some 80 MB."""


class Memory:
    """Keeps vectors by encoder and text, the latest so many."""

    def __init__(self, texts: int = _TEXTS) -> None:
        self._limit = texts
        self._kept: OrderedDict[tuple[EncoderId, str], tuple[Floats, Words | None]] = OrderedDict()

    def recall(self, encoder: Encoder, texts: Sequence[str]) -> tuple[Floats, tuple[Words, ...] | None]:
        """(texts, dimensions) float32 vectors of one text or more, and the words of each or None;
        what is not known is encoded."""
        known = {text: self._kept[encoder.id, text] for text in texts if (encoder.id, text) in self._kept}
        new = list(dict.fromkeys(text for text in texts if text not in known))
        known.update(zip(new, _encode(encoder, new), strict=True))
        for text, value in known.items():
            self._kept[encoder.id, text] = value
            self._kept.move_to_end((encoder.id, text))
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        vectors = np.stack([known[text][0] for text in texts])
        words = [w for text in texts if (w := known[text][1]) is not None]
        return vectors, tuple(words) if len(words) == len(texts) else None


def _encode(encoder: Encoder, texts: Sequence[str]) -> list[tuple[Floats, Words | None]]:
    if not texts:
        return []
    vectors, pieces = encoder.encode_with_words(texts)
    if pieces is None:
        return [(vector, None) for vector in vectors]
    words = [join_pieces(text, piece) for text, piece in zip(texts, pieces, strict=True)]
    return list(zip(vectors, words, strict=True))
