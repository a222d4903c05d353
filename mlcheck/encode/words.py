"""From the pieces that a model sees to the words that a person sees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mlcheck.data import Document, Words, WordTable
from mlcheck.encode.protocol import WordVectors

__all__ = ["join_pieces", "spans_of", "tabulate", "words_of"]

_UNSPACED = "\u3040"
"""From here on (kana, Han) a piece is as good as a word: no spaces say where one ends."""
_GENERAL = 8.0
"""How many words the general centre counts for beside the document's own. A text of one sentence has
no mean worth the name: its words would lose what they mean. On pairs of sentences that people judged
anything from 5 to 200 is as good; where a text of two sentences lacks one, less finds it more surely."""
_ROWS_AT_ONCE = 20_000
"""Words, so that a book's are not all in single precision at once."""


def join_pieces(text: str, pieces: WordVectors) -> Words:
    """Pieces without a gap between letters or figures become one word, its vector their mean.

    Punctuation is no word. A text of nothing else is one word, so that every sentence has some.
    """
    groups = words_of(text, pieces.spans)
    vectors = np.stack([pieces.vectors[group].mean(axis=0) for group in groups])
    # Half precision: a word's cosines are read to two digits, and a long text has many words.
    return Words(spans=spans_of(pieces.spans, groups), vectors=vectors.astype(np.float16))


def words_of(text: str, spans: npt.NDArray[np.int64]) -> list[list[int]]:
    """Which pieces, with `spans` (k, 2), make up each word: their numbers."""
    groups: list[list[int]] = []
    end = -1
    for k, (start, stop) in enumerate(spans.tolist()):
        if any(character.isalnum() for character in text[start:stop]):
            glued = start == end and text[start].isalnum() and text[end - 1].isalnum()
            if groups and glued and text[start] < _UNSPACED:
                groups[-1].append(k)
            else:
                groups.append([k])
        end = stop
    if not groups:
        groups = [list(range(len(spans)))]
    return groups


def spans_of(spans: npt.NDArray[np.int64], groups: list[list[int]]) -> npt.NDArray[np.int64]:
    """Where the words stand that the groups of pieces make: (words, 2)."""
    return np.array([(spans[group[0], 0], spans[group[-1], 1]) for group in groups], np.int64)


def tabulate(
    document: Document, words: Sequence[Words], centre: npt.NDArray[np.float64] | None = None
) -> WordTable:
    """The words of a document's sentences in one table. `centre` (d,) is the mean word of general text
    in the document's language.

    Words that stand in many of its sentences (articles, and the names of the two people whom the
    whole item is about) say little about any one of them, and weigh less:
    log(1 + sentences / sentences that have it).
    """
    vectors = np.concatenate([own.vectors for own in words])
    mean = np.zeros(vectors.shape[1])
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        mean += vectors[start : start + _ROWS_AT_ONCE].sum(axis=0, dtype=np.float64)
    if centre is None:
        mean /= len(vectors)
    else:
        mean = (mean + _GENERAL * centre) / (len(vectors) + _GENERAL)
    rounded = np.empty(vectors.shape, np.int8)
    for start in range(0, len(vectors), _ROWS_AT_ONCE):
        part = vectors[start : start + _ROWS_AT_ONCE].astype(np.float32) - mean.astype(np.float32)
        part /= np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-9)
        rounded[start : start + _ROWS_AT_ONCE] = np.rint(part * 127)
    return WordTable(
        starts=np.concatenate([[0], np.cumsum([len(own.vectors) for own in words])]),
        spans=np.concatenate([own.spans for own in words]),
        vectors=rounded,
        weights=_weights(document, words),
    )


def _weights(document: Document, words: Sequence[Words]) -> npt.NDArray[np.float32]:
    forms = [
        [sentence.text[start:end].casefold() for start, end in own.spans.tolist()]
        for sentence, own in zip(document.sentences, words, strict=True)
    ]
    counts = Counter(form for sentence in forms for form in set(sentence))
    shares = [len(forms) / counts[form] for sentence in forms for form in sentence]
    return np.log1p(shares).astype(np.float32)
