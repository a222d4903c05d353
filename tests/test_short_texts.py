"""Texts of a sentence or two: too short to give a mean, a background or an expansion of their own."""

from __future__ import annotations

import pytest

from mlcheck.pipeline import Checker
from mlcheck.read import read_text


@pytest.mark.model
@pytest.mark.parametrize(
    ("source", "target", "rules"),
    [
        ("Ferry traffic to resume", "Паромное сообщение возобновится", []),
        (
            "The bridge was closed for repairs. Traffic was diverted.",
            "Мост закрыли на ремонт. Движение пустили в объезд.",
            [],
        ),
        (
            "The bridge was closed for repairs. Traffic was diverted.",
            "Мост закрыли на ремонт.",
            ["missing-sentence"],
        ),
        (
            "The minister resigned on Monday.",
            "Цены на нефть выросли на три процента.",
            ["unrelated-documents"],
        ),
    ],
)
def test_a_text_of_a_sentence_or_two(
    real_checker: Checker, source: str, target: str, rules: list[str]
) -> None:
    report = real_checker.check(read_text(source, name="en"), read_text(target, name="ru"))
    assert [finding.rule for finding in report.findings] == rules


SAME = [
    ("en", "ru", "Hello there.", "Привет."),
    ("en", "de", "Thank you very much.", "Vielen Dank."),
    ("en", "fr", "Read more", "Lire la suite"),
    ("en", "ru", "Weather", "Погода"),
    ("en", "ru", "Baku to host COP29", "COP29 пройдет в Баку"),
    ("en", "zh", "Prices rise again", "物价再次上涨"),
    ("en", "az", "President meets new ambassador", "Prezident yeni səfirlə görüşüb"),
    ("ru", "uk", "Цены на хлеб снова выросли.", "Ціни на хліб знову зросли."),
    ("az", "tr", "Qiymətlər yenidən artıb.", "Fiyatlar yine yükseldi."),
    (
        "en",
        "fr",
        "Antony Blinken met Sergey Lavrov in Geneva.",
        "Antony Blinken a rencontré Sergueï Lavrov à Genève.",
    ),
]
OTHER = [
    ("en", "ru", "Prices rise again", "Команда выиграла матч"),
    ("en", "de", "Thank you very much.", "Der Zug fährt um acht Uhr ab."),
    ("ru", "uk", "Цены на хлеб снова выросли.", "Команда виграла матч у суботу."),
    ("az", "tr", "Qiymətlər yenidən artıb.", "Takım cumartesi günü maçı kazandı."),
    (
        "en",
        "fr",
        "Antony Blinken met Sergey Lavrov in Geneva.",
        "Joe Biden a téléphoné à Emmanuel Macron depuis Washington.",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("one", "two", "source", "target"), SAME)
def test_a_line_and_its_translation_are_left_in_peace(
    real_checker: Checker, one: str, two: str, source: str, target: str
) -> None:
    texts = read_text(source, name=one), read_text(target, name=two)
    report = real_checker.check(*texts, languages=(one, two))
    assert not report.findings
    assert report.verdict == "consistent"
    assert report.divergence is not None
    assert report.divergence < 0.95


@pytest.mark.model
@pytest.mark.parametrize(("one", "two", "source", "target"), OTHER)
def test_a_line_and_another_are_told_apart(
    real_checker: Checker, one: str, two: str, source: str, target: str
) -> None:
    texts = read_text(source, name=one), read_text(target, name=two)
    report = real_checker.check(*texts, languages=(one, two))
    assert [finding.rule for finding in report.findings] == ["unrelated-documents"]
    assert report.divergence is not None
    assert report.divergence > 0.8


UK = "Президент зустрівся з міністром у столиці. Вони обговорили ціни на хліб і нові школи в області."
RU = "Президент встретился с министром в столице. Они обсудили цены на хлеб и новые школы в области."
AZ = "Prezident paytaxtda nazirlə görüşüb. Onlar çörəyin qiymətini və bölgədəki məktəbləri müzakirə ediblər."
TR = "Cumhurbaşkanı başkentte bakanla görüştü. Ekmek fiyatlarını ve bölgedeki yeni okulları ele aldılar."


@pytest.mark.model
@pytest.mark.parametrize(
    ("one", "two", "source", "target"), [("ru", "uk", RU, UK), ("az", "tr", AZ, TR), ("tr", "az", TR, AZ)]
)
def test_related_languages(real_checker: Checker, one: str, two: str, source: str, target: str) -> None:
    """Faithful, and then with what was left in the language of the source after it."""
    first = read_text(source, name=one)
    report = real_checker.check(first, read_text(target, name=two), languages=(one, two))
    assert not report.findings
    longer = read_text(f"{source}\n\n{source}", name=one)
    left = read_text(f"{target}\n\n{source}", name=two)
    found = real_checker.check(longer, left, languages=(one, two)).findings
    assert "untranslated" in [finding.rule for finding in found]


@pytest.mark.model
def test_divergence_is_graded(real_checker: Checker) -> None:
    """The less of a sentence is there, the less does it say the same; and never less than it is wrong."""
    source = read_text("The ministry said on Monday that the bridge would stay closed until June.", name="en")
    texts = (
        "Le ministère a déclaré lundi que le pont resterait fermé jusqu'en juin.",
        "Le ministère a déclaré lundi que le pont resterait fermé.",
        "Le pont resterait fermé.",
        "Les prix du pain ont encore augmenté.",
    )
    links = [
        real_checker.align(source, read_text(text, name="fr"), languages=("en", "fr")).sentences[0]
        for text in texts
    ]
    values = [round(link.divergence or 0.0, 2) for link in links]
    assert values == sorted(values)
    assert values[0] < 0.2 < 0.8 < values[-1]
    assert all((link.divergence or 0.0) >= (link.wrong or 0.0) for link in links)


def test_a_line_of_names_is_not_untranslated(real_checker: Checker) -> None:
    """Most of its words stand in the other version; those that are none of the names do not."""
    source = (
        "The programme was praised by many listeners.\n\n"
        "Harbour Island Discs is on KBC Radio North on Sunday at 11:15 KST.\n"
    )
    target = (
        "L'émission a été saluée par de nombreux auditeurs.\n\n"
        "Harbour Island Discs est sur KBC Radio North dimanche, KST.\n"
    )
    texts = read_text(source, name="source"), read_text(target, name="target")
    report = real_checker.check(*texts, languages=("en", "fr"))
    assert "untranslated" not in [finding.rule for finding in report.findings]
