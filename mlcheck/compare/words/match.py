"""Which word stands for which, inside the passages that are linked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mlcheck.data import Alignment, WordTable

__all__ = ["Matches", "Matching", "match"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_ROWS = 256
_REACH = 768
"""Words of a passage looked at in one go, and words opposite, either side of the place that answers
to theirs, among which they look. Sentences never have so many; a file without full stops has, and
would take time by the square of its length."""
_AROUND = 25
"""Sentences, either side of its place, in which a sentence without counterpart looks for its words.
With those of the two neighbours alone, word differences were worth .27 in place of .29: what stands
elsewhere in a short text was seldom marked."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The words of one side, in the order of its `WordTable`; arrays of one value a word."""

    best: Floats
    """Cosine with the best match opposite: in the linked passage; of a word in a null link, in the
    sentences around its place."""
    partner: Ints
    """That match, a row of the other side's table; -1 where there is none."""
    mutual: Flags
    """Are the two each other's best match? Never in a null link."""
    link: Ints
    """The word's sentence link, an index in `Alignment.sentences`; their number for the words of page
    furniture, which is in no link."""


Matching = tuple[Matches, Matches]
"""Of the source, and of the target."""


def match(alignment: Alignment) -> Matching:
    """The best match of every word of two texts whose encoder has word vectors."""
    tables = _table(alignment, 0), _table(alignment, 1)
    one, two = (_blank(len(table.spans), len(alignment.sentences)) for table in tables)
    for number, link in enumerate(alignment.sentences):
        left, right = tables[0].rows(link.source), tables[1].rows(link.target)
        one.link[left], two.link[right] = number, number
        if link.source and link.target:
            there, back = _facing(tables[0], left, tables[1], right)
            for own, rows, others, (best, partner), (_, returned) in (
                (one, left, right, there, back),
                (two, right, left, back, there),
            ):
                own.best[rows] = best
                own.partner[rows] = others[partner]
                own.mutual[rows] = returned[partner] == np.arange(len(rows))
    for side, own in enumerate((one, two)):
        for sentence, around in _around(alignment, side):
            rows = tables[side].rows((sentence,))
            others = tables[1 - side].rows(around)
            if len(others):
                (best, partner), _ = _facing(tables[side], rows, tables[1 - side], others)
                own.best[rows], own.partner[rows] = best, others[partner]
    return one, two


def _table(alignment: Alignment, side: int) -> WordTable:
    table = alignment.sides[side].words
    if table is None:
        raise ValueError("the encoder has no word vectors")
    return table


def _blank(count: int, link: int) -> Matches:
    return Matches(
        np.zeros(count),
        np.full(count, -1, np.int64),
        np.zeros(count, np.bool_),
        np.full(count, link, np.int64),
    )


def _around(alignment: Alignment, side: int) -> list[tuple[int, tuple[int, ...]]]:
    """The sentences of a side that have no counterpart, and the stretch of the other side where one
    would stand."""
    opposite: dict[int, tuple[int, ...]] = {}
    for link in alignment.sentences:
        own, other = link.sides[side], link.sides[1 - side]
        opposite.update(dict.fromkeys(own, other))
    last = len((alignment.target, alignment.source)[side].document.sentences) - 1
    found = []
    place = 0
    for i in sorted(opposite):
        if opposite[i]:
            place = opposite[i][-1]
        else:
            found.append((i, tuple(range(max(0, place - _AROUND), min(last, place + _AROUND) + 1))))
    return found


def _facing(
    table: WordTable, one: Ints, other: WordTable, two: Ints
) -> tuple[tuple[Floats, Ints], tuple[Floats, Ints]]:
    """For each word of two passages, which are rows of two tables, its best cosine in the other, and where;
    equal ones go to the first."""
    there = np.empty(len(one)), np.empty(len(one), np.int64)
    back = np.full(len(two), -np.inf), np.zeros(len(two), np.int64)
    reach = len(two) if len(two) <= 2 * _REACH else _REACH
    for start in range(0, len(one), _ROWS):
        end = min(start + _ROWS, len(one))
        low = max(0, start * len(two) // len(one) - reach)
        high = min(len(two), end * len(two) // len(one) + reach)
        cosines = table.cosines(one[start:end], other, two[low:high])
        there[1][start:end] = low + cosines.argmax(axis=1)
        there[0][start:end] = cosines.max(axis=1)
        top, where = cosines.max(axis=0), start + cosines.argmax(axis=0)
        better = top > back[0][low:high]
        back[0][low:high][better], back[1][low:high][better] = top[better], where[better]
    return there, back
