"""Figures that have changed places: the same values on both sides, each where another belongs.

Nothing is missing there, so only the places tell. The order of clauses is free between languages, so order
tells nothing by itself: what counts is which words belong to a number, which row of a table it stands in, or
which sentence. What is not beyond doubt is not said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product
from math import prod

from mlcheck.compare.counted import SAME_THING, Counted
from mlcheck.compare.facts import Difference
from mlcheck.compare.passage import Found, Left, Passage
from mlcheck.compare.tantamount import converted, is_year, rounded, same_number
from mlcheck.data import Alignment
from mlcheck.facts import Fact, poles, unit_class
from mlcheck.text import alike

__all__ = ["between", "scores", "shifted", "shifted_between", "within"]

_MARGIN = 0.02
_TOGETHER = 0.15
_AS_WHOLES = 0.12
"""By how much each number of one side at least must be liker to the thing of the other's counterpart than
to that of its own, word by word; and by how much the two together, word by word and as wholes. Of 171 pairs
of numbers in faithful passages of real documents and cases none is, and of those pairs exchanged 155;
without the first limit three are, and 158."""
_AGAINST = 0.15
"""By how much the words after two numbers may speak for the order as it is: of "12 people were killed and 30
injured" the people do so on either side. Set by hand, between such and places that are told before rows."""
_SURE_TOGETHER = 0.6
"""The same, both ways, where an exchange is certain: set by hand, far above the other limits."""
_BESIDE = 8
"""Characters between a number and a fact that is said of it: "2,706 in 2011"."""
_BETWEEN = 3
"""Passages away at which another may have the figure that is lost here."""
_MANY = 400
"""Groups of four numbers of two passages that are looked at; passages with more are tables."""
_HEARD = 0.7
"""Likeness of sound from which two names are taken for one."""
_ALIKE = 100
"""How many times as large one number may be as another that it is taken for."""


def within(passage: Passage, counted: Counted) -> Iterator[Found]:
    """Two numbers of a passage that count each other's things on the other side."""
    once = [_once(passage.facts[side]) for side in (0, 1)]
    shared = [fact for value, fact in once[0].items() if value in once[1]]
    done: set[int] = set()
    for one, other in combinations(shared, 2):
        if {id(one), id(other)} & done or not _alike(one, other):
            continue
        two, another = once[1][one.value[0]], once[1][other.value[0]]
        if not _alike(two, another) or not _told_apart(passage, counted, (one, other), (two, another)):
            continue
        sure = _crossed(passage, counted, (one, other), (two, another))
        if sure is not None:
            done |= {id(one), id(other)}
            difference = Difference(sort="swapped", source=one, target=another)
            yield Found.of(passage, difference, same_thing=sure or None)


def shifted(passage: Passage, left: Left, counted: Counted) -> Iterator[Found]:
    """A number that counts one thing here and another opposite, where each side has one more: `26 rows, 480
    seats` against `480 rows, 620 seats`. Both are wrong, though one value stands on both sides. The numbers
    without counterpart are taken out of `left`."""
    once = [_once(passage.facts[side]) for side in (0, 1)]
    for value in [value for value in once[0] if value in once[1]]:
        one, two = once[0][value], once[1][value]
        for lacked, extra in product(list(left[0]), list(left[1])):
            source, target = (one, lacked), (two, extra)
            if (
                any(not _may_be_taken(*pair) for pair in ((one, extra), (lacked, two), (lacked, extra)))
                or _is_same(lacked, extra)
                or not _told_apart(passage, counted, source, target)
                or not _crossed(passage, counted, source, target)
            ):
                continue
            for own, other in ((lacked, two), (one, extra)):
                difference = Difference(sort="different", source=own, target=other)
                yield Found.of(passage, difference, same_thing=True)
            left[0][:] = [fact for fact in left[0] if fact is not lacked]
            left[1][:] = [fact for fact in left[1] if fact is not extra]
            break


def shifted_between(filled: Sequence[Passage], left: Sequence[Left], counted: Counted) -> Iterator[Found]:
    """The same of two passages near each other. By its value a figure seems to have moved to another passage;
    what it counts says that it stands in another's place there."""
    steps = [step for step in range(-_BETWEEN, _BETWEEN + 1) if step]
    for at, index in ((at, at + step) for at in range(len(filled)) if all(left[at]) for step in steps):
        if not 0 <= index < len(filled) or prod(map(len, (*left[at], *left[index]))) > _MANY:
            continue
        here, there = filled[at], filled[index]
        for one, two, back, other in list(product(*left[at], *left[index])):
            if back.value != two.value or any(
                not _may_be_taken(*pair) or _is_same(*pair)
                for pair in ((one, two), (back, other), (one, other))
            ):
                continue
            by_place = _like(here, one, here, two, counted), _like(there, back, there, other, counted)
            by_value = _like(there, back, here, two, counted), _like(here, one, there, other, counted)
            if by_place[0] < SAME_THING or sum(by_place) - sum(by_value) <= _TOGETHER:
                continue
            for number, pair in ((at, (one, two)), (index, (back, other))):
                difference = Difference(sort="different", source=pair[0], target=pair[1])
                yield Found.of(filled[number], difference, same_thing=True)
                for side in (0, 1):
                    left[number][side][:] = [f for f in left[number][side] if f is not pair[side]]
            break


def _is_same(one: Fact, other: Fact) -> bool:
    """Is one the other after all, rounded or in another unit?"""
    return one.value == other.value or any(f(one, other) for f in (same_number, converted, rounded))


def _may_be_taken(one: Fact, other: Fact) -> bool:
    """As `_alike`, of numbers one of which may leave its unit unsaid (`at 62`)."""
    numbers = one.kind == other.kind == "number" and not one.weak and not other.weak
    return numbers and _alike(
        replace(one, unit=one.unit or other.unit), replace(other, unit=other.unit or one.unit)
    )


def _once(facts: Sequence[Fact]) -> dict[str, Fact]:
    """The numbers that a side says once, by value."""
    own = [fact for fact in facts if fact.kind == "number" and not fact.weak]
    counts = Counter(fact.value[0] for fact in own)
    results = {id(fact) for pair in _results(own) for fact in pair}
    return {f.value[0]: f for f in own if counts[f.value[0]] == 1 and id(f) not in results}


def _alike(one: Fact, other: Fact) -> bool:
    """May one be taken for the other? Not a year for an amount, nor what counts another thing by its unit;
    and numbers such as 7.4 without a unit are mostly versions, which stand in lists."""
    if unit_class(one.unit) != unit_class(other.unit) or is_year(one) != is_year(other):
        return False
    try:
        small, large = sorted((abs(float(one.value[0])), abs(float(other.value[0]))))
    except ValueError:
        return False
    version = not one.unit and "." in one.text + other.text
    return not version and 0 < large <= _ALIKE * small


def _told_apart(
    passage: Passage, counted: Counted, source: tuple[Fact, Fact], target: tuple[Fact, Fact]
) -> bool:
    """Have the two numbers of each side words that tell them apart, and are they no names (`Debian 7`)?"""
    for side, facts in enumerate((source, target)):
        places = [passage.place(side, fact) for fact in facts]
        one, other = (set(counted.words(side, place)) for place in places)
        if not one - other or not other - one or counted.is_one_thing(side, *places):
            return False
        if any(_is_in_name(passage, side, fact) for fact in facts):
            return False
    return not _anchored(passage, source, target)


def _anchored(passage: Passage, source: tuple[Fact, Fact], target: tuple[Fact, Fact]) -> bool:
    """Does a fact that both sides have stand beside the same of the two numbers on both: "1,127 last year,
    and 2,706 in 2011"?"""
    others = [
        {f.value: f for f in facts if f not in pair and f.kind in ("number", "date", "name")}
        for facts, pair in zip(passage.facts, (source, target), strict=True)
    ]
    for value in others[0].keys() & others[1].keys():
        near = [_nearer(passage, side, others[side][value], (source, target)[side]) for side in (0, 1)]
        if near[0] is not None and near[0] == near[1]:
            return True
    return False


def _nearer(passage: Passage, side: int, fact: Fact, pair: tuple[Fact, Fact]) -> int | None:
    """Which of two numbers of its sentence a fact stands right beside; None where it does so of neither."""
    if len({passage.owner(side, each) for each in (fact, *pair)}) > 1:
        return None
    gaps = [max(fact.span.start - each.span.end, each.span.start - fact.span.end) for each in pair]
    return gaps.index(min(gaps)) if min(gaps) <= _BESIDE else None


def _is_in_name(passage: Passage, side: int, fact: Fact) -> bool:
    """Does it belong to a name? A word before it that opens the sentence has its capital from there."""
    own = passage.owner(side, fact)
    return any(
        other.kind == "name" and i == own and 0 < other.span.start < fact.span.start < other.span.end
        for other, i in zip(passage.facts[side], passage.owners[side], strict=True)
    )


def _crossed(
    passage: Passage, counted: Counted, source: tuple[Fact, Fact], target: tuple[Fact, Fact]
) -> bool | None:
    """Is each of two numbers where the other belongs? None where that is not so or not beyond doubt, else
    whether it is certain. `target` has the counterparts by value."""
    places = [[passage.place(side, fact) for fact in facts] for side, facts in enumerate((source, target))]
    like = [[counted.like(one, two) for two in places[1]] for one in places[0]]
    (a, b), (c, d) = like
    if a is None or b is None or c is None or d is None:
        return None
    own = [counted.like(places[0][i], places[1][j], opening=False) for i in (0, 1) for j in (0, 1)]
    words = [each.words for each in own if each is not None]
    if len(words) == len(own) and words[0] + words[3] - words[1] - words[2] > _AGAINST:
        return None
    rows = b.words - a.words, c.words - d.words
    columns = c.words - a.words, b.words - d.words
    together, as_wholes = sum(rows), b.whole - a.whole + c.whole - d.whole
    if max(min(rows), min(columns)) <= _MARGIN or together <= _TOGETHER or as_wholes <= _AS_WHOLES:
        return None
    return min(*rows, *columns) > _MARGIN and min(together, as_wholes) > _SURE_TOGETHER


def between(filled: Sequence[Passage], left: Sequence[Left], counted: Counted) -> Iterator[Found]:
    """Numbers of two passages that have changed places; they are taken out of `left`.

    A translator who moves a figure into the sentence before leaves nothing in its place. Where each of two
    passages has the other's, and counts what its own counted, both are wrong.
    """
    for at in range(len(filled)):
        for one in list(left[at][0]):
            for two in list(left[at][1]):
                if not _may_stand_for(one, two):
                    continue
                found = _back(filled, left, at, (one, two), counted)
                if found is None:
                    continue
                other, back = found
                for index, pair in ((at, (one, two)), (other, back)):
                    for side in (0, 1):
                        left[index][side][:] = [f for f in left[index][side] if f is not pair[side]]
                    difference = Difference(sort="swapped", source=pair[0], target=pair[1])
                    yield Found.of(filled[index], difference, same_thing=True)
                break


def _back(
    filled: Sequence[Passage],
    left: Sequence[Left],
    at: int,
    pair: tuple[Fact, Fact],
    counted: Counted,
) -> tuple[int, tuple[Fact, Fact]] | None:
    """The passage after `at` that has the exchange of `pair` the other way round, and its numbers."""
    here = filled[at]
    for index in range(at + 1, min(at + 1 + _BETWEEN, len(filled))):
        there = filled[index]
        for one in left[index][0]:
            for two in left[index][1]:
                same = one.value == pair[1].value and two.value == pair[0].value
                if not same or not _may_stand_for(one, two):
                    continue
                by_place = (
                    _like(here, pair[0], here, pair[1], counted),
                    _like(there, one, there, two, counted),
                )
                by_value = (
                    _like(here, pair[0], there, two, counted),
                    _like(there, one, here, pair[1], counted),
                )
                if sum(by_place) > sum(by_value):
                    return index, (one, two)
    return None


def _may_stand_for(one: Fact, two: Fact) -> bool:
    return (
        one.kind == two.kind == "number"
        and not one.weak
        and not two.weak
        and one.value != two.value
        and _alike(one, two)
    )


def _like(here: Passage, one: Fact, there: Passage, two: Fact, counted: Counted) -> float:
    found = counted.like(here.place(0, one), there.place(1, two))
    return found.words if found else 0.0


def scores(passage: Passage, alignment: Alignment) -> Iterator[Found]:
    """A result the wrong way round: `2–1` against `1:2`.

    Who lost is often named first with the winner's figure first, in one language and not in another, and
    sides change places in a sentence: where a word says "lost", or names stand in another order, it is right.
    """
    one, two = ([f for f in facts if f.kind == "number"] for facts in passage.facts)
    there = [(a.value, b.value) for a, b in _results(two)]
    back = [(a.value, b.value) for a, b in _results(one)]
    for first, second in _results(one):
        pair = first.value, second.value
        turned = pair[::-1]
        if first.value == second.value or pair in there or turned in back or turned not in there:
            continue
        if any(_says_lost(passage, side, alignment) for side in (0, 1)) or _names_turn(passage):
            continue
        target = _results(two)[there.index(turned)][0]
        yield Found.of(passage, Difference(sort="swapped", source=first, target=target))


def _results(facts: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Whole numbers in digits with nothing but a sign between them."""
    return [
        (one, other)
        for one, other in pairwise(facts)
        if other.span.start - one.span.end == 1
        and all(f.text.isdigit() and len(f.text) <= 3 and not f.unit for f in (one, other))
    ]


def _says_lost(passage: Passage, side: int, alignment: Alignment) -> bool:
    document = alignment.documents[side]
    return any(
        ("win", 1) in pole.meanings
        for i in passage.link.sides[side]
        for pole in poles(document.sentences[i].text, document.language)
    )


def _names_turn(passage: Passage) -> bool:
    """May the names of a passage stand in another order? They do not where two or more sound like names
    opposite, one after another."""
    one, two = ([f.value[0] for f in facts if f.kind == "name"] for facts in passage.facts)
    if not one or not two:
        return True
    likeness = alike(one, two)
    heard = [int(row.argmax()) for row in likeness if float(row.max()) >= _HEARD]
    return len(set(heard)) < 2 or heard != sorted(heard)
