"""Numbers as facts: what is none first, then each way of writing one, then laws that hold for all."""

from __future__ import annotations

import itertools
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.data import Span
from mlcheck.facts.fact import Fact
from mlcheck.facts.numbers import convert, numbers, same_measure, small_han, units_agree
from mlcheck.facts.roman import roman_value
from mlcheck.facts.tables import FIRST_CLASS


def values(text: str, language: str) -> list[str]:
    """The likeliest readings of the strong numbers of a text."""
    return [fact.value[0] for fact in numbers(text, language) if not fact.weak]


def weak(text: str, language: str) -> list[str]:
    return [fact.value[0] for fact in numbers(text, language) if fact.weak]


def readings(fact: Fact) -> set[str]:
    return {value for (value,) in fact.readings}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No number stands here, and anyone can see it."),
        ("en", "COP29 and the G20 met; the F-16, the A320 and Covid-19 were on the agenda."),
        ("en", "He wrote to a.b2@example3.org, see https://example.org/2024/05/7?id=12 and #top10."),
        ("en", "Call 0800 555 111 or +994 12 555 55 55."),
        ("en", "Version 1.2.3 was replaced by 10.0.19045.4291."),
        ("en", "He was the first to come second, a quarter of the time."),
        ("en", "One of those hundreds of thousands said no one knew."),
        ("en", "Serial 123456789012345678901234567890"),
        ("ru", "Семью ждали дома; первый из них пришёл один раз, оба молчали."),
        ("ru", "«Северный поток-2» и «Ил-76»"),
        ("ru", "В последние десятилетия и столетия сотни людей"),
        ("de", "Ein einseitiger, einfacher Erfolg; die erste Hälfte und beide Seiten."),
        ("de", "Eintracht, Dreistigkeit, Achtung, Elfenbein, Zweifel und Vieh"),
        ("fr", "Un neuf, une moitié, le premier tiers, des milliers."),
        ("es", "Un hombre y una mujer, miles de veces, la mitad."),
        ("it", "Tu sei un amico, uno dei migliori; la prima metà."),
        ("tr", "Bir adam onu, ona ve onlara altında sordu; yüzü güldü, yarısı ilk geldi."),
        ("az", "Bir adam onu, ona və onlar üçün soruşdu; onun üzü güldü."),
        ("zh", "一些人十分高兴，万一四处奔走，第一次统一，三三两两，千万不要。"),
        ("zh", "数百人和几千人一起来了"),
        ("ja", "一方、一緒に十分な時間がある。二度と"),
        ("ar", "أول رجل واحد من مئات الآلاف"),
    ],
)
def test_silent(language: str, text: str) -> None:
    assert values(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1,500 and 1.5 and 1,234,567.89 and 12,34,567", "1500 1.5 1234567.89 1234567"),
        ("en", "1.5 million, 1.5m, 1.5M, $1.5bn, $50k", "1500000 1500000 1500000 1500000000 50000"),
        ("en", "twenty-five, two hundred and fifty thousand, nineteen hundred", "25 250000 1900"),
        ("en", "half a million, two thirds, 2½, two and a half million, 3/4", "500000 2/3 2.5 2500000 0.75"),
        ("en", "5 lakh, 2 crore, 5 thousand, 5 hundred", "500000 20000000 5000 500"),
        ("en", "the 20-year-old came 21st, 3rd and 100th; Boeing 737", "20 21 3 100 737"),
        ("en", "5-7, 5–7, from 5 to 7, 6-4 6-2, 3:1", "5 7 5 7 5 7 6 4 6 2 3 1"),
        ("en", "rooms 1,2,3", "1 2 3"),
        ("ru", "1,5 млн, 5 тыс., 2 млрд, 1 500, 10 000 000", "1500000 5000 2000000000 1500 10000000"),
        ("ru", "пять, пяти, пятью, двадцатью пятью, двумястами пятьюдесятью", "5 5 5 25 250"),
        ("ru", "полтора миллиона, полмиллиона, две трети, два с половиной", "1500000 500000 2/3 2.5"),
        ("ru", "двухлетний, пятилетнего, десятидневный, двадцатипятилетняя", "2 5 10 25"),
        ("ru", "5-летний, 10-й, 10-ти, 2-х", "5 10 10 2"),
        ("uk", "п'ять, п’ятьма, двадцять п'ять, п'ятирічний, 1,5 млн", "5 5 25 5 1500000"),
        ("de", "1.500; 1,5 Mio.; 2 Mrd.; fünfundzwanzig", "1500 1500000 2000000000 25"),
        ("de", "zweihundertfünfzigtausend, zweieinhalb Millionen", "250000 2500000"),
        ("de", "zweijährig, achtzehnjährige, der 20-Jährige, 100%ig", "2 18 20 100"),
        ("de", "anderthalb, eine halbe Million, zwei Drittel", "1.5 500000 2/3"),
        ("fr", "vingt-cinq, quatre-vingt-dix, soixante et onze, deux cent mille", "25 90 71 200000"),
        ("fr", "1,5 million, 100 000, 15e, un demi-million", "1500000 100000 15 500000"),
        ("es", "veintidós, treinta y cinco, doscientas mil, 5 mil millones", "22 35 200000 5000000000"),
        ("es", "dos millones y medio, medio millón", "2500000 500000"),
        ("it", "ventuno, ventidue, duecentocinquantamila, 1,5 miliardi", "21 22 250000 1500000000"),
        ("tr", "yirmi beş, on beşinde, iki yüz elli bin, 5 bin 300", "25 15 250000 5300"),
        ("tr", "iki buçuk milyon, üçte iki, 101'i, 1,5 milyar", "2500000 2/3 101 1500000000"),
        ("az", "on dörd, üç yüz iyirmi, əlli min, 100 minə, 2-ci, ikiillik", "14 320 50000 100000 2 2"),
        ("zh", "1.5万，110亿，3亿5000万，100多万，二十五", "15000 11000000000 350000000 1000000 25"),
        ("zh", "六名乘客，三分之二，二〇一八，30 万人，第 5 名", "6 2/3 2018 300000 5"),
        ("ja", "1億2000万、二十五人、3分の2、１２", "120000000 25 2/3 12"),
        ("ar", "٣٫٥ مليون، ١٬٥٠٠، خمسة وعشرون، مئتان وخمسون ألف", "3500000 1500 25 250000"),
        ("ar", "ثلاثة عشر، خمسة وسبعة، خمسة آلاف", "13 5 7 5000"),
        ("fr-CH", "1'500 et 1’500", "1500 1500"),
        ("pl", "1,5 i 1.500 oraz 12", "1.5 1500 12"),
        ("xx", "1.5 and 12", "1.5 12"),
    ],
)
def test_values(language: str, text: str, expected: str) -> None:
    assert values(text, language) == expected.split()


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "5 per cent", "percent"),
        ("en", "5 percentage points", "percent-point"),
        ("ru", "5 процентов", "percent"),
        ("ru", "5 процентных пунктов", "percent-point"),
        ("de", "5 Prozent", "percent"),
        ("de", "5 Prozentpunkte", "percent-point"),
        ("fr", "5 pour cent", "percent"),
        ("es", "5 por ciento", "percent"),
        ("it", "5 per cento", "percent"),
        ("uk", "5 відсотків", "percent"),
        ("tr", "yüzde 5", "percent"),
        ("tr", "%5", "percent"),
        ("az", "5 faiz", "percent"),
        ("zh", "百分之五", "percent"),
        ("zh", "5个百分点", "percent-point"),
        ("ja", "5パーセント", "percent"),
        ("ar", "5 بالمئة", "percent"),
        ("en", "$5", "USD"),
        ("en", "US$5", "USD"),
        ("en", "C$5", "CAD"),
        ("en", "5 euros", "EUR"),
        ("en", "£5", "GBP"),
        ("ru", "5 долларов США", "USD"),
        ("ru", "5 рублей", "RUB"),
        ("az", "5 manat", "AZN"),
        ("tr", "5 liralık", "TRY"),
        ("fr", "5 d’euros", "EUR"),
        ("zh", "5美元", "USD"),
        ("zh", "人民币5元", "CNY"),
        ("ja", "5円", "JPY"),
        ("en", "5 miles", "mile"),
        ("en", "5 miles per hour", "mile-per-hour"),
        ("en", "a 5-foot wall", "foot"),
        ("ru", "5 км/ч", "kilometer-per-hour"),
        ("ru", "пятиметровый", "meter"),
        ("de", "5 Quadratmeter", "square-meter"),
        ("tr", "5 kilometrelik", "kilometer"),
        ("zh", "5英里", "mile"),
        ("ar", "5 كيلومترات", "kilometer"),
        ("en", "5 days", "day"),
        ("en", "a 5-year plan", "year"),
        ("ru", "5 недель", "week"),
        ("ru", "пятью днями", "day"),
        ("uk", "5 місяців", "month"),
        ("de", "5 Jahre", "year"),
        ("it", "5 giorni", "day"),
        ("tr", "5 aylık", "month"),
        ("az", "5 il", "year"),
        ("zh", "5个月", "month"),
        ("ja", "5週間", "week"),
        ("ar", "5 أشهر", "month"),
        ("ru", "в 2005 г.", ""),
        ("en", "5 in the morning", ""),
    ],
)
def test_units(language: str, text: str, unit: str) -> None:
    assert [fact.unit for fact in numbers(text, language)] == [unit]
    assert readings(numbers(text, language)[0]) & {"5", "2005"}


def test_ambiguous_separators_have_both_readings_the_language_first() -> None:
    assert numbers("1.500", "de")[0].readings == (("1500",), ("1.5",))
    assert numbers("1.500", "en")[0].readings == (("1.5",), ("1500",))
    assert numbers("1,500", "en")[0].readings == (("1500",), ("1.5",))
    assert numbers("100,000", "en")[0].readings == (("100000",),)


def test_ranges_share_scale_and_unit() -> None:
    one, other = numbers("5-7 million euros", "en")
    assert readings(one) == {"5", "5000000"}
    assert readings(other) == {"7000000"}
    assert one.unit == other.unit == "EUR"
    year, short = numbers("2019-20", "en")
    assert (readings(year), readings(short)) == ({"2019"}, {"20", "2020"})


def test_decades_and_dozens_count() -> None:
    assert readings(numbers("the past two decades", "en")[0]) == {"2", "20"}
    assert readings(numbers("две дюжины", "ru")[0]) == {"2", "24"}
    assert numbers("for decades", "en")[0].weak


def test_signs_are_a_reading() -> None:
    assert numbers("\u22125 °C", "en")[0].readings == (("-5",), ("5",))
    assert readings(numbers("5 degrees below zero", "en")[0]) == {"5"}


def test_weak_numbers_are_there_to_stand_for_others() -> None:
    assert weak("both won twice", "en") == ["2", "2"]
    assert weak("twenty-first", "en") == ["21"]
    assert weak("вторая", "ru") == ["2"]
    assert weak("World War II", "en") == ["2"]
    assert weak("COP29", "en") == ["29"]


def test_taken_spans_are_left_out() -> None:
    text = "On April 28, 500 people met 12 times."
    assert values(text, "en") == ["28", "500", "12"]
    assert [f.value[0] for f in numbers(text, "en", [Span(3, 11)])] == ["500", "12"]
    assert numbers("\u200f٢٨ april", "ar", [Span(1, 3)]) == []


def test_spans_are_of_the_text_that_was_given() -> None:
    text = "Ещё «\u200b1\u00a0500\u00ad тысяч» и ２５"
    facts = numbers(text, "ru")
    assert [text[f.span.start : f.span.end] == f.text for f in facts] == [True, True]
    assert [f.value[0] for f in facts] == ["1500000", "25"]


@pytest.mark.parametrize(
    ("value", "unit", "base", "amount"),
    [
        ("5", "mile", "meter", "8046.72"),
        ("32", "fahrenheit", "celsius", "0"),
        ("1/2", "ton", "kilogram", "453.59237"),
        ("2", "acre", "square-meter", "8093.7128448"),
    ],
)
def test_convert(value: str, unit: str, base: str, amount: str) -> None:
    assert convert(value, unit) == (base, Decimal(amount))


def test_convert_refuses_what_is_no_measure() -> None:
    assert convert("5", "EUR") is None
    assert convert("5", "") is None
    assert convert("five", "mile") is None
    assert convert("1/0", "mile") is None


def test_measures_and_units_that_say_the_same() -> None:
    assert same_measure("5", "mile", "8", "kilometer")
    assert same_measure("80", "degree", "26", "degree")
    assert not same_measure("80", "degree", "40", "degree")
    assert not same_measure("385", "mile", "360", "kilometer")
    assert not same_measure("5", "mile", "5.1", "mile")
    assert not same_measure("5", "mile", "8", "kilogram")
    assert units_agree("USD", "CAD")
    assert units_agree("", "EUR")
    assert not units_agree("USD", "EUR")


LOCALES = {"ar": "ar_EG"} | {code: code for code in FIRST_CLASS if code != "ar"}
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)


@pytest.mark.parametrize("language", FIRST_CLASS)
@given(amount=AMOUNTS)
@settings(max_examples=40, deadline=None)
def test_what_babel_formats_is_read(language: str, amount: Decimal) -> None:
    locale = LOCALES[language]
    for system in ("latn", "default"):
        plain = f"x {format_decimal(amount, locale=locale, numbering_system=system)} x"
        assert [Fraction(f.value[0]) for f in numbers(plain, language)] == [Fraction(amount)]
        percent = format_percent(amount / 100, "#,##0.##%", locale=locale, numbering_system=system)
        (found,) = numbers(percent, language)
        assert (Fraction(found.value[0]), found.unit) == (Fraction(amount), "percent")


@pytest.mark.parametrize("language", FIRST_CLASS)
@given(amount=AMOUNTS, currency=st.sampled_from(["USD", "EUR", "GBP", "JPY", "RUB", "TRY", "AZN", "CNY"]))
@settings(max_examples=40, deadline=None)
def test_money_that_babel_formats_is_read(language: str, amount: Decimal, currency: str) -> None:
    for style in ("standard", "name"):
        text = format_currency(
            amount, currency, locale=LOCALES[language], currency_digits=False, format_type=style
        )
        facts = numbers(text, language)
        assert len(facts) == 1, text
        assert Fraction(amount) in {Fraction(value) for value in readings(facts[0])}, text
        assert units_agree(facts[0].unit, currency), text
        assert facts[0].unit, text


@pytest.mark.parametrize("language", FIRST_CLASS)
@pytest.mark.parametrize("style", ["short", "long"])
@given(digits=st.integers(1, 999), zeros=st.sampled_from([0, 3, 6, 9]))
@settings(max_examples=30, deadline=None)
def test_compact_numbers_that_babel_formats_are_read(
    language: str, style: str, digits: int, zeros: int
) -> None:
    if style == "long" and language in ("zh", "ja"):
        return  # CLDR has the short forms only
    amount = digits * 10**zeros
    text = format_compact_decimal(amount, format_type=style, locale=LOCALES[language], fraction_digits=3)
    (fact,) = numbers(text, language)
    assert str(amount) in readings(fact), text


@given(st.text(max_size=200), st.sampled_from([*FIRST_CLASS, "xx", ""]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text: str, language: str) -> None:
    facts = numbers(text, language)
    assert facts == sorted(facts, key=lambda fact: fact.span)
    for fact, after in itertools.pairwise(facts):
        assert fact.span.end <= after.span.start
    for fact in facts:
        assert fact.text == text[fact.span.start : fact.span.end] != ""
        assert all(Fraction(value) is not None and "e" not in value for (value,) in fact.readings)
        assert len(set(fact.readings)) == len(fact.readings) > 0


PIECES = st.lists(
    st.sampled_from(
        [*"0123456789.,-/ '%$€½十百万亿一二三第", "\u2212", "\u200d", "\u0660", "million", "and", "two",
         "hundred", "und", "zwei", "بالمئة", "و", " ", "пять", "тысяч", "yüzde", "@", "m", "K"]
    ),
    max_size=60,
)  # fmt: skip


@given(PIECES, st.sampled_from(FIRST_CLASS))
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_pieces_is_read(pieces: list[str], language: str) -> None:
    text = "".join(pieces)
    for fact in numbers(text, language):
        assert fact.text == text[fact.span.start : fact.span.end]
        assert all(len(value) < 80 for (value,) in fact.readings)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "de", "zh"])
@pytest.mark.parametrize(
    "piece",
    ["9", "1,", "1.", "1 000 ", "12 ", "5-", "5 million ", "@", "a@", "www.", "二", "百万", "1万", "+1 22 ",
     "zwei", "two hundred and ", "пять", "% ", "$", "\u200d1", "½", "#", "1/", "\u2212", "'", "m 5", "(0"],
)  # fmt: skip
def test_time_is_linear(language: str, piece: str) -> None:
    numbers("warm 1", language)
    small, large = piece * (2_000 // len(piece)), piece * (32_000 // len(piece))
    start = time.process_time()
    numbers(small, language)
    middle = time.process_time()
    numbers(large, language)
    end = time.process_time()
    # Sixteen times the text; a quadratic reader takes 256 times as long.
    assert end - middle < 100 * (middle - start) + 0.5


@pytest.mark.parametrize("language", ["de", "zh"])
@pytest.mark.parametrize("char", ["a", "7", "二", "İ", "\u0664", "\u200b"])
def test_a_million_of_one_character_are_no_number(char: str, language: str) -> None:
    numbers("warm 1", language)
    start = time.process_time()
    assert [fact.text for fact in numbers(f"5 {char * 1_000_000} 6", language)] == ["5", "6"]
    assert time.process_time() - start < 10


@pytest.mark.parametrize("unit", ["1 ", "5-7 ", "2019-20 ", "2019 "])
def test_many_numbers_take_seconds_at_most(unit: str) -> None:
    numbers("warm 1", "en")
    start = time.process_time()
    assert len(numbers(unit * (100_000 // len(unit)), "en")) >= 20_000
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("letters", "value"),
    [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XXII", 22), ("XXXIX", 39), ("IIII", None), ("VX", None),
     ("IC", None), ("ii", None), ("", None)],
)  # fmt: skip
def test_roman_numerals(letters: str, value: int | None) -> None:
    assert roman_value(letters) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("十", 10), ("十二", 12), ("三十", 30), ("二十九", 29), ("〇", 0), ("两", 2),
     ("二○二四", 2024),
     ("三四", None), ("十十", None), ("二三十", None), ("百", None), ("", None)],
)  # fmt: skip
def test_small_han_numerals(text: str, value: int | None) -> None:
    assert small_han(text) == value


# Languages whose words are CLDR's -------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "pl",
            "3,5 miliona dolarów, 350 tys. osób, 2 mld euro, 350 tysięcy",
            "3500000 350000 2000000000 350000",
        ),
        ("cs", "350 tisíc lidí, 3 mil. a 2 miliardy eur", "350000 3000000 2000000000"),
        ("nl", "3,5 miljoen dollar, 350.000, twaalf en tweehonderdvijftien", "3500000 350000 12 215"),
        ("da", "3,5 millioner, 2 mia. og 3 mio.", "3500000 2000000000 3000000"),
        ("sv", "3,5 miljoner, 2 miljarder", "3500000 2000000000"),
        ("fi", "3,5 miljoonaa, 350 tuhannella, kaksikymmentäviisi", "3500000 350000 25"),
        ("hu", "3,5 millió dollár, 2 milliárdot, huszonöt", "3500000 2000000000 25"),
        ("el", "3,5 εκατ. ευρώ, 2 δισεκατομμυρίων, 350 χιλιάδες", "3500000 2000000000 350000"),
        ("he", "3.5 מיליון דולר, 350 אלף", "3500000 350000"),
        ("fa", "۳٫۵ میلیون دلار، ۳۵۰ هزار نفر", "3500000 350000"),
        ("hy", "3,5 միլիոն դոլար, 350 հազար", "3500000 350000"),
        ("ka", "3,5 მილიონი, 350 ათასი, 5 ათასამდე", "3500000 350000 5000"),
        ("kk", "3,5 миллион, 350 мың, 350 мыңға", "3500000 350000 350000"),
        ("hi", "35 लाख रुपये, 2 करोड़, 1,50,000, 5 हजार", "3500000 20000000 150000 5000"),
        ("bn", "৩৫ লাখ টাকা, ৪২০ কোটি", "3500000 4200000000"),
        ("ta", "3.5 மில்லியன்", "3500000"),
        ("th", "3.5 ล้านดอลลาร์ 2 พันล้านยูโร 5 แสนคน", "3500000 2000000000 500000"),
        ("my", "၃.၅ သန်း", "3500000"),
        ("km", "3,5 លានដុល្លារ", "3500000"),
        ("vi", "3,5 triệu đô la, 350 ngàn, hai mươi mốt", "3500000 350000 21"),
        ("id", "3,5 juta dolar, 350 ribu, dua puluh lima", "3500000 350000 25"),
        ("pt", "3,5 milhões, 2 mil milhões, duzentos e vinte e um", "3500000 2000000000 221"),
        ("sw", "milioni 3.5", "3500000"),
        (
            "ko",
            "350만 명, 3천500만, 1조2천억 원, 1만 2500명, 다섯 명",
            "3500000 35000000 1200000000000 12500 5",
        ),
    ],
)
def test_languages_without_words_of_their_own(language: str, text: str, expected: str) -> None:
    assert values(text, language) == expected.split()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Năm ngoái ba tôi đến."),
        ("fa", "نه، این درست نیست."),
        ("hu", "A hét minden napján hat."),
        ("et", "Sel viisil ja sel kuul."),
        ("pt", "Um homem e uma mulher."),
        ("pl", "Jeden człowiek i jedna kobieta"),
        ("cs", "Jeden muž a dva psi"),
        ("kk", "Біз жүз көрдік"),
        ("sw", "elfu moja"),
    ],
)
def test_short_words_of_cldr_are_weak(language: str, text: str) -> None:
    assert values(text, language) == []


def test_any_word_after_digits_may_be_a_scale_where_none_is_known() -> None:
    (fact,) = numbers("3 מיליאָן", "yi")
    assert fact.value == ("3",)
    assert {"3000", "3000000", "300000", "30000"} <= readings(fact)
    (fact,) = numbers("3 miliony", "pl")
    assert readings(fact) == {"3000000"}


# Shares, amounts, compounds -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "percent"),
    [
        ("en", "one in five", "20"),
        ("en", "nine doctors out of ten", "90"),
        ("ru", "девять врачей из десяти", "90"),
        ("ru", "один из пяти", "20"),
        ("ru", "каждый третий", "33"),
        ("de", "neun von zehn Händlern", "90"),
        ("de", "jeder Fünfte", "20"),
        ("fr", "un Français sur cinq", "20"),
        ("es", "nueve de cada diez", "90"),
        ("ar", "واحد من كل خمسة", "20"),
        ("zh", "每5个人中就有1个", "20"),
        ("ja", "10人に9人", "90"),
        ("tr", "on kişiden dokuzu", "90"),
        ("pl", "dziewięciu na dziesięciu", "90"),
        ("en", "three quarters", "75"),
        ("ar", "ثلاثة أرباعها", "75"),
        ("zh", "十分之九", "90"),
    ],
)
def test_shares_are_percentages_too(language: str, text: str, percent: str) -> None:
    found = numbers(text, language)
    assert any(percent in readings(fact) for fact in found)
    assert len([fact for fact in found if not fact.weak]) <= 1 or language == "pl"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "two in three years"),
        ("en", "five in 2019"),
        ("en", "three of 14 hostages"),
        ("en", "2 out of 3 doses"),
        ("de", "2 von 3 Dosen"),
        ("ru", "пять из 20"),
    ],
)
def test_two_numbers_are_no_share(language: str, text: str) -> None:
    assert all(len(fact.readings) == 1 and not fact.weak for fact in numbers(text, language))


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("en", "half a year", "6", "month"),
        ("ru", "к полугоду", "6", "month"),
        ("uk", "півроку", "6", "month"),
        ("de", "ein halbes Jahr", "6", "month"),
        ("zh", "半年", "6", "month"),
        ("en", "a fortnight", "14", "day"),
        ("fr", "un quart d'heure", "15", "minute"),
        ("it", "mezz'ora", "30", "minute"),
        ("ar", "نصف ساعة", "30", "minute"),
        ("en", "his billion-dollar mistake", "1000000000", "USD"),
        ("en", "a million dollars", "1000000", "USD"),
    ],
)
def test_amounts_in_words(language: str, text: str, value: str, unit: str) -> None:
    assert [(f.value, f.unit, f.weak) for f in numbers(text, language)] == [((value,), unit, False)]


@pytest.mark.parametrize(
    "text", ["a multi-million-dollar deal", "millions of dollars", "several million euros"]
)
def test_scales_without_a_number_count_nothing(text: str) -> None:
    assert values(text, "en") == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "soixante-dixième", "70"),
        ("fr", "quatre-vingt-dixième", "90"),
        ("fr", "vingt et unième", "21"),
        ("ar", "التاسع والعشرين", "29"),
        ("ar", "الثاني عشر", "12"),
        ("zh", "2万3456", "23456"),
        ("ja", "1万2500人", "12500"),
        ("ja", "1億2千万円", "120000000"),
    ],
)
def test_compounds_are_one_number(language: str, text: str, value: str) -> None:
    assert [fact.value for fact in numbers(text, language)] == [(value,)]
