"""The rules of an item: clean wire copy in ten languages stays silent; then what each rule reports."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from mlcheck.checks import RULES, check
from mlcheck.compare import compare
from mlcheck.data import Alignment, Encoded, EncoderId, Finding, Item, Link
from mlcheck.read import read_text
from mlcheck.segment import segment

ITEM_RULES = (
    "status-mismatch",
    "embargo-mismatch",
    "correction-mismatch",
    "dateline-mismatch",
    "headline-mismatch",
    "weekday-mismatch",
)
ENCODER = EncoderId(name="", revision="", sha256="")

Story = Sequence[str]


def encoded(paragraphs: Story, language: str, item: Item | None, format: str) -> Encoded:
    from dataclasses import replace

    document = segment(read_text("\n\n".join(paragraphs), format="txt"), language)
    document = replace(document, item=item, format=format)
    return Encoded(
        document=document, vectors=np.zeros((len(document.sentences), 8), np.float32), encoder=ENCODER
    )


def findings(
    source: Story,
    target: Story,
    languages: tuple[str, str] = ("en", "ru"),
    items: tuple[Item | None, Item | None] = (None, None),
    formats: tuple[str, str] = ("ninjs", "ninjs"),
    unlinked: Sequence[int] = (),
) -> list[Finding]:
    """What the rules of an item say of two versions whose sentences are linked one to one, in order, but
    those `unlinked` of both."""
    one = encoded(source, languages[0], items[0], formats[0])
    two = encoded(target, languages[1], items[1], formats[1])
    counts = len(one.document.sentences), len(two.document.sentences)
    pairs: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for i in range(max(counts)):
        own = ((i,) if i < counts[0] else (), (i,) if i < counts[1] else ())
        pairs += [(own[0], ()), ((), own[1])] if i in unlinked and all(own) else [own]
    links = tuple(
        Link(
            source=a,
            target=b,
            similarity=0.9 if a and b else None,
            divergence=0.0 if a and b else None,
            confidence=0.99 if a and b else 0.3,
        )
        for a, b in pairs
    )
    alignment = Alignment(source=one, target=two, sentences=links, paragraphs=(), relatedness=1.0)
    return [found for found in check(compare(alignment))[0] if found.rule in ITEM_RULES]


def said(*arguments: object, **named: object) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in findings(*arguments, **named)]  # type: ignore[arg-type]


# Silence. One story in ten languages, with all that the rules look for, and nothing wrong.

STORY = {
    "en": ("Talks open in Almaty", "ALMATY, April 28 (APA) - Talks opened on Sunday, April 28, 2024, officials said.", "Correction of the border was not discussed.", "An embargo on oil stays in force until 2030."),  # noqa: E501
    "ru": ("В Алматы начались переговоры", "АЛМАТЫ, 28 апреля — Переговоры начались в воскресенье, 28 апреля 2024 года, сообщили власти.", "Исправление границы не обсуждалось.", "Эмбарго на нефть действует до 2030 года."),  # noqa: E501
    "de": ("Gespräche in Almaty", "ALMATY, 28. April (APA) - Die Gespräche begannen am Sonntag, 28. April 2024, hieß es.", "Eine Korrektur der Grenze stand nicht an.", "Das Ölembargo gilt bis 2030."),  # noqa: E501
    "fr": ("Pourparlers à Almaty", "ALMATY, 28 avril (APA) - Les pourparlers ont débuté le dimanche 28 avril 2024, selon les autorités.", "La correction de la frontière n'a pas été évoquée.", "L'embargo sur le pétrole reste en vigueur."),  # noqa: E501
    "es": ("Conversaciones en Almaty", "ALMATY, 28 de abril (APA) - Las conversaciones empezaron el domingo, 28 de abril de 2024.", "No se habló de la corrección de la frontera.", "El embargo de petróleo sigue en vigor."),  # noqa: E501
    "it": ("Colloqui ad Almaty", "ALMATY, 28 aprile (APA) - I colloqui sono iniziati domenica 28 aprile 2024.", "La correzione del confine non è stata discussa.", "L'embargo sul petrolio resta in vigore."),  # noqa: E501
    "tr": ("Almatı'da görüşmeler başladı", "ALMATI, 28 Nisan (APA) - Görüşmeler 28 Nisan 2024 Pazar günü başladı.", "Sınırın düzeltilmesi konuşulmadı.", "Petrol ambargosu sürüyor."),  # noqa: E501
    "az": ("Almatıda danışıqlar başlayıb", "ALMATI, 28 aprel (APA) - Danışıqlar bazar günü, 2024-cü il aprelin 28-də başlayıb.", "Sərhədin düzəlişi müzakirə olunmayıb.", "Neft embarqosu qüvvədədir."),  # noqa: E501
    "uk": ("В Алмати почалися переговори", "АЛМАТИ, 28 квітня — Переговори почалися в неділю, 28 квітня 2024 року, повідомила влада.", "Виправлення кордону не обговорювали.", "Нафтове ембарго діє далі."),  # noqa: E501
    "zh": ("会谈在阿拉木图开始", "会谈于2024年4月28日星期日开始，官员说。", "会谈没有讨论边界更正问题。", "石油禁运仍然有效。"),  # noqa: E501
}  # fmt: skip
ITEM = Item(version="2", status="usable", embargo="2024-04-28T12:00:00Z", issued="2024-04-28T10:00:00Z")


@pytest.mark.parametrize("one", STORY)
@pytest.mark.parametrize("two", STORY)
def test_clean_copy_is_silent(one: str, two: str) -> None:
    assert said(STORY[one], STORY[two], (one, two), (ITEM, ITEM)) == []


@pytest.mark.parametrize(
    ("items", "formats"),
    [
        ((ITEM, None), ("ninjs", "txt")),
        ((None, None), ("txt", "md")),
        ((ITEM, Item(issued="2024-04-28")), ("ninjs", "feed")),
        ((ITEM, Item(status="usable", embargo="2024-04-28T16:00:00+04:00")), ("ninjs", "newsml")),
        ((ITEM, Item(version="1", embargo="20240428T120000Z")), ("ninjs", "nitf")),
    ],
)
def test_what_says_the_same_or_cannot_say_it_is_silent(
    items: tuple[Item | None, Item | None], formats: tuple[str, str]
) -> None:
    assert said(STORY["en"], STORY["ru"], items=items, formats=formats) == []
    assert said(STORY["ru"], STORY["en"], ("ru", "en"), items[::-1], formats[::-1]) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Corrections officers went on strike on Friday."),
        ("en", "“Correction: it was I who said so,” the mayor joked in the middle of his speech."),
        ("en", "Killed: twelve people, the list on the door said."),
        ("ru", "Поправка к закону принята в третьем чтении."),
        ("de", "Der Rückzug der Truppen hat begonnen."),
        ("fr", "La correction des copies dure une semaine."),
        ("zh", "更正错误的人越来越多。"),
        ("ja", "法律の訂正が求められている。"),
    ],
)
def test_a_word_of_a_sentence_is_no_notice(language: str, line: str) -> None:
    middle = ("One paragraph stands here.",) * 4
    source = (line, "Two.") if not line.startswith("“") else (*middle, line, *middle)
    assert said(source, ("Nothing of the kind is said here.",), (language, "en")) == []


def test_both_have_a_notice() -> None:
    source = (
        "Ferries cross the bay",
        "Ferries cross the bay.",
        "An earlier version of this article misstated the day.",
    )
    target = ("(Исправляет день во втором абзаце)", "Паромы идут", "Паромы пересекают залив.")
    assert said(source, target) == []


# Corrections

NOTICES = {
    "en": ("CORRECTION: ", "An earlier version of this article misstated the day."),
    "ru": ("(ИСПРАВЛЕНО) ", "В предыдущей версии этого материала был неверно указан день."),
    "de": ("KORREKTUR: ", "In einer früheren Version dieses Artikels stand ein falscher Tag."),
    "fr": ("Correction : ", "Une première version de cet article donnait un autre jour."),
    "es": ("CORRECCIÓN: ", "Una versión anterior de este artículo daba otro día."),
    "it": ("RETTIFICA: ", "Una versione precedente di questo articolo indicava un altro giorno."),
    "tr": ("DÜZELTME: ", "Bu haberin önceki sürümünde gün yanlış yazılmıştı."),
    "az": ("DÜZƏLİŞ: ", "Bu xəbərin əvvəlki versiyasında gün səhv göstərilmişdi."),
    "uk": ("ВИПРАВЛЕНО: ", "У попередній версії цього матеріалу був інший день."),
    "zh": ("更正：", "本文此前版本写错了日期。"),
    "ja": ("訂正：", "日付が誤っていました。お詫びして訂正します。"),
    "ar": ("تصحيح: ", "ورد يوم آخر في نسخة سابقة من هذا المقال."),
}


@pytest.mark.parametrize("language", NOTICES)
def test_a_correction_of_one_version(language: str) -> None:
    label, sentence = NOTICES[language]
    plain = ("Ferries cross the bay again", "Ferries will cross the bay again on Sunday.")
    other = "de" if language == "en" else "en"
    for one, severity in (((label + plain[0], plain[1]), "warning"), ((*plain, sentence), "error")):
        assert said(one, plain, (language, other)) == [("correction-mismatch", severity)]
        assert said(plain, one, (other, language)) == [("correction-mismatch", severity)]


def test_a_correction_says_where_it_stands() -> None:
    plain = ("Ferries cross the bay again", "Ferries will cross the bay again on Sunday.")
    (found,) = findings((*plain, NOTICES["en"][1]), plain, ("en", "de"))
    assert found.message == (
        "Paragraph 3 of the English version says that it was corrected "
        "(“An earlier version of this article”), and the German version does not"
    )
    assert found.source is not None
    assert (found.source.line, found.source.paragraphs, found.target) == (5, (2,), None)


def test_languages_without_words_are_skipped() -> None:
    rule = next(rule for rule in RULES if rule.name == "correction-mismatch")
    one, two = (encoded(("Ferries cross the bay.",), code, None, "txt") for code in ("en", "ka"))
    link = Link(source=(0,), target=(0,), similarity=0.9, divergence=0.0, confidence=0.9)
    alignment = Alignment(source=one, target=two, sentences=(link,), paragraphs=(), relatedness=1.0)
    evidence = compare(alignment)
    from mlcheck.settings import CheckSettings

    assert rule.skip(evidence, CheckSettings()) == "Georgian: no list of words for notices"


# Status, embargo


@pytest.mark.parametrize(
    ("source", "target", "severity", "message"),
    [
        ("usable", "canceled", "error", "English version is usable, and the Russian version was canceled"),
        ("withheld", "usable", "error", "English version is withheld, and the Russian version is usable"),
        ("canceled", "", "error", "English version was canceled, and the Russian version says nothing of it"),
    ],
)  # fmt: skip
def test_another_status(source: str, target: str, severity: str, message: str) -> None:
    (found,) = findings(STORY["en"], STORY["ru"], items=(Item(status=source), Item(status=target)))
    assert (found.rule, found.severity, found.message) == ("status-mismatch", severity, f"The {message}")


def test_a_kill_in_words() -> None:
    killed = ("KILL: Talks open in Almaty", *STORY["en"][1:])
    assert said(killed, STORY["ru"]) == [("status-mismatch", "error")]
    assert said(killed, ("АННУЛИРОВАНО: В Алматы начались переговоры", *STORY["ru"][1:])) == []
    assert said(killed, STORY["ru"], items=(None, Item(status="canceled"))) == []


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("2024-04-28T12:00:00Z", "2024-04-28T12:00:00+04:00", [("embargo-mismatch", "error")]),
        ("2024-04-28T12:00:00Z", "", [("embargo-mismatch", "warning")]),
    ],
)
def test_another_embargo(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    items = Item(embargo=source), Item(embargo=target)
    assert said(STORY["en"], STORY["ru"], items=items) == expected
    assert said(STORY["ru"], STORY["en"], ("ru", "en"), items=items[::-1]) == expected


def test_an_embargo_in_words() -> None:
    held = ("EMBARGOED UNTIL 12:00 GMT", *STORY["en"])
    assert said(held, STORY["ru"], formats=("txt", "txt"), unlinked=(0,))[0] == ("embargo-mismatch", "error")
    told = ("ЭМБАРГО ДО 12:00 GMT", *STORY["ru"])
    assert said(held, told, formats=("txt", "txt")) == []


# Weekdays

WRONG = {
    "en": "They meet on Monday, April 28, 2024, in the morning.",
    "ru": "Они встретятся в понедельник, 28 апреля 2024 года, утром.",
    "de": "Sie treffen sich am Montag, 28. April 2024, am Morgen.",
    "fr": "Ils se verront le lundi 28 avril 2024 au matin.",
    "es": "Se verán el lunes, 28 de abril de 2024, por la mañana.",
    "it": "Si vedranno lunedì 28 aprile 2024 al mattino.",
    "uk": "Вони зустрінуться в понеділок, 28 квітня 2024 року, вранці.",
    "tr": "28 Nisan 2024 Pazartesi sabahı buluşacaklar.",
    "zh": "他们将于2024年4月28日（星期一）上午会面。",
    "ja": "彼らは2024年4月28日（月曜日）の朝に会う。",
    "ar": "يجتمعون يوم الاثنين 28 أبريل 2024 صباحا.",
}


@pytest.mark.parametrize("language", WRONG)
def test_a_date_that_is_no_such_weekday(language: str) -> None:
    """April 28, 2024, was a Sunday."""
    other = ("They meet in the morning.",)
    assert said((WRONG[language],), other, (language, "en")) == [("weekday-mismatch", "error")]
    assert said(other, (WRONG[language],), ("en", language)) == [("weekday-mismatch", "error")]


def test_both_versions_have_it_wrong() -> None:
    (found,) = findings((WRONG["en"],), (WRONG["ru"],))
    assert found.message == (
        "Paragraph 1: “April 28, 2024” is no “Monday” but a Sunday, and in the Russian version too"
    )
    assert found.source is not None
    assert found.target is not None
    assert found.source.text == "April 28, 2024"
    assert found.target.text.startswith("28 апреля 2024")


def test_the_year_may_be_that_of_the_item_or_stand_elsewhere() -> None:
    line, plain = ("They meet on Monday, April 28.",), ("Они встретятся утром.",)
    assert said(line, plain) == []
    assert said(line, plain, items=(Item(issued="2024-04-27"), None)) == [("weekday-mismatch", "warning")]
    assert said(line, plain, items=(Item(issued="2025-04-27"), None)) == []  # a Monday
    assert said(line, plain, items=(Item(issued="2024-11-30"), None)) == []  # which April?
    told = (*line, "On April 28, 2024, the sun shone.")
    assert said(told, plain) == [("weekday-mismatch", "warning")]


def test_old_and_other_calendars_are_left_alone() -> None:
    assert said(("It began on Sunday, January 9, 1905.",), ("Это началось зимой.",)) == []
    assert said(("On Monday to April 28, 2024, they rest.",), ("Они отдыхают.",)) == []


# Datelines

TEXT = " Talks on the border opened in the morning, officials said."
TEXT_RU = " Переговоры о границе открылись утром, сообщили власти."


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("BAKU, April 28 (APA) -", "БАКУ, 28 апреля — ", []),
        ("BAKU (APA) -", "Баку. 28 апреля. /АПА/ ", []),
        ("LISNA, April 28 -", "БАКУ, 28 апреля — ", []),
        ("BAKU, April 28 -", "", []),
        ("BAKU, April 28 -", "Москва готовится – столица ждёт. ", []),
        ("LONDON/BAKU, April 28 -", "БАКУ, 28 апреля — ", []),
        ("BAKU, April 28 (APA) -", "ТБИЛИСИ, 28 апреля — ", [("dateline-mismatch", "error")]),
        ("BAKU, April 28 (APA) -", "БАКУ, 29 апреля — ", [("dateline-mismatch", "warning")]),
    ],
)
def test_datelines(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    one, two = ("Talks open", source + TEXT), ("Переговоры начались", target + TEXT_RU)
    assert said(one, two) == expected
    assert said(two, one, ("ru", "en")) == expected


# Headlines


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Inflation at 31 per cent", "Инфляция упала до 13 процентов", [("headline-mismatch", "warning")]),
        ("Inflation slows to 4.2 per cent", "Инфляция замедлилась до 4 процентов", []),
        ("Inflation slows to 31 per cent", "Банк оставил ставку прежней", []),
        ("Ferry fire 40 km off the coast", "На пароме погибли 12 человек", []),
        ("Talks in Almaty", "Переговоры в Тбилиси", [("headline-mismatch", "warning")]),
        ("Talks in Almaty", "Переговоры в Казахстане", []),
        ("Talks in Almaty", "Переговоры о границе", []),
    ],
)  # fmt: skip
def test_headlines_of_their_own(source: str, target: str, expected: list[tuple[str, str]]) -> None:
    one, two = (source, "The mayor was pleased."), (target, "Мэр остался доволен.")
    assert said(one, two, unlinked=(0,)) == expected
    assert said(two, one, ("ru", "en"), unlinked=(0,)) == expected


def test_a_figure_that_the_other_version_has_is_no_contradiction() -> None:
    one = "Inflation slows to 31 per cent", "The mayor was pleased."
    two = "Инфляция замедлилась до 13 процентов", "Мэр остался доволен: был 31 процент."
    assert said(one, two, unlinked=(0,)) == []
