"""Measures in two units, durations that have a name, and conversions as exact as what is shown."""

from __future__ import annotations

import pytest

from mlcheck.facts import extract
from mlcheck.facts.numbers import numbers, same_measure, units_agree


@pytest.mark.parametrize(
    "text",
    [
        "+7 495 123-45-67", "+7 (495) 123 45 67", "8 (495) 123-45-67", "+994 12 404 55 66",
        "(212) 522-94-07-70",
        "+212 5 22 94 07 70/74", "+212522940770/74", "212-555-0123", "030/12345678", "01 23 45 67 89",
        "+33 1 23 45 67 89", "+44 20 7946 0018", "DE89 3704 0044 0532 0130 00", "ISBN 978-3-16-148410-0",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "ru", "ar", "zh"])
def test_telephone_and_other_codes_have_no_numbers(language: str, text: str) -> None:
    assert numbers(f"{text}", language) == []


@pytest.mark.parametrize("text", ["1 000 000 000,00", "(2019) 12", "100-200-300", "+20 25"])
def test_other_numbers_are_no_telephone(text: str) -> None:
    assert numbers(text, "ru")


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "6 feet 2 inches", "74", "inch"),
        ("en", "5'10\"", "70", "inch"),
        ("en", "5’11”", "71", "inch"),
        ("en", "5 ft 11", "71", "inch"),
        ("ru", "6 футов 2 дюйма", "74", "inch"),
        ("en", "10 pounds 5 ounces", "165", "ounce"),
        ("en", "1 dollar and 50 cents", "1.5", "USD"),
        ("ru", "5 рублей 50 копеек", "5.5", "RUB"),
        ("de", "2 Euro 50 Cent", "2.5", "EUR"),
        ("zh", "1美元50美分", "1.5", "USD"),
        ("en", "2 hours 30 minutes", "150", "minute"),
        ("en", "a quarter of an hour", "15", "minute"),
        ("en", "a fortnight", "14", "day"),
        ("ru", "четверть часа", "15", "minute"),
        ("ru", "к полугоду", "6", "month"),
        ("ru", "два часа с половиной", "2.5", "hour"),
        ("uk", "пів години", "30", "minute"),
        ("de", "eine halbe Stunde", "30", "minute"),
        ("de", "Viertelstunde", "15", "minute"),
        ("fr", "un quart d’heure", "15", "minute"),
        ("fr", "deux heures et demie", "2.5", "hour"),
        ("es", "media hora", "30", "minute"),
        ("it", "mezz’ora", "30", "minute"),
        ("tr", "yarım saat", "30", "minute"),
        ("tr", "yarım saat dolarken", "30", "minute"),
        ("az", "yarım saat", "30", "minute"),
        ("ar", "أسبوعين", "2", "week"),
        ("zh", "半小时", "30", "minute"),
        ("zh", "两周年", "2", "year"),
    ],
)
def test_one_measure(language: str, text: str, value: str, unit: str) -> None:
    (fact,) = (f for f in extract(text, language) if f.kind == "number" and f.unit)
    assert (fact.value, fact.unit) == ((value,), unit)
    assert not fact.weak


def test_a_measure_in_two_units_keeps_its_parts() -> None:
    (fact,) = numbers("6 feet 2 inches", "en")
    assert [(part.value, part.unit) for part in fact.parts] == [(("6",), "foot"), (("2",), "inch")]


@pytest.mark.parametrize(
    "text", ["5 feet to 6 inches", "1'30 minutes", "6 feet, 14 inches", "2 dollars in 50 cities"]
)
def test_two_measures(text: str) -> None:
    assert all(not fact.parts for fact in numbers(text, "en"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("350 fahrenheit", "175 celsius"), ("350 fahrenheit", "180 celsius"),
        ("400 fahrenheit", "200 celsius"),
        ("325 fahrenheit", "160 celsius"), ("2000 fahrenheit", "1100 celsius"),
        ("18 fahrenheit", "10 celsius"),
        ("2.7 fahrenheit", "1.5 celsius"), ("100 fahrenheit", "38 degree"), ("33 mile", "53 kilometer"),
        ("45 mile", "70 kilometer"), ("25000 acre", "10000 hectare"), ("74 inch", "188 centimeter"),
        ("6 foot", "2 meter"), ("14 day", "2 week"), ("18 month", "1.5 year"), ("90 minute", "1.5 hour"),
        ("1 month", "30 day"), ("50 cent", "0.5 USD"), ("60 mile-per-hour", "100 kilometer-per-hour"),
    ],
)  # fmt: skip
def test_converted(one: str, other: str) -> None:
    assert same_measure(*one.split(), *other.split())
    assert same_measure(*other.split(), *one.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("350 fahrenheit", "165 celsius"), ("350 fahrenheit", "275 celsius"), ("45 mile", "90 kilometer"),
        ("33 mile", "57 kilometer"), ("20 mile", "36 kilometer"), ("14 day", "3 week"), ("1 month", "4 week"),
        ("6 month", "1.5 year"), ("100 minute", "1.5 hour"), ("50 cent", "5 USD"),
        ("74 inch", "180 centimeter"),
    ],
)  # fmt: skip
def test_not_converted(one: str, other: str) -> None:
    assert not same_measure(*one.split(), *other.split())
    assert not same_measure(*other.split(), *one.split())


def test_points_are_no_per_cent() -> None:
    assert not units_agree("percent", "percent-point")
    assert units_agree("", "percent-point")
    (fact,) = numbers("2 %-yksikköä", "fi")
    assert fact.unit == "", "a sign in a compound may be of points"
