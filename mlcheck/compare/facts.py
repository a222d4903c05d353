"""Two lists of facts against each other: what is missing, what is extra, what differs.

Values are compared as sets first. A faithful translation says a figure once where the original says it
twice, and repeats it where the original says "it"; what it does not do is to lose one altogether. What is
left of either side is paired by unit, by the words beside it, and by order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Literal

from mlcheck.compare.agreement import unmatched
from mlcheck.compare.tantamount import converted, converted_twice, is_year, rounded, same_number
from mlcheck.facts import MEASURES, Fact, Kind, unit_class, units_agree

__all__ = ["Difference", "Like", "Sort", "classify", "compare_facts"]

Like = Callable[[Fact, Fact], float]
"""How like what two numbers count is, -1 to 1; 0 where nothing is known."""

Sort = Literal["different", "swapped", "unit", "rounded", "converted", "missing", "extra"]

_YEAR = 4
"""Digits of a year."""
_ORDINAL = 3
"""From which an ordinal is set against another, that is not "first"."""
_OF_A_GAME = frozenset((Fraction(1, 2), Fraction(1, 4)))
_LONG = 40
"""Characters of a number beyond which nobody counts."""
_MANY = 10_000
"""Pairs of facts without counterpart up to which the likest are looked for. A passage with more is
a table of figures, where order says as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one side says and the other does not.

    `different`: one stands in the place of the other. `swapped`: the same, and the other way round
    somewhere else. `unit`: the number agrees, what it counts
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


def classify(
    source: Sequence[Fact],
    target: Sequence[Fact],
    around: tuple[Sequence[Fact], Sequence[Fact]] = ((), ()),
    *,
    twice_converted: bool = False,
    like: Like = lambda one, other: 0.0,
) -> list[Difference]:
    """What facts without counterpart, of two passages that say the same, are to each other. `around`
    are all facts of the passages, in their order. With `twice_converted` a measure may have been
    rounded on either side. `like` tells which of several numbers counts the same.

    First what is the same after all, in another unit or rounded; then of one kind, at least one of
    them strong, which seems to stand in whose place, the likest first, each once. What is left over
    and strong is missing or extra.
    """
    differences: list[Difference] = []
    left, right = list(source), list(target)
    if len(left) * len(right) <= _MANY:
        left, right = _take(left, right, differences, "converted", converted)
        if twice_converted:
            left, right = _take(left, right, differences, "rounded", converted_twice)
        left, right = _take(left, right, differences, "unit", same_number)
        left, right = _take(left, right, differences, "rounded", rounded)
    differences += (_doubled(found, around) for found in _paired(left, right, like))
    return sorted(differences, key=_place)


def _paired(source: Sequence[Fact], target: Sequence[Fact], like: Like) -> list[Difference]:
    many = len(source) * len(target) > _MANY
    candidates = sorted(
        (_unlike(source[i], target[j], 0.0 if many else like(source[i], target[j])), i, j)
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


def _comparable(one: Fact, other: Fact) -> bool:
    """May one stand in the other's place? A date or time that is none any more (`June 52`, `62:30`)
    is read as numbers. A year does not stand for an amount, nor a month for a number of months."""
    if one.weak and other.weak:
        alike = _are_named_hours, _are_decades, _are_ordinals, _are_parts, _are_eras
        return any(fits(one, other) for fits in alike)
    if _is_of_another_sort(one.unit, other.unit):
        return False
    if one.kind == other.kind == "number":
        if _is_share(one) and _is_share(other):
            return True
        return not _is_year_for_amount(one, other) and not _is_idiom(one, other) and not _is_idiom(other, one)
    if one.kind == other.kind:
        return True
    if _is_year_of_era(one, other) or _is_year_of_era(other, one):
        return True
    return {one.kind, other.kind} in _NUMBERED and not (one.weak or other.weak or one.unit or other.unit)


def _is_year_for_amount(one: Fact, other: Fact) -> bool:
    return (
        is_year(one) != is_year(other)
        and min(_length(one), _length(other)) < _YEAR
        and not (one.weak or other.weak)  # SS18 and 2019
    )


def _length(fact: Fact) -> int:
    return len(fact.value[0].partition(".")[0])


def _is_idiom(word: Fact, other: Fact) -> bool:
    """Is a doubtful number word ("one", "a couple", "fifth") set against a number of something else? It
    mostly is said of nothing that the other version counts."""
    if not word.weak or any(map(str.isdigit, word.text)):
        return False
    return not word.unit or unit_class(word.unit) != unit_class(other.unit) or word.value[0] in ("0", "1")


def _are_named_hours(one: Fact, other: Fact) -> bool:
    """Noon and midnight: each is said in other ways often, but never one for the other."""
    return one.kind == other.kind == "time" and not any(map(str.isdigit, one.text + other.text))


def _are_decades(one: Fact, other: Fact) -> bool:
    """The nineties and the eighties, whose century nobody says."""
    return one.kind == other.kind == "period" and one.value[0] == other.value[0] == "decade"


def _are_ordinals(one: Fact, other: Fact) -> bool:
    """The fifth and the sixth. "First" and "second" are often said of nothing that is counted."""
    if not (one.ordinal and other.ordinal and units_agree(one.unit, other.unit)):
        return False
    amounts = sorted(_amount(fact) for fact in (one, other))
    return amounts[0] > 1 and amounts[1] >= _ORDINAL


def _are_parts(one: Fact, other: Fact) -> bool:
    """A third and a quarter. A half and a quarter are those of a game or of a year too, and then of nothing
    that the other version counts so."""
    if not one.kind == other.kind == "number":
        return False
    amounts = [_amount(fact) for fact in (one, other)]
    return all(0 < amount < 1 for amount in amounts) and not set(amounts) <= _OF_A_GAME


def _are_eras(one: Fact, other: Fact) -> bool:
    """Before Christ and after: each is often left out, but never one said for the other."""
    return one.kind == other.kind == "period" and one.value[0] == other.value[0] == "era"


def _is_share(fact: Fact) -> bool:
    """Is it told as one in so many, "every tenth"?"""
    return _amount(fact) >= 1 and any(0 < _fraction(value) < 1 for (value,) in fact.readings[1:])


def _is_year_of_era(period: Fact, year: Fact) -> bool:
    """The year of an emperor, and one of our era."""
    return period.kind == "period" and period.value[0] == "year" and year.kind == "number" and is_year(year)


def _amount(fact: Fact) -> Fraction:
    return _fraction(fact.value[0])


def _fraction(value: str) -> Fraction:
    return Fraction(value) if len(value) <= _LONG else Fraction(0)


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


def _unlike(one: Fact, other: Fact, like: float) -> tuple[bool, bool, bool, bool, float, int]:
    """How badly two facts fit each other: another kind, weakness, another unit, far another length, another
    thing that is counted, another length."""
    longer = abs(len(one.value[0]) - len(other.value[0]))
    return (
        one.kind != other.kind,
        one.weak or other.weak,
        not units_agree(one.unit, other.unit) or bool(one.unit) != bool(other.unit),
        longer > 1,
        -round(like, 1),
        longer,
    )


def _place(difference: Difference) -> tuple[bool, int, int]:
    return (difference.source is None, difference.fact.span.start, difference.fact.span.end)
