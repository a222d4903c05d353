"""Entities that tables know: found in any form, and told where another stands in their place."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mlcheck.compare import name_match
from mlcheck.compare.known_names import KnownNames
from mlcheck.data import Alignment
from mlcheck.facts import Entity, entities
from mlcheck.facts.gazetteer import cities_named, city
from mlcheck.facts.nations import derived_from


def aligned(languages: tuple[str, str], *links: tuple[str, str]) -> Alignment:
    """What is read of an alignment of sentences that stand one for one."""
    sides: list[Any] = [
        SimpleNamespace(language=language, sentences=[SimpleNamespace(text=link[side]) for link in links])
        for side, language in enumerate(languages)
    ]
    sentences = [
        SimpleNamespace(source=(i,), target=(i,), sides=((i,), (i,)), wrong=0.0) for i in range(len(links))
    ]
    return cast(Alignment, SimpleNamespace(documents=tuple(sides), sentences=sentences))


def told(languages: tuple[str, str], *links: tuple[str, str]) -> list[tuple[str, str]]:
    return [(one.entity.text, two.entity.text) for one, two in KnownNames(aligned(languages, *links)).pairs()]


SILENT = [
    pytest.param(
        ("en", "ru"),
        "The ministers will meet at the suggestion of the Kazakh side. The Russian delegation agreed.",
        "Министры встретятся по предложению казахстанской стороны. Делегация России согласилась.",
        id="a people for its state, in another form",
    ),
    pytest.param(
        ("en", "de"),
        "Moscow rejected the proposal of the mediators. The talks go on.",
        "Russland lehnte den Vorschlag der Vermittler ab. Die Gespräche gehen weiter.",
        id="a capital for its state",
    ),
    pytest.param(
        ("en", "fr"),
        "The delegations of Burma, Holland and Britain arrived on Monday. The talks will last three days.",
        "Les délégations du Myanmar, des Pays-Bas et du Royaume-Uni sont arrivées. Les pourparlers durent.",
        id="other names of the same states",
    ),
    pytest.param(
        ("en", "ru"),
        "The WHO, the WTO, the EU and NATO sent observers. The IAEA did not.",
        "Наблюдателей прислали ВОЗ, ВТО, ЕС и НАТО. МАГАТЭ этого не сделало.",
        id="the same bodies under their names in the language",
    ),
    pytest.param(
        ("en", "tr"),
        "The minister flew from Almaty to Ankara on Tuesday. He returned from Baku.",
        "Bakan salı günü Almatı'dan Ankara'ya uçtu. Bakü'den döndü.",
        id="the same cities with endings",
    ),
    pytest.param(
        ("en", "zh"),
        "The delegations of Iran and Iraq arrived in Vienna on Monday. The talks will last three days.",
        "伊朗和伊拉克代表团星期一抵达维也纳。会谈将持续三天。",
        id="the same states in Chinese",
    ),
    pytest.param(
        ("en", "ja"),
        "The United States and South Korea held talks on Monday. They agreed on a statement.",
        "月曜日、米韓は協議を行った。双方は声明で合意した。",
        id="one sign for a state in Japanese",
    ),
    pytest.param(
        ("en", "ar"),
        "The delegations of Iran and Iraq met the German minister. The talks will last three days.",
        "التقى وفدا إيران والعراق بالوزير الألماني. ستستمر المحادثات ثلاثة أيام.",
        id="the same state with what is written in front of it",
    ),
    pytest.param(
        ("en", "ru"),
        "The senator from Georgia called for new elections. The governor did not answer.",
        "Сенатор из Джорджии призвал к новым выборам. Губернатор не ответил.",
        id="a state of the US that is called as a country",
    ),
    pytest.param(
        ("en", "de"),
        "The club of Michael Jordan sold its hall. Fans protested.",
        "Der Verein von Michael Jordan verkaufte seine Halle. Die Anhänger protestierten.",
        id="a person who is called as a country",
    ),
    pytest.param(
        ("en", "uk"),
        "The chancellor of Austria arrived on Monday. He will meet the president.",
        "Канцлер прибув у понеділок. Він зустрінеться з президентом.",
        id="a state that one version leaves out",
    ),
    pytest.param(
        ("en", "az"),
        "President Ilham Aliyev received the guests on Monday. They spoke of the border.",
        "Prezident Əliyev bazar ertəsi qonaqları qəbul edib. Onlar sərhəddən danışıblar.",
        id="a surname for a first name and a surname",
    ),
    pytest.param(
        ("en", "de"),
        "The president of Georgia spoke on Monday.",
        "Der Präsident von Georgien sprach am Montag.",
        id="Russian Georgia has two meanings",
    ),
    pytest.param(
        ("zh", "de"),
        "巴黎时装周星期一开幕。",
        "Die Pariser Modewoche begann am Montag.",
        id="a city in its adjective",
    ),
    pytest.param(
        ("en", "ru"),
        "The British team lost to the English one.",
        "Английская команда проиграла.",
        id="a part of a state for the state",
    ),
    pytest.param(
        ("en", "ru"),
        "Officials from Korea arrived.",
        "Прибыли чиновники из Южной Кореи.",
        id="Korea may be either",
    ),
    pytest.param(
        ("en", "fr"),
        "The army of Congo withdrew.",
        "L'armée de la RDC s'est retirée.",
        id="Congo may be either",
    ),
    pytest.param(
        ("en", "ru"),
        "Those who came were tired, and so were us.",
        "Прибывшие из ВТО устали.",
        id="who is not what",
    ),
    pytest.param(("en", "ru"), "We ate turkey in Vienna.", "Мы ели индейку в Вене.", id="a bird"),
    pytest.param(
        ("zh", "en"),
        "佛罗里达州的北部没有问题。",
        "The north of Florida had no problems.",
        id="a town in a longer word",
    ),
    pytest.param(
        ("en", "de"),
        "The children are George and Louis.",
        "Die Kinder heißen George und Louis.",
        id="a first name that is a town",
    ),
    pytest.param(
        ("de", "en"),
        "Die Tasche in rötlichem Orange war in London zu sehen.",
        "The bag was seen in London.",
        id="a common noun in German",
    ),
    pytest.param(
        ("en", "ru"),
        "The Boston Globe wrote of it.",
        "Об этом написала газета из Лондона.",
        id="a newspaper and a city",
    ),
    pytest.param(
        ("en", "ru"),
        "Officials from France came.",
        "Приехали чиновники из Германии и Италии.",
        id="more on one side than on the other",
    ),
    pytest.param(
        ("en", "tr"),
        "The United States has that ability.",
        "Birleşik Devletler bu güce sahip.",
        id="an alias that a table has",
    ),
]


@pytest.mark.parametrize(("languages", "source", "target"), SILENT)
def test_the_same_is_silent_both_ways(languages: tuple[str, str], source: str, target: str) -> None:
    assert told(languages, (source, target)) == []
    assert told(languages[::-1], (target, source)) == []


FOUND = [
    pytest.param(
        ("en", "ru"),
        "The chancellor of Austria arrived on Monday. He will meet the president.",
        "Канцлер Австралии прибыл в понедельник. Он встретится с президентом.",
        [("Austria", "Австралии")],
        id="another state in Russian",
    ),
    pytest.param(
        ("en", "fr"),
        "The delegation of Germany arrived in Vienna on Monday. The talks will last three days.",
        "La délégation de la France est arrivée lundi à Vienne. Les pourparlers dureront trois jours.",
        [("Germany", "France")],
        id="another state in French",
    ),
    pytest.param(
        ("ru", "de"),
        "Делегация Словакии прибыла в Вену в понедельник. Переговоры продлятся три дня.",
        "Die Delegation Sloweniens traf am Montag in Wien ein. Die Gespräche dauern drei Tage.",
        [("Словакии", "Sloweniens")],
        id="another state in German, from Russian",
    ),
    pytest.param(
        ("en", "zh"),
        "The delegation of Iran arrived in Vienna on Monday. The talks will last three days.",
        "伊拉克代表团星期一抵达维也纳。会谈将持续三天。",
        [("Iran", "伊拉克")],
        id="another state in Chinese",
    ),
    pytest.param(
        ("en", "ar"),
        "The delegation of Niger arrived in Vienna on Monday. The talks will last three days.",
        "وصل وفد نيجيريا إلى فيينا يوم الاثنين. ستستمر المحادثات ثلاثة أيام.",
        [("Niger", "نيجيريا")],
        id="another state in Arabic",
    ),
    pytest.param(
        ("en", "az"),
        "The ministers will meet at the suggestion of the Kazakh side. The talks will last three days.",
        "Nazirlər Türkiyə tərəfinin təklifi ilə görüşəcəklər. Danışıqlar üç gün davam edəcək.",
        [("Kazakh", "Türkiyə")],
        id="another people",
    ),
    pytest.param(
        ("en", "tr"),
        "The ministers will meet in Almaty in autumn. The talks will last three days.",
        "Bakanlar sonbaharda Tiflis'te buluşacak. Görüşmeler üç gün sürecek.",
        [("Almaty", "Tiflis")],
        id="another city in Turkish",
    ),
    pytest.param(
        ("en", "ja"),
        "The mayor of Houston visited the harbour on Monday. He thanked the crew.",
        "ボストンの市長は月曜日に港を訪れた。市長は乗組員に感謝した。",
        [("Houston", "ボストン")],
        id="another city in Japanese",
    ),
    pytest.param(
        ("ru", "en"),
        "Поезд идет из Саратова без остановок. Билеты стоят дешево.",
        "The train runs from Astrakhan without a stop. Tickets are cheap.",
        [("Саратова", "Astrakhan")],
        id="another city as the source",
    ),
    pytest.param(
        ("en", "ru"),
        "The WHO sent observers to the town. The report appears in June.",
        "Наблюдателей в город прислала ВТО. Доклад выйдет в июне.",
        [("WHO", "ВТО")],
        id="another body",
    ),
    pytest.param(
        ("en", "uk"),
        "Observers came from Albania, Armenia, Belgium and Cuba. The mission lasts until Friday.",
        "Спостерігачі прибули з Албанії, Азербайджану, Бельгії та Куби. Місія триватиме до п’ятниці.",
        [("Armenia", "Азербайджану")],
        id="one of a list of states",
    ),
    pytest.param(
        ("en", "ja"),
        "Houston's mayor visited Leicester.",
        "ボストンの市長がマンチェスターを訪れた。",
        [("Houston", "ボストン"), ("Leicester", "マンチェスター")],
        id="two cities in order",
    ),
    pytest.param(
        ("en", "ru"),
        "He was ready to make concessions on Arak.",
        "Он готов пойти на уступки по Ираку.",
        [("Arak", "Ираку")],
        id="a city taken for a state",
    ),
    pytest.param(
        ("en", "ru"),
        "The army of South Korea fired.",
        "Армия КНДР открыла огонь.",
        [("South Korea", "КНДР")],
        id="the other Korea",
    ),
    pytest.param(
        ("en", "it"),
        "The German minister resigned.",
        "Il ministro francese si è dimesso.",
        [("German", "francese")],
        id="another state in Italian",
    ),
    pytest.param(
        ("fr", "es"),
        "Le président brésilien est arrivé.",
        "El presidente chileno llegó.",
        [("brésilien", "chileno")],
        id="another state in Spanish",
    ),
    pytest.param(
        ("en", "de"),
        "The IMF warned of it.",
        "Davor warnte die WHO.",
        [("IMF", "WHO")],
        id="another body in German",
    ),
    pytest.param(
        ("ru", "zh"),
        "Об этом предупредила ВОЗ.",
        "世贸组织对此发出警告。",
        [("ВОЗ", "世贸组织")],
        id="another body in Chinese",
    ),
]


@pytest.mark.parametrize(("languages", "source", "target", "pairs"), FOUND)
def test_another_in_its_place_is_told_both_ways(
    languages: tuple[str, str], source: str, target: str, pairs: list[tuple[str, str]]
) -> None:
    assert told(languages, (source, target)) == pairs
    assert told(languages[::-1], (target, source)) == [(two, one) for one, two in pairs]


def test_a_counterpart_in_the_passage_beside_excuses() -> None:
    here = ("The delegation of Germany arrived.", "Прибыла делегация Франции.")
    beside = ("Talks began.", "Переговоры с Германией начались.")
    assert told(("en", "ru"), here) == [("Germany", "Франции")]
    assert told(("en", "ru"), here, beside) == []


def test_one_that_has_its_own_counterpart_beside_does_not() -> None:
    here = ("The delegation of Germany arrived.", "Прибыла делегация Франции.")
    beside = ("Talks with Germany began.", "Переговоры с Германией начались.")
    assert told(("en", "ru"), here, beside) == [("Germany", "Франции")]


def found(text: str, language: str, **options: bool) -> list[Entity]:
    return list(entities(text, language, **options))


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("казахстанскими", "ru", "KZ"),
        ("австрийцев", "ru", "AT"),
        ("Нигерией", "ru", "NG"),
        ("нигерийского", "ru", "NG"),
        ("österreichischen", "de", "AT"),
        ("Sloweniens", "de", "SI"),
        ("autrichiennes", "fr", "AT"),
        ("Türkiye'nin", "tr", "TR"),
        ("Ermənistanla", "az", "AM"),
        ("والعراق", "ar", "IQ"),
        ("الفرنسية", "ar", "FR"),
        ("словенського", "uk", "SI"),
        ("伊拉克", "zh", "IQ"),
        ("カザフスタン", "ja", "KZ"),
    ],
)
def test_a_state_is_known_in_any_form(text: str, language: str, code: str) -> None:
    assert [entity.codes for entity in found(text, language)] == [frozenset((code,))]


def test_a_name_is_not_made_of_what_only_begins_as_a_state_does() -> None:
    assert derived_from("george", "de") == frozenset()
    assert "AT" in derived_from("österreichische", "de")


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("в Алматы", "ru", "Almaty"),
        ("из Саратова", "ru", "Saratov"),
        ("Almatı'da", "tr", "Almaty"),
        ("до Відня", "uk", "Vienna"),
        ("à Vienne", "fr", "Vienna"),
        ("ボストンの", "ja", "Boston"),
        ("抵达维也纳", "zh", "Vienna"),
        ("휴스턴의", "ko", "Houston"),
        ("in St. Petersburg", "en", "Saint Petersburg"),
    ],
)
def test_a_city_is_known_in_any_script(text: str, language: str, name: str) -> None:
    (entity,) = found(text, language)
    assert name in {city(int(code)).name for code in entity.codes}


def test_the_tables_are_sorted_so_that_a_name_is_found() -> None:
    assert cities_named("almaty", "Latn")
    assert not cities_named("no such town", "Latn")


def test_texts_without_names_read_no_table() -> None:
    module = sys.modules["mlcheck.facts.gazetteer"]
    module._rows.cache_clear()
    found("it was warm yesterday, and nobody came", "en")
    assert module._rows.cache_info().currsize == 0


def test_a_state_in_another_case_is_no_first_name() -> None:
    (entity,) = found("секретарь Ирана Энтони", "ru", cities=False)
    assert entity.sure
    (person,) = found("the song of Jordan Pickles", "en", cities=False)
    assert not person.sure


class Walked(list[Any]):
    """A list that counts how many of its members have been walked over."""

    count = 0

    def __iter__(self) -> Any:
        for each in super().__iter__():
            self.count += 1
            yield each


def test_a_question_about_names_does_not_walk_through_the_text() -> None:
    size = 200
    alignment: Any = aligned(("en", "de"), *[("COP28 met in Baku.", "Die COP29 tagte in Baku.")] * size)
    links = alignment.sentences = Walked(alignment.sentences)
    texts = [Walked(document.sentences) for document in alignment.documents]
    for document, walked in zip(alignment.documents, texts, strict=True):
        document.sentences = walked
    known = KnownNames(alignment)
    links.count = texts[0].count = texts[1].count = 0
    for k in range(size):
        assert known.may_be_one((k, 13, 17), (k, 19, 23))
        exchange = name_match._sure(alignment, 0.9, (k, 0, 5), (k, 4, 9))
        assert (exchange.source_text, exchange.target_text) == ("COP28", "COP29")
    assert links.count + texts[0].count + texts[1].count == 0
