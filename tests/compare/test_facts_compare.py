"""Two lists of facts against each other. What agrees is silent; then what differs; then what holds
of any two lists."""

from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.compare import agree, classify, compare_facts
from mlcheck.data import Span
from mlcheck.facts.fact import Fact, Kind, Value


def fact(kind: Kind, *value: str, unit: str = "", weak: bool = False, at: int = 0) -> Fact:
    text = " ".join(value)
    return Fact(kind=kind, span=Span(at, at + len(text)), text=text, readings=(value,), unit=unit, weak=weak)


def number(value: str, unit: str = "", *, weak: bool = False, at: int = 0) -> Fact:
    return fact("number", value, unit=unit, weak=weak, at=at)


def sorts(source: list[Fact], target: list[Fact]) -> list[str]:
    return [difference.sort for difference in compare_facts(source, target)]


# What agrees


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (number("5"), number("5")),
        (number("5", "percent"), number("5")),
        (number("5", "USD"), number("5", "CAD")),
        (number("5", "JPY"), number("5", "CNY")),
        (fact("date", "", "4", "28"), fact("date", "2024", "4", "28")),
        (fact("date", "", "4", ""), fact("date", "2024", "4", "28")),
        (fact("date", "2024", "4", "28"), number("28")),
        (fact("date", "2024", "4", "28"), number("2024")),
        (fact("period", "decade", "1990"), number("1990")),
        (fact("time", "17", "0", ""), number("5")),
        (fact("time", "15", "30", ""), number("3.5")),
        (fact("time", "20", "4", ""), number("20.04")),
        (fact("time", "15", "30", "180"), fact("time", "12", "30", "0")),
        (fact("time", "12", "30", "0"), fact("time", "12", "30", "")),
        (fact("time", "17", "30", ""), number("17.3")),
        (fact("time", "10", "00", "-300"), fact("time", "15", "00", "0")),
        (fact("weekday", "1"), fact("weekday", "1")),
    ],
)
def test_agree_both_ways(one: Fact, other: Fact) -> None:
    assert agree(one, other)
    assert agree(other, one)
    assert compare_facts([one], [other]) == []


def test_any_reading_will_do() -> None:
    one = Fact(kind="number", span=Span(0, 5), text="1.500", readings=(("1500",), ("1.5",)))
    assert agree(one, number("1500"))
    assert agree(one, number("1.5"))
    assert not agree(one, number("15"))


def test_what_is_said_twice_may_be_said_once() -> None:
    assert compare_facts([number("5"), number("5", at=9)], [number("5")]) == []


def test_the_weak_are_never_missing() -> None:
    assert compare_facts([number("1", weak=True)], []) == []
    assert compare_facts([], [number("2", weak=True)]) == []
    assert compare_facts([number("1", weak=True)], [number("2", weak=True)]) == []


def test_names_and_quotations_are_not_for_this() -> None:
    assert compare_facts([fact("name", "Anna"), fact("quote", "yes"), fact("negation", "not")], []) == []


# What differs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (number("5"), number("6")),
        (number("5"), number("6", weak=True)),
        (number("7"), number("7.4")),
        (number("2000"), number("1900")),
        (fact("date", "", "4", "28"), fact("date", "", "4", "27")),
        (fact("date", "2024", "4", "28"), fact("date", "2023", "4", "28")),
        (fact("date", "", "4", ""), fact("date", "", "5", "")),
        (fact("weekday", "1"), fact("weekday", "5")),
        (fact("period", "decade", "1990"), fact("period", "decade", "1980")),
        (fact("time", "17", "00", ""), fact("time", "18", "00", "")),
        (fact("time", "10", "00", "0"), fact("time", "12", "00", "0")),
        (fact("time", "14", "30", "0"), fact("time", "14", "30", "180")),
        (fact("time", "9", "00", ""), fact("time", "21", "00", "")),
    ],
)
def test_one_in_the_place_of_another(one: Fact, other: Fact) -> None:
    assert not agree(one, other)
    (difference,) = compare_facts([one], [other])
    assert (difference.sort, difference.source, difference.target) == ("different", one, other)


def test_a_year_and_a_month_that_only_seem_to_meet() -> None:
    """They share no field that both say."""
    assert not agree(fact("date", "2024", "4", ""), fact("date", "2023", "4", "28"))
    assert not agree(number("4"), fact("date", "2024", "4", "28")), "a month is said by its name"


def test_the_same_number_of_something_else() -> None:
    assert sorts([number("5", "USD")], [number("5", "EUR")]) == ["unit"]


def test_rounded_and_converted() -> None:
    assert sorts([number("1523")], [number("1500")]) == ["rounded"]
    assert sorts([number("5", "mile")], [number("8", "kilometer")]) == ["converted"]
    assert sorts([number("5", "mile")], [number("9.5", "kilometer")]) == ["different"]


def test_spans_of_time() -> None:
    assert compare_facts([number("60", "day")], [number("60")]) == []
    assert sorts([number("60", "day")], [number("2", "month")]) == ["converted"]
    assert sorts([number("1.5", "year")], [number("18", "month")]) == ["converted"]
    assert sorts([number("5", "day")], [number("5", "week")]) == ["unit"]
    assert sorts([number("60", "day")], [number("3", "month")]) == ["different"]
    near = classify([number("300", "day")], [number("320", "day")], twice_converted=True)
    assert [d.sort for d in near] == ["different"]


def test_lone() -> None:
    assert sorts([number("5")], []) == ["missing"]
    assert sorts([], [number("5")]) == ["extra"]
    assert sorts([number("5")], [fact("weekday", "5")]) == ["missing", "extra"]


def test_the_likest_are_joined() -> None:
    """The number of four digits with that of four, the percentage with the percentage."""
    found = compare_facts([number("2019"), number("7", at=9)], [number("8"), number("2018", at=9)])
    assert [(d.source.text, d.target.text) for d in found if d.source and d.target] == [
        ("2019", "2018"),
        ("7", "8"),
    ]
    found = compare_facts(
        [number("5", "percent"), number("6", at=9)], [number("7"), number("8", "percent", at=9)]
    )
    assert [(d.source.text, d.target.text) for d in found if d.source and d.target] == [
        ("5", "8"),
        ("6", "7"),
    ]


# What holds of any lists

VALUES: list[tuple[Kind, Value]] = [
    ("number", ("5",)),
    ("number", ("1523",)),
    ("number", ("1500",)),
    ("date", ("2024", "4", "28")),
    ("date", ("", "4", "")),
    ("weekday", ("1",)),
    ("period", ("decade", "1990")),
    ("time", ("17", "30", "")),
    ("time", ("17", "30", "240")),
]
FACTS = st.lists(
    st.builds(
        lambda x, unit, weak, at: fact(x[0], *x[1], unit=unit, weak=weak, at=at),
        st.sampled_from(VALUES),
        st.sampled_from(["", "USD", "EUR", "percent"]),
        st.booleans(),
        st.integers(0, 99),
    ),
    max_size=6,
)


@given(FACTS)
def test_a_list_agrees_with_itself(facts: list[Fact]) -> None:
    assert compare_facts(facts, facts) == []


@given(FACTS, FACTS)
def test_the_other_way_round(one: list[Fact], two: list[Fact]) -> None:
    def counts(source: list[Fact], target: list[Fact]) -> dict[str, int]:
        found = [difference.sort for difference in compare_facts(source, target)]
        return {sort: found.count(sort) for sort in found}

    swapped = {"missing": "extra", "extra": "missing"}
    forth, back = counts(one, two), counts(two, one)
    assert forth == {swapped.get(sort, sort): count for sort, count in back.items()}


@given(FACTS, FACTS)
def test_agreeing_is_mutual(one: list[Fact], two: list[Fact]) -> None:
    for a, b in product(one, two):
        assert agree(a, b) == agree(b, a)


def test_many_facts_take_little_time() -> None:
    ours = [number(str(n), at=n) for n in range(10_000)]
    theirs = [number(str(n + 5), at=n) for n in range(10_000)]
    started = time.process_time()
    found = compare_facts(ours, theirs)
    assert [d.sort for d in found] == ["different"] * 5
    disjoint = compare_facts(ours, [number(str(n + 100_000), at=n) for n in range(10_000)])
    assert len(disjoint) == 10_000
    assert time.process_time() - started < 5


def test_a_number_of_ten_thousand_digits() -> None:
    assert sorts([number("7" * 10_000)], [number("7" * 10_000)]) == []
    assert sorts([number("7" * 10_000)], [number("8")]) == ["different"]


def test_degrees_of_any_scale() -> None:
    assert compare_facts([number("80", "degree")], [number("80", "fahrenheit")]) == []
    assert sorts([number("80", "degree")], [number("27", "degree")]) == ["converted"]
    assert sorts([number("80", "fahrenheit")], [number("27", "celsius")]) == ["converted"]
    assert sorts([number("80", "celsius")], [number("27", "celsius")]) == ["different"]
    assert sorts([number("80", "degree")], [number("37", "degree")]) == ["different"]


def test_results_of_matches() -> None:
    ours = [number("3", at=0), number("2", at=2)]
    theirs = [number("2", at=0), number("2", at=2)]
    assert sorts(ours, theirs) == ["different"]
    assert sorts(theirs, ours) == ["different"]
    assert sorts(ours, [number("2", at=0), number("3", at=2)]) == []


def test_what_is_no_date_is_read_as_a_number() -> None:
    assert sorts([number("62")], [fact("time", "02", "30", "")]) == ["different"]
    assert sorts([number("62")], [fact("time", "02", "30", "", weak=True)]) == ["missing"]


def test_a_year_of_two_digits() -> None:
    assert compare_facts([number("19", weak=True)], [number("2019")]) == []
    assert compare_facts([number("2019")], [number("19", weak=True)]) == []
    assert sorts([number("19")], [number("2019")]) == ["missing", "extra"], "a year is no amount"
    assert sorts([number("18", weak=True)], [number("2019")]) == ["different"]


def test_measures_that_both_were_converted() -> None:
    ours, theirs = [number("300", "kilometer")], [number("320", "kilometer")]
    assert [d.sort for d in classify(ours, theirs)] == ["different"]
    assert [d.sort for d in classify(ours, theirs, twice_converted=True)] == ["rounded"]
    assert [d.sort for d in classify([number("300")], [number("320")], twice_converted=True)] == ["different"]
    far = [number("340", "kilometer")]
    assert [d.sort for d in classify(ours, far, twice_converted=True)] == ["different"]


def test_a_height_and_a_weight_do_not_stand_for_each_other() -> None:
    assert sorts([number("6", "foot")], [number("98", "kilogram")]) == ["missing", "extra"]
    assert sorts([number("85", "mile-per-hour")], [number("90", "mile")]) == ["different"]
