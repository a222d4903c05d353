"""The rules on facts: what a faithful passage may do in silence, then what each reports."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from mlcheck.checks import RULES, check
from mlcheck.compare import compare
from mlcheck.data import (
    Alignment,
    Document,
    Encoded,
    EncoderId,
    Finding,
    Link,
    Paragraph,
    Sentence,
    Span,
    WordTable,
)
from mlcheck.settings import CheckSettings

FACT_RULES = (
    "number-mismatch",
    "date-mismatch",
    "quote-mismatch",
    "polarity-mismatch",
    "opposite-mismatch",
    "attribution-mismatch",
)


def encoded(sentences: tuple[str, ...], language: str) -> Encoded:
    """A document of one paragraph a sentence; vectors that no rule looks at."""
    text = "\n\n".join(sentences)
    found, start = [], 0
    for sentence in sentences:
        found.append(Span(start, start + len(sentence)))
        start += len(sentence) + 2
    document = Document(
        path="text",
        text=text,
        encoding="utf-8",
        encoding_guessed=False,
        language=language,
        language_from="given",
        paragraphs=tuple(
            Paragraph(index=i, span=s, line=2 * i + 1, end_line=2 * i + 1, text=t, role="body")
            for i, (s, t) in enumerate(zip(found, sentences, strict=True))
        ),
        sentences=tuple(
            Sentence(index=i, paragraph=i, span=s, text=t)
            for i, (s, t) in enumerate(zip(found, sentences, strict=True))
        ),
    )
    vectors = np.eye(len(sentences), 8, dtype=np.float32)
    encoder = EncoderId(name="", revision="", sha256="")
    return Encoded(document=document, vectors=vectors, encoder=encoder, words=words(sentences))


MEANINGS = (
    "he он",
    "did not не",
    "sign подписал",
    "agreement соглашение",
    "refused отказался",
    "prices цены fiyatlar",
    "rose выросли снизились",
    "team команда",
    "won выиграла проиграла проигравшая",
    "left ушел önce",
    "before после sonra",
    "illegal yasal",
)
"""Words that are each other's likest: those that mean the same, or the opposite."""


def words(sentences: tuple[str, ...]) -> WordTable:
    """A vector for each meaning; a word that `MEANINGS` does not have shares none with any other."""
    meaning = {word: n for n, same in enumerate(MEANINGS) for word in same.split()}
    found = [list(re.finditer(r"\w+", sentence)) for sentence in sentences]
    numbers = [
        meaning.setdefault(match[0].lower(), len(meaning) + len(MEANINGS)) for own in found for match in own
    ]
    return WordTable(
        starts=np.cumsum([0, *map(len, found)]),
        spans=np.array([match.span() for own in found for match in own]),
        vectors=(np.eye(300, dtype=np.int8) * 127)[numbers],
        weights=np.ones(len(numbers), np.float32),
    )


def linked(
    source: tuple[str, ...], target: tuple[str, ...], languages: tuple[str, str] = ("en", "ru")
) -> Alignment:
    """Sentences one to one; what is left over on a side is alone."""
    links = tuple(
        Link(
            source=(i,) if i < len(source) else (),
            target=(i,) if i < len(target) else (),
            similarity=0.9 if i < min(len(source), len(target)) else None,
            divergence=0.0 if i < min(len(source), len(target)) else None,
            confidence=0.3 if i >= min(len(source), len(target)) else 0.99,
        )
        for i in range(max(len(source), len(target)))
    )
    one, two = encoded(source, languages[0]), encoded(target, languages[1])
    return Alignment(source=one, target=two, sentences=links, paragraphs=links, relatedness=1.0)


def findings(
    source: str | tuple[str, ...], target: str | tuple[str, ...], languages: tuple[str, str] = ("en", "ru")
) -> list[Finding]:
    one, two = ((text,) if isinstance(text, str) else text for text in (source, target))
    return [f for f in check(compare(linked(one, two, languages)))[0] if f.rule in FACT_RULES]


def said(
    source: str | tuple[str, ...], target: str | tuple[str, ...], languages: tuple[str, str] = ("en", "ru")
) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in findings(source, target, languages)]


# Silence


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Five ministers met.", "Встретились 5 министров."),
        ("It cost 1.5 million dollars.", "Это стоило 1,5 млн долларов."),
        ("Unemployment rose to 7 percent.", "Безработица выросла до 7 %."),
        ("The twenty-first meeting took place on April 28.", "21-я встреча состоялась 28 апреля."),
        ("They met on Monday.", "Они встретились в понедельник."),
        ("Born in the 1990s, he moved here in 2019.", "Родившийся в 1990-х, он переехал сюда в 2019 году."),
        ("The court opened at 5 p.m.", "Суд открылся в 17:00."),
        ("They prepare for COP29.", "Они готовятся к COP29."),
        (
            "“The talks were open and honest”, he said.",
            "«Переговоры были открытыми и честными», — сказал он.",
        ),
        ("He did not sign the agreement.", "Он не подписал соглашение."),
        ("Not only prices rose, but rents too.", "Выросли не только цены, но и аренда."),
        ("One of them left.", "Кто-то из них ушёл."),
    ],
)
def test_a_faithful_passage(source: str, target: str) -> None:
    assert said(source, target) == []
    assert said(target, source, ("ru", "en")) == []


def test_a_figure_that_stands_one_sentence_on() -> None:
    source = ("The bridge, 412 metres long, was opened.", "It replaces a ferry.")
    target = ("Мост был открыт.", "Он заменит паром; его длина 412 метров.")
    assert said(source, target) == []


def test_a_figure_whose_sentence_is_alone() -> None:
    source = ("The bridge is 412 metres long.", "It replaces a ferry.")
    target = ("Мост длинный.", "Он заменит паром.", "Его длина 412 метров.")
    assert [f for f in findings(source, target) if f.severity != "info"] == []


# What differs


@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [
        ("Five ministers met.", "Встретились 6 министров.", "number-mismatch"),
        ("Prices rose by 1.5 million.", "Цены выросли на 1,6 млн.", "number-mismatch"),
        ("The talks begin on April 28.", "Переговоры начнутся 27 апреля.", "date-mismatch"),
        ("They met on Monday.", "Они встретились в пятницу.", "date-mismatch"),
        ("It opened in May 2019.", "Он открылся в июне 2019 года.", "date-mismatch"),
    ],
)
def test_one_fact_changed(source: str, target: str, rule: str) -> None:
    assert [name for name, severity in said(source, target) if severity != "info"] == [rule]
    assert [name for name, severity in said(target, source, ("ru", "en")) if severity != "info"] == [rule]


def test_a_finding_stands_on_the_fact() -> None:
    (found,) = findings(
        ("Nothing new.", "All Five ministers met."), ("Ничего нового.", "Встретились 6 министров.")
    )
    assert found.severity == "error"
    assert found.message == "Paragraph 2: “Five” is “6” in the Russian version"
    assert found.source is not None
    assert (found.source.text, found.source.line, found.source.column) == ("Five", 3, 5)
    assert found.target is not None
    assert (found.target.text, found.target.paragraphs) == ("6", (1,))
    assert found.evidence == {"kind": "number", "sort": "different", "source": "5", "target": "6"}


def test_two_facts_of_one_sentence_are_two_findings() -> None:
    source, target = "On April 28, 412 people came.", "27 апреля пришли 413 человек."
    assert sorted(rule for rule, _ in said(source, target)) == ["date-mismatch", "number-mismatch"]


def test_a_table_that_slipped_is_one_finding() -> None:
    figures = [str(n) for n in range(1000, 1100)]
    source, target = f"Sales: {'; '.join(figures)}.", f"Продажи: {'; '.join(f'{n}7' for n in figures)}."
    (found,) = findings(source, target)
    assert found.message == (
        "Paragraph 1: 100 facts are not those of the Russian version; "
        "paragraph 1: “1000” is “10007” in the Russian version"
    )
    assert found.evidence["facts"] == 100
    assert len(findings("; ".join(figures[:10]), "; ".join(f"{n}7" for n in figures[:10]))) == 10


def test_the_same_number_of_something_else_is_a_warning() -> None:
    assert said("It costs $5.", "Это стоит 5 евро.") == [("number-mismatch", "warning")]


@pytest.mark.parametrize(
    ("source", "target", "rule"),
    [
        ("The road is 412 km long.", "Дорога длинная.", "number-mismatch"),
        ("They came on Monday.", "Они пришли.", "date-mismatch"),
        ("“The talks were open and honest”, he said.", "Он назвал переговоры честными.", "quote-mismatch"),
        ("Prices fell, according to the Ministry of Finance.", "Цены упали.", "attribution-mismatch"),
    ],
)
def test_what_is_told_and_not_held_against_it(source: str, target: str, rule: str) -> None:
    assert said(source, target) == [(rule, "info")]
    assert said(target, source, ("ru", "en")) == [(rule, "info")]


def test_a_lost_negation_is_a_warning() -> None:
    source, target = "He did not sign the agreement.", "Он подписал соглашение."
    assert said(source, target) == [("polarity-mismatch", "warning")]
    assert said(target, source, ("ru", "en")) == [("polarity-mismatch", "warning")]


def test_a_negation_may_be_said_in_another_way() -> None:
    """The word that it negates is not there, or something like the negation is."""
    assert said("He did not sign the agreement.", "Он отказался от соглашения.") == []
    assert said("He did not sign the agreement.", "Он did подписал соглашение.") == []


@pytest.mark.parametrize("language", ["tr", "az"])
def test_a_verb_with_its_negation_inside_is_one(language: str) -> None:
    source, target = "He did not sign the agreement.", "Он подписал соглашение{}."
    assert said(source, target.format(""), ("en", language)) == [("polarity-mismatch", "warning")]
    assert said(source, target.format(", olmadı"), ("en", language)) == []
    # Nor is it missed: what ends so may be another word.
    positive = "He did sign the agreement."
    assert said(positive, target.format(", olmadı"), ("en", language)) == []


def test_without_words_lost_negations_are_not_looked_for() -> None:
    alignment = linked(("He did not sign the agreement.",), ("Он подписал соглашение.",))
    plain = replace(alignment, source=replace(alignment.source, words=None))
    findings, skipped = check(compare(plain))
    assert findings == ()
    assert {s.rule: s.reason for s in skipped}["polarity-mismatch"] == "the model gives no vectors for words"


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("Prices rose.", "Цены выросли.", ("en", "ru")),
        ("Prices rose, then they fell.", "Цены снизились.", ("en", "ru")),
        ("Prices rose.", "Цены не снизились.", ("en", "ru")),
        ("Prices rose.", "Цены то снизились, то выросли.", ("en", "ru")),
        ("The team won.", "Команда выиграла, но не проиграла.", ("en", "ru")),
        ("He left before.", "Он sonra.", ("en", "tr")),  # "A before B" is "after A, B"
        ("That is illegal.", "Bu yasal olmayan.", ("en", "tr")),  # the verb negates
        ("Prices rose.", "Fiyatlar დაეცა.", ("en", "ka")),
    ],
)
def test_what_is_no_opposite(source: str, target: str, languages: tuple[str, str]) -> None:
    """A negation that only one version has is another rule's matter."""
    for found in (said(source, target, languages), said(target, source, languages[::-1])):
        assert "opposite-mismatch" not in dict(found)


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("Prices rose.", "Цены снизились.", ("en", "ru")),
        ("The team won.", "Команда проиграла.", ("en", "ru")),
        ("He left before.", "Он ушел после.", ("en", "ru")),
        ("That is illegal.", "Bu yasal.", ("en", "tr")),
    ],
)
def test_an_opposite_is_a_warning(source: str, target: str, languages: tuple[str, str]) -> None:
    assert said(source, target, languages) == [("opposite-mismatch", "warning")]
    assert said(target, source, languages[::-1]) == [("opposite-mismatch", "warning")]


def test_words_that_are_no_counterparts_are_no_opposites() -> None:
    """The encoder knows nothing that joins "fell" and "выросли"."""
    assert said("Prices fell.", "Цены выросли.") == []


def test_without_words_opposites_are_not_looked_for() -> None:
    alignment = linked(("Prices rose.",), ("Цены снизились.",))
    _, skipped = check(compare(replace(alignment, source=replace(alignment.source, words=None))))
    assert {s.rule: s.reason for s in skipped}["opposite-mismatch"] == "the model gives no vectors for words"
    _, skipped = check(compare(linked(("Prices rose.",), ("ფასები დაეცა.",), ("en", "ka"))))
    assert {s.rule: s.reason for s in skipped}["opposite-mismatch"] == "Georgian: no list of opposites"


def test_a_sentence_reported_as_a_whole_is_left_alone() -> None:
    alignment = linked(("Five ministers met.",), ("Встретились 6 министров.",))
    (link,) = alignment.sentences
    divergent = Alignment(
        source=alignment.source,
        target=alignment.target,
        sentences=(
            Link(source=link.source, target=link.target, similarity=0.1, divergence=0.99, wrong=0.99),
        ),
        paragraphs=alignment.paragraphs,
        relatedness=1.0,
    )
    assert [f.rule for f in check(compare(divergent))[0]] == ["divergent-passage"]


def test_what_is_not_seen_is_said() -> None:
    _, skipped = check(compare(linked(("Five ministers met.",), ("შეხვდა 5 მინისტრი.",), ("en", "ka"))))
    reasons = {skip.rule: skip.reason for skip in skipped}
    assert reasons["number-mismatch"] == "Georgian: number words in part"
    assert reasons["polarity-mismatch"] == "Georgian: no list of negation words"


def test_digits_are_compared_in_every_language() -> None:
    assert said("5 ministers met.", "შეხვდა 6 მინისტრი.", ("en", "ka")) == [("number-mismatch", "error")]


def test_severities_follow_the_settings() -> None:
    alignment = linked(("Five ministers met.",), ("Встретились 6 министров.",))
    (found,) = check(compare(alignment), CheckSettings(error_from=0.99))[0]
    assert found.severity == "warning"


def test_all_of_these_rules_run() -> None:
    assert set(FACT_RULES) <= {rule.name for rule in RULES}


# Numbers in many languages ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "source", "two", "target"),
    [
        (
            "en",
            "It costs 3.5 million dollars; 2 billion euros were spent.",
            "pl",
            "Kosztuje 3,5 miliona dolarów; wydano 2 mld euro.",
        ),
        ("en", "Some 350,000 people live here.", "pl", "Mieszka tu około 350 tys. osób."),
        (
            "en",
            "It costs 3.5 million dollars, and 350,000 people live here.",
            "ka",
            "დაჯდება 3,5 მილიონი დოლარი, აქ 350 ათასი ადამიანი ცხოვრობს.",
        ),
        (
            "ru",
            "Работы обойдутся в 3,5 млн долларов, бюджет — 2 млрд евро.",
            "kk",
            "Жұмыстарға 3,5 миллион доллар жұмсалады, бюджет 2 миллиард еуро.",
        ),
        (
            "en",
            "The loan is 35 lakh rupees, the programme 4.2 billion rupees.",
            "hi",
            "ऋण 35 लाख रुपये का, कार्यक्रम 420 करोड़ रुपये का है।",
        ),
        ("en", "About 1,50,000 people will profit.", "bn", "প্রায় ১,৫০,০০০ মানুষ উপকৃত হবে।"),
        (
            "en",
            "Some 12,500 people signed, and it cost 35 million won.",
            "ko",
            "1만2500명이 서명했고 비용은 3천500만 원이었다.",
        ),
        (
            "en",
            "Some 12,500 spectators voted, 23,456 people did not.",
            "ja",
            "約1万2500人の観客が投票し、2万3456人は投票しなかった。",
        ),
        ("en", "It costs 3.5 million dollars.", "fa", "این ۳٫۵ میلیون دلار هزینه دارد."),
        ("en", "It costs 3.5 million dollars.", "he", "זה עולה 3.5 מיליון דולר."),
        ("en", "It costs 3.5 million dollars.", "fi", "Se maksaa 3,5 miljoonaa dollaria."),
        ("en", "It costs 2 billion euros.", "el", "Κοστίζει 2 δισ. ευρώ."),
        ("en", "It costs 3.5 million dollars.", "th", "มีค่าใช้จ่าย 3.5 ล้านดอลลาร์"),
        ("en", "It costs 3.5 million dollars.", "vi", "Nó có giá 3,5 triệu đô la."),
        ("en", "It costs 3 million dollars.", "yi", "עס קאסט 3 מיליאָן דאָלאַר."),
        (
            "en",
            "The hall celebrates its 70th anniversary.",
            "fr",
            "La halle fête son soixante-dixième anniversaire.",
        ),
        (
            "en",
            "One in five traders wants it, nine out of ten fishermen do not.",
            "ru",
            "20 процентов торговцев за, 90 процентов рыбаков против.",
        ),
        ("en", "Nine out of ten traders want it.", "de", "90 Prozent der Händler wollen sie."),
        ("en", "20 percent of the traders want it.", "fr", "Un commerçant sur cinq la veut."),
        ("en", "90 percent of the traders want it.", "pl", "Chce tego dziewięciu na dziesięciu handlarzy."),
        ("en", "He was jailed for six months.", "ru", "Его приговорили к полугоду тюрьмы."),
        ("en", "The hearing lasted half an hour.", "zh", "听证会持续了30分钟。"),
        ("en", "In 1998 she left.", "ru", "В 1998 году она уехала."),
        ("en", "All 26 were saved.", "es", "Los 26 fueron rescatados."),
        ("en", "It is a billion-dollar mistake.", "ru", "Это ошибка на миллиард долларов."),
        (
            "en",
            "Boeing 737s fly; COP29 and the G20 met.",
            "de",
            "Boeing 737 fliegen; die COP29 und die G20 tagten.",
        ),
    ],
)
def test_numbers_that_agree_in_many_languages(one: str, source: str, two: str, target: str) -> None:
    assert said(source, target, (one, two)) == []


@pytest.mark.parametrize(
    ("one", "source", "two", "target"),
    [
        ("en", "It costs 3.5 million dollars.", "pl", "Kosztuje 5,3 miliona dolarów."),
        ("en", "It costs 3.5 million dollars.", "ka", "დაჯდება 3,5 მილიარდი დოლარი."),
        ("en", "The loan is 35 lakh rupees.", "hi", "ऋण 35 करोड़ रुपये का है।"),
        ("en", "It cost 35 million won.", "ko", "비용은 3천500억 원이었다."),
        ("en", "Some 12,500 spectators came.", "ja", "約1万5200人の観客が来た。"),
        ("en", "In 1998 the firm moved.", "fr", "En 1989, la société a déménagé."),
        ("en", "In 2014, the firm moved.", "it", "Nel 2004 la società si è trasferita."),
        ("en", "All 26 flats are hers.", "ru", "Все 62 квартиры — её."),
        ("ru", "За 40 лет она не уезжала.", "en", "In 30 years she never left."),
        ("en", "His billion-dollar mistake.", "ru", "Его ошибка на миллион долларов."),
        ("en", "He was jailed for eighteen months.", "ru", "Его приговорили к полугоду тюрьмы."),
        ("en", "Nine out of ten traders want it.", "de", "80 Prozent der Händler wollen sie."),
        ("en", "It costs 3 million dollars.", "yi", "עס קאסט 4 מיליאָן דאָלאַר."),
    ],
)
def test_numbers_that_differ_in_many_languages(one: str, source: str, two: str, target: str) -> None:
    assert ("number-mismatch", "error") in said(source, target, (one, two))
