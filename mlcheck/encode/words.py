"""From the pieces that a model sees to the words that a person sees."""

from __future__ import annotations

import numpy as np

from mlcheck.data import Words
from mlcheck.encode.protocol import WordVectors

__all__ = ["join_pieces"]

_UNSPACED = "\u3040"
"""From here on (kana, Han) a piece is as good as a word: no spaces say where one ends."""


def join_pieces(text: str, pieces: WordVectors) -> Words:
    """Pieces without a gap between letters or figures become one word, its vector their mean.

    Punctuation is no word. A text of nothing else is one word, so that every sentence has some.
    """
    groups: list[list[int]] = []
    end = -1
    for k, (start, stop) in enumerate(pieces.spans.tolist()):
        if any(character.isalnum() for character in text[start:stop]):
            glued = start == end and text[start].isalnum() and text[end - 1].isalnum()
            if groups and glued and text[start] < _UNSPACED:
                groups[-1].append(k)
            else:
                groups.append([k])
        end = stop
    if not groups:
        groups = [list(range(len(pieces.spans)))]
    spans = [(pieces.spans[group[0], 0], pieces.spans[group[-1], 1]) for group in groups]
    vectors = np.stack([pieces.vectors[group].mean(axis=0) for group in groups])
    # Half precision: a word's cosines are read to two digits, and a long text has many words.
    return Words(spans=np.array(spans, np.int64), vectors=vectors.astype(np.float16))
