"""The room of languages: its files, its codes, its folding, and languages without a file."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from paths import ROOT

import mlcheck
from mlcheck.facts import FIRST_CLASS, extract
from mlcheck.facts.opposites import LANGUAGES as WITH_OPPOSITES
from mlcheck.languages import (
    Detection,
    Page,
    Sentences,
    base,
    codes,
    direction,
    every,
    fold,
    is_known,
    language,
    lower,
    name,
    normalise,
)
from mlcheck.languages.load import parse
from mlcheck.languages.notation import expand
from mlcheck.segment.sentences import sentence_spans

FOLDER = Path(mlcheck.__file__).parent / "languages"


# Files


@pytest.mark.parametrize("code", codes())
def test_a_file_is_what_the_record_can_hold(code: str) -> None:
    record = language(code)
    assert record.has_file
    assert record.code == code == normalise(code)
    assert record.script == record.writing.script
    assert len(record.background.sentences) in (0, 12)
    for groups, count in (
        (record.times.months, 12),
        (record.times.month_adjectives, 12),
        (record.times.months_short, 12),
        (record.times.weekdays, 7),
        (record.times.weekday_adjectives, 7),
        (record.times.weekdays_weak, 7),
        (record.times.weekdays_short, 7),
    ):
        assert len(groups) in (0, count)
    for patterns in (record.negation.verb_endings, record.attribution.patterns, (record.endings.prefixes,)):
        for pattern in patterns:
            re.compile(pattern)


def test_the_first_class_is_who_has_words_of_numbers_negations_and_names() -> None:
    having = {c for c in codes() if language(c).negation.words and language(c).numbers.units}
    assert having == set(FIRST_CLASS)
    with_opposites = {c for c in codes() if language(c).opposites.pairs}
    assert set(WITH_OPPOSITES) <= with_opposites == having | {"fa", "he", "kk", "ko", "pl", "pt"}
    assert with_opposites == {c for c in codes() if language(c).negation.words}


@pytest.mark.parametrize("section", [Sentences, Detection, Page])
def test_a_section_read_by_itself_is_that_of_the_whole_file(section: type) -> None:
    found = every(section)
    attribute = section.__name__.lower()
    assert found
    for code in codes():
        assert found.get(code, section()) == getattr(language(code), attribute), code


def test_every_key_is_on_the_page_of_the_files() -> None:
    page = (ROOT / "docs" / "language-files.md").read_text(encoding="utf-8")
    page += "".join(
        (ROOT / "docs" / f"facts-{n}.md").read_text(encoding="utf-8") for n in ("dates", "names", "numbers")
    )
    record = language("xx")
    for section in fields(record):
        own = getattr(record, section.name)
        if hasattr(own, "__dataclass_fields__"):
            assert f"[{section.name}]" in page
            assert [f.name for f in fields(own) if f"`{f.name}`" not in page] == [], section.name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[wirting]\n", "xx.toml: wirting: no section has that name"),
        ("[writing]\nscrpt = 'Latn'\n", "xx.toml: writing.scrpt: no such key"),
        ("[writing]\nscript = 1\n", "xx.toml: writing.script: 1 is no str"),
        ("[writing]\ndotless_i = 'yes'\n", "xx.toml: writing.dotless_i: 'yes' is no bool"),
        ("[detection]\nturn = true\n", "xx.toml: detection.turn: True is no int"),
        ("[sentences]\nopeners = 'the a'\n", "xx.toml: sentences.openers: 'the a' is no list of strings"),
        ("[sentences]\nopeners = ['a(b']\n", "xx.toml: sentences.openers: 'a(b': its brackets do not pair"),
        ("[sentences]\nopeners = ['a|b']\n", "xx.toml: sentences.openers: 'a|b': a bar outside brackets"),
        ("[times]\nmonths = ['a']\n", "xx.toml: times.months: 'a' is no list of strings"),
        ("[times]\nordinals = ['a(*)']\n", "xx.toml: times.ordinals: 'a(*)': the section has no endings"),
        ("[times]\ndecades = { a = '20' }\n", "xx.toml: times.decades: '20' is no whole number"),
        ("[times]\nzones = { a = 20 }\n", "xx.toml: times.zones: 20 is no list of minutes"),
        ("[names]\npeoples = ['Dutch']\n", "xx.toml: names.peoples: \"['Dutch']\" is no table"),
        ("[numbers]\nlink_after = 'end'\n", "xx.toml: numbers.link_after: 'end' is none of 'hundreds'"),
        ("[endings]\npatterns = [['', 's', 'x']]\n", "xx.toml: endings.patterns: "),
        ("[endings]\nsoftened = { b = 1 }\n", "xx.toml: endings.softened: 1 is no string"),
        ("writing = 1\n", "xx.toml: writing: not a table"),
        ("[writing\n", "xx.toml: "),
    ],
)
def test_what_no_record_holds_is_an_error_that_names_file_and_key(text: str, says: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(says)):
        parse(text, "xx.toml")


@pytest.mark.parametrize(
    ("entry", "forms"),
    [
        ("май", ("май",)),
        ("март(|а|у)", ("март", "марта", "марту")),
        ("(в|во) втор(ой|ую)", ("в второй", "в вторую", "во второй", "во вторую")),
        ("январск(*)", ("январский", "январская")),
        ("", ("",)),
    ],
)
def test_the_notation_of_forms(entry: str, forms: tuple[str, ...]) -> None:
    assert expand(entry, ("ий", "ая")) == forms


@pytest.mark.parametrize("entry", ["a(b", "a)b", "a(b(c))", "a|b", "(a)|(b)"])
def test_an_entry_that_is_not_in_the_notation(entry: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(entry))):
        expand(entry)


# Codes


@pytest.mark.parametrize(
    ("code", "own", "whole"),
    [
        ("no", "no", "no"),
        ("nb", "no", "no"),
        ("nn", "no", "no"),
        ("nb_NO", "no", "no-NO"),
        ("zh-Hans", "zh", "zh-Hans"),
        ("zh-TW", "zh", "zh-TW"),
        ("ZH_hant_tw", "zh", "zh-Hant-TW"),
        ("cmn", "zh", "zh"),
        ("sr-Latn", "sr", "sr-Latn"),
        ("pt_BR", "pt", "pt-BR"),
        ("PT-br", "pt", "pt-BR"),
        ("iw", "he", "he"),
        ("he", "he", "he"),
        ("fil", "tl", "tl"),
        ("es-419", "es", "es-419"),
        ("de-1996", "de", "de"),
        ("en-x-latn", "en", "en"),
    ],
)
def test_codes(code: str, own: str, whole: str) -> None:
    assert base(code) == own
    assert normalise(code) == whole
    assert normalise(whole) == whole
    assert language(code) is language(whole)


@pytest.mark.parametrize(
    "code", ["en\n", "\n", "", "../en", "en/..", "e", "en-", "en--GB", "en GB", "english language"]
)
def test_what_is_no_code_reaches_no_file(code: str) -> None:
    """A line feed at the end of a code became part of the name of a file that babel opened."""
    assert not is_known(code)
    assert name(code) == code
    assert language(code) == language("")
    assert direction(code) == "ltr"
    assert language(code).calendar.months == {}


def test_names_are_as_exact_as_the_code() -> None:
    assert [name(c) for c in ("no", "nb", "pt-BR", "iw", "tl", "fil", "xx")] == [
        "Norwegian",
        "Norwegian Bokmål",
        "Portuguese",
        "Hebrew",
        "Filipino",
        "Filipino",
        "xx",
    ]


NORWEGIAN = ("no", "nb", "nn", "nb-NO", "NO")


@pytest.mark.parametrize("code", NORWEGIAN)
def test_norwegian_is_one_language(code: str) -> None:
    """A date, a quotation and an ordinal were known under one of its codes, and not under another."""
    found = {(fact.kind, fact.value) for fact in extract("Møtet er 28.4., sa han: ”Det går bra”.", code)}
    assert ("date", ("", "4", "28")) in found
    assert ("quote", ("Det går bra",)) in found
    assert not any(kind == "number" for kind, _ in found)
    assert len(sentence_spans("Det var den 3. Mange kom.", base(code))) == 1


@pytest.mark.parametrize("code", NORWEGIAN)
def test_norwegian_weekdays_are_those_of_both_forms(code: str) -> None:
    said = [
        fact.value for fact in extract("mandag og måndag, lørdag og laurdag", code) if fact.kind == "weekday"
    ]
    assert said == [("1",), ("1",), ("6",), ("6",)]


# Records


def test_languages_without_a_file_have_what_cldr_has() -> None:
    swahili, georgian, unknown = language("sw"), language("ka"), language("xx")
    assert not swahili.has_file
    assert (swahili.script, swahili.direction, swahili.spaced) == ("Latn", "ltr", True)
    assert swahili.calendar.months["format"]["wide"][1] == "Januari"
    assert georgian.script == "Geor"
    assert (georgian.decimal, georgian.group) == (",", "\u00a0")
    assert georgian.calendar.weekdays["format"]["wide"][0] == "ორშაბათი"
    assert (unknown.script, unknown.direction, unknown.spaced) == ("Latn", "ltr", True)
    assert (unknown.decimal, unknown.group, unknown.calendar.months) == (".", ",", {})
    assert [language(c).script for c in ("ur", "yi", "bo", "wuu")] == ["Arab", "Hebr", "Tibt", "Hans"]
    assert [language(c).spaced for c in ("ur", "wuu", "ko", "vi")] == [True, False, True, True]


def test_which_languages_set_no_spaces_between_words() -> None:
    assert [c for c in codes() if not language(c).spaced] == ["ja", "km", "lo", "my", "th", "yue", "zh"]
    assert not language("zh-Hant-TW").spaced
    assert [c for c in codes() if not language(c).writing.sentences_spaced] == ["ja", "yue", "zh"]


def test_the_script_of_a_tag_holds() -> None:
    assert [language(c).script for c in ("sr", "sr-Latn", "zh", "zh-TW", "az-Arab", "pa-PK")] == [
        "Cyrl",
        "Latn",
        "Hans",
        "Hant",
        "Arab",
        "Arab",
    ]
    assert [direction(c) for c in ("az", "az-Arab", "ar", "ar-Latn", "fa", "he", "ks", "dv")] == [
        "ltr",
        "rtl",
        "rtl",
        "ltr",
        "rtl",
        "rtl",
        "rtl",
        "rtl",
    ]


@pytest.mark.parametrize("code", ["tr", "az", "tr-TR", "az_Latn"])
def test_two_letters_i(code: str) -> None:
    assert lower("ISPARTA İZMİR", code) == fold("ISPARTA İZMİR", code) == "ısparta izmir"


def test_small_letters_keep_their_place() -> None:
    for code in ("tr", "en", "de", "lt"):
        text = "aİbİẞ"
        assert len(lower(text, code)) == len(text)
    assert lower("ISPARTA İ", "en") == "isparta i"


@pytest.mark.parametrize(
    ("word", "code", "folded"),
    [
        ("ÉTÉ", "fr", "ete"),
        ("Été", "de", "été"),
        ("АРТЁМ", "ru", "артем"),
        ("أَبريل", "ar", "ابريل"),
        ("I", "en", "i"),
    ],
)
def test_folding(word: str, code: str, folded: str) -> None:
    assert fold(word, code) == folded


# Order and cost


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.strip()


def test_the_order_in_which_languages_are_read_changes_nothing() -> None:
    """With babel 2.18 the stand-alone months of French were Azerbaijani, once those had been asked for."""
    code = """
from mlcheck.facts.dates import dates
from mlcheck.facts.name_tables import is_common
for language in {0}:
    is_common("Mart", language), dates("1 may", language)
print(is_common("Janvier", "fr"), is_common("Yanvar", "fr"), *dates("2 avril, 5 yan 2024", "fr"))
"""
    first = run(code.format("[]"))
    assert first.startswith("True False Fact(kind='date'")
    assert run(code.format("['az', 'kk', 'de']")) == first


def test_the_oldest_babel_is_one_without_that_fault() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (bound,) = (d for d in project["dependencies"] if d.startswith("babel"))
    assert tuple(map(int, bound.removeprefix("babel>=").split("."))) >= (2, 19)


def test_importing_reads_no_file_and_no_babel() -> None:
    code = """
import sys
import mlcheck.languages, mlcheck.languages.load as load, mlcheck.segment, mlcheck.facts, mlcheck.terms
print(load._texts.cache_info().currsize, load.language.cache_info().currsize, 'babel' in sys.modules)
"""
    assert run(code) == "0 0 False"


@pytest.mark.parametrize("code", ["en\n", "\0", "../en", "x" * 300, "en\u200d", "\ud800"])
def test_what_is_no_code_has_no_data(code: str) -> None:
    assert not is_known(code)
    assert language(code).writing.script == ""
