"""Evidence: what it holds, that a model is asked twice at most, and that nothing of a pair is kept."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from conftest import FakeEncoder, evidence_of
from stories import ENGLISH, GERMAN

from mlcheck.checks import RULES, Rule, check
from mlcheck.compare import Encode, Evidence, compare
from mlcheck.data import Alignment
from mlcheck.facts import extract
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.settings import CheckSettings

SOURCE = (
    *ENGLISH,
    "Farmers expect a poor harvest after the drought, and doctors warn of smoke from the forest fire, "
    "while three passengers wait an hour at the old bridge.",
    "The mayor thanked Catherine Thompson and Margaret Wilson on Sunday.",
)
TARGET = (
    *GERMAN,
    "Bauern erwarten nach der Dürre eine schlechte Ernte, und Ärzte warnen vor Rauch vom Brand im Wald.",
    "Der Bürgermeister dankte Catherine Thompson und Barbara Griffith am Sonntag.",
)


def aligned(source: Sequence[str] = SOURCE, target: Sequence[str] = TARGET) -> Alignment:
    one, two = (read_text("\n\n".join(text)) for text in (source, target))
    return Checker(encoder=FakeEncoder()).align(one, two, languages=("en", "de"))


class Once:
    """An encoder that may be asked while evidence is made, and not afterwards."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []
        self.closed = False

    def __call__(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        assert not self.closed, "a rule has asked the encoder"
        self.asked.append(texts)
        return FakeEncoder().encode(texts)


def test_the_encoder_is_asked_twice_at_most_for_all_that_is_in_doubt() -> None:
    encode = Once()
    evidence = compare(aligned(), encode)
    tested = [run for run in evidence.runs if "nearer" in run.features]
    assert evidence.exchanges
    assert tested
    assert len(encode.asked) == 2
    assert sum(map(len, encode.asked)) >= 4 + len(tested), "both passages, with the names and without"


def test_where_nothing_is_in_doubt_the_encoder_is_not_asked() -> None:
    encode = Once()
    compare(aligned(ENGLISH[:1], GERMAN[:1]), encode)
    assert encode.asked == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.name))
def test_a_rule_is_pure(rule: Rule) -> None:
    """Asked twice of the same evidence it says the same, also when it was asked of another in between; and
    no rule asks the encoder."""
    encode = Once()
    evidence, other = compare(aligned(), encode), evidence_of(aligned(ENGLISH, GERMAN[:-1]))
    encode.closed = True
    limits = CheckSettings(detail=0.0, exchanged=0.0, omission_from=0.0, divergent=0.0)

    def said(own: Evidence) -> list[object]:
        return [rule.skip(own, limits), rule.partial(own, limits), *rule.check(own, limits)]

    if rule.skip(evidence, limits) is None:
        first = said(evidence)
        said(other)
        assert said(evidence) == first
        assert said(compare(evidence.alignment, FakeEncoder().encode)) == first


def test_the_rules_tell_something_of_this_story() -> None:
    """Or else the test above would pass for rules that say nothing."""
    names = {finding.rule for finding in check(evidence_of(aligned()), CheckSettings(exchanged=0.9))[0]}
    assert {"missing-detail", "name-mismatch"} <= names


def test_nothing_of_a_pair_is_kept() -> None:
    evidence = compare(aligned(), FakeEncoder().encode, words=True)
    check(evidence)
    evidence.marks()
    watched = weakref.ref(evidence.alignment.source.vectors)
    del evidence
    gc.collect()
    assert watched() is None


def test_a_checker_keeps_no_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = []

    def watching(alignment: Alignment, encode: Encode | None, *, words: bool) -> Evidence:
        watched.append(weakref.ref(alignment.source.vectors))
        return compare(alignment, encode, words=words)

    monkeypatch.setattr("mlcheck.pipeline.compare", watching)
    checker = Checker(encoder=FakeEncoder())
    one, two = (read_text("\n\n".join(text)) for text in (SOURCE, TARGET))
    report = checker.check(one, two, languages=("en", "de"), words=True, facts=True)
    gc.collect()
    assert report.findings
    assert [each() for each in watched] == [None]


def test_without_an_encoder_the_evidence_is_there_all_the_same() -> None:
    alignment = aligned()
    evidence = compare(alignment)
    assert evidence.runs
    assert evidence.exchanges
    assert not any("nearer" in run.features for run in evidence.runs)
    assert evidence.differences == evidence_of(alignment).differences


def test_without_vectors_for_words_there_are_facts_only() -> None:
    alignment = aligned()
    evidence = compare(replace(alignment, target=replace(alignment.target, words=None)), words=True)
    assert (evidence.matching, evidence.runs, evidence.words) == (None, (), None)
    assert evidence.passages == evidence_of(alignment).passages


def test_words_differ_if_somebody_asks() -> None:
    alignment = aligned()
    assert compare(alignment).words is None
    words = compare(alignment, words=True).words
    assert words is not None
    assert len(words[0]) > 100


def test_marks_are_the_facts_of_each_paragraph_in_its_own_language() -> None:
    """And the facts that rules compare are those of the document's."""
    alignment = aligned(("The talks begin on May 4.", *ENGLISH), (*GERMAN, "The talks begin on May 4."))
    document = alignment.target.document
    last = document.paragraphs[-1]
    assert last.language == "en", "as `mark_languages` has found"
    evidence = evidence_of(alignment)
    marks = evidence.marks()
    found = [(document.text[m.span.start : m.span.end], m.kind) for m in marks[1]]
    assert ("May 4", "date") in found
    assert evidence.facts[1][-1] == extract(last.text, "de")
    assert not any(fact.kind == "date" for fact in evidence.facts[1][-1])
    assert all(list(own) == sorted(own) for own in marks)
