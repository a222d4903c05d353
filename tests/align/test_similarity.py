"""How alike two blocks are: the quick ways against the plain one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from mlcheck.align.chunks import ChunkBatch
from mlcheck.align.evidence import coefficients
from mlcheck.align.lattice import SHAPES
from mlcheck.align.prune import prune
from mlcheck.align.similarity import Side, Similarity, Track, centred, prepare

Floats = npt.NDArray[np.float64]

DIMENSIONS = 24
LARGEST = int(SHAPES.max())


def random_similarity(n: int, m: int, seed: int, scale: float = 1.0, stretch: float = 1.0) -> Similarity:
    """Two texts of which the same-numbered sentences are alike; vectors times `scale`, lengths times
    `stretch`."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(max(n, m), DIMENSIONS))
    # Different lengths of vectors, as centring leaves them, and a bit that all have in common.
    common *= rng.uniform(0.5, 1.5, (max(n, m), 1))
    vectors = [common[:k] + 0.4 * rng.normal(size=(k, DIMENSIONS)) + 0.3 for k in (n, m)]
    lengths = [rng.integers(10, 200, k).astype(float) for k in (n, m)]
    return prepare(
        (scale * vectors[0]).astype(np.float32),
        (scale * vectors[1]).astype(np.float32),
        lengths[0] * stretch,
        lengths[1],
        general_expansion=stretch,
        floor=0.2,
        ceiling=0.9,
    )


def summed(side: Side, sentences: list[int]) -> Floats:
    """The vectors before they were brought to length 1, by the sentences' lengths."""
    total = np.zeros(DIMENSIONS)
    for i in sentences:
        total += side.lengths[i] * side.norms[i] * side.vectors[i].astype(float)
    return total


def plainly(similarity: Similarity, one: list[int], two: list[int]) -> float:
    """(cosine - mu) / (1 - mu) of two blocks."""
    sums = summed(similarity.source, one), summed(similarity.target, two)
    left, right = (own / np.linalg.norm(own) for own in sums)
    hubs = left @ similarity.source.mean, right @ similarity.target.mean
    mu = sum(float(np.clip(hub, -0.5, 0.5)) for hub in hubs) / 2
    return float((left @ right - mu) / (1 - mu))


@pytest.mark.parametrize("sentences", [[0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 5, 6, 8], [4], [3, 7]])
def test_a_tracks_blocks_are_sums_of_their_sentences(sentences: list[int]) -> None:
    side = random_similarity(9, 11, 1).source
    track = Track.of(side, np.array(sentences), 1.25, LARGEST)
    assert track.norms.shape == track.hubs.shape == track.lengths.shape == (LARGEST + 1, len(sentences) + 1)
    for size in range(1, LARGEST + 1):
        for end in range(size, len(sentences) + 1):
            block = sentences[end - size : end]
            total = summed(side, block)
            norm = np.linalg.norm(total)
            assert track.norms[size, end] == pytest.approx(norm, rel=1e-4)
            assert track.lengths[size, end] == pytest.approx(1.25 * side.lengths[block].sum(), rel=1e-5)
            hub = np.clip(total @ side.mean / norm, -0.5, 0.5)
            assert track.hubs[size, end] == pytest.approx(hub, abs=1e-4)


@pytest.mark.parametrize("count", [1, 2, 5, 6])
def test_where_no_block_ends_a_track_is_harmless(count: int) -> None:
    """They are divided by, and end up in no score; a warning would be an error here."""
    track = Track.of(random_similarity(8, 8, 2).target, np.arange(count), 1.0, LARGEST)
    for values in (track.norms, track.lengths):
        assert np.isfinite(values).all()
        assert (values > 0).all()
    assert (np.abs(track.hubs) <= 0.5).all()


def test_sentences_that_cancel_out_do_no_harm() -> None:
    """A sum of nothing has no direction."""
    vectors = np.zeros((2, 4), np.float32)
    vectors[:, 0] = 1, -1
    side = Side(vectors, np.ones(2), np.full(2, 50.0), np.ones(4), np.zeros(2))
    track = Track.of(side, np.arange(2), 1.0, LARGEST)
    assert track.norms[2, 2] > 0
    assert abs(track.hubs[2, 2]) <= 0.5
    vector, hub, length = side.join([0, 1])
    assert np.isfinite(vector).all()
    assert (abs(hub) <= 0.5, length) == (True, 100)


def test_one_sentence_each_is_the_same_in_every_way() -> None:
    similarity = random_similarity(7, 9, 3)
    plain = similarity.plain(range(7), range(9))
    among = similarity.among(range(7), range(9))
    for i in range(7):
        for j in range(9):
            value, ratio = similarity.between([i], [j])
            assert plain[i, j] == pytest.approx(plainly(similarity, [i], [j]), abs=1e-5)
            assert value == pytest.approx(plain[i, j], abs=1e-5)
            expected = value / similarity.typical * (np.log2(1 + ratio) if value > 0 else 1)
            assert among[i, j] == pytest.approx(expected, abs=1e-5)


def test_of_some_sentences_is_part_of_all() -> None:
    similarity = random_similarity(7, 9, 4)
    rows, columns = [5, 0, 3], [8, 2]
    for own in (similarity.plain, similarity.among):
        np.testing.assert_allclose(
            own(rows, columns), own(range(7), range(9))[np.ix_(rows, columns)], atol=1e-6
        )


@pytest.mark.parametrize(("one", "two"), [([0, 1], [0]), ([2, 5, 6], [1, 7]), ([4], [8, 3, 0])])
def test_any_sets_of_sentences(one: list[int], two: list[int]) -> None:
    similarity = random_similarity(7, 9, 5)
    value, ratio = similarity.between(one, two)
    assert value == pytest.approx(plainly(similarity, one, two), abs=1e-5)
    left = similarity.source.lengths[one].sum()
    right = similarity.target.lengths[two].sum() * similarity.expansion
    assert ratio == pytest.approx(min(left / right, right / left))


def test_blocks_in_a_lattice_are_as_between() -> None:
    similarity = random_similarity(10, 11, 6)
    numbers = [0, 1, 3, 4, 5, 6, 8, 9], [0, 1, 2, 4, 5, 6, 7, 9, 10]
    tracks = (
        Track.of(similarity.source, np.array(numbers[0]), 1.0, LARGEST),
        Track.of(similarity.target, np.array(numbers[1]), 1.0, LARGEST),
    )
    chunks = [(0, 2, 0, 3), (2, 8, 3, 9)]
    found = ChunkBatch.of(chunks, *tracks).similarities(similarity.typical)
    seen = 0
    for b, (i, p, j, q) in enumerate(chunks):
        for k, (a, c) in enumerate(SHAPES.tolist()):
            for row in range(a, p - i + 1):
                for column in range(c, q - j + 1):
                    one = numbers[0][i + row - a : i + row]
                    two = numbers[1][j + column - c : j + column]
                    expected = plainly(similarity, one, two) / similarity.typical
                    assert found[k, b, row, column] == pytest.approx(expected, abs=2e-4)
                    seen += 1
    assert seen > 200


def test_the_same_sentence_is_most_alike() -> None:
    plain = random_similarity(8, 8, 7).plain(range(8), range(8))
    assert (plain.argmax(axis=1) == np.arange(8)).all()
    assert plain.max() <= 1 + 1e-6


@pytest.mark.parametrize("scale", [0.01, 7.0, 300.0])
def test_longer_vectors_change_nothing(scale: float) -> None:
    """Encoders differ in how long their centred vectors are."""
    one, other = random_similarity(8, 9, 8), random_similarity(8, 9, 8, scale=scale)
    assert other.typical == pytest.approx(one.typical, rel=1e-4)
    np.testing.assert_allclose(one.among(range(8), range(9)), other.among(range(8), range(9)), atol=1e-4)
    assert one.between([1, 2], [1])[0] == pytest.approx(other.between([1, 2], [1])[0], abs=1e-4)


@pytest.mark.parametrize("stretch", [0.5, 2.5])
def test_a_wordier_language_changes_nothing(stretch: float) -> None:
    one, other = random_similarity(8, 9, 9), random_similarity(8, 9, 9, stretch=stretch)
    assert other.expansion == pytest.approx(stretch * one.expansion, rel=0.05)
    np.testing.assert_allclose(one.among(range(8), range(9)), other.among(range(8), range(9)), atol=0.05)


def test_both_sides_are_brought_to_one_measure() -> None:
    """Half-way between the languages, so that sentences of the same text come out equally long."""
    similarity = random_similarity(8, 8, 13, stretch=1.8)
    everything = np.arange(8), np.arange(8)
    weights = coefficients("plain", "sentences")
    left, right = (
        track.lengths[1, 1:] for track in prune(similarity, [(0, 8, 0, 8)], everything, weights).tracks
    )
    s, t = similarity.source.lengths, similarity.target.lengths
    assert similarity.expansion > 1.2
    np.testing.assert_allclose(left / right, s / (t * similarity.expansion), rtol=1e-5)
    np.testing.assert_allclose(left * right, s * t, rtol=1e-5)


def test_with_the_sides_changed_it_is_the_same() -> None:
    similarity = random_similarity(8, 8, 10)
    s, t = similarity.source, similarity.target
    other = Similarity(t, s, 1 / similarity.expansion, similarity.typical)
    np.testing.assert_allclose(
        similarity.among(range(8), range(8)), other.among(range(8), range(8)).T, atol=1e-6
    )
    assert similarity.between([0, 1], [2]) == pytest.approx(other.between([2], [0, 1]), abs=1e-6)


def test_the_typical_link_stays_within_its_bounds() -> None:
    rng = np.random.default_rng(11)
    own = rng.normal(size=(9, DIMENSIONS)).astype(np.float32)
    other = rng.normal(size=(9, DIMENSIONS)).astype(np.float32)
    lengths = np.full(9, 50.0)
    same, unlike = (
        prepare(own, its, lengths, lengths, general_expansion=1.0, floor=0.45, ceiling=0.75).typical
        for its in (own, -np.abs(other))
    )
    assert same == 0.75
    assert 0.45 <= unlike <= 0.75


def test_centring_takes_out_what_all_sentences_share() -> None:
    rng = np.random.default_rng(12)
    vectors = (rng.normal(size=(20, DIMENSIONS)) + 5).astype(np.float32)
    np.testing.assert_allclose(centred(vectors, np.zeros(DIMENSIONS), 0.0).mean(axis=0), 0, atol=1e-5)
    # The general centre counts for as many rows as its weight says.
    padded = np.concatenate([vectors, np.full((5, DIMENSIONS), 2.0)])
    expected = vectors - padded.mean(axis=0)
    np.testing.assert_allclose(centred(vectors, np.full(DIMENSIONS, 2.0), 5.0), expected, atol=1e-5)


def test_copies_are_not_what_is_typical() -> None:
    """Of a page half of which was left in the original, the translated half gives the unit."""
    rng = np.random.default_rng(5)
    source = rng.normal(size=(24, 64)).astype(np.float32)
    translated = source + 1.1 * rng.normal(size=source.shape).astype(np.float32)
    half = np.where(np.arange(24)[:, None] % 3 > 0, source, translated)
    lengths = np.full(24, 60.0)
    typical = [
        prepare(
            source, own.astype(np.float32), lengths, lengths, general_expansion=1.0, floor=0.2, ceiling=0.9
        ).typical
        for own in (translated, half, source)
    ]
    assert typical[1] == pytest.approx(typical[0], abs=0.1)
    assert typical[2] == pytest.approx(0.9)
