"""Units of numbers: which measure the same thing, and how to convert them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation, localcontext
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
minute minute 1; hour minute 60; day minute 1440; week minute 10080
month minute 43829.0625; year minute 525948.75
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
    "percent": ("percent", "percent-point"),
    "mile": ("mile", "mile-per-hour"),  # "at 85 miles", the hour being said elsewhere
    "kilometer": ("kilometer", "kilometer-per-hour"),
    "": ("degree",),
}
_CLASS_OF = {unit: known for known, units in _CLASSES.items() for unit in units}


def convert(value: str, unit: str) -> tuple[str, Decimal] | None:
    """A measure in the base unit of its kind, or None where `unit` is no measure or `value` no
    number. Bases are meter, kilogram, square-meter, liter, kilometer-per-hour, minute and celsius, of which
    plain degrees are taken to be.

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

    Bare dollars have the unit `USD` and may be any country's; a ton may be metric; percentage
    points are often called per cent; plain degrees are of either scale.
    """
    return _CLASS_OF.get(unit, unit)


def units_agree(one: str, other: str) -> bool:
    """May two facts' units be the same thing said differently?

    A unit that is not said agrees with every other: "it cost 5 million" may stand for "$5 million".
    """
    return not unit_class(one) or not unit_class(other) or unit_class(one) == unit_class(other)


ROUNDING = Decimal("0.1")
"""How far apart two measures may be of which one is converted from the other: six feet are "two
metres" in print (9 %). No more, or "20 miles" would pass for "36 km"."""


def same_measure(value: str, unit: str, other: str, other_unit: str) -> bool:
    """Are two measures in different units the same one, within what texts round?

    Bare degrees (`degree`) are Celsius or Fahrenheit, whichever fits; temperatures may differ by
    one and a half degrees Celsius. False for equal units: rounding is no excuse there.
    """
    if unit == other_unit and unit != "degree":
        return False
    for one in ("celsius", "fahrenheit") if unit == "degree" else (unit,):
        for two in ("celsius", "fahrenheit") if other_unit == "degree" else (other_unit,):
            if one == two:
                continue
            left, right = convert(value, one), convert(other, two)
            if left is None or right is None or left[0] != right[0]:
                continue
            limit = ROUNDING * max(abs(left[1]), abs(right[1]))
            if abs(left[1] - right[1]) <= (Decimal("1.5") if left[0] == "celsius" else limit):
                return True
    return False


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
