"""Words: what matches what inside linked passages, and a difference for each."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from conftest import FakeEncoder
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import ENGLISH, GERMAN
from typer.testing import CliRunner

from mlcheck.cli import app
from mlcheck.compare.words import differences, match, runs
from mlcheck.compare.words.coefficients import coefficients
from mlcheck.compare.words.features import FEATURES, clauses, features, smooth
from mlcheck.compare.words.match import _facing
from mlcheck.data import Alignment, WordDifference, WordTable
from mlcheck.pipeline import Checker
from mlcheck.read import read_text

SWAPPED = {"coverage": "coverage_back", "coverage_back": "coverage"}


def aligned(source: tuple[str, ...], target: tuple[str, ...]) -> Alignment:
    one, two = (read_text("\n\n".join(text)) for text in (source, target))
    return Checker(encoder=FakeEncoder()).align(one, two, languages=("en", "de"))


def by_word(alignment: Alignment, side: int) -> dict[str, float]:
    document = alignment.documents[side]
    found = differences(alignment)[side]
    return {document.text[w.span.start : w.span.end]: w.difference for w in found}


# Differences


def test_a_faithful_version_differs_less_than_one_with_a_stranger() -> None:
    stranger = "Die Polizei hat drei Diebe im Wald festgenommen."
    faithful, flawed = (
        differences(aligned(ENGLISH, text))[1] for text in (GERMAN, (*GERMAN[:4], stranger, *GERMAN[5:]))
    )
    assert max(w.difference for w in faithful) < max(w.difference for w in flawed)


def test_words_without_counterpart_differ_most() -> None:
    english = "The storm damaged the north pier three weeks ago, and doctors warn of smoke."
    german = "Der Sturm hat den nördlichen Anleger vor drei Wochen beschädigt."
    found = by_word(aligned((*ENGLISH[:3], english), (*GERMAN[:3], german)), 0)
    assert min(found["doctors"], found["warn"], found["smoke"]) > max(
        found["storm"], found["damaged"], found["pier"]
    )


def test_every_word_that_is_compared_is_there_once_and_in_order() -> None:
    alignment = aligned(ENGLISH, GERMAN)
    for side, encoded in enumerate((alignment.source, alignment.target)):
        found = differences(alignment)[side]
        words = [encoded.document.text[w.span.start : w.span.end] for w in found]
        assert words == "".join(c if c.isalnum() else " " for c in encoded.document.text).split()
        assert all(0 <= w.difference <= 1 for w in found)
        assert all(one.span.end <= two.span.start for one, two in pairwise(found))


def test_furniture_has_no_words() -> None:
    alignment = aligned(ENGLISH, GERMAN)
    document = alignment.target.document
    cut = replace(
        document, paragraphs=(*document.paragraphs[:-1], replace(document.paragraphs[-1], role="furniture"))
    )
    found = differences(replace(alignment, target=replace(alignment.target, document=cut)))
    assert found[1] == tuple(
        w for w in differences(alignment)[1] if w.span.start < document.paragraphs[-1].span.start
    )
    assert found[0] == differences(alignment)[0]


def test_an_encoder_without_words_is_told_apart() -> None:
    alignment = aligned(ENGLISH, GERMAN)
    bare = replace(alignment, target=replace(alignment.target, words=None))
    assert alignment.has_words
    assert not bare.has_words
    with pytest.raises(ValueError, match="no word vectors"):
        match(bare)


# Features


def test_features_have_the_names_that_the_coefficients_have() -> None:
    alignment = aligned(ENGLISH, GERMAN)
    for own in features(alignment, match(alignment)):
        assert own.keys() == FEATURES.keys()
        assert all(np.isfinite(values).all() for values in own.values())
    assert coefficients("difference").keys() == {"intercept", *FEATURES}


def test_the_other_way_round_the_features_are_those_of_the_other_side() -> None:
    flawed = (*GERMAN[:4], *GERMAN[5:])
    there = aligned(ENGLISH, flawed)
    back = replace(
        there,
        source=there.target,
        target=there.source,
        sentences=tuple(replace(link, source=link.target, target=link.source) for link in there.sentences),
    )
    for one, two in zip(features(there, match(there)), features(back, match(back))[::-1], strict=True):
        for name in FEATURES:
            assert np.allclose(one[name], two[name])


def test_a_sentence_without_counterpart_is_alone() -> None:
    alignment = aligned(ENGLISH, (*GERMAN[:4], *GERMAN[5:]))
    own = features(alignment, match(alignment))[0]
    sentences = np.repeat(np.arange(len(ENGLISH)), np.diff(alignment.source.words.starts))  # type: ignore[union-attr]
    assert set(sentences[own["alone"] == 1]) == {4}
    assert own["missing"][0] == pytest.approx((sentences == 4).mean())
    for name in ("coverage", "coverage_back", "similarity", "length"):
        assert not own[name][sentences == 4].any()


def test_clauses_end_at_marks_and_not_inside_words() -> None:
    text = "The well-known ferry, which the storm's damage closed (in June 2.5 times), opens."
    encoded = aligned((text, *ENGLISH), GERMAN).source
    numbers = clauses(encoded)
    first = [text[a:b] for a, b in encoded.words.spans[encoded.words.starts[0] : encoded.words.starts[1]]]  # type: ignore[union-attr]
    groups = [
        [w for w, n in zip(first, numbers, strict=False) if n == k]
        for k in range(numbers[len(first) - 1] + 1)
    ]
    assert [len(group) for group in groups] == [4, 6, 5, 1]


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30), st.integers(0, 9))
def test_a_smoothed_value_is_a_mean_of_its_neighbours(values: list[float], reach: int) -> None:
    smoothed = smooth(np.array(values), np.ones(len(values)), reach)
    for at, value in enumerate(smoothed):
        assert value == pytest.approx(np.mean(values[max(0, at - reach) : at + reach + 1]), abs=1e-9)


# Matches


def test_matches_are_mutual_both_ways() -> None:
    one, two = match(aligned(ENGLISH, GERMAN))
    assert one.mutual.sum() == two.mutual.sum() > 0
    rows = np.flatnonzero(one.mutual)
    assert (two.partner[one.partner[rows]] == rows).all()


def facing(one: npt.NDArray[np.int8], two: npt.NDArray[np.int8]):  # type: ignore[no-untyped-def]
    """All words of two tables, of which only the vectors matter, against each other."""
    tables = [
        WordTable(
            starts=np.array([0, len(vectors)]),
            spans=np.zeros((len(vectors), 2), np.int64),
            vectors=vectors,
            weights=np.ones(len(vectors), np.float32),
        )
        for vectors in (one, two)
    ]
    return _facing(tables[0], tables[0].rows((0,)), tables[1], tables[1].rows((0,)))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 700), st.integers(1, 900), st.integers(0, 9))
def test_best_matches_in_blocks_are_those_of_the_whole(n: int, m: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    one, two = (rng.integers(-9, 10, (count, 8)).astype(np.int8) for count in (n, m))
    cosines = one.astype(np.float32) @ two.astype(np.float32).T / np.float32(127**2)
    (best, where), (back, there) = facing(one, two)
    # Up to here every word sees every word opposite.
    assert np.allclose(best, cosines.max(axis=1))
    assert np.allclose(back, cosines.max(axis=0))
    assert (where == cosines.argmax(axis=1)).all()
    assert (there == cosines.argmax(axis=0)).all()


@pytest.mark.slow
def test_a_passage_without_end_takes_time_by_its_length() -> None:
    """40,000 words on either side: all against all would be 1.6e9 cosines, and 6 GB."""
    vectors = np.tile(np.eye(8, dtype=np.int8) * 127, (5000, 1))
    (best, _), (back, _) = facing(vectors, vectors)
    assert best.min() == back.min() == pytest.approx(1)


# The report


def test_words_stand_in_the_report_if_asked_for() -> None:
    checker = Checker(encoder=FakeEncoder())
    one, two = (read_text("\n\n".join(text)) for text in (ENGLISH, GERMAN))
    assert checker.check(one, two).words is None
    words = checker.check(one, two, words=True).words
    assert words is not None
    assert all(isinstance(word, WordDifference) for side in words for word in side)


@pytest.mark.usefixtures("fake_model")
def test_the_command_writes_words(tmp_path: Path) -> None:
    for name, text in (("a.en.txt", ENGLISH), ("a.de.txt", GERMAN)):
        (tmp_path / name).write_text("\n\n".join(text), encoding="utf-8")
    files = [str(tmp_path / name) for name in ("a.en.txt", "a.de.txt")]
    plain = CliRunner().invoke(app, ["check", *files, "-f", "jsonl", "--fail-on", "never"])
    asked = CliRunner().invoke(app, ["check", *files, "-f", "jsonl", "--fail-on", "never", "--words"])
    batch = CliRunner().invoke(app, ["batch", str(tmp_path), "-f", "jsonl", "--fail-on", "never", "--words"])
    assert all("words" not in document for document in json.loads(plain.stdout)["documents"])
    for document, text in zip(json.loads(asked.stdout)["documents"], (ENGLISH, GERMAN), strict=True):
        start, end, difference = document["words"][0]
        assert "\n\n".join(text)[start:end] == text[0].split()[0]
        assert difference == round(difference, 4)
    assert [d["words"] for d in json.loads(asked.stdout)["documents"]] == [
        d["words"] for d in json.loads(batch.stdout)["documents"]
    ]


class WithoutWords(FakeEncoder):
    """Sentence vectors only."""

    def encode_with_words(self, texts):  # type: ignore[no-untyped-def]
        return super().encode_with_words(texts)[0], None


def test_a_model_without_words_says_so() -> None:
    checker = Checker(encoder=WithoutWords())
    one, two = (read_text("\n\n".join(text)) for text in (ENGLISH, GERMAN))
    report = checker.check(one, two, words=True)
    assert report.words is None
    assert [skip.rule for skip in report.skipped][-1] == "words"
    assert "words" not in [skip.rule for skip in checker.check(one, two).skipped]


def test_a_sentence_in_no_link_stands_in_no_ones_way() -> None:
    """As those of a paragraph that turned out to be page furniture."""
    alignment = aligned(ENGLISH, (*GERMAN[:4], *GERMAN[5:]))
    links = tuple(link for link in alignment.sentences if link.source != (4,))
    assert len(links) == len(alignment.sentences) - 1
    without = replace(alignment, sentences=links)
    own = features(without, match(without))[0]
    assert own["missing"].max() == 0
    assert len(differences(without)[0]) == len(differences(alignment)[0])
    assert runs(without) is not None
