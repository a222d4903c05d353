"""Quotations, negations and sources: what is none, what is one, and hostile text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.facts.attribution import attributions
from mlcheck.facts.fact import Fact
from mlcheck.facts.negation import negations
from mlcheck.facts.quotes import quotes
from mlcheck.facts.tables import FIRST_CLASS

FINDERS = (quotes, negations, attributions)


def texts(facts: list[Fact]) -> list[str]:
    return [fact.text for fact in facts]


def strong(facts: list[Fact]) -> list[str]:
    return [fact.text for fact in facts if not fact.weak]


# Quotations ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It’s the workers’ rock ’n’ roll, isn't it, in the '90s"),
        ("en", 'a 12" disc and a 5\'10" man'),
        ("en", "“unclosed"),
        ("en", "closed”"),
        ("en", '" "'),
        ("en", "“…”"),
        ("en", "“of one\n\nparagraph”"),
        ("fr", "l’avis d'un autre"),
        ("uk", "п'ятниця і п’ять"),
        ("tr", "Ankara'da Nisan'ın"),
    ],
)
def test_no_quotation(language: str, text: str) -> None:
    assert quotes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "inside"),
    [
        ("en", 'He said "no" to it.', ["no"]),
        ("en", "“one” and “two”", ["one", "two"]),
        ("en", "“it’s ‘nested’ once”", ["it’s ‘nested’ once"]),
        ("en", '“mixed"', ["mixed"]),
        ("en", "“unclosed and “closed”", ["closed"]),
        ("en", "'single marks'", ["single marks"]),
        ("de", "„so“ und »so« und ‚so‘", ["so", "so", "so"]),
        ("de", "„er sagte ‚ja‘ dazu“", ["er sagte ‚ja‘ dazu"]),
        ("fr", "« oui »", ["oui"]),
        ("ru", "«Газета „Правда“ пишет»", ["Газета „Правда“ пишет"]),
        ("ru", "«одна «в другой» стоит»", ["одна «в другой» стоит"]),
        ("az", '"Yandhi"nin', ["Yandhi"]),
        ("tr", '"kukla gibi"ten', ["kukla gibi"]),
        ("sv", "”så”", ["så"]),
        ("pl", "„tak”", ["tak"]),
        ("zh", "“你好”和《报》", ["你好", "报"]),
        ("ja", "「こんにちは『は』」", ["こんにちは『は』"]),
        ("xx", "“any language”", ["any language"]),
    ],
)
def test_a_quotation(language: str, text: str, inside: list[str]) -> None:
    assert texts(quotes(text, language)) == inside


def test_single_marks_are_weak() -> None:
    assert [fact.weak for fact in quotes("'so' and \"so\"", "en")] == [True, False]


# Negations ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "not only here, no matter what, No. 10, whether or not, no doubt a knot, a note"),
        ("ru", "не только это, тем не менее, едва не упал, не менее пяти; неделя, нетто"),
        ("uk", "не лише це, тим не менш"),
        ("de", "nicht nur das, nicht zuletzt, Kenia"),
        ("fr", "non seulement, pas seulement; il ne fait que cela"),
        ("es", "no solo eso, no obstante, sin embargo"),
        ("it", "non solo, nonostante"),
        ("tr", "geldi, gelecek, komedi, umuyor, Ahmed, elmayı, olması, olmaya"),
        ("az", "gəldi, yoxsa, məmur, təmir, sərmayə, olması, almaya"),
        ("zh", "不仅，不过，非洲非常不同，未来，特别"),
        ("ja", "だけでなく、かもしれない"),
        ("ar", "لا سيما، لا يزال"),
        ("cs", "ne"),
        ("xx", "not"),
    ],
)
def test_no_negation(language: str, text: str) -> None:
    assert negations(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "He does not, I can’t, they cannot, never", ["not", "can’t", "cannot", "never"]),
        ("ru", "Он не знает; нет", ["не", "нет"]),
        ("uk", "Він не знає; немає", ["не", "немає"]),
        ("de", "Er weiß nicht, kein Grund, nie", ["nicht", "kein", "nie"]),
        ("fr", "Il n’est pas là et ne dit jamais rien", ["pas", "jamais"]),
        ("es", "No sabe, nunca", ["No", "nunca"]),
        ("it", "Non sa", ["Non"]),
        ("tr", "Öyle değil, yok", ["değil", "yok"]),
        ("az", "Elə deyil, yoxdur", ["deyil", "yoxdur"]),
        ("zh", "他没有去，不是", ["没有", "不是"]),
        ("ja", "ではない", ["ではない"]),
        ("ar", "لم يكن ولن، ليس", ["لم", "ليس"]),
    ],
)
def test_a_negation(language: str, text: str, words: list[str]) -> None:
    assert strong(negations(text, language)) == words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "without"),
        ("tr", "sadece o değil"),
        ("ru", "никто"),
        ("zh", "不去"),
        ("fr", "un point, pas"),
        *(("tr", word) for word in ("gelmedi", "Gelmeyecek", "GELMEZ", "gelmiyor", "gelmemiş", "gelmeyen")),
        *(("tr", word) for word in ("gelmeden", "gelmedikleri", "olmamak", "bakmayarak", "görülmediğini")),
        *(("az", word) for word in ("gəlmədi", "gəlməyəcək", "gəlməz", "gəlmir", "gəlməyib", "gəlməmiş")),
        *(("az", word) for word in ("olmayan", "bilmirəm", "verilmədiyini", "olmamaq", "baxmayaraq")),
    ],
)
def test_a_weak_negation(language: str, text: str) -> None:
    found = negations(text, language)
    assert found
    assert strong(found) == []


# Sources ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The reports were long. It reported a loss."),
        ("ru", "Он пошел в школу."),
        ("de", "Das Kind war laut."),
        ("de", "laut der Polizei"),
        ("tr", "İddialara göre yağmur yağdı."),
        ("zh", "据说他来了。"),
        ("pl", "według Reutersa"),
    ],
)
def test_no_named_source(language: str, text: str) -> None:
    assert strong(attributions(text, language)) == []


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("en", "APA reports that it rained.", "APA"),
        ("en", "The Boston Globe reports rain.", "The Boston Globe"),
        ("en", "It rained, according to the Ministry of Health on Monday.", "the Ministry of Health"),
        ("ru", "Как сообщает АЗЕРТАДЖ, шел дождь.", "АЗЕРТАДЖ"),
        ("ru", "По данным Минздрава, шел дождь.", "Минздрава"),
        ("ru", "сообщает «Российская газета»", "Российская газета"),
        ("uk", "За даними Генштабу, йшов дощ.", "Генштабу"),
        ("az", "APA-nın məlumatına görə, yağış yağıb.", "APA-nın"),
        ("az", "APA xəbər verir ki, yağış yağıb.", "APA"),
        ("tr", "Reuters'ın haberine göre yağmur yağdı.", "Reuters'ın"),
        ("tr", "Trump'a göre yağmur yağdı.", "Trump"),
        ("de", "Laut Reuters hat es geregnet.", "Reuters"),
        ("fr", "Selon l’AFP, il a plu.", "l’AFP"),
        ("es", "Según el Ministerio de Salud, llovió.", "el Ministerio de Salud"),
        ("it", "Secondo l'ANSA, ha piovuto.", "l'ANSA"),
        ("zh", "据新华社报道，下雨了。", "新华社"),
        ("ja", "共同通信によると、雨が降った。", "共同通信"),
    ],
)
def test_a_source(language: str, text: str, source: str) -> None:
    assert strong(attributions(text, language)) == [source]


def test_a_source_without_a_name_is_weak() -> None:
    (fact,) = attributions("according to police, it rained", "en")
    assert (fact.text, fact.weak) == ("police", True)


def test_arabic_sources_are_weak_because_nothing_tells_names() -> None:
    (fact,) = attributions("وفقا لوكالة رويترز، أمطرت", "ar")
    assert (fact.text, fact.weak) == ("لوكالة رويترز", True)


# Anything -----------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"“”\"'’«»„‚‘「」 -.不据称",
        *("\n\n", "not", "ne", "pas", "don't", "laut", "according to", "The", "of", "APA", "によると", "لا"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join), st.sampled_from([*FIRST_CLASS, "sv", "xx", ""]))
def test_spans_hold_and_do_not_overlap(text: str, language: str) -> None:
    for finder in FINDERS:
        last = 0
        for fact in finder(text, language):
            assert text[fact.span.start : fact.span.end] == fact.text == fact.value[0] != ""
            assert fact.span.start >= last
            last = fact.span.end


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["“", '"a', "'a ", "«", "‘a’b", "not ", "据", "ne ", "according to ", "A.", "a-", "laut "]
)
@pytest.mark.parametrize("finder", FINDERS)
def test_hostile_text_takes_linear_time(unit: str, finder: Callable[[str, str], list[Fact]]) -> None:
    text = unit * (15_000 // len(unit))
    for language in ("en", "de", "fr", "tr", "zh", "ja"):
        start = time.process_time()
        finder(text, language)
        assert time.process_time() - start < 2
