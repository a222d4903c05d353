"""Two lists of facts against each other: what is missing, what is extra, what differs.

Facts are compared as sets. A faithful translation says a figure once where the original says it
twice, and repeats it where the original says "it"; what it does not do is to lose one altogether.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from itertools import pairwise, product
from typing import Literal

from mlcheck.compare.times import as_numbers, dial, dials_of, minute, moment, zone
from mlcheck.facts import MEASURES, Fact, Kind, Value, convert, same_measure, unit_class, units_agree

__all__ = ["FAMILIES", "Difference", "Family", "Sort", "agree", "classify", "compare_facts", "unmatched"]

Family = Literal["number", "date", "time"]
Sort = Literal["different", "unit", "rounded", "converted", "missing", "extra"]

FAMILIES: dict[Kind, Family] = {
    "number": "number",
    "date": "date",
    "weekday": "date",
    "period": "date",
    "time": "time",
}
"""The kinds that are compared by value. Names, quotations, negations and sources are not: whether
they agree is a matter of sound, of words and of the passage."""

_TWICE = Decimal("0.07")
"""Share by which two measures may differ that were both converted from a third. Wider than what
it costs: a figure of a measure that is off by less is told as information only."""

_LONG = 40
"""Digits beyond which a number is compared as it stands: arithmetic on it buys nothing."""

_MANY = 10_000
"""Pairs of facts without counterpart up to which the likest are looked for. A passage with more is
a table of figures, where order says as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one side says and the other does not.

    `different`: one stands in the place of the other. `unit`: the number agrees, what it counts
    does not (`$5`, `€5`). `rounded`, `converted`: the same within rounding, or in another unit.
    `missing` has no `target`, `extra` no `source`.
    """

    sort: Sort
    source: Fact | None
    target: Fact | None

    @property
    def fact(self) -> Fact:
        """The source's, or where it has none the target's."""
        found = self.source or self.target
        assert found is not None
        return found


def compare_facts(source: Sequence[Fact], target: Sequence[Fact]) -> list[Difference]:
    """What differs between the facts of two passages that say the same, of the kinds in `FAMILIES`.

    Weak facts stand for others and are never missing themselves. The order is that of the source,
    then of the target. Comparing a list with itself gives nothing, and the other way round
    `missing` and `extra` change places.
    """
    return classify(unmatched(source, target), unmatched(target, source), (source, target))


def unmatched(own: Sequence[Fact], opposite: Sequence[Fact]) -> list[Fact]:
    """Facts of the kinds in `FAMILIES` that agree with none opposite."""
    keys: set[_Key] = set()
    for fact in opposite:
        keys |= _keys(fact)
    return [fact for fact in own if fact.kind in FAMILIES and _probes(fact).isdisjoint(keys)]


def classify(
    source: Sequence[Fact],
    target: Sequence[Fact],
    around: tuple[Sequence[Fact], Sequence[Fact]] = ((), ()),
    *,
    twice_converted: bool = False,
) -> list[Difference]:
    """What facts without counterpart, of two passages that say the same, are to each other. `around`
    are all facts of the passages, in their order. With `twice_converted` a measure may have been
    rounded on either side.

    First what is the same after all, in another unit or rounded; then of one kind, at least one of
    them strong, which seems to stand in whose place, the likest first, each once. What is left over
    and strong is missing or extra.
    """
    differences: list[Difference] = []
    left, right = list(source), list(target)
    if len(left) * len(right) <= _MANY:
        left, right = _take(left, right, differences, "converted", _converted)
        if twice_converted:
            left, right = _take(left, right, differences, "rounded", _converted_twice)
        left, right = _take(left, right, differences, "unit", _same_number)
        left, right = _take(left, right, differences, "rounded", _rounded)
    differences += (_doubled(found, around) for found in _paired(left, right))
    return sorted(differences, key=_place)


def _paired(source: Sequence[Fact], target: Sequence[Fact]) -> list[Difference]:
    many = len(source) * len(target) > _MANY
    candidates = sorted(
        (_unlike(source[i], target[j]), i, j)
        for i, j in (
            zip(range(len(source)), range(len(target)), strict=False)
            if many
            else product(range(len(source)), range(len(target)))
        )
        if _comparable(source[i], target[j])
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    differences = []
    for _, i, j in candidates:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            differences.append(Difference(sort="different", source=source[i], target=target[j]))
    differences += [
        Difference(sort="missing", source=fact, target=None)
        for i, fact in enumerate(source)
        if i not in taken[0] and not fact.weak
    ]
    differences += [
        Difference(sort="extra", source=None, target=fact)
        for j, fact in enumerate(target)
        if j not in taken[1] and not fact.weak
    ]
    return differences


def _doubled(found: Difference, around: tuple[Sequence[Fact], Sequence[Fact]]) -> Difference:
    """What is missing, where the other side says something twice instead: `3-2` against `2:2` lacks
    a 3, and yet nothing is left over there. As many facts of the kind on both sides tell such a slip
    from a detail that was left out."""
    if found.sort not in ("missing", "extra"):
        return found
    side = 0 if found.target is None else 1
    own, others = (
        [fact for fact in around[which] if fact.kind == found.fact.kind and not fact.weak]
        for which in (side, 1 - side)
    )
    results = _in_results(own), _in_results(others)
    counts = Counter(fact.value for fact in own)
    other = next(_surplus(*results), None) if found.fact in results[0] else None
    other = other or next((fact for fact in _surplus(own, others) if fact.value in counts), None)
    if other is None:
        return found
    pair = (found.fact, other) if side == 0 else (other, found.fact)
    return Difference(sort="different", source=pair[0], target=pair[1])


def _surplus(own: Sequence[Fact], others: Sequence[Fact]) -> Iterator[Fact]:
    """Those of `others` that `own` says less often, if there are as many facts on both sides."""
    if len(own) == len(others):
        more = Counter(fact.value for fact in others) - Counter(fact.value for fact in own)
        yield from (fact for fact in others if fact.value in more)


def _in_results(facts: Sequence[Fact]) -> list[Fact]:
    """Facts with nothing but a sign between them and the next, or the one before."""
    near = [False, *(b.span.start - a.span.end == 1 for a, b in pairwise(facts)), False]
    return [fact for fact, before, after in zip(facts, near, near[1:], strict=False) if before or after]


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


def _take(
    left: list[Fact],
    right: list[Fact],
    differences: list[Difference],
    sort: Sort,
    fits: Callable[[Fact, Fact], bool],
) -> tuple[list[Fact], list[Fact]]:
    """Take pairs that fit out of both lists."""
    rest, kept = list(right), []
    for fact in left:
        found = next((other for other in rest if fits(fact, other)), None)
        if found is None:
            kept.append(fact)
        else:
            rest.remove(found)
            if not (fact.weak and found.weak):
                differences.append(Difference(sort=sort, source=fact, target=found))
    return kept, rest


def _same_number(one: Fact, other: Fact) -> bool:
    return one.kind == other.kind == "number" and bool(set(one.readings) & set(other.readings))


def _converted(one: Fact, other: Fact) -> bool:
    return (
        one.kind == other.kind == "number"
        and bool(one.unit and other.unit)
        and any(same_measure(a, one.unit, b, other.unit) for (a,) in one.readings for (b,) in other.readings)
    )


def _converted_twice(one: Fact, other: Fact) -> bool:
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


def _rounded(one: Fact, other: Fact) -> bool:
    if one.kind != "number" or other.kind != "number" or not units_agree(one.unit, other.unit):
        return False
    return any(
        _is_rounding(a, b) or _is_rounding(b, a) for (a, *_) in one.readings for (b, *_) in other.readings
    )


def _is_rounding(exact: str, rounded: str) -> bool:
    """Is one number the other, to as many digits as it shows, two at least? `1523` is about `1500`.
    One digit is too little: `1900` is no version of `2000`, nor `7.4` of `7`."""
    shown, digits = _digits(rounded), _digits(exact)
    if not 2 <= shown < digits <= _LONG:
        return False
    try:
        with localcontext() as context:
            context.prec = shown
            return +Decimal(exact) == Decimal(rounded)
    except InvalidOperation:
        return False


def _digits(number: str) -> int:
    """Significant digits."""
    plain = number.lstrip("-").replace(".", "").strip("0")
    return len(plain) if "/" not in number else 0


def _comparable(one: Fact, other: Fact) -> bool:
    """May one stand in the other's place? A date or time that is none any more (`June 52`, `62:30`)
    is read as numbers."""
    if (one.weak and other.weak and not _are_named_hours(one, other)) or _is_of_another_sort(
        one.unit, other.unit
    ):
        return False
    return one.kind == other.kind or ({one.kind, other.kind} in _NUMBERED and not (one.weak or other.weak))


def _are_named_hours(one: Fact, other: Fact) -> bool:
    """Noon and midnight: each is said in other ways often, but never one for the other."""
    return one.kind == other.kind == "time" and not any(map(str.isdigit, one.text + other.text))


def _is_of_another_sort(one: str, other: str) -> bool:
    """A height and a weight do not stand for each other."""
    measures = MEASURES.get(one), MEASURES.get(other)
    return (
        measures[0] is not None
        and measures[1] is not None
        and measures[0][0] != measures[1][0]
        and unit_class(one) != unit_class(other)
    )


_NUMBERED: list[set[Kind]] = [{"number", "date"}, {"number", "time"}]


def _unlike(one: Fact, other: Fact) -> tuple[bool, bool, bool, int]:
    """How badly two facts fit each other: another kind, weakness, another unit, another length."""
    return (
        one.kind != other.kind,
        one.weak or other.weak,
        not units_agree(one.unit, other.unit) or bool(one.unit) != bool(other.unit),
        abs(len(one.value[0]) - len(other.value[0])),
    )


def _place(difference: Difference) -> tuple[bool, int, int]:
    return (difference.source is None, difference.fact.span.start, difference.fact.span.end)
