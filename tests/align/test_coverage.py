"""Coverage of many blocks at once against the slow, plain way: word by word, block by block."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt
import pytest

from mlcheck.align.coverage import Cells, Coverage, Covered
from mlcheck.align.lattice import SHAPES
from mlcheck.data import WordTable

Ints = npt.NDArray[np.int64]
Blocks = list[tuple[int, int, int]]
"""Shape, and positions at which a block begins."""

DIMENSIONS = 16
SINGLE = [(0, 0), (1, 2), (4, 4)]


def random_table(sentences: int, seed: int) -> WordTable:
    """One to five words a sentence."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(1, 6, sentences)
    words = int(counts.sum())
    vectors = rng.normal(size=(words, DIMENSIONS))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return WordTable(
        starts=np.concatenate([[0], np.cumsum(counts)]),
        spans=np.zeros((words, 2), np.int64),
        vectors=np.rint(127 * vectors).astype(np.int8),
        weights=rng.uniform(0.5, 3, words).astype(np.float32),
    )


def random_blocks(n: int, m: int, share: float, seed: int) -> Blocks:
    """Some of all the blocks between n positions and m, those of every shape among them."""
    rng = np.random.default_rng(seed)
    return [
        (k, i, j)
        for k, (a, c) in enumerate(SHAPES.tolist())
        for i in range(n - a + 1)
        for j in range(m - c + 1)
        if rng.random() < share or (i, j) == (k % (n - a + 1), k % (m - c + 1))
    ]


def cells_of(blocks: Blocks, width: int) -> Cells:
    k, i, j = np.array(blocks, np.int64).T
    return Cells.of(k, i, j, width)


def plainly(
    tables: tuple[WordTable, WordTable],
    side: int,
    sentences: list[int],
    opposite: list[int],
    typical: float,
) -> float:
    """Mean over the words, by weight, of the best cosine opposite, in units of the typical link."""
    own, other = tables[side], tables[1 - side]
    top = bottom = 0.0
    for sentence in sentences:
        for word in range(own.starts[sentence], own.starts[sentence + 1]):
            best = max(
                float(own.vectors[word].astype(int) @ other.vectors[its].astype(int)) / 127**2
                for one in opposite
                for its in range(other.starts[one], other.starts[one + 1])
            )
            top += float(own.weights[word]) * best
            bottom += float(own.weights[word])
    return top / bottom / typical


def check_covered(
    blocks: Blocks, tables: tuple[WordTable, WordTable], chosen: tuple[list[int], list[int]]
) -> None:
    coverage = Coverage(*tables, SINGLE)
    one, two = (np.array(own, np.int64) for own in chosen)
    found = Covered.of(cells_of(blocks, len(chosen[1])), coverage, (one, two))
    alone: tuple[defaultdict[int, float], defaultdict[int, float]] = (defaultdict(float), defaultdict(float))
    for number, (k, i, j) in enumerate(blocks):
        a, c = SHAPES[k].tolist()
        sides = chosen[0][i : i + a], chosen[1][j : j + c]
        forth, back = (
            plainly(tables, side, sides[side], sides[1 - side], coverage.typical[side]) for side in (0, 1)
        )
        assert found.forth[number] == pytest.approx(forth, abs=1e-4)
        assert found.back[number] == pytest.approx(back, abs=1e-4)
        members = [
            plainly(tables, side, [own], sides[1 - side], coverage.typical[side])
            for side in (0, 1)
            if len(sides[side]) > 1
            for own in sides[side]
        ]
        assert found.weakest[number] == pytest.approx(min([1.0, *members]), abs=1e-4)
        for side, begin in ((0, i), (1, j)):
            if len(sides[1 - side]) == 1:
                for at, own in enumerate(sides[side], begin):
                    value = plainly(tables, side, [own], sides[1 - side], coverage.typical[side])
                    alone[side][at] = max(alone[side][at], value)
    for side in (0, 1):
        expected = [alone[side][at] for at in range(len(chosen[side]))]
        np.testing.assert_allclose(found.best[side], expected, atol=1e-4)


@pytest.mark.parametrize(("seed", "share"), [(0, 0.0), (1, 0.05), (2, 0.4)])
def test_blocks_of_every_shape_as_word_by_word(seed: int, share: float) -> None:
    tables = random_table(9, seed), random_table(8, 10 + seed)
    blocks = random_blocks(9, 8, share, seed)
    assert {k for k, _, _ in blocks} == set(range(len(SHAPES)))
    check_covered(blocks, tables, (list(range(9)), list(range(8))))


@pytest.mark.parametrize("seed", range(3))
def test_blocks_of_which_few_cells_are_shared(seed: int) -> None:
    """Cells with gaps between them: what stands next to a cell is not always the next cell."""
    tables = random_table(20, seed), random_table(20, 10 + seed)
    rng = np.random.default_rng(seed)
    blocks = [
        (int(k), int(rng.integers(0, 16)), int(rng.integers(0, 16))) for k in rng.integers(0, len(SHAPES), 12)
    ]
    check_covered(blocks, tables, (list(range(20)), list(range(20))))


def test_blocks_at_the_ends_of_rows() -> None:
    """The last sentence opposite, and in the next row the first: neighbours as keys, not as cells."""
    tables = random_table(5, 3), random_table(5, 4)
    check_covered([(0, 0, 4), (0, 1, 0), (0, 1, 4), (0, 2, 0), (2, 2, 4)], tables, (list(range(5)),) * 2)


def test_one_block_after_the_other() -> None:
    """Down the diagonal, where a row's first sentence opposite follows the last of the row before."""
    tables = random_table(5, 5), random_table(5, 6)
    blocks = [(0, 0, 0), (0, 1, 1), (SHAPES.tolist().index([1, 2]), 2, 2), (0, 3, 4)]
    check_covered(blocks, tables, (list(range(5)),) * 2)


@pytest.mark.parametrize("seed", range(2))
def test_sentences_that_were_taken_out(seed: int) -> None:
    """Positions are not sentence numbers where some have moved; neighbours are then far apart."""
    tables = random_table(12, seed), random_table(11, 20 + seed)
    chosen = [0, 1, 4, 5, 8, 9, 11], [2, 3, 4, 7, 9, 10]
    check_covered(random_blocks(7, 6, 0.2, seed), tables, chosen)


def test_a_sentence_in_no_block_has_nothing() -> None:
    tables = random_table(6, 0), random_table(6, 1)
    cells = cells_of([(0, 1, 2)], 6)
    found = Covered.of(cells, Coverage(*tables, []), (np.arange(6), np.arange(6)))
    assert np.flatnonzero(found.best[0]).tolist() == [1]
    assert np.flatnonzero(found.best[1]).tolist() == [2]


@pytest.mark.parametrize("side", [0, 1])
def test_of_some_sentences_as_word_by_word(side: int) -> None:
    tables = random_table(9, 5), random_table(9, 6)
    coverage = Coverage(*tables, SINGLE)
    for own, opposite in (([3], [4]), ([0, 1, 2], [5]), ([7, 2], [0, 8, 4])):
        expected = plainly(tables, side, own, opposite, coverage.typical[side])
        assert coverage.of(side, own, opposite) == pytest.approx(expected, abs=1e-5)


def test_a_text_covers_itself_and_nothing_more() -> None:
    table = random_table(5, 7)
    coverage = Coverage(table, table, [(i, i) for i in range(5)])
    for side in (0, 1):
        assert coverage.typical[side] == pytest.approx(1, abs=0.02)
        assert coverage.of(side, (2,), (2,)) == pytest.approx(1, abs=0.03)
        assert coverage.of(side, (2,), (1, 2, 3)) >= coverage.of(side, (2,), (2,))
        assert coverage.of(side, (2,), (3,)) < 0.8


def test_the_unit_is_that_of_sure_links() -> None:
    tables = random_table(6, 8), random_table(6, 9)
    # An exact copy of some words: of a text whose true links cover a good deal.
    tables[1].vectors[: tables[1].starts[1]] = tables[0].vectors[0]
    with_links, without = Coverage(*tables, [(0, 0)]), Coverage(*tables, [])
    assert with_links.typical[1] == pytest.approx(1, abs=0.02)
    assert without.typical == (0.5, 0.5)
    assert without.of(1, (0,), (0,)) == pytest.approx(2 * with_links.of(1, (0,), (0,)), rel=0.05)


@pytest.mark.parametrize("width", [9, 30])
def test_sums_over_cells(width: int) -> None:
    blocks = random_blocks(8, 9, 0.1, 2)
    cells = cells_of(blocks, width)
    values = np.random.default_rng(3).random((8, width)).astype(np.float32)
    assert len(set(cells.keys.tolist())) == len(cells.keys)
    i, j = np.divmod(cells.keys, width)
    expected = [values[i : i + a, j : j + c].sum() for k, i, j in blocks for a, c in [SHAPES[k].tolist()]]
    np.testing.assert_allclose(cells.total(values[i, j]), expected, rtol=1e-5)
    np.testing.assert_array_equal(cells.find(i, j), np.arange(len(i)))


def test_no_blocks_have_no_cells() -> None:
    none: Ints = np.zeros(0, np.int64)
    cells = Cells.of(none, none, none, 5)
    assert len(cells.keys) == 0
    assert cells.total(np.zeros(0, np.float32)).tolist() == []


def test_unsaid_of_a_copy_and_of_nothing_in_common() -> None:
    table = random_table(6, 3)
    tables = Coverage(table, table, [])
    copy, strange = tables.unsaid((1, 2), (1, 2)), tables.unsaid((1,), (3, 4))
    assert (copy.least, copy.most, copy.unmatched) == (0, 0, 0)
    assert 0 < strange.least <= strange.most <= 0.7
    assert 0 <= strange.unmatched < 1


def test_unsaid_has_no_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sides changed, and many words in several portions: the same figures."""
    one, two = random_table(9, 1), random_table(9, 2)
    there = Coverage(one, two, []).unsaid(range(8), range(1, 9))
    back = Coverage(two, one, []).unsaid(range(1, 9), range(8))
    np.testing.assert_allclose(there, back, atol=1e-6)
    monkeypatch.setattr("mlcheck.align.coverage._WORDS_AT_ONCE", 3)
    np.testing.assert_allclose(Coverage(one, two, []).unsaid(range(8), range(1, 9)), there, atol=1e-6)


def test_general_text_gives_the_unit_where_links_are_few() -> None:
    tables = random_table(6, 8), random_table(6, 9)
    assert Coverage(*tables, [], (0.7, 0.6)).typical == (0.7, 0.6)
    own, usual = Coverage(*tables, [(0, 0)] * 3).typical, Coverage(*tables, [(0, 0)] * 3, (0.8, 0.8)).typical
    assert all(min(a, 0.8) <= b <= max(a, 0.8) for a, b in zip(own, usual, strict=True))
