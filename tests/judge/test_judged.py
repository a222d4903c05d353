"""What is made of judgements: links' probabilities, second opinions, figures of words, findings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from conftest import FakeEncoder, evidence_of, seconds
from hypothesis import given
from hypothesis import strategies as st
from stories import ENGLISH, GERMAN
from stub_judge import NAME, ByHeart, checker_with, judged_words

from mlcheck.checks import RULES, Rule, check
from mlcheck.checks.name_mismatch import RULE as NAMES
from mlcheck.compare import words
from mlcheck.compare.opinion import OPINION, Place, judge_fitted, opinion, with_judge
from mlcheck.compare.words import differences, runs
from mlcheck.compare.words.coefficients import coefficients, is_fitted
from mlcheck.compare.words.features import FEATURES as FEATURES_OF_WORDS
from mlcheck.compare.words.features import JUDGED, judged_features
from mlcheck.data import (
    Alignment,
    Finding,
    JudgedWords,
    Judgement,
    Link,
    Span,
    WordTable,
)
from mlcheck.judge import combine, judge_links
from mlcheck.judge.combine import weighed
from mlcheck.judge.features import FEATURES, features
from mlcheck.judge.nulls import NULL_FEATURES, null_features
from mlcheck.judge.protocol import Passages
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.reporters.to_json import as_dict
from mlcheck.settings import CheckSettings
from mlcheck.statistics import logistic, read_coefficients

LANGUAGES = ("en", "de")
QUESTIONS = {
    "wrong": {"intercept": -6.0, "divergence": 0.2, "wrong": 0.5, "judge": 0.4, "several": 0.1},
    "divergence": {"intercept": -2.0, "divergence": 0.3, "wrong": 0.1, "judge": 0.9, "several": 0.1},
    "flawed": {"intercept": -4.0, "divergence": 0.2, "wrong": 0.1, "judge": 1.1, "several": -0.2},
    **{question: {"intercept": -1.0, "own": 0.6, "judge": 0.5, "words": 0.4} for question in ("name",)},
    "null": {"intercept": -1.0, "own": 0.6, "words": 0.4, "gain": 0.5, "twin": 0.3},
}
SHIPPED = read_coefficients("mlcheck.judge")
Fit = Callable[..., None]
Limits = CheckSettings
UNREAD = "the judge has not read {} of 11 passages: the text, or a passage, is too long"


@pytest.fixture
def fit(monkeypatch: pytest.MonkeyPatch) -> Fit:
    """Makes a judge of a name one that was fitted, for all questions or for some."""

    def fitted(*questions: str, name: str = NAME) -> None:
        known = {question: QUESTIONS[question] for question in questions or QUESTIONS}
        monkeypatch.setattr(combine, "read_coefficients", lambda _: {name: known})

    return fitted


@pytest.fixture(autouse=True)
def _unfitted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(combine, "read_coefficients", lambda _: {})


@pytest.fixture
def as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that was fitted, and whose probabilities were right as they came."""
    zero = dict.fromkeys(FEATURES, 0.0)
    never = {"intercept": -9.0, **zero}
    weights = {"flawed": {"intercept": 0.0, **zero, "judge": 1.0}, "wrong": never, "divergence": never}
    monkeypatch.setattr(combine, "read_coefficients", lambda _: {NAME: weights})


@cache
def aligned(source: tuple[str, ...] = ENGLISH, target: tuple[str, ...] = GERMAN) -> Alignment:
    texts = [read_text("\n\n".join(side)) for side in (source, target)]
    return Checker(encoder=FakeEncoder()).align(texts[0], texts[1], languages=LANGUAGES)


def judgement(logit: float, probability: float | None = None) -> Judgement:
    chance = 1 / (1 + math.exp(-logit)) if probability is None else probability
    return Judgement(probability=chance, logit=logit)


def judged(alignment: Alignment, logit: float, name: str = NAME) -> Alignment:
    """Every link with two sides has that logit."""
    found = {(x.source, x.target): judgement(logit) for x in alignment.sentences if x.source and x.target}
    return weighed(alignment, found, name)


def chances(links: Sequence[Link]) -> list[tuple[float | None, float | None]]:
    return [(link.divergence, link.wrong) for link in links]


# Links


def test_a_judge_that_was_not_fitted_leaves_the_links_alone() -> None:
    alignment = aligned()
    found = judged(alignment, 3.0)
    assert (found.sentences, found.paragraphs) == (alignment.sentences, alignment.paragraphs)
    assert found.judge == NAME
    assert {own.probability for own in found.judgements.values()} == {judgement(3.0).probability}
    assert len(found.judgements) == len(alignment.sentences)


def test_another_judges_weights_are_not_used(fit: Fit) -> None:
    fit(name="another")
    alignment = aligned()
    assert judged(alignment, 3.0).sentences == alignment.sentences


def test_a_fitted_judge_moves_divergence_its_way(fit: Fit) -> None:
    fit()
    alignment = aligned()
    low, middle, high = (judged(alignment, logit) for logit in (-6.0, 0.0, 6.0))
    for one, two, three in zip(low.sentences, middle.sentences, high.sentences, strict=True):
        assert one.divergence is not None
        assert two.divergence is not None
        assert three.divergence is not None
        assert one.divergence < two.divergence < three.divergence
    for link, own in zip(high.sentences, alignment.sentences, strict=True):
        found = high.judgement(link)
        assert found is not None
        assert found.logit == 6.0
        assert found.probability == logistic(features(own, judgement(6.0)), QUESTIONS["flawed"])


def test_only_probabilities_change(fit: Fit) -> None:
    fit()
    alignment = aligned((*ENGLISH[:3], *ENGLISH[4:]), (*GERMAN[:6], *GERMAN[7:]))
    found = judged(alignment, 4.0)
    for before, after in (
        *zip(alignment.sentences, found.sentences, strict=True),
        *zip(alignment.paragraphs, found.paragraphs, strict=True),
    ):
        assert replace(after, divergence=before.divergence, wrong=before.wrong) == before
    lone = [link for link in found.sentences if not (link.source and link.target)]
    assert len(lone) == 2
    assert chances(lone) == [(None, None)] * 2
    assert (found.source, found.target, found.relatedness) == (
        alignment.source,
        alignment.target,
        alignment.relatedness,
    )


def test_a_link_that_was_not_read_stays_as_it_is(fit: Fit) -> None:
    fit()
    alignment = aligned()
    read = alignment.sentences[2]
    found = weighed(alignment, {(read.source, read.target): judgement(5.0)}, NAME)
    changed = [k for k, link in enumerate(found.sentences) if link != alignment.sentences[k]]
    assert changed == [2]
    assert found.judgements.keys() == {(read.source, read.target)}


def test_a_paragraph_has_the_largest_of_its_links(fit: Fit) -> None:
    fit()
    pages = ((" ".join(text[1:4]), " ".join(text[4:])) for text in (ENGLISH, GERMAN))
    alignment = aligned(*pages)
    assert len(alignment.paragraphs) == 2
    worst = alignment.sentences[1]
    found = weighed(
        alignment,
        {
            (link.source, link.target): judgement(5.0 if link is worst else -5.0)
            for link in alignment.sentences
        },
        NAME,
    )
    for link, own in zip(found.paragraphs, (found.sentences[:3], found.sentences[3:]), strict=True):
        assert link.divergence == max(each.divergence or 0 for each in own)
        assert link.wrong == max(each.wrong or 0 for each in own)
    assert found.paragraphs[0].divergence == found.sentences[1].divergence


@given(st.floats(-50, 50), st.floats(0, 1), st.floats(0, 1))
def test_probabilities_are_probabilities_and_rise_with_the_logit(
    logit: float, one: float, two: float
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(combine, "read_coefficients", lambda _: {NAME: QUESTIONS})
        alignment = aligned()
        link = replace(alignment.sentences[0], divergence=max(one, two), wrong=min(one, two))
        made = replace(alignment, sentences=(link, *alignment.sentences[1:]))
        found = [judged(made, at) for at in (logit, logit + 1)]
    (lower, higher) = (each.sentences[0] for each in found)
    said = [each.judgement(link) for each in found]
    for each in (lower, higher):
        assert each.wrong is not None
        assert each.divergence is not None
        assert 0 <= each.wrong <= each.divergence <= 1
    assert lower.divergence is not None
    assert higher.divergence is not None
    assert lower.divergence <= higher.divergence
    assert said[0] is not None
    assert said[1] is not None
    assert 0 <= said[0].probability <= said[1].probability <= 1


def test_divergence_is_never_below_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    contrary = {**QUESTIONS, "wrong": QUESTIONS["wrong"] | {"intercept": 9.0}}
    monkeypatch.setattr(combine, "read_coefficients", lambda _: {NAME: contrary})
    for link in judged(aligned(), -8.0).sentences:
        assert link.wrong is not None
        assert link.divergence == link.wrong > 0.5


def test_figures_are_what_the_weights_are_for() -> None:
    link = Link(source=(0,), target=(0, 1), similarity=0.5, divergence=0.0, wrong=1.0)
    assert features(link, judgement(8.0, 1.0)) == {
        "divergence": -8.0,
        "wrong": 8.0,
        "judge": 8.0,
        "several": 1.0,
    }
    assert tuple(features(link, judgement(0.0))) == FEATURES
    for judge in SHIPPED.values():
        assert judge.keys() <= QUESTIONS.keys()
        assert judge.keys() >= {"wrong", "divergence", "flawed"}
        for question, known in judge.items():
            assert known.keys() == QUESTIONS[question].keys()
    for question, known in QUESTIONS.items():
        own = NULL_FEATURES if question == "null" else FEATURES
        own = OPINION if question in ("name",) else own
        assert known.keys() == {"intercept", *own}


@pytest.mark.parametrize("shape", ["one paragraph", "a paragraph a sentence", "a link of all paragraphs"])
def test_time_grows_with_the_links_and_not_faster(fit: Fit, shape: str) -> None:
    """Eight times the links in at most thirty times the time; squares would take sixty-four."""
    fit()
    alignment = aligned(ENGLISH[1:3], GERMAN[1:3])
    link, one = alignment.sentences[0], replace(alignment.paragraphs[0], source=(0,), target=(0,))

    def taken(count: int) -> float:
        sides = []
        for side in (alignment.source, alignment.target):
            sentence = side.document.sentences[0]
            sentences = tuple(
                replace(sentence, index=k, paragraph=0 if shape == "one paragraph" else k)
                for k in range(count)
            )
            sides.append(replace(side, document=replace(side.document, sentences=sentences)))
        links = tuple(replace(link, source=(k,), target=(k,)) for k in range(count))
        paragraphs = {
            "one paragraph": (one,),
            "a paragraph a sentence": links,
            "a link of all paragraphs": (
                replace(link, source=tuple(range(count)), target=tuple(range(count))),
            ),
        }[shape]
        large = replace(alignment, source=sides[0], target=sides[1], sentences=links, paragraphs=paragraphs)
        said = {(each.source, each.target): judgement(1.0) for each in links}
        assert len(weighed(large, said, NAME).judgements) == count
        return seconds(lambda: weighed(large, said, NAME))

    assert taken(5000) < 30 * max(taken(625), 0.005)


# Sentences without counterpart

LACKING = (*ENGLISH[:3], *ENGLISH[4:]), (*GERMAN[:6], *GERMAN[7:])


class Asked(ByHeart):
    """Remembers what it was asked."""

    asked: list[object] = []  # noqa: RUF012

    def score(self, pairs: Sequence[Passages]) -> list[Judgement | None]:
        self.asked.extend((tuple(a), tuple(b)) for a, b in pairs)
        return super().score(pairs)


def test_a_judge_that_was_not_fitted_leaves_sentences_without_counterpart_alone() -> None:
    alignment = aligned(*LACKING)
    found = judge_links(alignment, ByHeart())
    assert (found.sentences, found.paragraphs) == (alignment.sentences, alignment.paragraphs)


def test_a_sentence_without_counterpart_is_read_beside_its_neighbours_and_its_twins() -> None:
    alignment = aligned(*LACKING)
    judged = judge_links(alignment, ByHeart())
    nulls = [k for k, link in enumerate(alignment.sentences) if not (link.source and link.target)]
    Asked.asked = []
    found = null_features(alignment, Asked(), judged.judgements)
    assert sorted(found) == nulls
    assert len(Asked.asked) == len(set(Asked.asked)) == 5  # two neighbours of each, and the two together
    assert ((ENGLISH[6],), (GERMAN[3],)) in Asked.asked
    assert ((ENGLISH[5], ENGLISH[6]), (GERMAN[5],)) in Asked.asked
    assert ((ENGLISH[2],), (GERMAN[2], GERMAN[3])) in Asked.asked
    for own in found.values():
        assert own.keys() == set(NULL_FEATURES)
        assert own["gain"] == 0.0  # it says the same of everything
        assert own["twin"] == pytest.approx(math.log(0.02 / 0.98))
    nothing = null_features(alignment, ByHeart([{"target": "", "probability": None}]), judged.judgements)
    assert nothing == {}
    # In a long text a neighbour is perhaps not judged: that is no sign that the sentence is missing.
    assert null_features(alignment, ByHeart(), {}) == {}


def test_a_fitted_judge_moves_the_confidence_of_what_is_alone(fit: Fit) -> None:
    fit()
    alignment = aligned(*LACKING)
    adds = ByHeart([{"target": text, "probability": 0.99, "words": text.split()} for text in GERMAN])
    low, high = judge_links(alignment, ByHeart()), judge_links(alignment, adds)
    for number, link in enumerate(alignment.sentences):
        if not (link.source and link.target):
            one, two = low.sentences[number].confidence, high.sentences[number].confidence
            assert one is not None
            assert two is not None
            assert 0 <= one < two <= 1
    for found in (low, high):
        own, lifted = (
            {link.confidence for link in links if not (link.source and link.target)}
            for links in (found.sentences, found.paragraphs)
        )
        assert own == lifted


# Second opinions


def with_words(alignment: Alignment, number: int, values: tuple[list[float], list[float]]) -> Alignment:
    """One link of one sentence with one is judged; the words of its two sides have these values, from
    the first on, and the others .5."""
    link = alignment.sentences[number]
    sides = []
    for side, sentences, own in zip(
        (alignment.source, alignment.target), (link.source, link.target), values, strict=True
    ):
        words = judged_words(side.document.sentences[sentences[0]].text, frozenset())
        filled = [*own, *[0.5] * (len(words.values) - len(own))]
        sides.append((JudgedWords(spans=words.spans, values=np.array(filled, np.float32)),))
    said = Judgement(probability=0.9, logit=20.0, words=(sides[0], sides[1]))
    return replace(alignment, judgements={(link.source, link.target): said}, judge=NAME)


def place(alignment: Alignment, side: int, number: int, words: int, first: int = 0) -> Place:
    """The stretch of some words of a sentence, from the given one on."""
    text = (alignment.source, alignment.target)[side].document.sentences[number].text
    spans = judged_words(text, frozenset()).spans
    return side, number, Span(int(spans[first, 0]), int(spans[first + words - 1, 1]))


def link_at(alignment: Alignment, places: Sequence[Place]) -> Link:
    side, number, _ = places[0]
    return next(link for link in alignment.sentences if number in link.sides[side])


def opinion_on(alignment: Alignment, own: float, places: Sequence[Place]) -> dict[str, float] | None:
    link = link_at(alignment, places)
    return opinion(alignment.judgement(link), link, own, places)


def second(alignment: Alignment, question: str, own: float, places: Sequence[Place]) -> float | None:
    return with_judge(alignment, link_at(alignment, places), question, own, places)


def test_without_a_judge_there_is_no_second_opinion(fit: Fit) -> None:
    places = [place(aligned(), 0, 1, 2)]
    assert not judge_fitted(aligned(), "name")
    assert second(aligned(), "name", 0.7, places) is None
    assert opinion_on(aligned(), 0.0, places) is None
    not_fitted = with_words(aligned(), 1, ([0.9], [0.1]))
    assert not judge_fitted(not_fitted, "name")
    assert second(not_fitted, "name", 0.7, places) is None
    fit("name")
    assert judge_fitted(not_fitted, "name")
    assert not judge_fitted(not_fitted, "flawed")
    assert second(not_fitted, "flawed", 0.7, places) is None
    assert not judge_fitted(aligned(), "name")


def test_side_and_stretch_choose_the_words() -> None:
    alignment = with_words(aligned(), 1, ([0.9, 0.8, 0.1], [0.2, 0.3]))

    def words(*places: Place) -> float:
        found = opinion_on(alignment, 1.5, places)
        assert found is not None
        assert tuple(found) == OPINION
        assert (found["own"], found["judge"]) == (1.5, 16.0)  # of 20, as much as counts
        return found["words"]

    def odds(*values: float) -> float:
        return float(np.mean([math.log(value / (1 - value)) for value in values]))

    assert words(place(alignment, 0, 1, 1)) == pytest.approx(odds(0.9), abs=1e-5)
    assert words(place(alignment, 0, 1, 2, first=1)) == pytest.approx(odds(0.8, 0.1), abs=1e-5)
    assert words(place(alignment, 1, 1, 2)) == pytest.approx(odds(0.2, 0.3), abs=1e-5)
    assert words(place(alignment, 0, 1, 1), place(alignment, 1, 1, 1)) == pytest.approx(
        odds(0.9, 0.2), abs=1e-5
    )
    # Part of a word is that word; what stands between two is none; another link's sentence has none here.
    side, number, span = place(alignment, 0, 1, 1)
    assert words((side, number, Span(span.end - 1, span.end))) == pytest.approx(odds(0.9), abs=1e-5)
    assert words((side, number, Span(span.end, span.end + 1))) == 0.0
    assert words(place(alignment, 0, 1, 1), place(alignment, 1, 2, 1)) == pytest.approx(odds(0.9), abs=1e-5)


def test_each_side_has_its_own_sentences() -> None:
    shifted = aligned((*ENGLISH[:2], *ENGLISH[3:]))
    at = next(k for k, link in enumerate(shifted.sentences) if link.source == (4,))
    assert shifted.sentences[at].target == (5,)
    alignment = with_words(shifted, at, ([0.9], [0.1]))
    for side, number, value in ((0, 4, math.log(9)), (1, 5, -math.log(9))):
        found = opinion_on(alignment, 0.0, [place(alignment, side, number, 1)])
        assert found is not None
        assert found["words"] == pytest.approx(value, abs=1e-5)
        assert opinion_on(alignment, 0.0, [place(alignment, 1 - side, number, 1)]) is None


def test_a_link_that_was_not_read_has_no_second_opinion(fit: Fit) -> None:
    fit()
    alignment = with_words(aligned(), 1, ([0.9], [0.1]))
    assert second(alignment, "name", 0.7, [place(alignment, 0, 1, 1)]) is not None
    assert second(alignment, "name", 0.7, [place(alignment, 0, 2, 1)]) is None


def test_a_judge_that_says_nothing_of_words_has_an_opinion_still(fit: Fit) -> None:
    fit()
    (found,) = {
        (figure["words"], figure["judge"])
        for number in range(3)
        if (figure := opinion_on(judged(aligned(), 2.0), 0.0, [place(aligned(), 0, number, 1)]))
    }
    assert found == (0.0, 2.0)


@given(st.floats(0, 1), st.floats(0.01, 0.99))
def test_a_second_opinion_is_a_probability_and_rises_with_both(probability: float, word: float) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(combine, "read_coefficients", lambda _: {NAME: QUESTIONS})
        alignments = [with_words(aligned(), 1, ([value], [])) for value in (word, min(word + 0.005, 1.0))]
        where = [place(aligned(), 0, 1, 1)]
        found = [second(alignment, "name", probability, where) for alignment in alignments]
        surer = second(alignments[0], "name", min(1.0, probability + 0.1), where)
    assert found[0] is not None
    assert found[1] is not None
    assert surer is not None
    assert 0 <= found[0] <= found[1] <= 1
    assert found[0] <= surer <= 1


LONG = (
    "Farmers expect a poor harvest after the drought, and doctors warn of smoke from the forest fire, "
    "while three passengers wait an hour at the old bridge."
)
CUT = "Bauern erwarten nach der Dürre eine schlechte Ernte, und Ärzte warnen vor Rauch vom Brand im Wald."


def test_a_name_that_the_judge_has_not_read_is_held_to_the_rules_own_limit(fit: Fit) -> None:
    source = (*ENGLISH, "The mayor thanked Catherine Thompson and Margaret Wilson on Sunday.")
    target = (*GERMAN, "Der Bürgermeister dankte Catherine Thompson und Barbara Griffith am Sonntag.")
    alignment = aligned(source, target)
    fit()
    unread = judge_links(alignment, ByHeart([{"target": "Thompson", "probability": None}]))
    for limits in (Limits(exchanged_judged=0.0), Limits(exchanged=0.4), Limits(exchanged=0.0)):
        alone, found = (
            [(draft.message, draft.confidence) for draft in NAMES.check(evidence_of(each), limits)]
            for each in (alignment, unread)
        )
        assert found == [each for each in alone if each[1] >= min(limits.exchanged, 1.0)]


# Words


def test_without_a_judge_the_judged_features_are_zero() -> None:
    for own, table in zip(judged_features(aligned()), tables(aligned()), strict=True):
        assert own.keys() == JUDGED.keys()
        for values in own.values():
            assert values.shape == (len(table.spans),)
            assert not values.any()


def tables(alignment: Alignment) -> tuple[WordTable, WordTable]:
    one, two = alignment.source.words, alignment.target.words
    assert one is not None
    assert two is not None
    return one, two


def test_judged_features_stand_at_their_words() -> None:
    said = [{"target": "schlechte", "probability": 0.9, "words": ["poor", "schlechte"]}]
    alignment = judge_links(aligned(), ByHeart(said))
    for side, word in enumerate(("poor", "schlechte")):
        own, table = judged_features(alignment)[side], tables(alignment)[side]
        document = (alignment.source, alignment.target)[side].document
        texts = [
            document.sentences[number].text[start:end]
            for number in range(len(document.sentences))
            for start, end in table.spans[table.starts[number] : table.starts[number + 1]].tolist()
        ]
        at = texts.index(word)
        assert int(own["judged"].argmax()) == at
        assert own["judged"][at] == pytest.approx(math.log(9), abs=1e-5)
        assert own["judged"][own["judged"] < 0] == pytest.approx(math.log(0.02 / 0.98), abs=1e-5)
        assert (own["judged"] > 0).sum() == 1
        last = slice(table.starts[-2], table.starts[-1])
        assert own["judged_link"][last] == pytest.approx(math.log(9))
        assert own["judged_link"][: table.starts[-2]] == pytest.approx(math.log(0.02 / 0.98))
        for name in ("judged_near", "judged_wide"):
            assert own["judged"].min() - 1e-9 <= own[name].min()
            assert own[name].max() < own["judged"][at]


def test_words_that_were_not_read_have_zeros() -> None:
    alignment = judge_links(aligned(), ByHeart([{"target": "schlechte", "probability": None}]))
    for own, table in zip(judged_features(alignment), tables(alignment), strict=True):
        last = slice(table.starts[-2], table.starts[-1])
        for name in ("judged", "judged_link"):
            assert not own[name][last].any()
            assert own[name][: table.starts[-2]].all()


def test_differences_take_the_weights_that_are_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def known(question: str) -> dict[str, float]:
        asked.append(question)
        return coefficients("difference") | (dict.fromkeys(JUDGED, 0.3) if question == "judged" else {})

    monkeypatch.setattr(words, "coefficients", known)
    monkeypatch.setattr(words, "is_fitted", lambda question: question == "judged")
    plain = differences(aligned())
    silent = differences(judge_links(aligned(), ByHeart(speaks_of_words=False)))
    assert silent == plain
    assert differences(judge_links(aligned(), ByHeart())) != plain
    assert asked == ["difference", "difference", "judged"]
    monkeypatch.setattr(words, "is_fitted", lambda _: False)
    assert differences(judge_links(aligned(), ByHeart())) == plain


def test_the_weights_with_a_judge_are_for_all_figures() -> None:
    if is_fitted("judged"):
        assert coefficients("judged").keys() == {"intercept", *FEATURES_OF_WORDS, *JUDGED}


# Findings


def meaning(alignment: Alignment, settings: CheckSettings | None = None) -> list[Finding]:
    return [f for f in check(evidence_of(alignment), settings)[0] if f.rule == "meaning-mismatch"]


def said(probability: float, *words: str, target: str = "schlechte Ernte") -> ByHeart:
    return ByHeart([{"target": target, "probability": probability, "words": words}])


@pytest.mark.usefixtures("as_it_says")
def test_a_finding_says_where_and_quotes_the_words() -> None:
    (found,) = meaning(judge_links(aligned(), said(0.98, "poor", "harvest", "schlechte")))
    assert (found.severity, found.confidence) == ("error", pytest.approx(0.98))
    assert found.message == (
        "Paragraph 11: the German version does not say the same here: “poor harvest” and “schlechte”"
    )
    assert found.source is not None
    assert found.target is not None
    assert (found.source.text, found.target.text) == (ENGLISH[10], GERMAN[10])
    assert found.evidence["judged"] == pytest.approx(0.98)
    assert (found.evidence["source"], found.evidence["target"]) == ("poor harvest", "schlechte")


def test_only_one_side_is_quoted_where_only_one_is_marked() -> None:
    (found,) = meaning(judge_links(aligned(), said(0.98, "Bauern")))
    assert found.message.endswith("does not say the same here: “Bauern”")
    assert "source" not in found.evidence
    (found,) = meaning(judge_links(aligned(), said(0.98)))
    assert found.message.endswith("does not say the same here")


@pytest.mark.usefixtures("as_it_says")
def test_how_severe_it_is() -> None:
    limits = Limits(flawed=0.5, flawed_sure=0.9, flawed_beside=0.0)
    for probability, severities in ((0.49, []), (0.51, ["warning"]), (0.89, ["warning"]), (0.91, ["error"])):
        found = meaning(judge_links(aligned(), said(probability)), limits)
        assert [each.severity for each in found] == severities
        assert [each.confidence for each in found] == pytest.approx([probability] * len(severities))


@pytest.mark.usefixtures("as_it_says")
def test_a_judge_that_is_alone_with_what_it_sees_has_to_be_sure() -> None:
    assert (Limits().flawed, Limits().flawed_sure, Limits().flawed_beside) == (0.81, 0.89, 0.1)
    for before, probability, severities in (
        (0.09, 0.88, []),
        (0.09, 0.9, ["error"]),
        (0.11, 0.8, []),
        (0.11, 0.88, ["warning"]),
        (0.11, 0.9, ["error"]),
    ):
        alignment = judge_links(aligned(), said(probability))
        known = {sides: replace(own, before=before) for sides, own in alignment.judgements.items()}
        found = meaning(replace(alignment, judgements=known))
        assert [each.severity for each in found] == severities


def test_what_nobody_has_measured_is_information() -> None:
    (found,) = meaning(judge_links(aligned(), said(0.999)))
    assert found.severity == "info"


@pytest.mark.parametrize(
    ("marked", "quoted"),
    [
        ("Farmers poor drought", "Farmers"),  # the first of equals
        ("expect poor", "expect a poor"),  # over one word between
        ("Farmers poor harvest", "poor harvest"),  # the greatest sum, not over two
        (
            "Farmers expect a poor harvest after the drought",
            "Farmers expect a poor harvest after the drought",
        ),
    ],
)
def test_a_stretch_is_quoted(marked: str, quoted: str) -> None:
    (found,) = meaning(judge_links(aligned(), said(0.98, *marked.split())))
    assert found.evidence["source"] == quoted


def test_a_long_stretch_is_cut_after_ten_words() -> None:
    alignment = aligned((*ENGLISH, LONG), (*GERMAN, CUT + " Drei Fahrgäste warten eine Stunde."))
    words = LONG.replace(",", "").replace(".", "").split()
    judge = said(0.98, *words, target="Brand im Wald")
    (found,) = [f for f in meaning(judge_links(alignment, judge), Limits(detail=1.0)) if f.source]
    assert found.evidence["source"] == "Farmers expect a poor harvest after the drought, and doctors …"


@pytest.mark.parametrize(
    ("text", "spans", "quoted"),
    [
        ("部长没有签署协议。", [(0, 2), (2, 4), (4, 6), (6, 8)], "没有签署"),
        ("大臣は合意に署名した。", [(0, 2), (3, 5), (6, 8), (8, 10)], "合意に署名"),
    ],
)
def test_where_words_have_no_spaces_the_text_is_quoted_as_it_stands(
    text: str, spans: list[tuple[int, int]], quoted: str
) -> None:
    alignment = aligned()
    link = alignment.sentences[-1]
    document = alignment.target.document
    last = replace(document.sentences[-1], text=text)
    target = replace(alignment.target, document=replace(document, sentences=(*document.sentences[:-1], last)))
    values = np.array([0.1, 0.9, 0.9, 0.1], np.float32)
    words = (
        (judged_words(ENGLISH[-1], frozenset()),),
        (JudgedWords(spans=np.array(spans, np.int64), values=values),),
    )
    said = Judgement(probability=0.99, logit=5.0, words=words)
    made = replace(alignment, target=target, judgements={(link.source, link.target): said}, judge=NAME)
    evidence = replace(evidence_of(alignment), alignment=made)
    drafts = list(rule("meaning-mismatch").check(evidence, Limits()))
    assert [draft.evidence.get("target") for draft in drafts] == [quoted]


def rule(name: str) -> Rule:
    return next(each for each in RULES if each.name == name)


@pytest.mark.usefixtures("as_it_says")
def test_another_rules_warning_silences_it_and_its_information_does_not() -> None:
    number = GERMAN[5].replace("vier", "fünf")
    alignment = aligned(target=(*GERMAN[:5], number, *GERMAN[6:]))
    judge = said(0.999, target="Millionen")
    assert [f.rule for f in check(evidence_of(judge_links(alignment, judge)))[0]] == ["number-mismatch"]
    alignment = aligned(target=(*GERMAN[:2], GERMAN[2].replace("drei ", ""), *GERMAN[3:]))
    found = check(evidence_of(judge_links(alignment, said(0.999, target="vorher"))))[0]
    assert sorted((f.rule, f.severity) for f in found) == [
        ("meaning-mismatch", "error"),
        ("number-mismatch", "info"),
    ]


def test_without_a_judge_it_is_skipped_and_with_one_it_says_what_it_cannot_see() -> None:
    def skipped(alignment: Alignment) -> list[str]:
        return [skip.reason for skip in check(evidence_of(alignment))[1] if skip.rule == "meaning-mismatch"]

    assert skipped(aligned()) == ["no judge has read the passages"]
    assert skipped(judge_links(aligned(), ByHeart())) == []
    long = [{"target": row, "probability": None} for row in GERMAN]
    assert skipped(judge_links(aligned(), ByHeart(long[:2]))) == [UNREAD.format(2)]
    assert skipped(judge_links(aligned(), ByHeart(long))) == [UNREAD.format(11)]


# What must change nothing


def test_judging_is_independent_of_the_other_links(fit: Fit) -> None:
    fit()
    judge = said(0.98, "poor", "schlechte")
    whole = judge_links(aligned(), judge)
    for number, link in enumerate(aligned().sentences):
        alone = judge_links(aligned(), judge, lambda each, link=link: each is link)  # type: ignore[misc]
        assert alone.sentences[number] == whole.sentences[number]
        rest = (*alone.sentences[:number], *alone.sentences[number + 1 :])
        assert rest == (*aligned().sentences[:number], *aligned().sentences[number + 1 :])
        one, other = alone.judgement(link), whole.judgement(link)
        assert one is not None
        assert other is not None
        assert (one.probability, one.logit) == (other.probability, other.logit)


@pytest.mark.usefixtures("as_it_says")
def test_the_other_way_round_the_same_is_found() -> None:
    bad = (*GERMAN[:-1], GERMAN[-1].replace("schlechte", "gute"))
    judge = said(0.9999, "poor", "gute", target="gute")
    there = judge_links(aligned(ENGLISH, bad), judge)
    turned = replace(
        there,
        source=there.target,
        target=there.source,
        sentences=tuple(replace(x, source=x.target, target=x.source) for x in aligned().sentences),
        judgements={
            (target, source): replace(each, words=each.words and each.words[::-1])
            for (source, target), each in there.judgements.items()
        },
    )
    limits = Limits(flawed=0.5)
    (one,), (two,) = meaning(there, limits), meaning(turned, limits)
    assert one.confidence == two.confidence
    assert (one.evidence["source"], one.evidence["target"]) == ("poor", "gute")
    assert (two.evidence["source"], two.evidence["target"]) == ("gute", "poor")


def test_judging_twice_is_judging_once() -> None:
    once = judge_links(aligned(), said(0.98))
    twice = judge_links(once, said(0.98))
    assert twice.sentences == once.sentences
    assert [(f.message, f.confidence) for f in meaning(twice)] == [
        (f.message, f.confidence) for f in meaning(once)
    ]


def test_without_a_judge_the_report_is_as_if_there_were_no_judge_room(
    fit: Fit, monkeypatch: pytest.MonkeyPatch
) -> None:
    fit()
    texts = read_text("\n\n".join(ENGLISH)), read_text("\n\n".join((*GERMAN[:4], *GERMAN[5:])))
    none = Checker(encoder=FakeEncoder(), judge="none").check(*texts, languages=LANGUAGES, words=True)
    unread = ByHeart([{"target": "", "probability": None}])
    reads_nothing = checker_with(unread, monkeypatch).check(*texts, languages=LANGUAGES, words=True)
    monkeypatch.setattr("mlcheck.pipeline.judge_links", lambda *_: pytest.fail("asked"))
    without = checker_with(None, monkeypatch).check(*texts, languages=LANGUAGES, words=True)
    assert as_dict(none) == as_dict(without)
    # And a judge that reads nothing has no part in any figure.
    apart = ("judge", "skipped")
    one, two = (
        {key: value for key, value in as_dict(each).items() if key not in apart}
        for each in (none, reads_nothing)
    )
    assert one == two


def test_runs_do_not_depend_on_the_judge() -> None:
    alignment = aligned((*ENGLISH, LONG), (*GERMAN, CUT))
    assert runs(judge_links(alignment, ByHeart())) == runs(alignment)


def divergent(judgement: Judgement, limits: Limits, wrong: float = 0.1) -> list[str]:
    """The severities of what is said of one link of a short sentence with that judgement."""
    alignment = aligned()
    link = next(x for x in alignment.sentences if x.source == (4,))
    own = replace(link, divergence=max(0.6, wrong), wrong=wrong)
    links = tuple(own if x is link else x for x in alignment.sentences)
    made = replace(alignment, sentences=links, judgements={(link.source, link.target): judgement}, judge=NAME)
    found = check(evidence_of(made), limits)[0]
    return [f.severity for f in found if f.rule == "divergent-passage"]


def test_a_judge_does_not_silence_what_is_certain_without_it_unless_it_sees_nothing() -> None:
    for before, probability, told in (
        (0.96, 0.26, ["warning"]),
        (0.94, 0.26, []),
        (0.96, 0.24, []),
    ):
        said = Judgement(probability=probability, logit=1.0, before=before)
        assert divergent(said, Limits(short=0)) == told


def test_a_link_that_is_rather_wrong_is_told_only_where_the_judge_sees_something() -> None:
    sure = Limits().error_from
    for wrong, probability, told in ((0.52, 0.1, []), (0.52, 0.3, ["warning"]), (sure, 0.1, ["error"])):
        said = Judgement(probability=probability, logit=1.0, before=0.5)
        assert divergent(said, Limits(short=0), wrong=wrong) == told


def test_a_short_passage_is_divergent_only_where_that_is_all_but_certain() -> None:
    said = Judgement(probability=0.9, logit=1.0, before=0.96)
    sure = Limits().error_from
    assert divergent(said, Limits()) == []
    assert divergent(said, Limits(), wrong=sure - 0.01) == []
    assert divergent(said, Limits(), wrong=sure) == ["error"]
