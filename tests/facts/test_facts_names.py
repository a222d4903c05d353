"""Names: what is one by its form, how alike two sound, and which have another in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.compare import Encode, Exchange, exchanged, name_match
from mlcheck.compare.name_features import FEATURES
from mlcheck.compare.trees import read_trees
from mlcheck.data import Alignment
from mlcheck.facts import extract
from mlcheck.facts.name_tables import is_common, known_names
from mlcheck.facts.names import names
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.text import alike, spell


def sure(text: str, language: str) -> list[str]:
    return [fact.text for fact in names(text, language) if not fact.weak]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Yesterday was warm.", "en"),
        ("President Makes Long Call About Border", "en"),
        ("Der Präsident sah die Grenze und das Meer.", "de"),
        ("Вчера было тепло.", "ru"),
        ("昨天很暖和。", "zh"),
        ("", "en"),
    ],
)
def test_no_name_is_sure_without_evidence(text: str, language: str) -> None:
    assert sure(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Yesterday the envoy Anna Berg spoke.", "en", ["Anna Berg"]),
        ("They hope to fly a Boeing 737 to COP29 after Covid-19.", "en", ["Boeing 737", "COP29", "Covid-19"]),
        ("We saw the G7 and the U.S. envoy.", "en", ["G7", "U.S"]),
        ("Вчера посол Анна Берг прибыла в Алматы.", "ru", ["Анна Берг", "Алматы"]),
        ("昨天NATO开会。", "zh", []),
    ],
)
def test_names_by_form(text: str, language: str, found: list[str]) -> None:
    assert sure(text, language) == found


@given(st.text(max_size=200))
def test_names_stand_where_they_say(text: str) -> None:
    for fact in names(text, "en"):
        assert text[fact.span.start : fact.span.end] == fact.text


@pytest.mark.parametrize("other", ["Блинкен", "Блинкеном", "Blinkenin", "布林肯", "بلينكن", "ブリンケン"])
def test_a_name_sounds_alike_in_every_script(other: str) -> None:
    spaced = other not in ("布林肯",)
    assert alike(["Blinken"], [other], spaced=spaced)[0, 0] > 0.85


@pytest.mark.parametrize(("one", "other"), [("Packers", "Блинкен"), ("Astana", "Алматы"), ("COP28", "COP29")])
def test_different_names_do_not(one: str, other: str) -> None:
    assert alike([one], [other])[0, 0] < 0.85


def test_nothing_sounds_like_nothing() -> None:
    assert spell("—") == ""
    assert alike(["Blinken", "—"], ["—", ""]).max() == 0


def words(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return spans


@pytest.mark.parametrize(
    ("texts", "languages"),
    [
        (("Germany", "Almaniya"), ("en", "az")),
        (("German", "немецкого"), ("en", "ru")),
        (("Russian", "российского"), ("en", "ru")),
        (("UN", "ООН"), ("en", "ru")),
        (("UN", "BM"), ("en", "tr")),
        (("Germany", "德国"), ("en", "zh")),
        (("London", "Лондоне"), ("en", "ru")),
    ],
)
def test_tables_join_what_sound_does_not(texts: tuple[str, str], languages: tuple[str, str]) -> None:
    one, two = (known_names(t, words(t), code)[0] for t, code in zip(texts, languages, strict=True))
    assert one & two


def test_tables_keep_neighbours_apart() -> None:
    assert not known_names("Australian", [(0, 10)], "en")[0] & known_names("Austria", [(0, 7)], "en")[0]
    assert is_common("Ministers", "en")
    assert not is_common("Newton", "en")


ENGLISH = """The head of state received the envoy of Kazakhstan on Tuesday.

President Marat Orazov said that the talks with Anna Berg had been useful for both countries.

The foreign ministers of Georgia and Armenia will meet in Almaty in the spring, at the proposal of the hosts.

Anna Berg said that her country was ready to work within COP29 on the protection of the climate.

Marat Orazov thanked the guest and wished her a safe journey home.
"""
RUSSIAN = """Глава государства принял во вторник посланника Казахстана.

Президент Марат Оразов заявил, что переговоры с Анной Берг были полезны для обеих стран.

Министры иностранных дел Грузии и Армении встретятся весной в Алматы по предложению хозяев.

Анна Берг сказала, что её страна готова работать в рамках COP29 над защитой климата.

Глава государства поблагодарил гостью и пожелал ей счастливого пути домой.
"""


@pytest.fixture
def checker(real_checker: Checker) -> Checker:
    return real_checker


def run(checker: Checker, source: str, target: str, least: float = 0.97) -> list[Exchange]:
    alignment: Alignment = checker.align(
        read_text(source, name="a"), read_text(target, name="b"), languages=("en", "ru")
    )
    return list(exchanged(alignment, encoder_of(checker, alignment), least))


def encoder_of(checker: Checker, alignment: Alignment) -> Encode:
    return checker.tools(*alignment.documents).encode


@pytest.mark.model
def test_faithful_versions_are_silent(checker: Checker) -> None:
    assert run(checker, ENGLISH, RUSSIAN, 0.8) == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("old", "new", "found", "least"),
    [
        ("Marat Orazov said", "Marat Hughes said", "Hughes", 0.97),
        ("COP29", "COP28", "COP28", 0.97),
        ("talks with Anna Berg", "talks with Anna Packers", "Packers", 0.8),
        ("talks with Anna Berg", "talks with Anna Hughes", "Hughes", 0.8),
    ],
)
def test_an_exchanged_name_is_found(checker: Checker, old: str, new: str, found: str, least: float) -> None:
    assert ENGLISH.count(old) == 1
    exchanges = run(checker, ENGLISH.replace(old, new), RUSSIAN, least)
    assert [exchange.source_text for exchange in exchanges] == [found]


@pytest.mark.model
def test_the_passages_are_compared_without_the_names(checker: Checker) -> None:
    exchanged_text = ENGLISH.replace("Marat Orazov said", "Marat Hughes said")
    alignment = checker.align(
        read_text(exchanged_text, name="a"), read_text(RUSSIAN, name="b"), languages=("en", "ru")
    )
    asked: list[str] = []

    def indifferent(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        asked.extend(texts)
        return np.eye(len(texts), alignment.source.vectors.shape[1], dtype=np.float32)

    assert exchanged(alignment, None, 0.95)
    (found,) = exchanged(alignment, encoder_of(checker, alignment), 0.95)
    # An encoder that finds nothing better without them.
    (doubted,) = exchanged(alignment, indifferent, 0.95)
    assert doubted.probability < found.probability - 0.01
    assert any("Marat  said" in text for text in asked)


@pytest.mark.model
def test_what_the_judge_makes_of_a_link_is_not_held_against_a_name() -> None:
    """The model of names was fitted without a judge, and its figures are the same with one."""
    texts = (
        read_text(ENGLISH.replace("Marat Orazov said", "Marat Hughes said"), name="a"),
        read_text(RUSSIAN, name="b"),
    )
    found = [
        [
            replace(exchange, judged=None)
            for exchange in exchanged(
                Checker("e5-small", judge=judge).align(*texts, languages=("en", "ru")), None, 0.95
            )
        ]
        for judge in ("judge-1", "none")
    ]
    assert found[0] == found[1] != []


@pytest.mark.model
def test_a_faithful_version_costs_the_encoder_little(checker: Checker) -> None:
    alignment = checker.align(
        read_text(ENGLISH, name="a"), read_text(RUSSIAN, name="b"), languages=("en", "ru")
    )
    asked: list[str] = []
    encode = encoder_of(checker, alignment)

    def counting(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        asked.extend(texts)
        return encode(texts)

    assert exchanged(alignment, counting, 0.95) == ()
    assert len(set(asked)) <= 8


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("In 1998 the firm moved.", "en"),
        ("All 12 were saved. But 15 are missing. Now 43 are in hospital.", "en"),
        ("За 40 лет. Из 350 домов. Но 51 пропал.", "ru"),
        ("Les 26 otages. En 1989, la société. L'80 % aussi.", "fr"),
        ("Nel 2004 la società. L'80% dei voti. Dell'11% si parla.", "it"),
        ("Los 22 heridos. En 1998 murió.", "es"),
        ("Son 10 yılda. Bu 5 kişi.", "tr"),
        ("Od 1998 roku. Na 40 osób.", "pl"),
        ("Από 350 σπίτια. Το 1998 έφυγε.", "el"),
        ("Из 350 үй. Бұл 40 адам.", "kk"),
    ],
)
def test_a_number_after_the_word_that_opens_a_sentence_is_no_name(text: str, language: str) -> None:
    digits = [fact for fact in extract(text, language) if fact.kind == "number"]
    assert [re.sub("[^0-9].*", "", fact.text) for fact in digits] == re.findall("[0-9]+", text)
    assert sure(text, language) == []


@pytest.mark.parametrize("text", ["COP29", "F-16", "G20", "iPhone15", "Covid-19"])
def test_figures_inside_a_word_are_its_own(text: str) -> None:
    assert [fact.kind for fact in extract(f"They saw {text} there.", "en")] == ["name", "name"]


# The model

TREES = read_trees(
    {
        "figures": ["a", "b"],
        "bias": -1.0,
        "roots": [0, 5],
        "figure": [0, -1, 1, -1, -1, -1],
        "limit": [0.5, 0, 2.0, 0, 0, 0],
        "left": [1, 0, 3, 0, 0, 0],
        "right": [2, 0, 4, 0, 0, 0],
        "value": [0, 0.25, 0, 1.0, 3.0, 0.5],
    }
)


@pytest.mark.parametrize(
    ("figures", "odds"), [((0.5, 9), -0.25), ((0.6, 2.0), 0.5), ((0.6, 2.1), 2.5), ((-4, -4), -0.25)]
)
def test_every_tree_counts_by_the_leaf_that_is_reached(figures: tuple[float, float], odds: float) -> None:
    found = TREES.log_odds(np.array([figures, (0.0, 0.0)], np.float32))
    assert found.tolist() == [odds, -0.25]


def test_nothing_has_no_odds() -> None:
    assert TREES.log_odds(np.zeros((0, 2), np.float32)).shape == (0,)


def test_the_model_reads_the_features_that_are_worked_out() -> None:
    trees, asked = name_match._model()
    assert trees.names == FEATURES
    assert asked.keys() == name_match.trial_features(0, 0).keys()
    # Every node is reached from a root, once.
    inner = trees.feature >= 0
    reached = np.concatenate([trees.roots, trees.left[inner], trees.right[inner]])
    assert sorted(reached.tolist()) == list(range(len(trees.feature)))
