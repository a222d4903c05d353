"""Missing and added details: silent cases first, then what is found and where."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from conftest import FakeEncoder, evidence_of
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import ENGLISH, GERMAN

from mlcheck.checks import check
from mlcheck.compare.words import runs
from mlcheck.compare.words.coefficients import coefficients
from mlcheck.compare.words.runs import (
    RUN_FEATURES,
    TESTED_FEATURES,
    WORD_FEATURES,
    WORTH_A_TEST,
    candidates,
    nearer,
)
from mlcheck.data import Alignment, Finding, Span
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.settings import CheckSettings

RULES = ("missing-detail", "added-detail")
LONG = (
    "Farmers expect a poor harvest after the drought, and doctors warn of smoke from the forest fire, "
    "while three passengers wait an hour at the old bridge."
)
LANG = (
    "Bauern erwarten nach der Dürre eine schlechte Ernte, und Ärzte warnen vor Rauch vom Brand im Wald, "
    "während drei Fahrgäste eine Stunde an der alten Brücke warten."
)
CUT = "Bauern erwarten nach der Dürre eine schlechte Ernte, und Ärzte warnen vor Rauch vom Brand im Wald."
REST = "Drei Fahrgäste warten eine Stunde an der alten Brücke."


def aligned(source: tuple[str, ...], target: tuple[str, ...]) -> Alignment:
    one, two = (read_text("\n\n".join(text)) for text in (source, target))
    return Checker(encoder=FakeEncoder()).align(one, two, languages=("en", "de"))


def details(source: tuple[str, ...], target: tuple[str, ...]) -> list[Finding]:
    return [finding for finding in check(evidence_of(aligned(source, target)))[0] if finding.rule in RULES]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (ENGLISH, GERMAN),
        ((*ENGLISH, LONG), (*GERMAN, LANG)),
        # In two sentences, and in two paragraphs: nothing is gone.
        ((*ENGLISH, LONG), (*GERMAN, f"{CUT} {REST}")),
        ((*ENGLISH, LONG), (*GERMAN, CUT, REST)),
        # The whole sentence is gone: that is another rule's.
        ((*ENGLISH, LONG), GERMAN),
        # A word more, as translations have.
        ((*ENGLISH, LONG), (*GERMAN, LANG.replace("Bauern", "Die armen Bauern im Land"))),
    ],
)
def test_silent(source: tuple[str, ...], target: tuple[str, ...]) -> None:
    assert details(source, target) == []


def test_a_clause_cut_off_is_found_in_its_place() -> None:
    (found,) = details((*ENGLISH, LONG), (*GERMAN, CUT))
    assert (found.rule, found.severity, found.target) == ("missing-detail", "warning", None)
    assert found.source is not None
    assert found.source.text == LONG[LONG.index("while") : -1]
    assert found.source.line == 2 * len(ENGLISH) + 1
    assert found.source.column == LONG.index("while") + 1
    assert found.confidence >= 0.9 * CheckSettings().detail_worth
    assert found.message == (
        "Paragraph 12: “while three passengers wait an hour at the old bridge” "
        "has no counterpart in the German version"
    )


def test_a_clause_put_in_is_added() -> None:
    (found,) = details((*ENGLISH, LONG.partition(", while")[0] + "."), (*GERMAN, LANG))
    assert (found.rule, found.source) == ("added-detail", None)
    assert found.target is not None
    assert found.target.text == LANG[LANG.index("während") : -1]
    assert found.message.startswith("Paragraph 12 of the German version: “während drei")


def test_a_sentence_that_another_rule_has_explained_has_no_details() -> None:
    alignment = aligned((*ENGLISH, LONG), (*GERMAN, CUT))
    last = alignment.sentences[-1]
    assert last.source == (len(ENGLISH),)
    divergent = replace(alignment, sentences=(*alignment.sentences[:-1], replace(last, divergence=0.99)))
    assert [f.rule for f in check(evidence_of(divergent))[0]] == ["divergent-passage"]


def test_without_word_vectors_the_rules_are_skipped() -> None:
    alignment = aligned(ENGLISH, GERMAN)
    _, skipped = check(evidence_of(replace(alignment, source=replace(alignment.source, words=None))))
    without_judge = "meaning-mismatch"
    assert [skip.rule for skip in skipped] == [
        *RULES,
        "name-mismatch",
        "polarity-mismatch",
        "opposite-mismatch",
        without_judge,
    ]


@pytest.mark.parametrize("language", ["zh", "ja-JP"])
def test_languages_without_spaces_are_skipped(language: str) -> None:
    alignment = aligned((*ENGLISH, LONG), (*GERMAN, CUT))
    document = replace(alignment.target.document, language=language)
    findings, skipped = check(
        evidence_of(replace(alignment, target=replace(alignment.target, document=document)))
    )
    assert not {finding.rule for finding in findings} & set(RULES)
    assert {skip.rule for skip in skipped} >= set(RULES)


def test_features_have_the_names_that_the_coefficients_have() -> None:
    found = candidates(aligned((*ENGLISH, LONG), (*GERMAN, CUT)))
    assert found
    assert all(features.keys() == RUN_FEATURES.keys() for *_, features in found)
    assert coefficients("run").keys() == {"intercept", *RUN_FEATURES}
    assert coefficients("tested").keys() == {"intercept", *TESTED_FEATURES}
    assert coefficients("unmatched").keys() == {"intercept", *WORD_FEATURES}


def test_without_what_has_no_counterpart_a_sentence_is_nearer() -> None:
    alignment = aligned((*ENGLISH, LONG), (*GERMAN, CUT))
    (run,) = [run for run in candidates(alignment) if run[0] == len(ENGLISH)]
    (value,) = nearer(alignment, [run], FakeEncoder().encode)
    assert value > 0.03
    # Of a clause that the other side has, the contrary is true.
    start = LONG.index("and doctors")
    kept = run[0], run[1], Span(start, LONG.index(", while")), 9, {}
    (other,) = nearer(alignment, [kept], FakeEncoder().encode)
    assert other < 0


def test_a_run_that_is_the_whole_sentence_has_nothing_to_compare() -> None:
    alignment = aligned((*ENGLISH, LONG), (*GERMAN, LANG))
    whole = len(ENGLISH), 0, Span(0, len(LONG) - 1), 26, {}
    assert nearer(alignment, [whole], FakeEncoder().encode) == [0.0]
    assert nearer(alignment, [], FakeEncoder().encode) == []


def test_without_an_encoder_runs_are_judged_and_not_tested() -> None:
    alignment = aligned((*ENGLISH, LONG), (*GERMAN, CUT))
    found = {run.number: run.chance for run in runs(alignment) if run.side == 0}
    assert found[len(ENGLISH)] > 0.5
    assert not any("nearer" in run.features for run in runs(alignment))


def test_only_likely_runs_are_encoded_once_more() -> None:
    # Words that the next sentence partly lacks: a run, and a most unlikely one.
    longer = GERMAN[3].removesuffix(".") + ", Die armen Bauern im Land."
    alignment = aligned((*ENGLISH, LONG), (*GERMAN[:3], longer, *GERMAN[4:], CUT))
    encode, asked = FakeEncoder().encode, list[str]()

    def counted(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        asked.extend(texts)
        return encode(texts)

    before = {(run.side, run.number): run.chance for run in runs(alignment)}
    tested = [run for run in runs(alignment, counted) if "nearer" in run.features]
    assert {(run.side, run.number) for run in tested} == {
        key for key, chance in before.items() if chance >= WORTH_A_TEST
    }
    assert len(asked) == len(tested) < len(before)
    assert LONG.partition(", while")[0] + "." in asked


def test_the_other_way_round_missing_is_added() -> None:
    there = aligned((*ENGLISH, LONG), (*GERMAN, CUT))
    back = replace(
        there,
        source=there.target,
        target=there.source,
        sentences=tuple(replace(link, source=link.target, target=link.source) for link in there.sentences),
    )
    mirrored = {(1 - run.side, run.number, run.span, round(run.chance, 6)) for run in runs(back)}
    assert {(run.side, run.number, run.span, round(run.chance, 6)) for run in runs(there)} == mirrored


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000))
def test_a_run_lies_inside_its_sentence(seed: int) -> None:
    """Whatever words are dropped."""
    rng = random.Random(seed)
    cut = " ".join(word for word in LANG.split() if rng.random() < 0.6)
    alignment = aligned((*ENGLISH, LONG), (*GERMAN, f"{cut}."))
    for run in runs(alignment):
        text = alignment.documents[run.side].sentences[run.number].text
        assert 0 <= run.span.start < run.span.end <= len(text)
        assert 0 <= run.chance <= 1
