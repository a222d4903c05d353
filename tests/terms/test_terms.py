"""Glossaries: where a name stands and where it does not, the files they are read from, and the rule."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT
from test_fact_rules import encoded

from mlcheck import cli
from mlcheck.checks import check
from mlcheck.checks.term_mismatch import RULE
from mlcheck.compare import compare
from mlcheck.data import Alignment, Finding, Glossary, Link, Severity, Skip, Term
from mlcheck.errors import InputError, UsageError
from mlcheck.pipeline import Checker
from mlcheck.settings import CheckSettings, Settings
from mlcheck.terms import find, gather, has, load_terms

# Where names stand


def found(language: str, name: str, text: str, match_case: bool | None = None) -> list[str]:
    """The places of one name, as they stand in the text."""
    glossary = Glossary(terms=(Term(wanted={language: (name,)}, match_case=match_case),))
    return [text[slice(*hit.span)] for hit in find(glossary, text, language)]


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("en", "Iran", "The Iranian side"),
        ("en", "US", "let us go"),
        ("en", "US", "LET US GO"),
        ("en", "part", "the party"),
        ("en", "art", "artists start"),
        ("en", "United Nations", "United, nations"),
        ("en", "UN", "U N"),
        ("en", "C++", "in C and C#"),
        ("en", "Chad", "chadors"),
        ("ru", "Иран", "иранский"),
        ("ru", "Мали", "мал"),
        ("ru", "Баку", "бак"),
        ("ru", "ООН", "оон"),
        ("uk", "Київ", "київський"),
        ("de", "Berlin", "Berliner"),
        ("de", "Grenze", "Grenzverlauf"),
        ("fr", "port", "la porte"),
        ("it", "Roma", "Romano"),
        ("es", "Perú", "peruano"),
        ("az", "İran", "iranlı"),
        ("az", "Bakı", "Bakıa"),
        ("az", "Ağ", "Ağda"),
        ("tr", "Türk", "Türkiye"),
        ("tr", "Irak", "ıraksamak"),
        ("ar", "لندن", "الهند"),
        ("zh", "卡拉巴赫", "卡拉"),
        ("ja", "イラン", "イランイラン"),
        ("ka", "ყარაბაღი", "ყარაბაღში"),
    ],
)
def test_another_word_is_no_form_of_a_name(language: str, name: str, text: str) -> None:
    assert found(language, name, text) == []


@pytest.mark.parametrize(
    ("language", "name", "text", "place"),
    [
        ("en", "Karabakh", "of Karabakh's past", "Karabakh's"),
        ("en", "treaty", "two treaties", "treaties"),
        ("en", "Nagorno-Karabakh", "in Nagorno–Karabakh", "Nagorno–Karabakh"),
        ("en", "US", "US-China talks", "US"),
        ("en", "U.S.", "the U.S. side", "U.S"),
        ("en", "foreign minister", "Foreign Ministers met", "Foreign Ministers"),
        ("en", "United Nations", "THE UNITED NATIONS SAID", "UNITED NATIONS"),
        ("en", "C++", "in C++ and", "C++"),
        ("en", "AT&T", "AT&T said", "AT&T"),
        ("en", "a.*b(", "so a.*b( is it", "a.*b("),
        ("en", "O'Neill", "Mr O’Neill", "O’Neill"),
        ("ru", "Карабах", "в Карабахе", "Карабахе"),
        ("ru", "Нагорный Карабах", "о Нагорном Карабахе", "Нагорном Карабахе"),
        (
            "ru",
            "Организация Объединенных Наций",
            "в Организации Объединённых Наций",
            "Организации Объединённых Наций",
        ),
        ("ru", "Соединенные Штаты", "с Соединёнными Штатами", "Соединёнными Штатами"),
        ("ru", "Азербайджанская Республика", "в Азербайджанской Республике", "Азербайджанской Республике"),
        ("ru", "Алма-Ата", "в Алма‑Ате", "Алма‑Ате"),
        ("ru", "МИД", "в МИДе", "МИДе"),
        ("ru", "Россия", "Россией", "Россией"),
        ("ru", "Кремль", "с Кремлем", "Кремлем"),
        ("ru", "Череповец", "из Череповца", "Череповца"),
        ("uk", "Київ", "до Києва", "Києва"),
        ("uk", "Львів", "у Львові", "Львові"),
        (
            "uk",
            "Організація Об'єднаних Націй",
            "Організації Обʼєднаних Націй",
            "Організації Обʼєднаних Націй",
        ),
        ("az", "Qarabağ", "Qarabağda və", "Qarabağda"),
        ("az", "Azərbaycan Respublikası", "Azərbaycan Respublikasının", "Azərbaycan Respublikasının"),
        ("az", "Bakı", "Bakıdan", "Bakıdan"),
        ("az", "BMT", "BMT-nin", "BMT"),
        ("az", "xalq", "xalqın", "xalqın"),
        ("tr", "Türkiye", "Türkiye'nin başkenti", "Türkiye'nin"),
        ("tr", "Türkiye", "Türkiye’de", "Türkiye’de"),
        ("tr", "kitap", "kitabı", "kitabı"),
        ("tr", "Dışişleri Bakanı", "DIŞİŞLERİ BAKANI", "DIŞİŞLERİ BAKANI"),
        ("de", "Vereinte Nationen", "der Vereinten Nationen", "Vereinten Nationen"),
        ("de", "Deutscher Bundestag", "des Deutschen Bundestages", "Deutschen Bundestages"),
        ("de", "Karabach", "Karabach-Konflikt", "Karabach"),
        ("fr", "Iran", "de l’Iran", "Iran"),
        ("fr", "accord général", "accords généraux", "accords généraux"),
        ("es", "región", "regiones", "regiones"),
        ("it", "accordo", "gli accordi", "accordi"),
        ("ar", "الأمم المتحدة", "للأمم المتحدة", "للأمم المتحدة"),
        ("ar", "إيران", "وبإيران", "وبإيران"),
        ("zh", "卡拉巴赫", "在卡拉巴赫地区", "卡拉巴赫"),
        ("zh", "COP29", "在COP29上", "COP29"),
        ("ja", "アゼルバイジャン", "アゼルバイジャンの", "アゼルバイジャン"),
        ("ja", "国連", "国連総会", "国連"),
        ("ka", "ყარაბაღი", "ყარაბაღი", "ყარაბაღი"),
        ("hi", "हिन्दी", "वह हिन्दी में", "हिन्दी"),
    ],
)
def test_a_name_is_found_in_its_forms(language: str, name: str, text: str, place: str) -> None:
    assert found(language, name, text) == [place]


def test_case_matters_where_a_term_says_so() -> None:
    assert found("en", "Turkey", "a turkey") == ["turkey"]
    assert found("en", "Turkey", "a turkey, and TURKEY", match_case=True) == ["TURKEY"]
    assert found("en", "US", "let us go", match_case=False) == ["us"]


def test_the_longest_name_stands() -> None:
    glossary = Glossary(
        terms=(
            Term(wanted={"ru": ("Карабах",)}, forbidden={"ru": ("Нагорный Карабах",)}),
            Term(wanted={"ru": ("Карабахский университет", "университет")}),
        )
    )
    text = "Карабах, Нагорный Карабах, Карабахский университет"
    assert [(hit.term, hit.sort, hit.name) for hit in find(glossary, text, "ru")] == [
        (0, "wanted", "Карабах"),
        (0, "forbidden", "Нагорный Карабах"),
        (1, "wanted", "Карабахский университет"),
    ]


@pytest.mark.parametrize(
    ("language", "name", "text", "present"),
    [
        ("ru", "Россия", "российский посол", True),
        ("ru", "министр иностранных дел", "дела иностранные у министра", True),
        ("de", "Grenze", "der Grenzverlauf", True),
        ("tr", "Irak", "Iraklı", True),
        ("ru", "Южный Кавказ", "на Кавказе", False),
        ("ru", "ООН", "оон", False),
        ("zh", "中国", "国中", False),
        ("ru", "г. Баку", "город Баку", True),
        ("de", "U.N.", "die UN", False),
        ("zh", "中国", "在中国的", True),
    ],
)
def test_a_passage_has_a_name_in_some_way(language: str, name: str, text: str, present: bool) -> None:
    assert has(gather([text], language), name, language) is present


@pytest.mark.parametrize(
    ("given_code", "asked", "there"),
    [("pt-BR", "pt", True), ("zh_Hant", "zh-Hans", True), ("en", "en-GB", True), ("en", "ru", False)],
)
def test_a_variant_of_a_language_will_do(given_code: str, asked: str, there: bool) -> None:
    glossary = Glossary(terms=(Term(wanted={given_code: ("Lima",)}),))
    assert bool(find(glossary, "Lima", asked)) is there


def test_its_own_variant_comes_first() -> None:
    glossary = Glossary(terms=(Term(wanted={"pt-BR": ("trem",), "pt": ("comboio",)}),))
    assert [hit.name for hit in find(glossary, "trem comboio", "pt-br")] == ["trem"]


WORDS = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po"]), min_size=1, max_size=12)


@given(
    st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["en", "ru", "tr", "az", "ar", "zh", "de", "uk"])
)
def test_a_name_is_always_found_in_itself(words: list[str], language: str) -> None:
    name = " ".join(words)
    glossary = Glossary(terms=(Term(wanted={language: (name,)}, match_case=False),))
    hits = find(glossary, name, language)
    assert all(0 <= hit.span.start < hit.span.end <= len(name) for hit in hits)
    if name[-1].isalnum():
        assert hits


# The rule


KARABAKH = Term(
    wanted={"en": ("Karabakh",), "ru": ("Карабах",)},
    forbidden={"ru": ("Нагорный Карабах",)},
    id="karabakh",
    note="since 2020",
)


def pair(
    source: Sequence[str],
    target: Sequence[str],
    links: Sequence[tuple[Sequence[int], Sequence[int]]] | None = None,
    languages: tuple[str, str] = ("en", "ru"),
) -> Alignment:
    """Two texts, a paragraph a sentence; sentence by sentence unless `links` says otherwise."""
    joined = links or [((i,), (i,)) for i in range(len(source))]
    return Alignment(
        source=encoded(tuple(source), languages[0]),
        target=encoded(tuple(target), languages[1]),
        sentences=tuple(Link(source=tuple(one), target=tuple(two)) for one, two in joined),
        paragraphs=(),
        relatedness=1.0,
    )


def terms_found(alignment: Alignment, *terms: Term) -> tuple[Finding, ...]:
    findings, _ = check(compare(alignment), CheckSettings(glossary=Glossary(terms=terms)))
    return tuple(f for f in findings if f.rule == "term-mismatch")


def skips(alignment: Alignment, glossary: Glossary | None) -> list[Skip]:
    return [
        s for s in check(compare(alignment), CheckSettings(glossary=glossary))[1] if s.rule == "term-mismatch"
    ]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (["Talks on Karabakh"], ["Переговоры о Карабахе"]),
        (["Karabakh, Karabakh and Karabakh"], ["Карабах и он"]),
        (["The Karabakh talks"], ["Карабахские переговоры"]),
        (["Nothing of it"], ["Нагорный Карабах"]),  # not what the source speaks of
        (["He spoke.", "Karabakh too."], ["Он говорил о Карабахе.", "И о нём."]),
        (["About it."], ["О Карабахе."]),
    ],
)
def test_faithful_passages_are_left_in_peace(source: list[str], target: list[str]) -> None:
    assert terms_found(pair(source, target), KARABAKH) == ()


def test_what_has_no_counterpart_is_not_asked_for_its_terms() -> None:
    alignment = pair(["Karabakh"], ["Москва"], [((0,), ()), ((), (0,))])
    assert terms_found(alignment, KARABAKH) == ()
    doubtful = replace(
        pair(["Karabakh"], ["Москва"]), sentences=(Link(source=(0,), target=(0,), divergence=0.5, wrong=0.6),)
    )
    assert not any(RULE.check(compare(doubtful), CheckSettings(glossary=Glossary(terms=(KARABAKH,)))))


def test_a_forbidden_name_is_an_error_on_its_place() -> None:
    (finding,) = terms_found(pair(["Talks on Karabakh."], ["Речь о Нагорном Карабахе."]), KARABAKH)
    assert finding.message == (
        "Paragraph 1: “Karabakh” is “Нагорном Карабахе” in the Russian version; the glossary wants “Карабах”"
    )
    assert finding.severity == "error"
    assert finding.source is not None
    assert finding.target is not None
    assert (finding.source.text, finding.target.text) == ("Karabakh", "Нагорном Карабахе")
    assert finding.evidence == {
        "sort": "forbidden",
        "forbidden": "Нагорный Карабах",
        "wanted": ["Карабах"],
        "id": "karabakh",
        "note": "since 2020",
    }


def test_every_forbidden_name_is_reported_and_a_near_term_is_reason_enough() -> None:
    source, target = ["Karabakh", "It is calm."], ["Нагорный Карабах", "В Нагорном Карабахе тихо."]
    assert [f.target.line for f in terms_found(pair(source, target), KARABAKH) if f.target] == [1, 3]


def test_two_forbidden_names_of_one_sentence() -> None:
    twice = "Нагорный Карабах и Нагорный Карабах"
    one, two = terms_found(pair(["Karabakh and Karabakh"], [twice]), KARABAKH)
    assert [f.source.column for f in (one, two) if f.source] == [1, 14]
    assert [f.target.column for f in (one, two) if f.target] == [1, 20]
    assert len(terms_found(pair(["Karabakh"], [twice]), KARABAKH)) == 2


def test_a_name_without_a_source_term_is_forbidden_anywhere() -> None:
    term = Term(wanted={"ru": ("спецоперация",)}, forbidden={"ru": ("слово",)})
    (finding,) = terms_found(pair(["Nothing"], ["Это слово"]), term)
    assert finding.message == (
        "Paragraph 1 of the Russian version: the glossary forbids “слово”, and wants “спецоперация”"
    )
    assert finding.source is None


def test_what_another_term_wants_there_is_not_forbidden() -> None:
    bank = Term(wanted={"en": ("bank",), "ru": ("берег",)}, forbidden={"ru": ("банк",)})
    house = Term(wanted={"en": ("bank",), "ru": ("банк",)})
    assert terms_found(pair(["The bank"], ["Банк"]), bank, house) == ()
    assert len(terms_found(pair(["The bank"], ["Банк"]), bank)) == 1


def test_a_term_that_is_never_rendered_is_one_warning() -> None:
    source = [f"Karabakh is named {word}." for word in ("here", "there", "again", "thrice")]
    target = ["Арцах назван."] * 4
    (finding,) = terms_found(pair(source, target), KARABAKH)
    assert finding.message == "Paragraph 1: “Karabakh” is not “Карабах” in the Russian version (4 places)"
    assert (finding.severity, finding.evidence["paragraphs"]) == ("warning", [0, 1, 2, 3])


def test_a_term_that_is_rendered_elsewhere_is_information() -> None:
    gap = ["Nothing more to say."] * 3
    source = ["Karabakh is named.", *gap, "Karabakh again."]
    target = ["Карабах назван.", *["Больше нечего сказать."] * 3, "И ещё раз."]
    (finding,) = terms_found(pair(source, target), KARABAKH)
    assert finding.severity == "info"
    assert finding.message == "Paragraph 5: “Karabakh” is not “Карабах” in the Russian version here"


@pytest.mark.parametrize("severity", ["error", "info"])
def test_a_term_has_its_own_severity(severity: Severity) -> None:
    term = replace(KARABAKH, severity=severity)
    for target in ("Нагорный Карабах", "Арцах"):
        (finding,) = terms_found(pair(["Karabakh"], [target]), term)
        assert finding.severity == severity


def test_one_of_the_terms_of_a_name_is_enough() -> None:
    river = Term(wanted={"en": ("bank",), "ru": ("берег",)})
    house = Term(wanted={"en": ("bank",), "ru": ("банк",)})
    assert terms_found(pair(["The bank"], ["У берега"]), river, house) == ()
    (finding,) = terms_found(pair(["The bank"], ["Там"]), river, house)
    assert "“банк” or “берег”" in finding.message or "“берег” or “банк”" in finding.message


def test_no_glossary_is_no_noise() -> None:
    alignment = pair(["Karabakh"], ["Арцах"])
    assert skips(alignment, None) == []
    assert [f for f in check(compare(alignment))[0] if f.rule == "term-mismatch"] == []


def test_a_glossary_of_other_languages_is_said() -> None:
    other = Glossary(terms=(Term(wanted={"fr": ("Karabagh",), "de": ("Karabach",)}),))
    (skip,) = skips(pair(["Karabakh"], ["Арцах"]), other)
    assert skip.reason == "the glossary has no names in Russian"
    half = Glossary(terms=(Term(wanted={"ru": ("Карабах",), "de": ("Karabach",)}),))
    (skip,) = skips(pair(["Karabakh"], ["Арцах"]), half)
    assert skip.reason == "the glossary has no names in English"


def test_a_language_without_endings_is_said() -> None:
    glossary = Glossary(terms=(Term(wanted={"en": ("Karabakh",), "ka": ("ყარაბაღი",)}),))
    alignment = pair(["In Karabakh"], ["ყარაბაღში"], languages=("en", "ka"))
    (skip,) = skips(alignment, glossary)
    assert skip.reason == "Georgian: terms are found in their dictionary form only"
    assert check(compare(alignment), CheckSettings(glossary=glossary))[0] == ()


def test_terms_say_nothing_of_content(checker: Checker, write: Callable[..., Path]) -> None:
    one = write("a.txt", "Ferries cross the bay again on Sunday.", "The mayor thanked the volunteers.")
    two = write(
        "b.txt",
        "Am Sonntag überqueren wieder Fähren die Bucht.",
        "Der Bürgermeister dankte den Freiwilligen.",
    )
    glossary = Glossary(terms=(Term(wanted={"en": ("mayor",)}, forbidden={"de": ("Bürgermeister",)}),))
    plain = checker.check(one, two, languages=("en", "de"))
    told = checker.check(
        one, two, languages=("en", "de"), settings=Settings(check=CheckSettings(glossary=glossary))
    )
    assert [f.rule for f in told.findings] == ["term-mismatch"]
    assert (plain.findings, told.verdict) == ((), "inconsistent")
    assert told.divergence == plain.divergence


NAMES = st.text(st.sampled_from("абвгде "), min_size=1, max_size=8).filter(lambda s: bool(s.strip()))


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows: list[tuple[str, str]], chance: random.Random) -> None:
    terms = [Term(wanted={"en": (a,), "ru": (b,)}, forbidden={"ru": (a,)} if a != b else {}) for a, b in rows]
    text = [a for a, _ in rows]
    alignment = pair(text, text)
    settings = CheckSettings(glossary=Glossary(terms=tuple(terms)))
    chance.shuffle(terms)
    other = CheckSettings(glossary=Glossary(terms=tuple(terms)))
    assert list(RULE.check(compare(alignment), settings)) == list(RULE.check(compare(alignment), other))


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6))
def test_a_text_that_keeps_to_its_glossary_is_silent(rows: list[tuple[str, str]]) -> None:
    terms = tuple(Term(wanted={"en": (a,), "ru": (b,)}) for a, b in rows)
    alignment = pair([a for a, _ in rows], [b for _, b in rows])
    assert list(RULE.check(compare(alignment), CheckSettings(glossary=Glossary(terms=terms)))) == []


@pytest.mark.slow
def test_ten_thousand_terms_are_quick() -> None:
    terms = tuple(
        Term(wanted={"en": (f"the name{i} of",), "ru": (f"имя{i} чего",)}, forbidden={"ru": (f"кличка{i}",)})
        for i in range(10_000)
    )
    source = [" ".join(f"the name{i % 90 + k} of" for k in range(5)) for i in range(1000)]
    target = [" ".join(f"имя{i % 90 + k} чего" for k in range(5)) for i in range(1000)]
    started = time.process_time()
    list(RULE.check(compare(pair(source, target)), CheckSettings(glossary=Glossary(terms=terms))))
    assert time.process_time() - started < 30  # 4 seconds by itself


@pytest.mark.slow
def test_names_inside_names_are_quick() -> None:
    terms = tuple(Term(wanted={"en": ("a " * k,)}) for k in range(1, 40))
    started = time.process_time()
    find(Glossary(terms=terms), "a " * 3_000, "en")
    assert time.process_time() - started < 20


# Files


def glossary(write: Callable[..., Path], text: str, name: str = "terms.csv") -> Glossary:
    path = write(name)
    path.write_text(text, encoding="utf-8")
    return load_terms([path])


def test_a_csv_of_all_columns(write: Callable[..., Path]) -> None:
    text = (
        "\ufeffid,en,pt-BR,forbidden:pt-BR,note,case,severity,\r\n"
        '1,"train | tram",trem,"comboio|o  comboio",as said,yes,warning,\r\n'
        "\r\n"
        ",  ,Lima,,,,,\r\n"
    )
    one, two = glossary(write, text).terms
    assert one.wanted == {"en": ("train", "tram"), "pt-BR": ("trem",)}
    assert one.forbidden == {"pt-BR": ("comboio", "o comboio")}
    assert (one.id, one.note, one.match_case, one.severity) == ("1", "as said", True, "warning")
    assert one.where.endswith("terms.csv:2")
    assert (two.wanted, two.id, two.match_case, two.severity) == ({"pt-BR": ("Lima",)}, "", None, None)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(write: Callable[..., Path], separator: str) -> None:
    text = "en,ru,note\nKarabakh,Карабах,x\n".replace(",", separator)
    assert glossary(write, text).terms[0].wanted == {"en": ("Karabakh",), "ru": ("Карабах",)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", ":1: no column with a language"),
        ("en,ru\n", "has no terms"),
        ("en,Words\na,b\n", r":1: no column 'Words'; columns are"),
        ("en,fobidden:ru\na,b\n", r":1: no column 'fobidden:ru'; did you mean forbidden:en\?"),
        ("en,forbidden:\na,b\n", r":1: no column 'forbidden:'"),
        ("en,EN\na,b\n", r":1: two columns 'EN'"),
        ("id,note\na,b\n", r":1: no column with a language"),
        ("en,ru\na,b,c\n", r":2: 3 cells for 2 columns"),
        ("en,\na,b\n", r":2: 'b' stands in a column without a name"),
        ("en,note\n ,b\n", r":2: no name in any language"),
        ("en,ru\na,b||c\n", r":2: an empty name in 'ru'"),
        ("en,ru\na,b| \n", r":2: an empty name in 'ru'"),
        ("en,ru\na,—\n", r":2: '—' has no letter"),
        ("en,ru,forbidden:ru\na,b,b\n", r":2: 'b' is wanted in ru and forbidden"),
        ("en,ru,case\na,b,maybe\n", r":2: case is 'maybe'; it is one of yes"),
        ("en,ru,severity\na,b,fatal\n", r":2: severity is 'fatal'; it is one of error"),
        ("id,en,ru\n1,a,b\n2,c,d\n1,e,f\n", r":4: '1' is also the id of \S+:2"),
        ('en,ru\na,"b\n', r":\d+: not CSV"),
        ("en,ru\n" + "a" * 301 + ",b\n", r":2: a name of 301 characters"),
        ("en,ru\n" + "a " * 50 + ",b\n", r":2: .* has more than 40 words"),
        ("en,ru\na," + "|".join(map(str, range(101))) + "\n", r":2: 101 names in 'ru'; at most 100"),
        ("en,ru\n" + "a,b\n" * 101, r":102: 'a' is a name of more than 100 terms in en"),
        ("en,ru\na,b\0\n", "has zero bytes"),
    ],
)
def test_a_bad_csv_is_one_line(write: Callable[..., Path], text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as error:
        glossary(write, text)
    assert "\n" not in str(error.value)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such glossary"):
        load_terms([tmp_path / "nothing.csv"])
    with pytest.raises(UsageError, match="is a folder, and a glossary is a file"):
        load_terms([tmp_path])
    (tmp_path / "old.csv").write_bytes("en,ru\nKarabakh,Карабах\n".encode("cp1251"))
    with pytest.raises(UsageError, match=r"old\.csv:2: a glossary is UTF-8"):
        load_terms([tmp_path / "old.csv"])


def test_two_files_share_no_id(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("id,en,ru\n1,a,b\n", encoding="utf-8")
    assert len(load_terms([tmp_path / "a.csv"]).terms) == 1
    with pytest.raises(UsageError, match=r"b\.csv:2: '1' is also the id of \S+a\.csv:2"):
        load_terms([tmp_path / "a.csv", tmp_path / "b.csv"])


TBX_BASIC = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1"><note>since 2020</note>
 <langSec xml:lang="en"><termSec><term>Karabakh</term></termSec></langSec>
 <langSec xml:lang="ru">
  <termSec><term>карабахский регион</term>
   <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
  <termSec><term>Кара<hi>бах</hi></term>
   <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
  <termSec><term>Нагорный Карабах</term>
   <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>
  <termSec><term>НКАО</term>
   <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
 </langSec>
</conceptEntry></body></text></tbx>"""
TBX_DCT = (
    TBX_BASIC.replace('style="dca"', 'style="dct" xmlns:basic="http://www.tbxinfo.net/ns/basic"')
    .replace('<termNote type="administrativeStatus">', "<basic:administrativeStatus>")
    .replace("</termNote>", "</basic:administrativeStatus>")
)
TBX_2 = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body><termEntry id="c1"><note>since 2020</note>
<langSet xml:lang="en"><tig><term>Karabakh</term></tig></langSet>
<langSet xml:lang="ru">
<ntig><termGrp><term>карабахский регион</term></termGrp></ntig>
<tig><term>Карабах</term><termNote type="normativeAuthorization">preferredTerm</termNote></tig>
<tig><term>Нагорный Карабах</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
<tig><term>НКАО</term><termNote type="normativeAuthorization">supersededTerm</termNote></tig>
</langSet></termEntry></body></text></martif>"""


@pytest.mark.parametrize("text", [TBX_BASIC, TBX_DCT, TBX_2], ids=["DCA", "DCT", "2"])
def test_tbx(write: Callable[..., Path], text: str) -> None:
    (term,) = glossary(write, text, "terms.tbx").terms
    assert term.wanted == {"en": ("Karabakh",), "ru": ("Карабах", "карабахский регион")}
    assert term.forbidden == {"ru": ("Нагорный Карабах", "НКАО")}
    assert (term.id, term.note) == ("c1", "since 2020")


def test_tbx_in_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_bytes(TBX_BASIC.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert load_terms([path]).terms[0].id == "c1"


BOMB = (
    '<!DOCTYPE tbx [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    + "]><tbx>&a9;</tbx>"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<html></html>", "XML, but no TBX: its root is <html>"),
        ("<tbx/>", "has no terms"),
        ("<tbx><text>", r":1: not well-formed XML"),
        (BOMB, r":1: refused: it declares entities"),
        ('<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx>&x;</tbx>', "refused: it declares"),
        ("<tbx>" + "<a>" * 100_000, "refused: its elements are nested too deeply"),
        ('<?xml version="1.0" encoding="klingon"?><tbx/>', "klingon|unknown encoding"),
        ("<tbx><conceptEntry/></tbx>", r":1: an entry without a term"),
        ("<tbx><conceptEntry>\n<langSec/></conceptEntry></tbx>", r":2: xml:lang is ''"),
        (TBX_BASIC.replace("<term>НКАО</term>", "<term> </term>"), r":12: a term without a name"),
        (TBX_BASIC.replace("НКАО", "карабахский регион"), r":3: 'карабахский регион' is wanted in ru and"),
    ],
)
def test_a_bad_tbx_is_one_line(write: Callable[..., Path], text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as error:
        glossary(write, text, "terms.tbx")
    assert "\n" not in str(error.value)


@given(st.binary(max_size=200))
def test_no_bytes_crash_it(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "terms"
    for start in (b"", b"<tbx>", b"en,ru\n"):
        path.write_bytes(start + data)
        with suppress(InputError, UsageError):
            load_terms([path])


# The command


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["mlcheck", *arguments])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert isinstance(stop.value.code, int)
    return stop.value.code


@pytest.mark.usefixtures("fake_model")
def test_terms_on_the_command_line(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = write("a.en.txt", "Ferries cross the bay again on Sunday.", "The mayor thanked the volunteers.")
    two = write(
        "a.de.txt",
        "Am Sonntag überqueren wieder Fähren die Bucht.",
        "Der Bürgermeister dankte den Freiwilligen.",
    )
    terms, more = write("terms.csv"), write("more.csv")
    terms.write_text("en,de,forbidden:de\nmayor,Stadtpräsident,Bürgermeister\n", encoding="utf-8")
    more.write_text("en,de\nferry,Fähre\n", encoding="utf-8")
    given_terms = ("--terms", str(terms), "--terms", str(more), "-f", "jsonl")
    for command in (
        ("check", str(one), str(two), "--lang", "en", "--lang", "de"),
        ("batch", str(one.parent)),
    ):
        assert run(monkeypatch, *command, *given_terms) == 1
        report = json.loads(capsys.readouterr().out)
        assert [f["rule"] for f in report["findings"]] == ["term-mismatch"]
    assert run(monkeypatch, "check", str(one), str(two), "--terms", "nothing.csv") == 2
    assert capsys.readouterr().err == "mlcheck: nothing.csv: no such glossary; check the path\n"
    assert run(monkeypatch, "check", str(one), str(two), "--terms", str(terms), "-o", str(terms)) == 2
    assert "one of the files to read" in capsys.readouterr().err


@pytest.mark.model
@pytest.mark.parametrize(("version", "count"), [("ru", 0), ("ru-recut", 0), ("ru-flawed", 1)])
def test_the_sample_glossary(real_checker: Checker, version: str, count: int) -> None:
    settings = Settings(check=CheckSettings(glossary=load_terms([ROOT / "samples/terms.csv"])))
    report = real_checker.check(
        ROOT / "samples/call.en.txt", ROOT / f"samples/call.{version}.txt", settings=settings
    )
    assert len([f for f in report.findings if f.rule == "term-mismatch"]) == count
    assert [s for s in report.skipped if s.rule == "term-mismatch"] == []


@pytest.mark.usefixtures("fake_model")
def test_terms_of_a_configuration(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = write("a.en.txt", "Ferries cross the bay again on Sunday.", "The mayor thanked the volunteers.")
    two = write(
        "a.de.txt",
        "Am Sonntag überqueren wieder Fähren die Bucht.",
        "Der Bürgermeister dankte den Freiwilligen.",
    )
    folder = one.parent
    (folder / "strict.csv").write_text("en,forbidden:de\nmayor,Bürgermeister\n", encoding="utf-8")
    (folder / "mild.csv").write_text("en,de\nmayor,Bürgermeister\n", encoding="utf-8")
    config = folder / "mlcheck.toml"
    command = ("check", str(one), str(two), "--lang", "en", "--lang", "de", "-f", "jsonl")

    def rules(*more: str) -> list[str]:
        assert run(monkeypatch, *command, *more) in (0, 1)
        return [f["rule"] for f in json.loads(capsys.readouterr().out)["findings"]]

    config.write_text('terms = ["strict.csv"]\n', encoding="utf-8")
    assert rules() == ["term-mismatch"]
    assert rules("--terms", str(folder / "mild.csv")) == []
    config.write_text(
        'terms = ["strict.csv"]\n[[overrides]]\npaths = ["a.*"]\nterms = ["mild.csv"]\n', encoding="utf-8"
    )
    assert rules() == []
    assert rules("--terms", str(folder / "strict.csv")) == ["term-mismatch"]
    config.write_text('terms = ["none.csv"]\n', encoding="utf-8")
    assert run(monkeypatch, *command) == 2
    assert "none.csv: no such glossary" in capsys.readouterr().err
    config.write_text('terms = ["strict.csv"]\n', encoding="utf-8")
    assert run(monkeypatch, *command[:-2], "-o", str(folder / "strict.csv")) == 2
    assert "one of the files to read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["fer\u200dry", "\u200d", "\u200dferry", "ferry \u200d", "\u200d ferry", "\u0301"]
)
@pytest.mark.parametrize("language", ["en", "fa", "zh"])
def test_a_name_with_joiners(language: str, name: str) -> None:
    for text in ("the ferry, fer\u200dry, is\u200d there", "\u200d", "ferry \u200d ferry", ""):
        assert all(place in text for place in found(language, name, text))
