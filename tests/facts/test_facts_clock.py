"""Times in words, in halves of the day and in zones, and dates of other calendars."""

from __future__ import annotations

import pytest

from mlcheck.compare import agree
from mlcheck.facts import Fact, extract
from mlcheck.facts.dates import dates


def found(text: str, language: str, kind: str) -> list[Fact]:
    return [fact for fact in dates(text, language) if fact.kind == kind]


# Silent


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "from 8 to 18, ages 5 to 12"),
        ("en", "a quarter of the companies, ten past presidents"),
        ("ru", "в первой половине третьего квартала"),
        ("ru", "за 2 дня и два дня, третьего дня, 3 ночи подряд"),
        ("de", "die halbe Stadt, Ubuntu ab 20.04"),
        ("fr", "un film de trois heures"),
        ("es", "entre las 2 y 5 de las casas"),
        ("tr", "gece 3 kişi öldü"),
        ("hu", "három este"),
        ("ar", "5 م"),
        ("zh", "5小时，一点建议"),
        ("ko", "5시간"),
    ],
)
def test_no_time(language: str, text: str) -> None:
    assert found(text, language, "time") == []


# What is read


@pytest.mark.parametrize(
    ("language", "text", "hour", "minute"),
    [
        ("en", "at half past two", 2, 30),
        ("en", "a quarter to eight", 7, 45),
        ("en", "ten past five", 5, 10),
        ("en", "nine o'clock", 9, 0),
        ("de", "um halb sechs", 5, 30),
        ("de", "um Viertel vor acht", 7, 45),
        ("de", "um drei viertel acht", 7, 45),
        ("de", "fünf vor halb neun", 8, 25),
        ("ru", "в половине третьего", 2, 30),
        ("ru", "была половина третьего", 2, 30),
        ("ru", "в полшестого", 5, 30),
        ("ru", "без четверти пять", 4, 45),
        ("ru", "без двадцати девять", 8, 40),
        ("ru", "пять минут шестого", 5, 5),
        ("uk", "о пів на шосту", 5, 30),
        ("uk", "за чверть восьма", 7, 45),
        ("fr", "à cinq heures et demie", 5, 30),
        ("fr", "huit heures moins le quart", 7, 45),
        ("fr", "à midi et demi", 0, 30),
        ("es", "a las cinco y media", 5, 30),
        ("es", "a las ocho menos cuarto", 7, 45),
        ("it", "alle cinque e mezza", 5, 30),
        ("it", "all'una e mezza", 1, 30),
        ("tr", "saat beş buçukta", 5, 30),
        ("tr", "altıya çeyrek kala", 5, 45),
        ("az", "saat altının yarısında", 5, 30),
        ("ar", "في الساعة الخامسة والنصف", 5, 30),
        ("ar", "الساعة الثامنة إلا ربعا", 7, 45),
        ("pl", "o wpół do szóstej", 5, 30),
        ("nl", "om half zes", 5, 30),
        ("pt", "às cinco e meia", 5, 30),
        ("ko", "세 시 반에", 3, 30),
        ("zh", "八点一刻", 8, 15),
        ("zh", "差五分八点", 7, 55),
        ("ja", "8時15分前", 7, 45),
    ],
)
def test_clock_words_are_of_either_half_of_the_day(language: str, text: str, hour: int, minute: int) -> None:
    (time,) = found(text, language, "time")
    assert {value[:2] for value in time.readings} == {(str(h), str(minute)) for h in (hour, hour + 12)}


@pytest.mark.parametrize(
    ("language", "text", "hour"),
    [
        ("en", "11 at night", 23),
        ("en", "nine in the evening", 21),
        ("en", "12:30 a.m.", 0),
        ("ru", "в девять вечера", 21),
        ("ru", "в 2 часа дня", 14),
        ("ru", "в час ночи", 1),
        ("ru", "в 11 ночи", 23),
        ("de", "um 11 Uhr nachts", 23),
        ("de", "um fünf Uhr morgens", 5),
        ("fr", "à dix heures du soir", 22),
        ("es", "las nueve de la mañana", 9),
        ("it", "le nove di sera", 21),
        ("tr", "akşam saat 8'de", 20),
        ("az", "axşam saat 9-da", 21),
        ("ar", "الساعة الخامسة مساء", 17),
        ("ko", "오후 5시 30분", 17),
        ("hi", "शाम 05:30 बजे", 17),
    ],
)
def test_the_half_of_the_day(language: str, text: str, hour: int) -> None:
    (time,) = found(text, language, "time")
    assert [value[0] for value in time.readings] == [str(hour)]
    assert not time.weak


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("en", "at 12:30 GMT"), ("ru", "в 15:30 мск")),
        (("en", "8:30 Moscow time"), ("ru", "в 5:30 по Гринвичу")),
        (("en", "0530 GMT"), ("zh", "莫斯科时间8时30分")),
        (("en", "5:30 a.m. GMT"), ("az", "Moskva vaxtı ilə saat 8:30-da")),
        (("en", "12:30 GMT"), ("tr", "TSİ 15.30'da")),
        (("en", "half past three"), ("ru", "3,5 часа")),
        (("en", "9 p.m."), ("ru", "в 9 часов")),
    ],
)
def test_the_same_time(one: tuple[str, str], other: tuple[str, str]) -> None:
    (left,), (right,) = (
        [f for f in extract(text, language) if f.kind in ("time", "number")]
        for language, text in (one, other)
    )
    assert agree(left, right)
    assert agree(right, left)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("en", "at 9 a.m."), ("ru", "в 9 вечера")),
        (("en", "at 2 p.m."), ("ru", "в 02:00")),
        (("en", "14:30 GMT"), ("ru", "14:30 мск")),
        (("en", "half past ten"), ("fr", "à onze heures et demie")),
        (("de", "um halb sechs"), ("es", "a las seis y media")),
        (("en", "at noon"), ("ru", "в полночь")),
    ],
)
def test_another_time(one: tuple[str, str], other: tuple[str, str]) -> None:
    (left,), (right,) = (found(text, language, "time") for language, text in (one, other))
    assert not agree(left, right)
    assert not agree(right, left)


# Other calendars


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("ar", "في 1 رمضان 1445هـ", ("2024", "3", "11")),
        ("fa", "در ۲۸ فروردین ۱۴۰۳", ("2024", "4", "16")),
        ("en", "on 28 Farvardin 1403", ("2024", "4", "16")),
        ("ru", "1 рамадана 1445 года", ("2024", "3", "11")),
        ("zh", "民国113年4月28日", ("2024", "4", "28")),
        ("ja", "令和6年4月28日", ("2024", "4", "28")),
    ],
)
def test_a_date_of_another_calendar(language: str, text: str, day: tuple[str, ...]) -> None:
    (date,) = found(text, language, "date")
    assert day in date.readings


def test_a_date_that_is_said_in_two_calendars_counts_once() -> None:
    (date,) = found("في 1 رمضان 1445هـ الموافق 12 مارس 2024", "ar", "date")
    assert date.value == ("2024", "3", "12")


@pytest.mark.parametrize(
    ("language", "text", "year"),
    [
        ("zh", "民国一百年", "2011"),
        ("ja", "平成元年", "1989"),
        ("th", "ปี 2567", "2024"),
        ("fa", "سال ۱۴۰۲", "2023"),
        ("ar", "عام 1445 هـ", "2024"),
    ],
)
def test_a_year_of_another_calendar(language: str, text: str, year: str) -> None:
    (fact,) = found(text, language, "period")
    assert ("year", year) in fact.readings


@pytest.mark.parametrize("language", ["en", "ru", "zh", "ja", "de"])
def test_a_date_in_digits_has_every_order(language: str) -> None:
    (one,), (other,) = found("10/12/21", language, "date"), found("10/12/21", "en", "date")
    assert agree(one, other)


# Periods


@pytest.mark.parametrize(
    ("language", "text", "decade"),
    [
        ("it", "gli anni Ottanta del Settecento", "1780"),
        ("ru", "80-е годы XVIII века", "1780"),
        ("en", "the eighties of the 18th century", "1780"),
    ],
)
def test_a_decade_of_a_century(language: str, text: str, decade: str) -> None:
    (period,) = found(text, language, "period")
    assert period.readings == (("decade", decade),)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "on Wednesdays"), ("ru", "по средам"), ("fr", "les mercredis"), ("uk", "по середах")],
)
def test_weekdays_that_come_back(language: str, text: str) -> None:
    assert [fact.value for fact in found(text, language, "weekday")] == [("3",)]
