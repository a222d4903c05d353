"""Vectors of the texts that were encoded last, so that a version which shares sentences with the one
before it (the same source, a revised translation) costs only what is new; with a cache, also where that
was in another run."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence

import numpy as np

from mlcheck.data import EncoderId, Words
from mlcheck.encode.protocol import Encoder, Floats, WordVectors
from mlcheck.encode.vector_cache import Known, Pieces, VectorCache
from mlcheck.encode.words import join_pieces

__all__ = ["Memory"]

_TEXTS = 4000
"""Texts kept; with 20 words each, some 80 MB, and with their pieces twice that."""
_AT_ONCE = 1000
"""Texts encoded at once: what the model makes of their pieces takes some 40 MB, of a book's a gigabyte."""


class Memory:
    """Keeps vectors by encoder and text, the latest so many; those of pieces once somebody reads them."""

    def __init__(self, texts: int = _TEXTS, cache: VectorCache | None = None) -> None:
        self._limit = texts
        self._cache = cache
        self._with_pieces = False
        self._kept: OrderedDict[tuple[EncoderId, str], Known] = OrderedDict()

    def keep_pieces(self) -> None:
        """Keep the vectors of pieces too, from now on. Whoever is going to ask for `pieces` says so before
        the texts are encoded: they double what is kept, and else each text would be encoded twice."""
        self._with_pieces = True

    def recall(self, encoder: Encoder, texts: Sequence[str]) -> tuple[Floats, tuple[Words, ...] | None]:
        """(texts, dimensions) float32 vectors of one text or more, and the words of each or None;
        what is not known is encoded."""
        known = self._known(encoder, texts, self._with_pieces)
        vectors = np.stack([known[text].vector for text in texts])
        words = [w for text in texts if (w := known[text].words) is not None]
        return vectors, tuple(words) if len(words) == len(texts) else None

    def pieces(self, encoder: Encoder, texts: Sequence[str]) -> list[WordVectors] | None:
        """The pieces of each text, rounded to half precision whether they were kept or not; None where
        the encoder has none."""
        known = self._known(encoder, texts, True)
        pieces = [p for text in texts if (p := known[text].pieces) is not None]
        if len(pieces) < len(texts):
            return None
        return [WordVectors(spans=p.spans, vectors=p.vectors.astype(np.float32)) for p in pieces]

    def fetch(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What `store` has kept under these keys, in this run or another; nothing without a cache."""
        return {} if self._cache is None else self._cache.fetch(keys)

    def store(self, kept: Mapping[bytes, bytes]) -> None:
        """Keep what others make of vectors, under keys that say all it depends on, `runtime` included."""
        if self._cache is not None and kept:
            self._cache.store(kept)

    def _known(self, encoder: Encoder, texts: Sequence[str], with_pieces: bool) -> dict[str, Known]:
        known = {}
        for text in texts:
            kept = self._kept.get((encoder.id, text))
            if kept is not None and _is_enough(kept, with_pieces):
                known[text] = kept
        new = list(dict.fromkeys(text for text in texts if text not in known))
        # Of a model in a folder, `id` says the weights only, and a text's vector depends on its neighbours.
        cache = self._cache if getattr(encoder, "reproducible", False) else None
        if cache is not None and new:
            before = cache.get(encoder.id, new)
            known.update((text, kept) for text, kept in before.items() if _is_enough(kept, with_pieces))
            new = [text for text in new if text not in known]
        encoded = dict(zip(new, _encode(encoder, new, with_pieces), strict=True))
        if cache is not None and encoded:
            cache.put(encoder.id, encoded)
        known.update(encoded)
        for text, value in known.items():
            self._kept[encoder.id, text] = value if self._with_pieces else value._replace(pieces=None)
            self._kept.move_to_end((encoder.id, text))
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        return known


def _is_enough(known: Known, with_pieces: bool) -> bool:
    """A text without words has no pieces either, and is not asked for them again."""
    return known.pieces is not None or known.words is None or not with_pieces


def _encode(encoder: Encoder, texts: Sequence[str], with_pieces: bool) -> list[Known]:
    # Of another model a text's vector depends on its neighbours, so these have to be the same.
    some = _AT_ONCE if getattr(encoder, "reproducible", False) else max(len(texts), 1)
    parts = (texts[at : at + some] for at in range(0, len(texts), some))
    return [known for part in parts for known in _encode_part(encoder, part, with_pieces)]


def _encode_part(encoder: Encoder, texts: Sequence[str], with_pieces: bool) -> list[Known]:
    vectors, pieces = encoder.encode_with_words(texts)
    if pieces is None:
        return [Known(vector, None, None) for vector in vectors]
    return [
        Known(
            vector,
            join_pieces(text, piece),
            Pieces(piece.spans, piece.vectors.astype(np.float16)) if with_pieces else None,
        )
        for vector, text, piece in zip(vectors, texts, pieces, strict=True)
    ]
