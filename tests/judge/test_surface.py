"""What the judge is told of how words look: numbers by their digits, other words by their sound."""

from __future__ import annotations

import re
import time

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.judge.surface import between, joined, likeness, tokens


def pieces(text: str, size: int = 4) -> npt.NDArray[np.int32]:
    """Pieces as an encoder cuts them: signs alone, words in parts, the first with the space before it."""
    found = []
    for match in re.finditer(r"\s?\w+|[^\w\s]", text):
        found += [(at, min(at + size, match.end())) for at in range(match.start(), match.end(), size)]
    return np.array(found, np.int32).reshape(-1, 2)


def alike(one: str, two: str) -> float:
    """The likeness of two words, of all their pieces."""
    found = likeness([(one, pieces(one))], [(two, pieces(two))])
    assert found.min() == found.max()
    return float(found[0, 0])


@pytest.mark.parametrize(
    ("one", "two"), [("70", "70"), ("1,500", "1 500"), ("2.5", "2,5"), ("12,345,678", "12.345.678")]
)
def test_numbers_with_the_same_digits_are_alike(one: str, two: str) -> None:
    assert alike(one, two) == 1


@pytest.mark.parametrize(("one", "two"), [("70", "80"), ("1,500", "150"), ("2021", "2012"), ("7", "seven")])
def test_other_numbers_are_not_at_all(one: str, two: str) -> None:
    assert alike(one, two) == 0


@pytest.mark.parametrize("other", ["Palin", "Пэйлин", "Пэйлина", "PALIN", "Palini"])
def test_a_name_is_alike_in_every_script(other: str) -> None:
    assert alike("Palin", other) > 0.5


@pytest.mark.parametrize("other", ["Hagen", "Форд", "Warszawa", "and"])
def test_another_name_is_not(other: str) -> None:
    assert alike("Palin", other) < 0.3


def test_of_short_words_it_says_little() -> None:
    assert alike("in", "in") < alike("ten", "ten") < 1 == alike("tenor", "tenor")


def test_a_piece_is_its_word_and_a_sign_is_nothing() -> None:
    one, two = "Schroeder, 45.", "45 (Schröder)"
    found = likeness([(one, pieces(one))], [(two, pieces(two))])
    rows = [one[a:b].strip() for a, b in pieces(one)]
    columns = [two[a:b].strip() for a, b in pieces(two)]
    for row, left in zip(found, rows, strict=True):
        for value, right in zip(row, columns, strict=True):
            kinds = {
                "number" if part.isdigit() else "word" if part.isalpha() else "sign" for part in (left, right)
            }
            assert (value > 0.5) == (kinds in ({"number"}, {"word"})), (left, right)


WORDS = [*"—«x", "Anna", "Anne", "45", "46", "1,500", "Anna's", "...", "Энн", "安娜"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8)


@given(TEXTS, TEXTS)
def test_it_is_the_same_both_ways(one: list[str], two: list[str]) -> None:
    left, right = (tokens(text, pieces(text)) for text in (" ".join(one), " ".join(two)))
    there, back = between(left, right), between(right, left)
    np.testing.assert_array_equal(there, back.T)
    assert there.shape == (len(left[1]), len(right[1]))
    assert ((there >= 0) & (there <= 1)).all()


@given(st.lists(TEXTS.map(" ".join), min_size=1, max_size=3), TEXTS.map(" ".join))
def test_sentences_are_compared_as_when_alone(several: list[str], other: str) -> None:
    parts = [tokens(text, pieces(text)) for text in several]
    right = tokens(other, pieces(other))
    alone = [between(part, right) for part in parts]
    np.testing.assert_array_equal(between(joined(parts), right), np.concatenate(alone))


def test_numbers_of_many_digits_take_no_time() -> None:
    """They are the same or not; an edit distance over their digits takes time with the square."""
    places = np.array([[0, 300_000], [300_001, 300_004]], np.int32)
    one, two, other = (f"{digits} and" for digits in ("7" * 300_000, "7" * 300_000, "7" * 299_999 + "8"))
    start = time.process_time()
    assert likeness([(one, places)], [(two, places)])[0, 0] == 1
    assert likeness([(one, places)], [(other, places)])[0, 0] == 0
    assert time.process_time() - start < 2
