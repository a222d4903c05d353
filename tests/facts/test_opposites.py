"""Words that have an opposite: which are found in a text, and that the table does not contradict itself."""

from __future__ import annotations

import pytest

from mlcheck.facts.opposites import LANGUAGES, NO_GROUP, _cell, key_of, load, poles


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
        ("He left.", "en", []),  # is only put in
        ("Nobody knows.", "en", []),  # negates, and has no group
        ("Спустя год", "ru", [("Спустя", [("before", 1)])]),  # is only looked for
        ("Im Norden", "de", [("Norden", [("north/south", 0)])]),
        ("l'échec", "fr", [("échec", [("success/failure", 1)])]),
        ("价格下降了", "zh", [("下降", [("up", 1)])]),
        ("İLK maç", "tr", [("İLK", [("first/last", 0)])]),
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
