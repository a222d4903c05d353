"""What is known of an encoder and a language beforehand, from general text: its mean vector, its mean
word, how long it is, and how alike translations are in it.

The aligner takes from each text's vectors what all its sentences share. A text of three sentences
has no mean worth the name: it would be mostly the sentences themselves. This one stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mlcheck.data import Document, Encoded, EncoderId, Sentence, Span
from mlcheck.encode.memory import Memory
from mlcheck.encode.protocol import Encoder
from mlcheck.encode.words import tabulate
from mlcheck.languages import base
from mlcheck.languages import language as record

__all__ = ["general_centre", "general_length", "general_text", "general_word_centre"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _General:
    """The packaged sentences of a language, encoded, and the means of their vectors and words."""

    text: Encoded
    centre: Floats
    words: Floats | None


_known: dict[tuple[EncoderId, str], _General] = {}


def general_centre(encoder: Encoder, language: str) -> Floats:
    """(dimensions,) mean vector of the packaged sentences in `language` (BCP 47); in English, where
    there are none in that language. Encoded once a process, and once at all where the encoder
    has a cache of its own (`aside`)."""
    return _general(encoder, language).centre


def general_word_centre(encoder: Encoder, language: str) -> Floats | None:
    """(dimensions,) mean vector of their words, by the same rules; None where the encoder has none."""
    return _general(encoder, language).words


def general_text(encoder: Encoder, language: str) -> Encoded | None:
    """The packaged sentences in `language` (BCP 47), translations of those in the other languages, in
    one order; None where there are none."""
    return _general(encoder, language).text if _sentences(language) else None


def general_length(language: str) -> float | None:
    """Characters that the packaged sentences take in `language` (BCP 47); None where there are none.
    They are translations of each other, so two such lengths tell how much longer one language is."""
    found = _sentences(language)
    return float(sum(map(len, found))) if found else None


def _general(encoder: Encoder, language: str) -> _General:
    code = base(language) if _sentences(language) else "en"
    key = (encoder.id, code)
    if key not in _known:
        texts = list(_sentences(code))
        vectors, words = Memory(cache=getattr(encoder, "aside", None)).recall(encoder, texts)
        document, table, centre = _document(texts, code), None, None
        if words is not None:
            centre = np.concatenate([own.vectors for own in words]).mean(axis=0, dtype=np.float64)
            table = tabulate(document, words, centre)
        text = Encoded(document=document, vectors=vectors, encoder=encoder.id, words=table)
        _known[key] = _General(text, vectors.mean(axis=0, dtype=np.float64), centre)
    return _known[key]


def _document(texts: list[str], code: str) -> Document:
    return Document(
        path="",
        text="",
        encoding="utf-8",
        encoding_guessed=False,
        language=code,
        language_from="given",
        paragraphs=(),
        sentences=tuple(
            Sentence(index=i, paragraph=i, span=Span(0, 0), text=text) for i, text in enumerate(texts)
        ),
    )


def _sentences(language: str) -> Sequence[str]:
    """The packaged sentences in a language; none where there are none. They are of its file."""
    return record(language).background.sentences
