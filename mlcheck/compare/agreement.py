"""When two facts say the same: values, years, days and hours, as far as both say them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from mlcheck.compare.times import as_numbers, dial, dials_of, minute, moment, zone
from mlcheck.facts import Fact, Kind, Value, unit_class

__all__ = ["FAMILIES", "Family", "agree", "unmatched"]

Family = Literal["number", "date", "time"]

FAMILIES: dict[Kind, Family] = {
    "number": "number",
    "date": "date",
    "weekday": "date",
    "period": "date",
    "time": "time",
}
"""The kinds that are compared by value. Names, quotations, negations and sources are not: whether
they agree is a matter of sound, of words and of the passage."""


def unmatched(own: Sequence[Fact], opposite: Sequence[Fact]) -> list[Fact]:
    """Facts of the kinds in `FAMILIES` that agree with none opposite.

    Of a date, its year or day may stand alone on the other side; but not where a date stands there that
    differs from it in part, and agrees with none of its own: that one is what it has become, though the
    year stands elsewhere as well.
    """
    keys = _keys_of(opposite)
    rivals = _without_date(opposite, own)
    return [
        fact
        for fact in own
        if fact.kind in FAMILIES
        and (
            _probes(fact).isdisjoint(keys)
            or (
                fact.kind == "date"
                and any(_is_changed(fact, rival) for rival in rivals)
                and fact in _without_date([fact], opposite)
            )
        )
    ]


def _keys_of(facts: Sequence[Fact]) -> set[_Key]:
    keys: set[_Key] = set()
    for fact in facts:
        keys |= _keys(fact)
    return keys


def _without_date(own: Sequence[Fact], opposite: Sequence[Fact]) -> list[Fact]:
    """The dates that agree with none opposite, as dates."""
    dates = [fact for fact in own if fact.kind == "date"]
    keys = _keys_of([fact for fact in opposite if fact.kind == "date"]) if dates else set()
    return [fact for fact in dates if _probes(fact).isdisjoint(keys)]


def _is_changed(one: Fact, other: Fact) -> bool:
    """Do two dates have a month and a day or a year in common, and differ in the rest?"""
    return any(
        sum(a == b != "" for a, b in zip(left, right, strict=True)) >= 1
        and left[1] != ""
        and sum(a != b and a != "" != b for a, b in zip(left, right, strict=True)) == 1
        and sum(v != "" for v in left) >= 2
        for left in one.readings
        for right in other.readings
    )


def agree(one: Fact, other: Fact) -> bool:
    """Do two facts say the same, as far as both say it?

    A unit that one side leaves out is no difference, nor is the year of a date. The day or the year
    of a date may stand alone on the other side, where it is a number; so may the hour of a time.
    """
    return not _probes(one).isdisjoint(_keys(other))


_Key = tuple[str, ...]


def _keys(fact: Fact) -> set[_Key]:
    """What another fact may ask for to find this one. A passage may have thousands of facts, so
    that they are looked up and not compared each with each."""
    keys: set[_Key] = set()
    for reading in fact.readings:
        if fact.kind == "number":
            keys |= {("number", reading[0], unit_class(fact.unit)), ("any number", reading[0])}
            keys |= {("sure number", reading[0])} if not fact.weak else set()
            keys |= {(kind, end) for kind, end in _years(fact, reading[0])}
        elif fact.kind == "date":
            mask = _said(reading)
            keys |= {("date", mask, *part) for part in _parts(reading)}
            keys |= {("in date", value) for value in (reading[0], reading[2]) if value}
        elif fact.kind == "time":
            keys |= {("any time", *minute(reading)), ("hour", *dial(reading))} | moment(reading)
            keys |= {("time", *minute(reading))} if not zone(reading) else set()
        else:
            keys.add((fact.kind, *reading))
            keys |= {("in period", value) for value in reading[1:]} if fact.kind == "period" else set()
    return keys


def _probes(fact: Fact) -> set[_Key]:
    """What this fact asks for: any of these makes another its counterpart."""
    probes: set[_Key] = set()
    for reading in fact.readings:
        if fact.kind == "number":
            unit = unit_class(fact.unit)
            probes |= {("number", reading[0], unit), ("number", reading[0], "")} if unit else set()
            probes |= {("any number", reading[0])} if not unit else set()
            probes |= {(_OTHER_YEAR[kind], end) for kind, end in _years(fact, reading[0])}
            if not fact.weak:
                probes |= {("in date", reading[0]), ("in period", reading[0])}
                probes |= {("hour", *clock) for clock in dials_of(reading[0])}
        elif fact.kind == "date":
            for mask in _MASKS:
                shared = tuple(v if own in mask else "" for v, own in zip(reading, "ymd", strict=True))
                if any(shared):
                    probes.add(("date", mask, *shared))
            probes |= {("sure number", value) for value in (reading[0], reading[2]) if value}
        elif fact.kind == "time":
            zoned = zone(reading)
            probes |= {("time" if zoned else "any time", *minute(reading))} | moment(reading)
            probes |= {("sure number", value) for value in as_numbers(reading)}
        else:
            probes.add((fact.kind, *reading))
            probes |= {("sure number", value) for value in reading[1:]} if fact.kind == "period" else set()
    return probes


_OTHER_YEAR = {"year": "short year", "short year": "year"}


def _years(fact: Fact, number: str) -> set[tuple[str, str]]:
    """`SS19` is the summer of 2019: what a number is as a year, and the end of that year."""
    if not number.isascii() or not number.isdigit():
        return set()
    if len(number) == 4 and number[:2] in ("19", "20"):
        return {("year", number[2:])}
    return {("short year", number)} if len(number) == 2 and fact.weak else set()


_MASKS = ("y", "m", "d", "ym", "yd", "md", "ymd")


def _said(date: Value) -> str:
    return "".join(name for name, value in zip("ymd", date, strict=True) if value)


def _parts(date: Value) -> list[Value]:
    """A date with some of what it says left out, as another may that says less."""
    said = _said(date)
    return [
        tuple(value if name in mask else "" for name, value in zip("ymd", date, strict=True))
        for mask in _MASKS
        if set(mask) <= set(said)
    ]
