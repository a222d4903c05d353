"""The lattice against what it stands for: every alignment of a small piece, counted one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pytest

from mlcheck.align.lattice import NEVER, SHAPES, Lattice, Posterior, Scores

Floats = npt.NDArray[np.float64]
Step = tuple[int, int, int]
"""Node at which a step ends, and its shape; -1 is a source null, -2 a target null."""

SIZES = [(3, 2), (1, 1), (2, 4), (5, 1), (3, 3), (1, 5)]
"""Pieces side by side, none so large that its alignments could not be told one by one."""
NUMBER = {(a, c): k for k, (a, c) in enumerate(SHAPES.tolist())}


def alignments(n: int, m: int) -> Iterator[tuple[Step, ...]]:
    """Every alignment of n sentences with m, each set of links once: in a run of nulls those of the
    source come first."""

    def further(i: int, j: int, last: int) -> Iterator[tuple[Step, ...]]:
        if (i, j) == (n, m):
            yield ()
            return
        steps = [(i + a, j + c, k) for k, (a, c) in enumerate(SHAPES.tolist()) if i + a <= n and j + c <= m]
        if i < n and last != -2:
            steps.append((i + 1, j, -1))
        if j < m:
            steps.append((i, j + 1, -2))
        for step in steps:
            for rest in further(*step):
                yield (step, *rest)

    return further(0, 0, 0)


def random_scores(sizes: Sequence[tuple[int, int]], seed: int, barred: float = 0.0) -> Scores:
    """Scores that are all over the place, past the ends of the smaller pieces too."""
    rng = np.random.default_rng(seed)
    rows, columns = (max(own) + 1 for own in zip(*sizes, strict=True))
    blocks = rng.normal(0, 2, (len(SHAPES), len(sizes), rows, columns)).astype(np.float32)
    blocks[rng.random(blocks.shape) < barred] = NEVER
    return Scores(
        blocks=blocks,
        source=rng.normal(0, 2, (len(sizes), rows)),
        target=rng.normal(0, 2, (len(sizes), columns)),
        opening=-1.5,
    )


def score(steps: Sequence[Step], b: int, scores: Scores) -> float:
    """What an alignment scores, step by step."""
    total, before = 0.0, 0
    for i, j, k in steps:
        if k >= 0:
            total += float(scores.blocks[k, b, i, j])
        else:
            total += float(scores.source[b, i] if k == -1 else scores.target[b, j])
            total += scores.opening if before >= 0 else 0.0
        before = k
    return total


def counted(sizes: Sequence[tuple[int, int]], scores: Scores) -> Posterior:
    """The posterior by counting."""
    blocks = np.zeros(scores.blocks.shape)
    source, target = np.zeros_like(scores.source), np.zeros_like(scores.target)
    opened, total = np.zeros(len(sizes)), np.zeros(len(sizes))
    for b, (n, m) in enumerate(sizes):
        every = [(steps, score(steps, b, scores)) for steps in alignments(n, m)]
        total[b] = np.logaddexp.reduce([value for _, value in every])
        for steps, value in every:
            chance = math.exp(value - total[b])
            before = 0
            for i, j, k in steps:
                if k >= 0:
                    blocks[k, b, i, j] += chance
                elif k == -1:
                    source[b, i] += chance
                else:
                    target[b, j] += chance
                opened[b] += chance * (k < 0 <= before)
                before = k
    return Posterior(blocks.astype(np.float32), source, target, opened, total)


def check_same(one: Posterior, two: Posterior) -> None:
    np.testing.assert_allclose(one.total, two.total, atol=1e-5)
    np.testing.assert_allclose(one.blocks, two.blocks, atol=1e-5)
    np.testing.assert_allclose(one.source, two.source, atol=1e-5)
    np.testing.assert_allclose(one.target, two.target, atol=1e-5)
    np.testing.assert_allclose(one.opened, two.opened, atol=1e-5)


def of_piece(scores: Scores, b: int, size: tuple[int, int]) -> Scores:
    """The scores of one piece, without what pads it."""
    n, m = size
    return Scores(
        scores.blocks[:, b : b + 1, : n + 1, : m + 1],
        scores.source[b : b + 1, : n + 1],
        scores.target[b : b + 1, : m + 1],
        scores.opening,
    )


def test_the_alignments_of_two_sentences_with_two() -> None:
    """By hand: the blocks 2-2, 1-2, 2-1 and 1-1 at their places, and two links of one sentence."""
    found = [tuple(k for _, _, k in steps) for steps in alignments(2, 2)]
    assert len(found) == len(set(alignments(2, 2))) == 1 + 2 + 2 + 4 + 1 + 1
    assert found.count((-1, -1, -2, -2)) == 1
    assert (-2, -1, -1, -2) not in found


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("barred", [0.0, 0.6])
def test_chances_are_those_of_counting(seed: int, barred: float) -> None:
    scores = random_scores(SIZES, seed, barred)
    lattice = Lattice(np.array(SIZES))
    found = lattice.posterior(scores)
    check_same(found, counted(SIZES, scores))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("barred", [0.0, 0.6])
def test_the_best_is_that_of_counting(seed: int, barred: float) -> None:
    scores = random_scores(SIZES, 100 + seed, barred)
    for b, steps in enumerate(Lattice(np.array(SIZES)).best(scores)):
        every = list(alignments(*SIZES[b]))
        # To be one of those that are counted means the canonical order too.
        assert tuple(steps) in every
        assert score(steps, b, scores) == pytest.approx(max(score(own, b, scores) for own in every), abs=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_every_sentence_is_somewhere(seed: int) -> None:
    """Of each sentence, the chances of its blocks and of its null add up to one."""
    sizes = [(9, 7), (4, 11)]
    found = Lattice(np.array(sizes)).posterior(random_scores(sizes, seed))
    for b, (n, m) in enumerate(sizes):
        left, right = found.source[b, 1 : n + 1].copy(), found.target[b, 1 : m + 1].copy()
        for k, (a, c) in enumerate(SHAPES.tolist()):
            for i, j in np.argwhere(found.blocks[k, b] > 0).tolist():
                left[i - a : i] += found.blocks[k, b, i, j]
                right[j - c : j] += found.blocks[k, b, i, j]
        np.testing.assert_allclose(left, 1, atol=1e-4)
        np.testing.assert_allclose(right, 1, atol=1e-4)


def test_in_a_run_of_nulls_the_sources_come_first() -> None:
    """Where nothing can be linked there is one alignment, whatever the lengths: were each order of
    its nulls counted, the total would grow with their number."""
    sizes = [(4, 3), (2, 5)]
    scores = random_scores(sizes, 1, barred=1.0)
    lattice = Lattice(np.array(sizes))
    for b, steps in enumerate(lattice.best(scores)):
        assert [k for _, _, k in steps] == [-1] * sizes[b][0] + [-2] * sizes[b][1]
        assert lattice.posterior(scores).total[b] == pytest.approx(score(steps, b, scores))
    np.testing.assert_allclose(lattice.posterior(scores).opened, 1)


def test_what_is_barred_never_appears() -> None:
    sizes = [(6, 6), (3, 5)]
    scores = random_scores(sizes, 2, barred=0.7)
    # Dear nulls, so that a barred block would be welcome.
    dear = Scores(scores.blocks, scores.source - 50, scores.target - 50, -50.0)
    lattice = Lattice(np.array(sizes))
    found = lattice.posterior(dear)
    assert (found.blocks[scores.blocks == np.float32(NEVER)] == 0).all()
    assert found.blocks.max() > 0.5
    for b, steps in enumerate(lattice.best(dear)):
        assert any(k >= 0 for _, _, k in steps)
        assert all(k < 0 or dear.blocks[k, b, i, j] > NEVER for i, j, k in steps)


def test_a_null_that_is_barred_never_appears() -> None:
    sizes = [(3, 4)]
    scores = random_scores(sizes, 3)
    scores.source[0, 2] = NEVER
    scores.target[0, 3] = NEVER
    lattice = Lattice(np.array(sizes))
    found = lattice.posterior(scores)
    check_same(found, counted(sizes, scores))
    assert found.source[0, 2] == found.target[0, 3] == 0
    assert not {(2, -1), (3, -2)} & {(i if k == -1 else j, k) for i, j, k in lattice.best(scores)[0]}


@pytest.mark.parametrize("seed", range(3))
def test_a_piece_alone_and_beside_a_larger_one(seed: int) -> None:
    sizes = [(3, 2), (12, 14), (1, 8), (7, 1)]
    scores = random_scores(sizes, seed)
    beside = Lattice(np.array(sizes))
    together, best = beside.posterior(scores), beside.best(scores)
    for b, (n, m) in enumerate(sizes):
        own = of_piece(scores, b, (n, m))
        lattice = Lattice(np.array([(n, m)]))
        alone = lattice.posterior(own)
        assert lattice.best(own)[0] == best[b]
        check_same(
            alone,
            Posterior(
                together.blocks[:, b : b + 1, : n + 1, : m + 1],
                together.source[b : b + 1, : n + 1],
                together.target[b : b + 1, : m + 1],
                together.opened[b : b + 1],
                together.total[b : b + 1],
            ),
        )


def test_past_the_end_of_a_piece_is_nothing() -> None:
    sizes = [(3, 2), (6, 7)]
    found = Lattice(np.array(sizes)).posterior(random_scores(sizes, 4))
    assert not found.blocks[:, 0, 4:].any()
    assert not found.blocks[:, 0, :, 3:].any()
    assert not found.source[0, 4:].any()
    assert not found.target[0, 3:].any()


@pytest.mark.parametrize("seed", range(3))
def test_with_the_sides_changed_chances_are_mirrored(seed: int) -> None:
    sizes = [(5, 7), (6, 2)]
    scores = random_scores(sizes, seed)
    mirrored = [NUMBER[c, a] for a, c in SHAPES.tolist()]
    other = Scores(
        np.ascontiguousarray(scores.blocks[mirrored].transpose(0, 1, 3, 2)),
        scores.target,
        scores.source,
        scores.opening,
    )
    there = Lattice(np.array(sizes)).posterior(scores)
    back = Lattice(np.array(sizes)[:, ::-1]).posterior(other)
    check_same(
        there,
        Posterior(
            back.blocks[mirrored].transpose(0, 1, 3, 2), back.target, back.source, back.opened, back.total
        ),
    )
    # Of the best, the links; the nulls of a run come in another order.
    one, two = Lattice(np.array(sizes)).best(scores), Lattice(np.array(sizes)[:, ::-1]).best(other)
    for mine, its in zip(one, two, strict=True):
        assert [step for step in mine if step[2] >= 0] == [(j, i, mirrored[k]) for i, j, k in its if k >= 0]


def test_a_run_of_nulls_opens_once() -> None:
    """Gotoh's gaps: ten sentences alone in one place cost one opening, in two places two."""
    for places, openings in (([1, 12], 1), ([5, 12], 2)):
        blocks = np.full((len(SHAPES), 1, 13, 3), NEVER, np.float32)
        # So good that any other alignment is out of the question.
        blocks[0, 0, places, [1, 2]] = 100.0
        scores = Scores(blocks, np.full((1, 13), -0.25), np.full((1, 3), -0.25), -20.0)
        found = Lattice(np.array([(12, 2)])).posterior(scores)
        assert found.total[0] == pytest.approx(200 - 10 * 0.25 - 20 * openings)
        assert found.opened[0] == pytest.approx(openings)


def test_shapes_have_their_mirrors() -> None:
    assert {(c, a) for a, c in NUMBER} == set(NUMBER)
    assert SHAPES[0].tolist() == [1, 1]
