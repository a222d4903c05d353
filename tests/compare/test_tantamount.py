"""Facts by place and count: what says the same in other figures, what stands elsewhere, and what counts as
changed. What agrees is silent first."""

from __future__ import annotations

import pytest

from mlcheck.compare import compare_facts, may_be_quoted
from mlcheck.compare.tantamount import month_spans, tantamount
from mlcheck.data import Document
from mlcheck.facts import Fact, extract
from mlcheck.read import read_text
from mlcheck.segment import segment_pair


def facts(text: str, language: str) -> list[Fact]:
    return [fact for fact in extract(text, language) if fact.kind not in ("name", "quote")]


def number(text: str, language: str) -> Fact:
    return [fact for fact in facts(text, language) if fact.kind == "number"][-1]


def document(*paragraphs: str, language: str) -> Document:
    texts = [read_text("\n\n".join(paragraphs), name=name) for name in ("one", "two")]
    return segment_pair((texts[0], texts[1]), (language, language))[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a fifth of them", "en"), ("20 %", "ru")),
        (("20 Prozent", "de"), ("un cinquième", "fr")),
        (("the half-hour", "en"), ("30", "ru")),
        (("21 days", "en"), ("три недели", "ru")),
        (("45 miles", "en"), ("70 км", "ru")),
        (("1523", "en"), ("1520", "de")),
    ],
)
def test_other_figures_for_the_same(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert tantamount(number(*one), number(*other))
    assert tantamount(number(*other), number(*one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a fifth of them", "en"), ("25 %", "ru")),
        (("the half-hour", "en"), ("20", "ru")),
        (("45 miles", "en"), ("90 км", "ru")),
        (("2019", "en"), ("2020", "de")),
    ],
)
def test_other_figures_for_something_else(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not tantamount(number(*one), number(*other))
    assert not tantamount(number(*other), number(*one))


def test_months_from_one_to_another() -> None:
    told = facts("It grew from January to May.", "en")
    assert len(list(month_spans(told, facts("Рост за пять месяцев.", "ru")))) == 1
    assert list(month_spans(told, facts("Рост за семь месяцев.", "ru"))) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Version vom 1. April 2025 gilt bis 2025.", "de"),
        ("Версия от 1 апреля 2025 года действует до 2025 года.", "ru"),
        ("La version du 1er avril 2025 vaut jusqu'en 2025.", "fr"),
        ("La versión del 1 de abril de 2025 vale hasta 2025.", "es"),
    ],
)
def test_a_date_that_has_another_year_which_stands_elsewhere(text: str, language: str) -> None:
    source = facts("The version of 1 April 2024 holds until 2025.", "en")
    (found,) = compare_facts(source, facts(text, language))
    assert (found.sort, found.fact.kind) == ("different", "date")
    assert compare_facts(source, facts(text.replace("2025", "2024", 1), language)) == []


def test_a_year_alone_stands_for_its_date() -> None:
    """Where no other date stands opposite, the year of a date may stand alone."""
    source = facts("The version of 1 April 2024 holds.", "en")
    assert compare_facts(source, facts("Die Version von 2024 gilt.", "de")) == []


def test_a_month_is_no_number_of_months() -> None:
    found = compare_facts(facts("It grew in January.", "en"), facts("Рост за семь месяцев.", "ru"))
    assert [difference.sort for difference in found] == ["missing", "extra"]


def test_a_year_is_no_amount() -> None:
    found = compare_facts(facts("It opened in 2011.", "en"), facts("На линии 38 станций.", "ru"))
    assert [difference.sort for difference in found] == ["missing", "extra"]


@pytest.mark.parametrize(
    ("paragraphs", "language"),
    [
        (("«Ковёр — он как человек, — сказал он. — Шрам не беда».",), "ru"),
        (("— Мост построят до зимы, — сказал он.",), "ru"),
        (("—Lo haremos —dijo.",), "es"),
        (("Er sagte: „Wir bauen", "die Brücke wieder auf“."), "de"),
        (("« Nous le ferons, dit-il.", "La suite.", "Et la fin. »"), "fr"),
        (("他说：「我们会做到。",), "zh"),
        (("Il l'a dit.", "« Oui »"), "fr"),
    ],
)
def test_what_may_be_quoted(paragraphs: tuple[str, ...], language: str) -> None:
    found = document(*paragraphs, language=language)
    assert all(may_be_quoted(found, (sentence.index,)) for sentence in found.sentences)


def test_what_is_not_quoted() -> None:
    found = document("Il l'a dit hier.", "Tout le monde l'a entendu.", language="fr")
    assert not any(may_be_quoted(found, (sentence.index,)) for sentence in found.sentences)
    closed = document("« Oui »", "Il est parti.", "Il est revenu.", "Il est reparti.", language="fr")
    assert not may_be_quoted(closed, (closed.sentences[-1].index,))
