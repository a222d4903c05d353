"""What has moved is found again, and what is missing stays missing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_align import Meanings, check_whole, distinct, joined, pairs

from mlcheck.align import moved as moved_module
from mlcheck.align.similarity import prepare
from mlcheck.data import Alignment, Link

STORY: Meanings = [[0, 1], [2, 3, 4], [5], [6, 7], [8, 9]]
"""Ten sentences in five paragraphs."""
REFRAIN: Meanings = STORY * 5
"""The same story five times, as a list of notices has it."""

both = pytest.mark.parametrize("words", [True, False])


def paragraphs(count: int, size: int = 3) -> Meanings:
    """Paragraphs of several sentences, no two alike."""
    return [list(range(size * number, size * (number + 1))) for number in range(count)]


def moved(text: Meanings, start: int, stop: int, to: int) -> Meanings:
    """The text with paragraphs `start` to `stop` taken out, and put in before what was number `to`."""
    rest = [paragraph for number, paragraph in enumerate(text) if not start <= number < stop]
    at = to if to <= start else to - (stop - start)
    return [*rest[:at], *text[start:stop], *rest[at:]]


def crossing(alignment: Alignment) -> list[Link]:
    return [link for link in alignment.sentences if link.moved]


def nulls(alignment: Alignment) -> tuple[list[int], list[int]]:
    """Sentences alone, of either side."""
    return (
        [link.source[0] for link in alignment.sentences if not link.target],
        [link.target[0] for link in alignment.sentences if not link.source],
    )


def said(text: Meanings) -> list[int]:
    return [meaning for paragraph in text for meaning in paragraph]


def check_true(alignment: Alignment, one: Meanings, two: Meanings) -> None:
    """In texts without repetition: what says the same is linked, one to one, and nothing else."""
    check_whole(alignment)
    left, right = said(one), said(two)
    links = [pair for pair in pairs(alignment.sentences) if pair[0] and pair[1]]
    assert sorted(links) == sorted(((left.index(x),), (right.index(x),)) for x in left if x in set(right))


@both
def test_nothing_moves_in_a_faithful_text(words: bool) -> None:
    for text in (paragraphs(12), distinct(30), REFRAIN):
        alignment = joined(text, text, words=words)
        assert crossing(alignment) == []
        assert nulls(alignment) == ([], [])


@both
@pytest.mark.parametrize(("start", "to"), [(2, 8), (8, 2), (0, 10), (9, 0), (3, 5)])
def test_a_moved_paragraph_is_found(start: int, to: int, words: bool) -> None:
    one = paragraphs(10)
    two = moved(one, start, start + 1, to)
    alignment = joined(one, two, words=words)
    check_true(alignment, one, two)
    assert [link.source for link in alignment.paragraphs if link.moved] == [(start,)]


@both
@pytest.mark.parametrize(("start", "to"), [(5, 25), (20, 3)])
def test_a_third_of_a_text_moved_is_found(start: int, to: int, words: bool) -> None:
    one = distinct(30)
    two = moved(one, start, start + 10, to)
    alignment = joined(one, two, words=words)
    check_true(alignment, one, two)
    # Of two stretches that changed places, the longer one stays.
    assert len(crossing(alignment)) == 10


@both
@pytest.mark.parametrize(("start", "to"), [(40, 250), (220, 10)])
def test_in_a_long_text_what_has_moved_is_found(start: int, to: int, words: bool) -> None:
    """From one piece into another, of the pieces in which long texts are aligned."""
    one = distinct(300)
    two = [paragraph for paragraph in moved(one, start, start + 6, to) if paragraph[0] not in (100, 180)]
    alignment = joined(one, two, words=words)
    check_true(alignment, one, two)
    assert [link.source[0] for link in crossing(alignment)] == list(range(start, start + 6))
    assert nulls(alignment) == ([100, 180], [])


@both
def test_two_paragraphs_that_change_places_are_found(words: bool) -> None:
    one = paragraphs(10)
    two = moved(one, 5, 6, 4)
    alignment = joined(one, two, words=words)
    check_true(alignment, one, two)
    # Either may be called the moved one, but not both.
    assert [link.source for link in alignment.paragraphs if link.moved] in ([(4,)], [(5,)])


@both
@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_a_list_that_was_turned_about_is_found(count: int, words: bool) -> None:
    """As a list of names is sorted anew in another alphabet. Of two sentences that changed places
    the program makes one block; of five it lets all go, and each is missing, and each is added."""
    one = distinct(20)
    two = [*one[:6], *one[6 : 6 + count][::-1], *one[6 + count :]]
    check_true(joined(one, two, words=words), one, two)


@both
def test_a_moved_paragraph_and_one_that_is_missing(words: bool) -> None:
    one = paragraphs(10)
    two = [paragraph for paragraph in moved(one, 2, 3, 8) if paragraph != one[5]]
    alignment = joined(one, two, words=words)
    check_true(alignment, one, two)
    assert nulls(alignment) == (one[5], [])


@both
@pytest.mark.parametrize(("here", "there"), [(1, 11), (11, 1), (1, 21)])
def test_in_a_text_that_repeats_itself_two_omissions_are_no_move(here: int, there: int, words: bool) -> None:
    """A sentence is missing from one copy of the story here, and from another copy there."""
    one, two = ([list(paragraph) for paragraph in REFRAIN] for _ in range(2))
    gone = one[here].pop(1), two[there].pop(1)
    assert gone == (3, 3)
    alignment = joined(one, two, words=words)
    check_whole(alignment)
    assert crossing(alignment) == []
    # Numbers of sentences: the copies have ten each, and the third of its paragraph's is meant.
    lost, over = there // 5 * 10 + 3, here // 5 * 10 + 3
    assert nulls(alignment) == ([lost - (there > here)], [over - (here > there)])


@both
def test_in_a_text_that_repeats_itself_two_lone_omissions_are_unsure(words: bool) -> None:
    """They may be one move as well as not, and say so."""
    one, two = ([list(paragraph) for paragraph in REFRAIN] for _ in range(2))
    one[1].remove(3)
    two[11].remove(3)
    alone = [link for link in joined(one, two, words=words).sentences if not (link.source and link.target)]
    assert len(alone) == 2
    assert all(link.confidence is not None and link.confidence <= 0.7 for link in alone)
    # An omission that has nothing left over opposite is as sure as ever.
    (single,) = [link for link in joined(REFRAIN, two, words=words).sentences if not link.target]
    assert single.confidence is not None
    assert single.confidence > 0.7


@both
@pytest.mark.parametrize("to", [18, 23])
def test_in_a_text_that_repeats_itself_a_whole_paragraph_is_found(to: int, words: bool) -> None:
    """It says what other copies say too, but it has left its surroundings, all of it."""
    two = moved(REFRAIN, 6, 7, to)
    alignment = joined(REFRAIN, two, words=words)
    check_whole(alignment)
    assert [(link.source, link.target) for link in alignment.paragraphs if link.moved] == [((6,), (to - 1,))]
    assert nulls(alignment) == ([], [])


@both
def test_in_a_text_that_repeats_itself_a_paragraph_of_its_own_is_found(words: bool) -> None:
    own: Meanings = [[30, 31]]
    one, two = [*REFRAIN[:6], *own, *REFRAIN[6:]], [*REFRAIN[:18], *own, *REFRAIN[18:]]
    alignment = joined(one, two, words=words)
    assert [(link.source, link.target) for link in alignment.paragraphs if link.moved] == [((6,), (18,))]


@both
@pytest.mark.parametrize("at", [0, 4, 11])
def test_what_is_missing_is_not_filled_with_its_like(at: int, words: bool) -> None:
    """The sentence is said once more elsewhere, where it has its counterpart."""
    text = distinct(12)
    like = 7
    one = [*text[:at], [like], *text[at:]]
    alignment = joined(one, text, words=words)
    assert nulls(alignment) == ([at], [])
    assert crossing(alignment) == []


@both
def test_what_is_missing_is_not_filled_with_a_stray(words: bool) -> None:
    """Each version has a sentence of its own, far apart."""
    text = paragraphs(10)
    one, two = [list(own) for own in text], [list(own) for own in text]
    one[2].insert(1, 60)
    two[7].insert(1, 61)
    alignment = joined(one, two, words=words)
    check_true(alignment, one, two)
    assert nulls(alignment) == ([7], [22])
    assert crossing(alignment) == []


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ([[1], [50], [1]], [[1]], True),
        ([[0], [1], [1]], [[1]], False),
        ([[0, 0, 0]], [[0]], False),
    ],
)
def test_where_all_of_one_side_may_have_moved(one: Meanings, two: Meanings, words: bool) -> None:
    check_whole(joined(one, two, words=words))


def crosses(link: Link, others: tuple[Link, ...]) -> bool:
    return any(
        (link.source < other.source) != (link.target < other.target)
        for other in others
        if other.source and other.target and other != link
    )


@given(st.permutations(range(9)), st.integers(0, 8), st.integers(0, 8), st.booleans())
@settings(deadline=None, max_examples=30)
def test_what_is_called_moved_crosses_something(order: list[int], less: int, more: int, words: bool) -> None:
    one = [[x] for x in range(9) if x != less]
    links = joined(one, [[x] for x in order if x != more], words=words).sentences
    assert all(crosses(link, links) for link in links if link.moved)
    # And what has not moved keeps the order.
    kept = [link for link in links if link.source and link.target and not link.moved]
    assert not any(crosses(link, tuple(kept)) for link in kept)


@pytest.mark.parametrize(
    ("one", "two", "words"),
    [
        ([[0], [2], [2]], [[0], [0], [2]], False),
        ([[0, 1, 0]], [[0, 1, 0], [0, 1, 0]], True),
    ],
)
def test_in_a_text_that_repeats_itself_what_is_called_moved_crosses_something(
    one: Meanings, two: Meanings, words: bool
) -> None:
    links = joined(one, two, words=words).sentences
    assert all(crosses(link, links) for link in links if link.moved)


def test_of_a_thousand_equal_sentences_each_is_weighed_against_a_few() -> None:
    def couples(count: int) -> int:
        own = np.ones((count, 4), np.float32)
        lengths = np.full(count, 30.0)
        own[::2, 1] = 3
        everywhere = prepare(own - 1, own - 1, lengths, lengths, general_expansion=1.0)
        return len(moved_module._Leftovers.of(range(count), range(count), everywhere).scores)

    assert couples(40) == 20 * 20
    assert 0 < couples(1000) <= 64 * 1000
