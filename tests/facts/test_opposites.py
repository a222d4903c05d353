"""Words that have an opposite: which are found in a text, and that the table does not contradict itself."""

from __future__ import annotations

import pytest

from mlcheck.facts.opposites import LANGUAGES, NO_GROUP, _cell, key_of, load, opposites_in, poles
from mlcheck.languages import FIRST_CLASS
from mlcheck.languages import language as record


def found(text: str, language: str) -> list[tuple[str, list[tuple[str, int]]]]:
    return [(text[pole.span.start : pole.span.end], sorted(pole.meanings)) for pole in poles(text, language)]


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert poles("The committee met.", "en") == ()
    assert poles("Prices rose.", "ka") == ()
    assert poles("", "ru") == ()


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Prices ROSE, then they fell.", "en", [("ROSE", [("up", 0)]), ("fell", [("up", 1)])]),
        ("It takes fewer people.", "en", [("fewer", [("more", 1)])]),  # not the side that its row has it on
        ("He took it.", "en", []),  # is only put in
        ("Nobody knows.", "en", []),  # negates, and has no group
        ("Спустя год", "ru", [("Спустя", [("before", 1)])]),  # is only looked for
        ("Im Norden", "de", [("Norden", [("north/south", 0)])]),
        ("l'échec", "fr", [("échec", [("success/failure", 1)])]),
        ("价格下降了", "zh", [("下降", [("up", 1)])]),
        ("İLK maç", "tr", [("İLK", [("first/last", 0)])]),
        # What stands in the languages' own files: stems, phrases, a particle in front
        ("Его осудили.", "ru", [("осудили", [("praise/criticize", 1)])]),
        ("не более восьми", "ru", [("не более", [("maximum/minimum", 0)])]),
        ("лише вісім", "uk", [("лише", [("only/also", 0)])]),
        ("Negó los cargos", "es", [("Negó", [("confirm/deny", 1)])]),
        ("Ha ammesso tutto", "it", [("ammesso", [("confirm/deny", 0)])]),
        ("提案を批判した", "ja", [("批判", [("praise/criticize", 1)])]),
        ("ورفض الاقتراح", "ar", [("رفض", [("accept", 1)])]),
        # "Not only" says "also"
        ("Не только цены", "ru", []),
        ("not only here", "en", []),
    ],
)
def test_what_is_found(text: str, language: str, words: list[tuple[str, list[tuple[str, int]]]]) -> None:
    assert found(text, language) == words
    assert found(text, f"{language}-XX") == words


def test_opposite_is_who_shares_no_side() -> None:
    rose, fell, grew = poles("rose fell grew", "en")
    assert rose.opposite(fell)
    assert fell.opposite(rose)
    assert not rose.opposite(grew)  # concepts of one group
    (won,) = poles("won", "en")
    assert not rose.opposite(won)


@pytest.mark.parametrize(
    ("text", "language", "negated"),
    [("Fiyatlar arttı.", "tr", False), ("Fiyatlar artmadı.", "tr", True), ("Qiymətlər artmadı.", "az", True)],
)
def test_a_verb_may_have_its_negation_inside(text: str, language: str, negated: bool) -> None:
    (pole,) = poles(text, language)
    assert ("up", 0) in pole.meanings
    assert pole.negated == negated


@pytest.mark.parametrize("language", FIRST_CLASS)
def test_every_language_of_first_class_has_what_turns_a_story_round(language: str) -> None:
    assert opposites_in(language)
    asked = {
        *("up", "win", "accept", "praise/criticize", "confirm/deny", "support/oppose", "allow/forbid"),
        *("start/end", "continue/stop", "arrest/release", "guilty/innocent", "hire/fire", "impose/lift"),
        *("maximum/minimum", "enable/disable", "only/also"),
    }
    assert asked <= record(language).opposites.pairs.keys()


@pytest.mark.parametrize("language", FIRST_CLASS)
def test_no_form_of_a_languages_file_is_its_own_opposite(language: str) -> None:
    for group, (one, two) in record(language).opposites.pairs.items():
        for words, side in ((one, 1), (two, 0)):
            for form in words:
                found = poles(form.replace("*", ""), language)
                assert (group, side) not in {m for pole in found[:1] for m in pole.meanings}, (group, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_is_its_own_opposite(language: str) -> None:
    sides: dict[str, tuple[set[str], set[str]]] = {}
    for concept in load():
        if concept.group != NO_GROUP:
            own = sides.setdefault(concept.group, (set(), set()))
            for side, forms in enumerate(concept.sides.get(language, ())):
                own[side].update(key_of(form, language) for form in forms)
    assert {group: one & two for group, (one, two) in sides.items() if one & two} == {}


@pytest.mark.parametrize("cell", ["a/b>c", "a>", "a", "a>b>c", "a>b|c", "a>b|c>d>e"])
def test_a_bad_cell_is_named(cell: str) -> None:
    with pytest.raises(ValueError, match=r"^table:7: "):
        _cell(cell, "table:7")
