"""Units of numbers: which measure the same thing, and how to convert them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import cache

__all__ = [
    "CURRENCIES",
    "MEASURES",
    "SYMBOLS",
    "cldr_currencies",
    "cldr_measures",
    "convert",
    "same_measure",
    "unit_class",
    "units_agree",
]

_MEASURES = """
kilometer meter 1000; meter meter 1; centimeter meter .01; millimeter meter .001; mile meter 1609.344
nautical-mile meter 1852; yard meter .9144; foot meter .3048; inch meter .0254
kilogram kilogram 1; gram kilogram .001; milligram kilogram .000001; tonne kilogram 1000
ton kilogram 907.18474; pound kilogram .45359237; ounce kilogram .028349523125; stone kilogram 6.35029318
square-kilometer square-meter 1000000; square-meter square-meter 1; square-mile square-meter 2589988.110336
square-foot square-meter .09290304; hectare square-meter 10000; acre square-meter 4046.8564224
liter liter 1; milliliter liter .001; cubic-meter liter 1000; cubic-kilometer liter 1000000000000
cubic-foot liter 28.316846592; gallon liter 3.785411784; barrel liter 158.987294928; pint liter .473176473
kilometer-per-hour kilometer-per-hour 1; mile-per-hour kilometer-per-hour 1.609344
meter-per-second kilometer-per-hour 3.6; knot kilometer-per-hour 1.852
second minute .0166666666666666666667; minute minute 1; hour minute 60; day minute 1440; week minute 10080
month minute 43829.0625; year minute 525948.75
percent-point percent-point 1; basis-point percent-point .01
"""

MEASURES: Mapping[str, tuple[str, Decimal]] = {
    name: (base, Decimal(factor))
    for name, base, factor in (
        entry.split() for line in _MEASURES.strip().split("\n") for entry in line.split(";")
    )
}
"""CLDR unit: the unit that all of its kind are converted to, and how many of those it is."""

SYMBOLS: Mapping[str, str] = {
    "km": "kilometer", "m": "meter", "cm": "centimeter", "mm": "millimeter", "mi": "mile", "ft": "foot",
    "kg": "kilogram", "g": "gram", "mg": "milligram", "lb": "pound", "lbs": "pound", "oz": "ounce",
    "km²": "square-kilometer", "m²": "square-meter", "km2": "square-kilometer", "m2": "square-meter",
    "m³": "cubic-meter", "m3": "cubic-meter", "ha": "hectare", "l": "liter", "ml": "milliliter",
    "km/h": "kilometer-per-hour", "kmh": "kilometer-per-hour", "km h": "kilometer-per-hour",
    "kph": "kilometer-per-hour", "mph": "mile-per-hour", "m/s": "meter-per-second",
    "° c": "celsius", "℃": "celsius", "° f": "fahrenheit", "℉": "fahrenheit",
}  # fmt: skip
"""Symbols that are the same in all languages in Latin script, in lower case. `in` is not among
them: it is a word of too many languages."""

CURRENCIES = tuple(
    (form, unit)
    for unit, written in {
        "USD": "$, us $, usd, ﹩",
        "AUD": "a $, au $, aud",
        "CAD": "c $, ca $, cad",
        "HKD": "hk $, hkd",
        "NZD": "nz $, nzd",
        "SGD": "s $, sgd",
        "TWD": "nt $, twd",
        "BRL": "r $, brl",
        "EUR": "€, eur",
        "GBP": "£, gbp",
        "JPY": "jp ¥, jpy",
        "CNY": "¥, cn ¥, rmb, cny",
        "INR": "₹, inr, rs",
        "RUB": "₽, rub",
        "UAH": "₴, uah",
        "TRY": "₺, try, tl",
        "AZN": "₼, azn",
        "KZT": "₸, kzt",
        "KRW": "₩, krw",
        "ILS": "₪, ils",
        "CHF": "chf",
        "PLN": "pln",
        "GEL": "₾, gel",
    }.items()
    for form in written.split(", ")
)
"""Symbols and codes of currencies in lower case, as a text is cut, with their ISO 4217 codes."""

_CLASSES = {
    "dollar": ("USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "BRL"),
    "yuan": ("CNY", "JPY"),  # both write ¥
    "pound": ("pound", "GBP", "EGP", "LBP", "SYP"),  # money or a weight
    "ton": ("ton", "tonne"),
    "mile": ("mile", "mile-per-hour"),  # "at 85 miles", the hour being said elsewhere
    "kilometer": ("kilometer", "kilometer-per-hour"),
    "": ("degree",),
}
_CLASS_OF = {unit: known for known, units in _CLASSES.items() for unit in units}


def convert(value: str, unit: str) -> tuple[str, Decimal] | None:
    """A measure in the base unit of its kind, or None where `unit` is no measure or `value` no
    number. Bases are meter, kilogram, square-meter, liter, kilometer-per-hour, minute, percent-point and
    celsius, of which plain degrees are taken to be.

    `value` is as in a fact of kind `number`: a plain decimal or a fraction such as `1/3`. Gallons
    and pints are those of the United States, tons that are not metric the short ones: compare with
    a tolerance, since texts round what they convert.
    """
    with localcontext() as context:
        context.prec = 28
        try:
            over, _, under = value.partition("/")
            amount = Decimal(over) / Decimal(under or 1)
        except (InvalidOperation, ZeroDivisionError):
            return None
        if not amount.is_finite():
            return None
        if unit in ("celsius", "degree"):
            return "celsius", amount
        if unit == "fahrenheit":
            return "celsius", (amount - 32) * 5 / 9
        if unit not in MEASURES:
            return None
        base, factor = MEASURES[unit]
        return base, amount * factor


def unit_class(unit: str) -> str:
    """The unit as far as it tells units apart; empty where it does not.

    Bare dollars have the unit `USD` and may be any country's; a ton may be metric; plain degrees are of
    either scale. Percentage points are no per cent: a rate of 9 % that rises by 2 % is 9.18 %.
    """
    return _CLASS_OF.get(unit, unit)


def units_agree(one: str, other: str) -> bool:
    """May two facts' units be the same thing said differently?

    A unit that is not said agrees with every other: "it cost 5 million" may stand for "$5 million".
    """
    return not unit_class(one) or not unit_class(other) or unit_class(one) == unit_class(other)


_MOST, _LEAST = Decimal("0.1"), Decimal("0.02")
"""Shares by which two measures may differ of which one is converted from the other: never more than the
first (six feet are "two metres" in print, 9 %; "20 miles" for "36 km" is an error), and always the second,
as texts convert by 1.6, 2.2 and 30 cm."""
_CALENDAR = Decimal("0.05")
"""The same of months and years in days or weeks: a month has 28 to 31 days, and is "four weeks" to nobody."""
_ROUND_DEGREES = Decimal(5)
"""Half the ten to which cooks round degrees, at most."""
_SHORT = 6
"""Digits beyond which nobody rounds to fives."""


def same_measure(value: str, unit: str, other: str, other_unit: str) -> bool:
    """Are two measures in different units the same one, within the precision that both show?

    `25,000` may be anything from 24,500 to 25,500 and `188` from 187.5 to 188.5, so that 33 miles are 53 km
    and not 57. Durations are exact, but for months and years. Bare degrees (`degree`) are Celsius or
    Fahrenheit, whichever fits, and a temperature may be a difference of two: 18 °F more are 10 °C more. False
    for equal units: rounding is no excuse there.
    """
    if unit == other_unit and unit != "degree":
        return False
    if "cent" in (unit, other_unit):
        return _is_in_cents(value, unit, other, other_unit)
    for one in ("celsius", "fahrenheit") if unit == "degree" else (unit,):
        for two in ("celsius", "fahrenheit") if other_unit == "degree" else (other_unit,):
            if one == two:
                continue
            left, right = convert(value, one), convert(other, two)
            if left is None or right is None or left[0] != right[0]:
                continue
            if left[0] == "celsius":
                found = _same_temperature(value, one, other, two)
            else:
                limit = _limit(value, one, other, two, max(abs(left[1]), abs(right[1])))
                found = abs(left[1] - right[1]) <= limit
            if found:
                return True
    return False


def _limit(value: str, unit: str, other: str, other_unit: str, larger: Decimal) -> Decimal:
    """How far apart two measures may be, in the base unit of their kind."""
    base, factor = MEASURES[unit]
    other_factor = MEASURES[other_unit][1]
    if base == "minute":
        return larger * (
            _CALENDAR if ("month" in (unit, other_unit)) != ("year" in (unit, other_unit)) else _EXACT
        )
    shown = _half_step(value) * factor + _half_step(other) * other_factor
    return min(_MOST * larger, max(_LEAST * larger, shown))


_EXACT = Decimal("0.001")


def _half_step(value: str) -> Decimal:
    """Half of what a number is rounded to by its looks: 10 of `190`, 5 of `65`, 1 of `188`, .1 of `42.2`."""
    if "/" in value:
        return Decimal(0)
    whole, _, after = value.lstrip("-").partition(".")
    if after:
        return Decimal(1).scaleb(-len(after)) / 2
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    step = Decimal(1).scaleb(zeros)
    fives = whole.rstrip("0").endswith("5") and len(whole) < _SHORT and len(whole.rstrip("0")) > 1
    return step * 5 / 2 if fives else step / 2


def _same_temperature(value: str, unit: str, other: str, other_unit: str) -> bool:
    """The same temperature, or the same difference of two. `unit` and `other_unit` are the two scales."""
    fahrenheit, celsius = (value, other) if unit == "fahrenheit" else (other, value)
    absolute = convert(fahrenheit, "fahrenheit"), convert(celsius, "celsius")
    if absolute[0] is None or absolute[1] is None:
        return False
    warm, cold = absolute[0][1], absolute[1][1]
    shown = [_half_step(fahrenheit) * 5 / 9, _half_step(celsius)]
    most = max(_ROUND_DEGREES, abs(cold) / 50)
    if abs(warm - cold) <= max(Decimal("0.6"), sum(min(half, most) for half in shown)):
        return True
    # The 32 degrees between the zeros count for nothing in a difference.
    tight = max(Decimal("0.06"), min(shown))
    return abs(warm + Decimal(160) / 9 - cold) <= tight


def _is_in_cents(value: str, unit: str, other: str, other_unit: str) -> bool:
    """Fifty cents are half a dollar, whoever's."""
    cents, (whole, currency) = (value, (other, other_unit)) if unit == "cent" else (other, (value, unit))
    return currency.isupper() and Fraction(cents) == 100 * Fraction(whole)


@cache
def cldr_currencies(language: str) -> tuple[tuple[str, str], ...]:
    """Names and symbols of currencies in a language, as CLDR has them, with their ISO 4217 codes."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale(language)
    except (UnknownLocaleError, ValueError):
        return ()
    found = [(name, code) for code, name in locale.currencies.items()]
    plurals: Mapping[str, Mapping[str, str]] = locale._data["currency_names_plural"]
    found += [(name, code) for code in plurals for name in plurals[code].values()]
    found += [(symbol, code) for code, symbol in locale.currency_symbols.items() if symbol != code]
    return tuple((name, code) for name, code in found if len(code) == 3)


@cache
def cldr_measures(language: str) -> tuple[tuple[str, str], ...]:
    """Long names of measures in a language, as CLDR has them, with the units' names."""
    from babel import Locale, UnknownLocaleError

    try:
        patterns = Locale(language)._data["unit_patterns"]
    except (UnknownLocaleError, ValueError):
        return ()
    found = []
    for key in sorted(patterns):
        unit = key.partition("-")[2].replace("metric-ton", "tonne")
        if unit in MEASURES or unit in {"celsius", "fahrenheit"}:
            # `per` and the like are no plural forms.
            forms = patterns[key].get("long", {})
            found += [
                (forms[plural].replace("{0}", "").strip(), unit)
                for plural in ("zero", "one", "two", "few", "many", "other")
                if isinstance(forms.get(plural), str)
            ]
    return tuple((name, unit) for name, unit in found if name)
