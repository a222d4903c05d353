"""What says the same in other figures: a measure in another unit, a share in per cent, a round number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction

from mlcheck.compare.agreement import agree
from mlcheck.facts import Fact, convert, same_measure, units_agree

__all__ = ["converted", "converted_twice", "is_year", "month_spans", "rounded", "same_number", "tantamount"]

_TWICE = Decimal("0.07")
"""Share by which two measures may differ that were both converted from a third."""
_LONG = 40
"""Digits beyond which a number is compared as it stands: arithmetic on it buys nothing."""
_PARTS = {"minute": 60, "second": 60, "month": 12}
"""Units of which a part of the next larger one is told: a quarter of an hour, half a year."""
_ONE_IN = 20
"""Ordinals up to which one stands for a share: a fifth is 20 per cent."""


def tantamount(one: Fact, other: Fact) -> bool:
    """Do two facts say the same, in whatever figures?"""
    return (
        agree(one, other)
        or same_number(one, other)
        or converted(one, other)
        or converted_twice(one, other)
        or rounded(one, other)
    )


def same_number(one: Fact, other: Fact) -> bool:
    """The same number, whatever it counts."""
    return one.kind == other.kind == "number" and bool(set(one.readings) & set(other.readings))


def converted(one: Fact, other: Fact) -> bool:
    """The same measure in another unit, the same share in per cent, the same part of an hour in minutes."""
    if one.kind != "number" or other.kind != "number":
        return False
    return (
        bool(one.unit and other.unit)
        and any(same_measure(a, one.unit, b, other.unit) for (a,) in one.readings for (b,) in other.readings)
    ) or any(
        _is_share(share, whole) or _is_part(share, whole) for share, whole in ((one, other), (other, one))
    )


def _is_share(share: Fact, percent: Fact) -> bool:
    """`a fifth` and `20 %`, `every third` and `33 %`."""
    if percent.unit != "percent" or share.unit in ("percent", "percent-point"):
        return False
    shown = _fractions(percent)
    return any(abs(100 * value - each) < 1 for value in _shares(share) for each in shown)


def _is_part(share: Fact, whole: Fact) -> bool:
    """`a quarter` of an hour and `15 minutes`, `the half-hour` and `minute 30`."""
    parts = _PARTS.get(whole.unit or ("minute" if share.unit == "hour" else ""))
    if parts is None or (share.unit and share.unit not in ("hour", "year")):
        return False
    return any(parts * value == each for value in _shares(share) for each in _fractions(whole))


def _shares(fact: Fact) -> Iterator[Fraction]:
    """What a number is as a part of one: itself where it is below 1, and of a doubtful one, which may be an
    ordinal, one in so many."""
    for value in _fractions(fact):
        if 0 < value < 1:
            yield value
        elif fact.weak and 2 <= value <= _ONE_IN and value.denominator == 1:
            yield 1 / value


def _fractions(fact: Fact) -> list[Fraction]:
    found = []
    for (value,) in fact.readings:
        if len(value) <= _LONG:
            try:
                found.append(Fraction(value))
            except (ValueError, ZeroDivisionError):
                continue
    return found


def converted_twice(one: Fact, other: Fact) -> bool:
    """Two hundred miles are 300 km in one version and 320 in another."""
    if one.kind != "number" or other.kind != "number" or one.unit != other.unit:
        return False
    both = [(convert(a, one.unit), convert(b, one.unit)) for (a,) in one.readings for (b,) in other.readings]
    return any(
        a is not None
        and b is not None
        and a[0] != "minute"  # nobody converts time between versions
        and abs(a[1] - b[1]) <= max(_TWICE * max(abs(a[1]), abs(b[1])), Decimal(a[0] == "celsius"))
        for a, b in both
    )


def rounded(one: Fact, other: Fact) -> bool:
    """The same number, to as many digits as one of the two shows."""
    if one.kind != "number" or other.kind != "number" or not units_agree(one.unit, other.unit):
        return False
    if is_year(one) and is_year(other):
        return False
    return any(
        _is_rounding(a, b) or _is_rounding(b, a) for (a, *_) in one.readings for (b, *_) in other.readings
    )


def is_year(fact: Fact) -> bool:
    """Does a number look like a year of ours?"""
    value = fact.value[0]
    return fact.kind == "number" and not fact.unit and len(value) == 4 and "1500" <= value < "2100"


def _is_rounding(exact: str, round_number: str) -> bool:
    """Is one number the other, to as many digits as it shows, two at least? `1523` is about `1500`.
    One digit is too little: `1900` is no version of `2000`, nor `7.4` of `7`."""
    shown, digits = _digits(round_number), _digits(exact)
    if not 2 <= shown < digits <= _LONG:
        return False
    try:
        with localcontext() as context:
            context.prec = shown
            return +Decimal(exact) == Decimal(round_number)
    except InvalidOperation:
        return False


def _digits(number: str) -> int:
    """Significant digits."""
    plain = number.lstrip("-").replace(".", "").strip("0")
    return len(plain) if "/" not in number else 0


def month_spans(facts: Sequence[Fact], opposite: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, Fact]]:
    """`from January to May` and `five months`: two months of a side, and the number opposite that says how
    many they are, both counted or not."""
    months = [(f, int(f.value[1])) for f in facts if f.kind == "date" and f.value[1].isdigit() and not f.value[2]]
    for number in opposite:
        if number.kind != "number" or number.unit != "month":
            continue
        for first, low in months:
            for last, high in months:
                between = (high - low) % 12
                if first is not last and number.value[0] in (str(between), str(between + 1)):
                    yield first, last, number
