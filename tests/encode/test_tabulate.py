"""The table of a document's words: centred, of length one, and weighed."""

from __future__ import annotations

import numpy as np
import pytest
from test_align import encoded

from mlcheck.data import Document, Words, WordTable
from mlcheck.encode import words as words_room
from mlcheck.encode.words import tabulate

DIMENSIONS = 24
MEANINGS = [[0, 1, 2], [3, 0]]
COUNTS = [4, 1, 3, 2, 6]
"""Words of the sentences of a document."""


def document() -> Document:
    return encoded(MEANINGS, words=False).document


def random_words(counts: list[int], seed: int = 0) -> list[Words]:
    """Words with vectors at random, far from the origin as a model's are, each on a letter."""
    rng = np.random.default_rng(seed)
    return [
        Words(
            spans=np.array([(at, at + 1) for at in range(count)], np.int64),
            vectors=(3 + rng.normal(size=(count, DIMENSIONS))).astype(np.float16),
        )
        for count in counts
    ]


def table_of(counts: list[int]) -> tuple[list[Words], WordTable]:
    words = random_words(counts)
    return words, tabulate(document(), words)


def on_words(forms: list[list[str]]) -> WordTable:
    """The table of sentences that have these words."""
    sentences = document().sentences[: len(forms)]
    texts = [" ".join(own) for own in forms]
    told = [
        type(sentence)(index=sentence.index, paragraph=0, span=sentence.span, text=text)
        for sentence, text in zip(sentences, texts, strict=True)
    ]
    rng = np.random.default_rng(1)
    words = []
    for own in forms:
        ends = np.cumsum([len(form) + 1 for form in own]) - 1
        spans = np.stack([ends - [len(form) for form in own], ends], axis=1)
        words.append(Words(spans=spans, vectors=rng.normal(size=(len(own), DIMENSIONS)).astype(np.float16)))
    whole = document()
    return tabulate(
        Document(
            path=whole.path,
            text=" ".join(texts),
            encoding=whole.encoding,
            encoding_guessed=False,
            language=whole.language,
            language_from=whole.language_from,
            paragraphs=whole.paragraphs[:1],
            sentences=tuple(told),
        ),
        words,
    )


def test_rows_are_where_their_sentence_says() -> None:
    words, table = table_of(COUNTS)
    assert table.starts.tolist() == [0, 4, 5, 8, 10, 16]
    for i, own in enumerate(words):
        rows = slice(table.starts[i], table.starts[i + 1])
        np.testing.assert_array_equal(table.spans[rows], own.spans)
    assert table.vectors.shape == (16, DIMENSIONS)
    assert table.weights.shape == (16,)


def test_vectors_are_less_the_mean_and_of_length_one() -> None:
    words, table = table_of(COUNTS)
    raw = np.concatenate([own.vectors for own in words]).astype(np.float64)
    centred = raw - raw.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    assert table.vectors.dtype == np.int8
    # Rounding is off by half at most, and by a hair more where single precision rounds as well.
    assert np.abs(table.vectors - 127 * centred).max() < 0.51
    lengths = np.linalg.norm(table.vectors.astype(float), axis=1) / 127
    np.testing.assert_allclose(lengths, 1, atol=0.5 * DIMENSIONS**0.5 / 127)


def test_products_are_off_by_little() -> None:
    words, table = table_of([40, 40, 40, 40, 40])
    raw = np.concatenate([own.vectors for own in words]).astype(np.float64)
    centred = raw - raw.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    rounded = table.vectors.astype(np.float64) / 127
    off = rounded @ rounded.T - centred @ centred.T
    assert off.std() < 0.005
    assert np.abs(off).max() < 0.02


def test_in_pieces_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book's words go through by the twenty thousand; here by three, which cuts sentences."""
    _, whole = table_of(COUNTS)
    monkeypatch.setattr(words_room, "_ROWS_AT_ONCE", 3)
    _, parts = table_of(COUNTS)
    assert np.abs(whole.vectors.astype(int) - parts.vectors).max() <= 1
    np.testing.assert_array_equal(whole.weights, parts.weights)


def test_a_word_weighs_less_the_more_sentences_have_it() -> None:
    table = on_words([["the", "ferry"], ["The", "pier", "the"], ["the", "ferry"], ["storm"]])
    the, ferry, _, pier, again, *_, storm = table.weights.tolist()
    assert 0 < the < ferry < pier
    assert the == again, "upper case and lower are one word, and twice in a sentence counts once"
    np.testing.assert_allclose([the, ferry, pier, storm], np.log1p([4 / 3, 4 / 2, 4, 4]), rtol=1e-6)
    assert table.weights.dtype == np.float32


def test_a_word_of_every_sentence_still_weighs_something() -> None:
    np.testing.assert_allclose(on_words([["a"], ["a"], ["a"]]).weights, np.log(2), rtol=1e-6)


def test_a_document_of_one_sentence() -> None:
    table = on_words([["one", "ferry", "one"]])
    assert table.starts.tolist() == [0, 3]
    np.testing.assert_allclose(table.weights, np.log(2), rtol=1e-6)
    assert np.abs(table.vectors).max() > 12


def test_a_document_of_one_word() -> None:
    """Less its own mean it is nothing; that is better than a division by nothing."""
    table = on_words([["ferry"]])
    assert not table.vectors.any()
    assert table.weights.tolist() == pytest.approx([np.log(2)])
