"""Language of a text, and of a paragraph of which only "this or the other?" is asked."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.languages import Background, every
from mlcheck.segment.language import detect, letters, which

BACKGROUND = {code: list(own.sentences) for code, own in every(Background).items()}
"""Twelve sentences on twelve subjects, in each of eighteen languages."""

# Neighbours that are easily taken for each other, and pairs that newsrooms publish in.
PAIRS = [
    ("ru", "uk"),
    ("ru", "kk"),
    ("az", "tr"),
    ("en", "de"),
    ("en", "az"),
    ("fr", "it"),
    ("es", "pt"),
    ("es", "it"),
    ("pl", "de"),
    ("en", "ru"),
    ("zh", "ja"),
    ("ka", "hy"),
    ("ar", "en"),
    ("ko", "ja"),
]


@pytest.mark.parametrize("text", ["", "  \n", "2024", "12:30 — 14/05", "…!?", "🙂 🙃"])
def test_no_letters_no_language(text: str) -> None:
    assert detect(text) is None
    assert which(text, {"en", "de"}) is None


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Berlin", {"en", "de"}),
        ("OK, super!", {"en", "de"}),
        ("Ilham Aliyev", {"en", "az"}),
        ("Antony Blinken, James O’Brien", {"en", "de"}),
        ("Recep Tayyip Erdoğan Devlet Bahçeli", {"az", "tr"}),
        ("Bayern München Borussia Dortmund", {"en", "de"}),
        ("Александр Лукашенко Владимир Путин", {"ru", "uk"}),
        ("The bridge was closed on Monday for repairs.", {"en"}),
        ("The bridge was closed on Monday for repairs.", {"ru", "uk"}),
        ("Bu gün hava yaxşıdır", set()),
    ],
)
def test_nothing_is_said_where_it_is_not_clear(text: str, candidates: set[str]) -> None:
    assert which(text, candidates) is None


@pytest.mark.parametrize("language", BACKGROUND)
def test_a_text_is_detected(language: str) -> None:
    assert detect("\n".join(BACKGROUND[language])) == language


@pytest.mark.parametrize("language", BACKGROUND)
def test_a_sentence_is_detected(language: str) -> None:
    right = sum(detect(sentence) == language for sentence in BACKGROUND[language])
    assert right >= (11 if language == "kk" else 12)  # one Kazakh sentence has a Tatar letter only


@pytest.mark.parametrize(("one", "other"), [*PAIRS, *((b, a) for a, b in PAIRS)])
def test_a_paragraph_is_told_from_the_other_language(one: str, other: str) -> None:
    answers = [which(sentence, {one, other}) for sentence in BACKGROUND[one]]
    assert other not in answers
    assert answers.count(one) >= 9


def test_no_pair_is_ever_mistaken() -> None:
    for one, other in itertools.permutations(sorted(BACKGROUND), 2):
        assert which(BACKGROUND[one][4], {one, other}) in {one, None}, other


def test_regions_and_order_make_no_difference() -> None:
    text = BACKGROUND["pt"][0]
    assert which(text, ["pt-BR", "es_MX"]) == which(text, ["es", "pt"]) == "pt"


def test_names_of_another_script_do_not_decide() -> None:
    text = "Компания OpenAI и корпорация Microsoft объявили о новом соглашении с Google"
    assert which(text, {"en", "ru"}) == "ru"
    assert detect(text) == "ru"


def test_a_foreign_name_with_a_telling_letter_does_not_decide() -> None:
    text = " ".join([*BACKGROUND["en"][:4], "The prize went to Əli Məmmədov."])
    assert detect(text) == "en"


def test_results_do_not_depend_on_what_was_asked_before() -> None:
    texts = [sentences[3] for sentences in BACKGROUND.values()]
    first = [detect(text) for text in texts], [which(text, {"en", "de", "fr"}) for text in texts]
    second = (
        [detect(text) for text in reversed(texts)],
        [which(t, {"en", "de", "fr"}) for t in reversed(texts)],
    )
    assert first == (second[0][::-1], second[1][::-1])


def test_letters() -> None:
    assert letters("Année 2024: été!") == 8
    assert letters("北京 10") == 2


@settings(deadline=None, max_examples=50)
@given(text=st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    detect(text)
    assert which(text, {"en", "de", "ru"}) in {None, "en", "de", "ru"}
