"""Times, durations and measures of one text against those of its translation, in many languages."""

from __future__ import annotations

import pytest

from mlcheck.compare import compare_facts
from mlcheck.compare.passages import passages
from mlcheck.data import Link
from mlcheck.facts import extract


def sorts(source: str, target: str, languages: tuple[str, str]) -> set[str]:
    """What an editor would be told of two passages."""
    facts = [(extract(text, code),) for text, code in zip((source, target), languages, strict=True)]
    link = Link(source=(0,), target=(0,))
    ((passage,), _) = passages([link], (facts[0], facts[1]))
    return {each.sort for each in compare_facts(*passage.facts)} - {"converted", "rounded"}


# Silent


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        (
            ("en", "de"),
            "The session began at 5:30 p.m. and was over by 7:45 p.m.",
            "Die Sitzung begann um halb sechs und war um Viertel vor acht zu Ende.",
        ),
        (
            ("en", "ru"),
            "The session began at half past two and was over by a quarter to five.",
            "Заседание началось в половине третьего и закончилось без четверти пять.",
        ),
        (
            ("en", "es"),
            "The session began at 5:30 p.m. and was over by 7:45 p.m.",
            "La sesión empezó a las cinco y media y terminó a las ocho menos cuarto.",
        ),
        (
            ("en", "ar"),
            "The session began at 5:30 p.m. and was over by 7:45 p.m.",
            "بدأت الجلسة في الساعة الخامسة والنصف مساء وانتهت في الساعة الثامنة إلا ربعا.",
        ),
        (
            ("en", "ru"),
            "The broadcast begins at 12:30 GMT on Friday.",
            "Трансляция начнётся в пятницу в 15:30 мск.",
        ),
        (
            ("en", "az"),
            "The broadcast begins at 9 p.m. on Friday.",
            "Yayım cümə günü axşam saat 9-da başlayacaq.",
        ),
        (("en", "ar"), "The new hall opened on March 11, 2024.", "افتُتحت القاعة الجديدة في 1 رمضان 1445هـ."),
        (
            ("en", "zh"),
            "The plan had been adopted in 2011, and the hall opened on April 28, 2024.",
            "该计划于民国一百年获得通过，新市场于民国113年4月28日开业。",
        ),
        (("en", "ru"), "The hall was built in the 1780s.", "Рынок построили в 80-е годы XVIII века."),
        (
            ("en", "ru"),
            "The hearing lasted a quarter of an hour, and the break a fortnight.",
            "Слушания длились 15 минут, а перерыв — две недели.",
        ),
        (
            ("en", "de"),
            "The hearing lasted 90 minutes, and the break half an hour.",
            "Die Anhörung dauerte anderthalb Stunden und die Pause 30 Minuten.",
        ),
        (
            ("en", "fr"),
            "The hearing lasted 45 minutes, and the break two weeks.",
            "L'audition a duré trois quarts d'heure, et la pause quinze jours.",
        ),
        (
            ("en", "ru"),
            "The guard is 6 feet 2 inches tall and weighs 190 pounds.",
            "Рост охранника — 188 см, вес — 86 кг.",
        ),
        (("en", "zh"), "A ticket costs $1.50.", "门票价格为1美元50美分。"),
        (
            ("en", "de"),
            "Heat the oven to 400°F and bake the bread at 325°F.",
            "Den Ofen auf 200 °C vorheizen und das Brot bei 160 °C backen.",
        ),
        (
            ("en", "ru"),
            "Questions are answered by phone at +7 495 123-45-67.",
            "На вопросы отвечают по телефону 8 (495) 1234567.",
        ),
        (
            ("en", "ar"),
            "Questions are answered by phone at +994 12 404 55 66.",
            "يمكن طرح الأسئلة على الهاتف ‎+994124045566.",
        ),
    ],
)
def test_the_same_said_otherwise(languages: tuple[str, str], source: str, target: str) -> None:
    assert sorts(source, target, languages) == set()
    assert sorts(target, source, (languages[1], languages[0])) == set()


# What differs


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        (
            ("en", "de"),
            "The session began at 6:30 p.m. and was soon over.",
            "Die Sitzung begann um halb sechs und war bald zu Ende.",
        ),
        (
            ("en", "ru"),
            "The bus leaves at 2 p.m. from the main station.",
            "Автобус отправляется в 02:00 от главного вокзала.",
        ),
        (
            ("en", "fr"),
            "The session begins at half past ten in the old theatre.",
            "La séance commence à onze heures et demie dans l'ancien théâtre.",
        ),
        (
            ("en", "ru"),
            "The broadcast begins at 14:30 GMT on Friday.",
            "Трансляция начнётся в пятницу в 14:30 мск.",
        ),
        (("en", "ru"), "The ceasefire begins at midnight.", "Перемирие начнётся в полдень."),
        (("en", "ru"), "The library is closed on Tuesdays.", "Библиотека закрыта по средам."),
        (
            ("en", "uk"),
            "The bus leaves at 9 a.m. from the main station.",
            "Автобус вирушає о дев'ятій вечора від головного вокзалу.",
        ),
        (("en", "ru"), "He was jailed for eighteen months.", "Его приговорили к полугоду тюрьмы."),
        (("en", "de"), "The road is 33 miles long.", "Die Straße ist 57 Kilometer lang."),
        (("en", "fr"), "Heat the oven to 350°F.", "Préchauffez le four à 275 °C."),
        (("en", "ru"), "The rate rose by 2 percentage points to 9 percent.", "Ставка выросла на 2% до 9%."),
        (("en", "es"), "A ticket costs 50 cents.", "La entrada cuesta 50 dólares."),
    ],
)
def test_what_has_changed(languages: tuple[str, str], source: str, target: str) -> None:
    assert sorts(source, target, languages) & {"different", "unit"}
    assert sorts(target, source, (languages[1], languages[0])) & {"different", "unit"}
