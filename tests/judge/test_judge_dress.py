"""Quads told another way: the looks change, and not what differs."""

from __future__ import annotations

import random
from collections import Counter

import pytest

pytest.importorskip("training.judge.plant")

from training.judge.dress import dressed, halved, in_words, with_neighbour
from training.judge.plant import Quad, Version, changed
from training.judge.texts import Row

SENTENCE = "The ferry, which carried 7 people, on Sunday did sail to Hagen on the last of 3 days."
AT = SENTENCE.index(" sail")
OLD, NEW = changed(SENTENCE, [(AT, AT, " not")])
NEIGHBOUR = {"en": "It was late.", "de": "Es war spät."}


def marked(version: Version) -> list[str]:
    return [version.sentences[at][start:end] for at, start, end in version.marks]


def quad() -> Quad:
    other = changed("Die Fähre mit 7 Leuten an Bord, die neu ist, fuhr nach Hagen.", [(49, 49, " nicht")])
    return Quad("negation", ("en", "de"), "a story", (OLD, NEW), other)


ROWS = [
    Row("a story", NEIGHBOUR),
    Row("a story", {"en": OLD.sentences[0], "de": quad().target[0].sentences[0]}),
]


def test_the_flaw_stays_where_it_is() -> None:
    rng, seen = random.Random(1), Counter[str]()
    for _ in range(300):
        found = dressed(quad(), ROWS, 1, rng)
        for old, new in ((quad().source, found.source), (quad().target, found.target)):
            assert len(new) == 2
            assert [marked(version) for version in new] == [marked(version) for version in old]
            assert new[0].sentences != new[1].sentences
        seen[f"{len(found.source[0].sentences)} and {len(found.target[0].sentences)}"] += 1
    assert seen["1 and 1"] > 100
    assert seen["2 and 2"] > 20
    assert seen["2 and 1"] + seen["1 and 2"] > 10


def test_a_sentence_becomes_two_at_a_comma() -> None:
    ways = {tuple(v.sentences for v in halved((OLD, NEW), random.Random(seed))) for seed in range(20)}
    first = "The ferry, which carried 7 people."
    assert ways == {
        (
            (first, "On Sunday did sail to Hagen on the last of 3 days."),
            (first, "On Sunday did not sail to Hagen on the last of 3 days."),
        )
    }
    assert halved((Version(("Short, and sweet.",)),), random.Random(1)) == (Version(("Short, and sweet.",)),)


def test_a_comma_that_one_version_lacks_is_left_alone() -> None:
    one, two = changed("They met in the old town hall, although it was raining hard.", [(29, 59, "")])
    assert halved((one, two), random.Random(1)) == (one, two)


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("They took 7 days.", "en", "They took seven days."),
        ("7 people came.", "en", "Seven people came."),
        ("Es dauerte 11 Tage.", "de", "Es dauerte elf Tage."),
        ("有7人受伤。", "zh", "有七人受伤。"),
        ("It cost 7.5 crowns.", "en", None),
        ("Version 7-2 is out.", "en", None),
        ("Of 7 people 7 came.", "en", None),
        ("It fell by 7%.", "en", None),
        ("有17人受伤。", "zh", None),
        ("7 ihmistä.", "fi", None),
    ],
)
def test_a_small_number_in_words(text: str, language: str, written: str | None) -> None:
    found = in_words((Version((text,)),), language, random.Random(1))
    assert found == (Version((written or text,)),)


def test_a_number_that_differs_stays_in_figures() -> None:
    old, new = changed("They took 7 days.", [(10, 11, "9")])
    assert in_words((old, new), "en", random.Random(1)) == (old, new)


def test_a_neighbour_moves_the_marks() -> None:
    before = with_neighbour((NEW,), "It was late.", first=True)
    assert before == (Version(("It was late.", *NEW.sentences), ((1, AT, AT + 4),)),)
    assert with_neighbour((NEW,), "It was late.", first=False)[0].marks == NEW.marks
