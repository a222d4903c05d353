"""Headlines are joined with headlines, though one of them says what the other lede says."""

from __future__ import annotations

from typing import cast

import pytest

from mlcheck.align.evidence import Evidence
from mlcheck.align.headlines import join_headlines, pair_headlines
from mlcheck.align.similarity import Pair
from mlcheck.data import Document
from mlcheck.read import read_text
from mlcheck.segment import segment

EN = "Ferries cross the bay again\n\nFerries will cross the bay again on Sunday, said the port. It is open.\n\nTickets stay valid."  # noqa: E501


class Likes:
    """Finds a block of the lede the less wrong the more sentences it has."""

    def wrong(self, a: tuple[int, ...], c: tuple[int, ...]) -> float:
        return 1 / (len(a) + len(c))


def documents() -> tuple[Document, Document]:
    document = segment(read_text(EN), "en")
    assert [s.paragraph for s in document.sentences] == [0, 1, 1, 2]
    return document, document


def turned(links: list[Pair]) -> list[Pair]:
    return [(c, a) for a, c in links]


@pytest.mark.parametrize("turn", [list, turned])
@pytest.mark.parametrize("moves", [False, True])
def test_a_headline_gives_the_lede_back(turn: type[list[Pair]], moves: bool) -> None:
    took: Pair = ((0,), (1,))
    nulls: list[Pair] = [((1,), ()), ((2,), ()), ((), (0,)), ((), (2,))]
    links, moved = ([*nulls, ((3,), (3,))], [took]) if moves else ([took, *nulls, ((3,), (3,))], [])
    kept, still = pair_headlines(turn(links), turn(moved), cast(Evidence, Likes()), documents())
    assert still == []
    assert kept == turn([((0,), (0,)), ((1,), (1, 2)), ((2,), ()), ((3,), (3,))])


@pytest.mark.parametrize(
    "links",
    [
        [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (3,))],
        [((0,), (1,)), ((1,), (2,)), ((2,), ()), ((), (0,)), ((3,), (3,))],  # the lede has its own
        [((0,), (3,)), ((1,), ()), ((2,), ()), ((), (0,)), ((), (1,)), ((), (2,))],  # no lede
    ],
)
def test_what_is_not_a_lede_is_left_alone(links: list[Pair]) -> None:
    assert pair_headlines(links, [], cast(Evidence, Likes()), documents()) == (links, [])


class RunTogether(Likes):
    """Of the other version's first sentence, which has headline and lede in one, `said` are parts."""

    def __init__(self, *said: int) -> None:
        self.said = said

    def needed(self, side: int, block: tuple[int, ...], one: int, opposite: tuple[int, ...]) -> bool:
        return one in self.said


@pytest.mark.parametrize("turn", [list, turned])
def test_a_headline_that_the_other_version_runs_into_its_lede_is_no_addition(turn: type[list[Pair]]) -> None:
    links: list[Pair] = [((0,), (1,)), ((), (0,)), ((), (2,)), ((1,), (3,))]
    joined = join_headlines(turn(links), cast(Evidence, RunTogether(0, 2)))
    assert joined == turn([((0,), (0, 1, 2)), ((1,), (3,))])


@pytest.mark.parametrize("turn", [list, turned])
@pytest.mark.parametrize(
    "links",
    [
        [((0,), (1,)), ((), (0,)), ((1,), (2,))],  # it adds nothing to the link
        [((0,), (0,)), ((1,), (1,)), ((), (2,)), ((2,), (3,))],  # it stands further down
    ],
)
def test_a_headline_that_the_other_version_lacks_stays_one(turn: type[list[Pair]], links: list[Pair]) -> None:
    assert join_headlines(turn(links), cast(Evidence, RunTogether(2))) == turn(links)
