"""Dates, weekdays, periods and times in every first-class language, and what only looks like them."""

from __future__ import annotations

import datetime
import time

import pytest
from babel.dates import format_date, format_time
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.facts.dates import conflict, dates
from mlcheck.facts.fact import Fact, Value
from mlcheck.facts.tables import FIRST_CLASS

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
LANGUAGES = st.sampled_from(FIRST_CLASS)


def said(text: str, language: str) -> list[tuple[str, str, Value]]:
    """Kind, text and likeliest value of the strong facts."""
    return [(fact.kind, fact.text, fact.value) for fact in dates(text, language) if not fact.weak]


def values(text: str, language: str, kind: str) -> list[Value]:
    return [fact.value for fact in dates(text, language) if fact.kind == kind]


# Silent ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "30 February and 31.04.2024, 32.13.2024, 2023-02-29"),
        ("en", "They won 3:1 and 10:2, and then 27:37, in 3.5 hours."),
        ("en", "You may march in the august company; it may sit in the sun, and they wed."),
        ("en", "Version 1.2.3, section 4.5.6.7, 1,234,567 and 12/34"),
        ("en", "The flight takes 5 hours and 20 minutes."),
        ("en", "Louis XIV and Henry VIII"),
        ("ru", "Он был первым в мире и вторым в истории, Людовик XIV."),
        ("az", "Müqəddəs Martin kilsəsi və 1990-cı ildə bazarda"),
        ("tr", "Peter Martin ve Martin'in 3 ara dönemi"),
        ("de", "Der Mais, so die Firma, di und mo; 3,5 Stunden"),
        ("fr", "mais les mers, et trente ans, 28 février 2023 bis 30 février"),
        ("es", "el mar, el sol y la mar; 30 de febrero"),
        ("it", "le set, il mar; 31 aprile"),
        ("zh", "一周一次，四周一片，3个月，5小时，一点建议，四月饼，农历四月初八"),
        ("ja", "5時間、三か月、3時代"),
        ("ar", "أحد الرجال و ٣٠ فبراير"),
        ("pl", "Ala ma kota"),
        ("xx", "nothing at all"),
    ],
)
def test_no_strong_fact(language: str, text: str) -> None:
    found = [fact for fact in said(text, language) if fact[1] != "28 février 2023"]
    assert found == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "May said so"),
        ("en", "March on Washington"),
        ("en", "Saturday Night Live"),
        ("en", "the Mail on Sunday"),
        ("en", "Black Friday"),
        ("en", "10:40"),
        ("en", "the nineties"),
        ("en", "yesterday at noon"),
        ("tr", "pazara gitti"),
        ("az", "bazar"),
        ("ru", "окружающая среда"),
        ("ru", "площадь Октябрьская"),
        ("uk", "лютий мороз"),
        ("es", "Julio Iglesias"),
        ("ru", "Марта сказала"),
        ("fr", "Mars est loin"),
        ("zh", "3点建议"),
        ("fr", "14 h de marche"),
    ],
)
def test_weak(language: str, text: str) -> None:
    found = dates(text, language)
    assert found
    assert all(fact.weak for fact in found)


# Found -------------------------------------------------------------------------------------------

DATES = [
    ("en", "April 28", ("", "4", "28")),
    ("en", "28 April", ("", "4", "28")),
    ("en", "April 28, 2024", ("2024", "4", "28")),
    ("en", "28th of April", ("", "4", "28")),
    ("en", "29 February", ("", "2", "29")),
    ("en", "in May", ("", "5", "")),
    ("en", "mid-May", ("", "5", "")),
    ("en", "May 2018", ("2018", "5", "")),
    ("en", "Sept. 3", ("", "9", "3")),
    ("en", "04/28/2024", ("2024", "4", "28")),
    ("en", "28/04/2024", ("2024", "4", "28")),
    ("en", "2024-04-28", ("2024", "4", "28")),
    ("en", "2024-04-28T22:40:00Z", ("2024", "4", "28")),
    ("ru", "28 апреля", ("", "4", "28")),
    ("ru", "28-го апреля 2024 г.", ("2024", "4", "28")),
    ("ru", "апрелем", ("", "4", "")),
    ("ru", "июньское падение", ("", "6", "")),
    ("ru", "28.04.2024", ("2024", "4", "28")),
    ("az", "28 Aprel", ("", "4", "28")),
    ("az", "aprelin 28-də", ("", "4", "28")),
    ("az", "2024-cü il aprelin 28-də", ("2024", "4", "28")),
    ("az", "2024-cü ilin aprelində", ("2024", "4", "")),
    ("az", "İYUL ayında", ("", "7", "")),
    ("tr", "28 Nisan 2024", ("2024", "4", "28")),
    ("tr", "nisanda", ("", "4", "")),
    ("tr", "Kasım'da", ("", "11", "")),
    ("tr", "Nisan'ın 28'inde", ("", "4", "28")),
    ("tr", "ARALIK ayında", ("", "12", "")),
    ("de", "28. April 2024", ("2024", "4", "28")),
    ("de", "im Mai", ("", "5", "")),
    ("fr", "lundi 28 avril", ("", "4", "28")),
    ("fr", "1er août", ("", "8", "1")),
    ("fr", "FÉVRIER 2020", ("2020", "2", "")),
    ("es", "28 de abril de 2024", ("2024", "4", "28")),
    ("it", "1º maggio", ("", "5", "1")),
    ("uk", "28 квітня 2024 року", ("2024", "4", "28")),
    ("zh", "4月28日", ("", "4", "28")),
    ("zh", "4月28號", ("", "4", "28")),
    ("zh", "二〇二四年十二月", ("2024", "12", "")),
    ("ja", "令和6年4月28日", ("2024", "4", "28")),
    ("ar", "٢٨ أبريل", ("", "4", "28")),
    ("ar", "28 نيسان 2024", ("2024", "4", "28")),
    ("ar", "كانون الثاني/يناير 2024", ("2024", "1", "")),
    ("ar", "نيسان (أبريل) 2024", ("2024", "4", "")),
    ("en", "4 July 1776", ("1776", "7", "4")),
    ("pl", "28 kwietnia 2024", ("2024", "4", "28")),
]


@pytest.mark.parametrize(("language", "text", "value"), DATES)
def test_a_date(language: str, text: str, value: Value) -> None:
    found = [fact for fact in dates(text, language) if fact.kind == "date"]
    assert [(fact.value, fact.weak) for fact in found] == [(value, False)]


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "April 28-30, 2024", ["28", "30"]),
        ("en", "28 and 30 April", ["28", "30"]),
        ("ru", "26–28 апреля", ["26", "28"]),
        ("de", "vom 3. bis 5. Mai", ["3", "5"]),
        ("fr", "du 3 au 5 mai", ["3", "5"]),
        ("zh", "4月28日至30日", ["28", "30"]),
        ("ja", "4月28、30日", ["28", "30"]),
        ("en", "May 5-June 7", ["5", "7"]),
        ("az", "aprelin 28-dən 30-dək", ["28", "30"]),
        ("az", "noyabrın 11-22-də", ["11", "22"]),
        ("tr", "ocak ayının 5'inde", ["5"]),
    ],
)
def test_days_of_one_month(language: str, text: str, days: list[str]) -> None:
    assert [value[2] for value in values(text, language, "date")] == days


def test_an_ambiguous_date_has_both_readings_the_likelier_first() -> None:
    (american,), (french,) = dates("04/05/2024", "en"), dates("04/05/2024", "fr")
    assert american.readings == (("2024", "4", "5"), ("2024", "5", "4"))
    assert french.readings == american.readings[::-1]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "on Sunday", "7"),
        ("en", "Monday night", "1"),
        ("ru", "в понедельник", "1"),
        ("ru", "до понедельника", "1"),
        ("ru", "в среду", "3"),
        ("az", "bazar ertəsi", "1"),
        ("az", "bazar günü", "7"),
        ("az", "çərşənbə axşamı", "2"),
        ("az", "çərşənbə", "3"),
        ("az", "cümə axşamı", "4"),
        ("az", "cümə", "5"),
        ("tr", "Pazartesi günü", "1"),
        ("tr", "Pazar günü", "7"),
        ("tr", "SALI", "2"),
        ("de", "am Montag", "1"),
        ("de", "Freitagabend", "5"),
        ("de", "Sonnabend", "6"),
        ("fr", "lundi", "1"),
        ("es", "el lunes", "1"),
        ("es", "miércoles", "3"),
        ("it", "lunedì", "1"),
        ("uk", "у понеділок", "1"),
        ("uk", "п’ятниці", "5"),
        ("zh", "周一", "1"),
        ("zh", "星期天", "7"),
        ("zh", "礼拜三", "3"),
        ("ja", "月曜日", "1"),
        ("ar", "يوم الاثنين", "1"),
        ("ar", "والإثنين", "1"),
        ("pl", "niedziela", "7"),
        ("ru", "субботняя игра", "6"),
        ("ru", "вторничное заседание", "2"),
        ("uk", "вівторкове засідання", "2"),
    ],
)
def test_a_weekday(language: str, text: str, day: str) -> None:
    assert said(text, language)[0][::2] == ("weekday", (day,))
    assert len(dates(text, language)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Sun, April 28"), ("ru", "28.04.2024 (вс)"), ("de", "So., 28. April"), ("ja", "4月28日（日）")],
)
def test_a_short_weekday_beside_a_date(language: str, text: str) -> None:
    assert ("7",) in [value for kind, _, value in said(text, language) if kind == "weekday"]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "the 1990s", ("decade", "1990")),
        ("en", "19th century", ("century", "19")),
        ("en", "nineteenth-century", ("century", "19")),
        ("en", "the 1800s", ("century", "19")),
        ("ru", "в 1990-х годах", ("decade", "1990")),
        ("ru", "XIX веке", ("century", "19")),
        ("ru", "ХХ в.", ("century", "20")),
        ("az", "1990-cı illərdə", ("decade", "1990")),
        ("az", "XIX əsr", ("century", "19")),
        ("tr", "1990'larda", ("decade", "1990")),
        ("tr", "19. yüzyılda", ("century", "19")),
        ("de", "1990er Jahre", ("decade", "1990")),
        ("de", "19. Jahrhundert", ("century", "19")),
        ("fr", "années 1990", ("decade", "1990")),
        ("fr", "XIXe siècle", ("century", "19")),
        ("es", "siglo XIX", ("century", "19")),
        ("it", "XIX secolo", ("century", "19")),
        ("uk", "XIX століття", ("century", "19")),
        ("zh", "1990年代", ("decade", "1990")),
        ("zh", "20世纪80年代", ("decade", "1980")),
        ("zh", "19世纪", ("century", "19")),
        ("ja", "19世紀", ("century", "19")),
        ("ar", "القرن التاسع عشر", ("century", "19")),
    ],
)
def test_a_period(language: str, text: str, value: Value) -> None:
    assert [fact[::2] for fact in said(text, language)] == [("period", value)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the '90s"),
        ("ru", "90-е"),
        ("fr", "années quatre-vingt-dix"),
        ("es", "años noventa"),
        ("it", "anni '90"),
        ("de", "die 90er"),
        ("zh", "90年代"),
    ],
)
def test_a_decade_of_two_digits_is_weak(language: str, text: str) -> None:
    (fact,) = dates(text, language)
    assert (fact.value, fact.weak) == (("decade", "1990"), True)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "10:40 pm", ("22", "40", "")),
        ("en", "5 p.m.", ("17", "0", "")),
        ("en", "12am", ("0", "0", "")),
        ("en", "at 22:40 UTC+04:00", ("22", "40", "240")),
        ("en", "22:40 (UTC -05:30)", ("22", "40", "-330")),
        ("en", "22:40 EST", ("22", "40", "-300")),
        ("en", "0300 GMT", ("3", "0", "0")),
        ("ru", "17:30 мск", ("17", "30", "180")),
        ("ru", "5 часов вечера", ("17", "0", "")),
        ("az", "saat 17:00", ("17", "0", "")),
        ("tr", "saat 17.30'da", ("17", "30", "")),
        ("de", "10.40 Uhr", ("10", "40", "")),
        ("de", "17 Uhr", ("17", "0", "")),
        ("fr", "17h30", ("17", "30", "")),
        ("es", "a las 17:30", ("17", "30", "")),
        ("it", "alle 17.30", ("17", "30", "")),
        ("zh", "下午5点", ("17", "0", "")),
        ("zh", "下午二点", ("14", "0", "")),
        ("ja", "午後5時", ("17", "0", "")),
        ("ar", "الساعة 5 مساءً", ("17", "0", "")),
    ],
)
def test_a_time(language: str, text: str, value: Value) -> None:
    assert [fact[::2] for fact in said(text, language)] == [("time", value)]


def test_the_half_of_the_day_is_open_where_nothing_says_it() -> None:
    (fact,) = dates("at 3:30", "en")
    assert fact.readings == (("3", "30", ""), ("15", "30", ""))


# Weekday against date ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sunday, April 28, 2024"),
        ("en", "Monday, April 28"),
        ("en", "until Monday and 28 April 2024"),
        ("en", "28 April 2024, Saturday, 4 May 2024"),
        ("zh", "2024年4月28日星期日"),
    ],
)
def test_no_conflict(language: str, text: str) -> None:
    assert conflict(dates(text, language)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Monday, April 28, 2024"),
        ("ru", "понедельник, 28 апреля 2024 года"),
        ("tr", "28 Nisan 2024 Pazartesi"),
        ("zh", "2024年4月28日星期一"),
    ],
)
def test_conflict(language: str, text: str) -> None:
    ((date, weekday),) = conflict(dates(text, language))
    assert (date.value, weekday.value) == (("2024", "4", "28"), ("1",))


# Properties ---------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(DAYS, LANGUAGES, st.sampled_from(["medium", "long", "full"]))
def test_what_babel_writes_is_read(day: datetime.date, language: str, width: str) -> None:
    text = format_date(day, format=width, locale=language)  # type: ignore[arg-type]
    assert values(text, language, "date") == [(str(day.year), str(day.month), str(day.day))]
    weekday = [(str(day.isoweekday()),)] if width == "full" else []
    assert values(text, language, "weekday") == weekday
    assert conflict(dates(text, language)) == []


@settings(max_examples=100, deadline=None)
@given(DAYS, LANGUAGES)
def test_arabic_digits_are_digits(day: datetime.date, language: str) -> None:
    text = format_date(day, format="long", locale=language)
    shaped = text.translate({ord("0") + k: 0x660 + k for k in range(10)})
    assert values(shaped, language, "date") == values(text, language, "date")


@settings(max_examples=300, deadline=None)
@given(st.times(), LANGUAGES, st.sampled_from(["short", "medium"]))
def test_the_times_babel_writes_are_read(moment: datetime.time, language: str, width: str) -> None:
    text = format_time(moment, format=width, locale=language)  # type: ignore[arg-type]
    (fact,) = [fact for fact in dates(text, language) if fact.kind == "time"]
    assert (str(moment.hour), str(moment.minute), "") in fact.readings


@settings(max_examples=200, deadline=None)
@given(LANGUAGES, st.integers(1, 12), st.integers(1, 12))
def test_an_exchanged_month_is_seen(language: str, one: int, two: int) -> None:
    first, second = (
        values(format_date(datetime.date(2024, m, 5), "long", language), language, "date") for m in (one, two)
    )
    assert (first == second) == (one == two)


def check(facts: list[Fact], text: str) -> None:
    for fact in facts:
        assert text[fact.span.start : fact.span.end] == fact.text != ""
        assert fact.readings
        assert len(set(fact.readings)) == len(fact.readings)


PIECES = st.sampled_from(
    [
        "28",
        "29",
        ".",
        ",",
        "-",
        "/",
        "'",
        ":",
        "2024",
        "April",
        "May",
        "mon",
        "Пн",
        "мая",
        "пятницу",
        "года",
        "в",
        "aprelin",
        "də",
        "10:40",
        "pm",
        "UTC",
        "+",
        "月",
        "日",
        "年",
        "4",
        "十",
        "周",
        "一",
        "午後",
        "siglo",
        "XIX",
        "er",
        "s",
        "'90s",
        "“",
        "th",
        "of",
        "de",
        "30",
        "February",
        "نيسان",
        "٢٨",
        "الأحد",
        "\u200f",
        "Uhr",
        "h",
        "İ",
        "ı",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=20), st.sampled_from(["", " "]), LANGUAGES)
def test_spans_hold_whatever_stands_together(pieces: list[str], between: str, language: str) -> None:
    text = between.join(pieces)
    check(dates(text, language), text)


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=60), st.one_of(LANGUAGES, st.sampled_from(["", "x", "zh-Hant-TW", "../a", "ko", "root"]))
)
def test_any_text_in_any_language(text: str, language: str) -> None:
    check(dates(text, language), text)
    conflict(dates(text, language))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["1", "1.", "1:", "28 ", "28-", "April ", "April 28 ", "Mon ", "一", "4月", "年", "周一", "a", "1990",
     "XIX ",
     "“", "'", "28 April, ", "1/1/", "ı", "٢"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh", "tr", "de"])
def test_hostile_text_takes_linear_time(unit: str, language: str) -> None:
    text = unit * (20_000 // len(unit))
    start = time.process_time()
    check(dates(text, language), text)
    assert time.process_time() - start < 3
