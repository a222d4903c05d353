"""Long texts in pieces: cut where nobody would draw a link across, and nowhere else."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from conftest import seconds
from test_align import Meanings, distinct, joined, pairs

from mlcheck.align import anchors
from mlcheck.align.anchors import EXACT, cut
from mlcheck.align.evidence import coefficients
from mlcheck.align.prune import prune
from mlcheck.align.similarity import Similarity, prepare

Vectors = npt.NDArray[np.float32]
Link = tuple[int, int]

DIMENSIONS = 32
HUGE = 1_000_000
"""Pairs in a piece that has no backbone, at most."""


def meanings(count: int, seed: int = 0) -> Vectors:
    return np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)


def similarity(source: Vectors, target: Vectors, *, noise: float = 0.3) -> Similarity:
    """Of two texts, each of whose sentences says its meaning in words of its own."""
    rng = np.random.default_rng(1)
    one, two = ((own + noise * rng.normal(size=own.shape)).astype(np.float32) for own in (source, target))
    lengths = [np.full(len(own), 60.0) for own in (one, two)]
    return prepare(one, two, *lengths, general_expansion=1.0)


def lacking(count: int, share: float, seed: int) -> tuple[list[int], list[int]]:
    """What two texts of `count` meanings have of them, each a bit less."""
    rng = random.Random(seed)
    return (
        [x for x in range(count) if rng.random() >= share],
        [x for x in range(count) if rng.random() >= share],
    )


def check_pieces(pieces: list[tuple[int, int, int, int]], n: int, m: int) -> None:
    """They are all of both texts, in order, and none overlaps the next."""
    assert pieces[0][0] == pieces[0][2] == 0
    assert (pieces[-1][1], pieces[-1][3]) == (n, m)
    for (_, p, _, q), (i, _, j, _) in pairwise(pieces):
        assert (i, j) == (p, q)
    assert all(i <= p and j <= q and (i, j) != (p, q) for i, p, j, q in pieces)


def across(links: list[Link], pieces: list[tuple[int, int, int, int]]) -> list[Link]:
    """The links whose sides are in different pieces."""
    return [(x, y) for x, y in links if not any(i <= x < p and j <= y < q for i, p, j, q in pieces)]


def true_links(one: list[int], two: list[int]) -> list[Link]:
    return [(one.index(x), two.index(x)) for x in one if x in set(two)]


def test_a_short_text_is_one_piece() -> None:
    own = meanings(200)
    assert EXACT == 200 * 200
    assert cut(similarity(own, own)) == [(0, 200, 0, 200)]


def test_one_sentence_against_a_book_is_one_piece() -> None:
    assert cut(similarity(meanings(1), meanings(20_000))) == [(0, 1, 0, 20_000)]


@pytest.mark.parametrize(("share", "seed"), [(0.0, 1), (0.03, 2), (0.15, 3), (0.4, 4)])
def test_no_true_link_crosses_a_cut(share: float, seed: int) -> None:
    own = meanings(900)
    one, two = lacking(900, share, seed)
    pieces = cut(similarity(own[one], own[two]))
    check_pieces(pieces, len(one), len(two))
    assert across(true_links(one, two), pieces) == []
    # Unless both versions lack nearly half, they are cut fine enough to be cheap.
    if share < 0.4:
        assert len(pieces) > 10
        assert max((p - i) * (q - j) for i, p, j, q in pieces) < EXACT


@pytest.mark.parametrize("seed", range(5))
def test_no_cut_goes_through_sentences_run_together(seed: int) -> None:
    """Every third sentence of the target says what two of the source say: a match with the second of
    them is no place to cut."""
    rng = np.random.default_rng(seed)
    own = meanings(900, seed)
    rows, links, at = [], [], 0
    while at < 900:
        size = min(2 if rng.random() < 0.33 else 1, 900 - at)
        links += [(at + x, len(rows)) for x in range(size)]
        # Not in equal parts: one of the two may be all that is heard.
        parts = rng.dirichlet([1] * size) if size > 1 else np.ones(1)
        rows.append((own[at : at + size] * parts[:, None]).sum(axis=0) / parts.max())
        at += size
    pieces = cut(similarity(own, np.array(rows)))
    check_pieces(pieces, 900, len(rows))
    assert len(pieces) > 10
    assert across(links, pieces) == []


def test_with_a_chapter_moved_the_rest_is_cut_right() -> None:
    own = meanings(900)
    order = [*range(200), *range(260, 700), *range(200, 260), *range(700, 900)]
    pieces = cut(similarity(own, own[order]))
    check_pieces(pieces, 900, 900)
    links = [(x, y) for x, y in true_links(list(range(900)), order) if not 200 <= x < 260]
    assert len(pieces) > 10
    assert across(links, pieces) == []


def test_with_a_chapter_missing_the_rest_is_cut_right() -> None:
    own = meanings(900)
    two = [*range(300), *range(420, 900)]
    pieces = cut(similarity(own, own[two]))
    check_pieces(pieces, 900, 780)
    assert len(pieces) > 10
    assert across(true_links(list(range(900)), two), pieces) == []
    # The chapter is all in one piece, with what stands around it.
    assert any(i <= 300 and p >= 420 for i, p, _, _ in pieces)


def test_a_refrain_is_no_anchor() -> None:
    """Every fourth line is the same; it fits anywhere."""
    own = meanings(600)
    own[::4] = own[0]
    one, two = lacking(600, 0.05, 5)
    pieces = cut(similarity(own[one], own[two]))
    check_pieces(pieces, len(one), len(two))
    assert len(pieces) > 3
    assert across([(x, y) for x, y in true_links(one, two) if one[x] % 4], pieces) == []


def test_unrelated_long_texts_are_cut_blindly_and_soon() -> None:
    similar = similarity(meanings(3000, 1), meanings(2500, 2))
    pieces = cut(similar)
    assert seconds(lambda: cut(similar)) < 3
    check_pieces(pieces, 3000, 2500)
    # A blind cut is rounded, so that a piece may be larger by a sentence a side.
    assert max((p - i - 1) * (q - j - 1) for i, p, j, q in pieces) <= HUGE
    assert len(pieces) < 20


def test_a_text_of_one_sentence_over_and_over_is_cut_soon() -> None:
    own = np.repeat(meanings(1), 1500, axis=0)
    similar = similarity(own, own, noise=0.0)
    pieces = cut(similar)
    # Were each of its matches looked at, it would take twenty times as long.
    assert seconds(lambda: cut(similar)) < 0.8
    check_pieces(pieces, 1500, 1500)


def test_a_sampled_text_is_cut_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """In books not every sentence looks for its match; here every fourth."""
    own = meanings(800)
    one, two = lacking(800, 0.03, 6)
    monkeypatch.setattr(anchors, "_SAMPLED", len(one) * len(two) // 4)
    pieces = cut(similarity(own[one], own[two]))
    check_pieces(pieces, len(one), len(two))
    assert len(pieces) > 5
    assert across(true_links(one, two), pieces) == []


@pytest.mark.parametrize("words", [True, False])
def test_in_pieces_the_alignment_is_that_of_one_piece(monkeypatch: pytest.MonkeyPatch, words: bool) -> None:
    rng = random.Random(7)
    one: Meanings = [own for own in distinct(300) if rng.random() > 0.04]
    two: Meanings = [own for own in distinct(300) if rng.random() > 0.04]
    in_pieces = joined(one, two, words=words)
    monkeypatch.setattr(anchors, "EXACT", 10**9)
    whole = joined(one, two, words=words)
    assert len(one) * len(two) > EXACT
    assert pairs(in_pieces.sentences) == pairs(whole.sentences)
    assert pairs(in_pieces.paragraphs) == pairs(whole.paragraphs)
    for mine, its in zip(in_pieces.sentences, whole.sentences, strict=True):
        assert mine.divergence == pytest.approx(its.divergence, abs=0.02)
        # A null is weighed by its best match within its piece.
        assert mine.confidence == pytest.approx(its.confidence, abs=0.05)


def test_texts_of_thousands_of_sentences_without_a_backbone_are_cut_smaller() -> None:
    def largest_and_all(count: int) -> tuple[int, int]:
        pieces = cut(similarity(meanings(count, 1), meanings(count, 2)))
        check_pieces(pieces, count, count)
        cells = [(p - i) * (q - j) for i, p, j, q in pieces]
        return max(cells), sum(cells)

    assert largest_and_all(2000) == (1_000_000, 2_000_000)
    largest, all_ = largest_and_all(6000)
    assert EXACT <= largest < HUGE
    assert all_ <= 2_000_000 * 1.1


def test_of_equal_sentences_few_blocks_are_left_to_the_second_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def left(count: int) -> float:
        everywhere = similarity(*[np.zeros((count, DIMENSIONS), np.float32)] * 2, noise=0.0)
        chosen = np.arange(count), np.arange(count)
        pruned = prune(everywhere, cut(everywhere), chosen, coefficients("plain", "sentences"))
        return len(pruned.candidates.i) / count

    many = left(200)
    monkeypatch.setattr("mlcheck.align.prune._MANY", 10_000)
    assert 64 >= left(200) < many
