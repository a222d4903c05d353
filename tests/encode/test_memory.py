"""What the encode room keeps, and how pieces become words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from fake_encoder import FakeEncoder, Floats

from mlcheck.encode import Memory, WordVectors, general_centre
from mlcheck.encode.words import join_pieces


class Counting(FakeEncoder):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode_with_words(self, texts: Sequence[str]) -> tuple[Floats, list[WordVectors]]:
        self.asked += texts
        return super().encode_with_words(texts)


class Wordless(FakeEncoder):
    """A model without vectors for words."""

    def encode_with_words(self, texts: Sequence[str]) -> tuple[Floats, None]:  # type: ignore[override]
        return self.encode(texts), None

    def encode(self, texts: Sequence[str]) -> Floats:
        return FakeEncoder().encode_with_words(texts)[0]


def test_a_text_is_encoded_once() -> None:
    encoder, memory = Counting(), Memory()
    memory.recall(encoder, ["a ferry", "a storm", "a ferry"])
    memory.recall(encoder, ["a storm", "a pier"])
    assert encoder.asked == ["a ferry", "a storm", "a pier"]


def test_what_is_recalled_is_what_was_encoded() -> None:
    encoder, memory = Counting(), Memory()
    texts = ["a ferry", "a storm", "a ferry", "a pier"]
    memory.recall(encoder, texts[1:2])
    vectors, words = memory.recall(encoder, texts)
    np.testing.assert_array_equal(vectors, FakeEncoder().encode(texts))
    assert words is not None
    assert [w.spans.tolist() for w in words] == [[[0, 1], [2, 2 + len(text[2:])]] for text in texts]


def test_the_oldest_is_forgotten_first() -> None:
    encoder, memory = Counting(), Memory(texts=2)
    for text in ("one", "two", "one", "three", "one", "two"):
        memory.recall(encoder, [text])
    assert encoder.asked == ["one", "two", "three", "two"]


def test_more_than_it_keeps_at_once() -> None:
    encoder, memory = Counting(), Memory(texts=2)
    vectors, _ = memory.recall(encoder, ["one", "two", "three"])
    np.testing.assert_array_equal(vectors, FakeEncoder().encode(["one", "two", "three"]))


def test_a_model_without_words() -> None:
    vectors, words = Memory().recall(Wordless(), ["a ferry", "a storm"])
    assert vectors.shape == (2, 128)
    assert words is None


@pytest.mark.parametrize(
    ("text", "pieces", "words"),
    [
        ("two words", ["two", "words"], ["two", "words"]),
        ("unbroken", ["un", "bro", "ken"], ["unbroken"]),
        ("don't stop.", ["don", "'", "t", "stop", "."], ["don", "t", "stop"]),
        ("4,200 km", ["4", ",", "200", "km"], ["4", "200", "km"]),
        ("渡轮停", ["渡轮", "停"], ["渡轮", "停"]),
        ("…!", ["…", "!"], ["…!"]),
        ("COP29", ["COP", "29"], ["COP29"]),
    ],
)
def test_pieces_become_words(text: str, pieces: list[str], words: list[str]) -> None:
    spans, at = [], 0
    for piece in pieces:
        at = text.index(piece, at)
        spans.append((at, at + len(piece)))
        at += len(piece)
    vectors = np.arange(2 * len(pieces), dtype=np.float32).reshape(-1, 2)
    found = join_pieces(text, WordVectors(spans=np.array(spans, np.int64), vectors=vectors))
    assert [text[start:end] for start, end in found.spans] == words
    assert found.vectors.dtype == np.float16
    assert found.vectors.shape == (len(words), 2)


def test_a_words_vector_is_the_mean_of_its_pieces() -> None:
    spans = np.array([(0, 2), (2, 4), (5, 6)], np.int64)
    vectors = np.array([[0, 1], [1, 3], [5, 5]], np.float32)
    found = join_pieces("ship s", WordVectors(spans=spans, vectors=vectors))
    assert found.vectors.tolist() == [[0.5, 2], [5, 5]]


def test_the_general_centre() -> None:
    encoder = FakeEncoder()
    assert general_centre(encoder, "de").shape == (128,)
    np.testing.assert_array_equal(general_centre(encoder, "de"), general_centre(encoder, "de-AT"))
    np.testing.assert_array_equal(general_centre(encoder, "xx"), general_centre(encoder, "en"))
    assert not np.array_equal(general_centre(encoder, "de"), general_centre(encoder, "en"))


@pytest.mark.parametrize("reproducible", [True, False])
def test_a_books_sentences_are_encoded_in_parts(reproducible: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.encode.memory._AT_ONCE", 10)
    encoder, sizes = Counting(), []
    encoder.reproducible = reproducible
    ask = encoder.encode_with_words
    encoder.encode_with_words = lambda texts: sizes.append(len(texts)) or ask(texts)  # type: ignore[method-assign, func-returns-value]
    texts = [f"ferry {number}" for number in range(23)]
    vectors, _ = Memory().recall(encoder, texts)
    assert sizes == ([10, 10, 3] if reproducible else [23])
    np.testing.assert_array_equal(vectors[-1], FakeEncoder().encode(texts[-1:])[0])
