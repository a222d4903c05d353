"""Figures that stand in another cell of a table: each row and each column has its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from mlcheck.compare.facts import Difference
from mlcheck.compare.passage import Found, Left, Passage
from mlcheck.data import Alignment
from mlcheck.facts import Fact

__all__ = ["cells"]

Cell = dict[str, Fact]
"""The numbers of a cell, by value."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table and its counterpart, and the numbers of each cell of both."""

    index: int
    passage: Passage
    source: tuple[Cell, ...]
    target: tuple[Cell, ...]

    def wrong(self) -> list[int]:
        """The columns in which its numbers are not those of its counterpart."""
        pairs = zip(self.source, self.target, strict=True)
        return [c for c, (one, two) in enumerate(pairs) if one.keys() != two.keys()]

    def lacks(self, column: int) -> Cell:
        """What a cell of the source has and that of the target has not."""
        return {v: f for v, f in self.source[column].items() if v not in self.target[column]}

    def gains(self, column: int) -> Cell:
        """The other way round."""
        return {v: f for v, f in self.target[column].items() if v not in self.source[column]}


def cells(filled: Sequence[Passage], left: Sequence[Left], alignment: Alignment) -> Iterator[Found]:
    """Numbers that two rows of a table have exchanged in one column, where both rows agree in all other cells,
    in a number at least; they are taken out of `left`. Rows that are sorted otherwise are linked otherwise."""
    by_width: defaultdict[int, list[_Row]] = defaultdict(list)
    for row in _rows(filled, alignment):
        by_width[len(row.source)].append(row)
    for rows in by_width.values():
        suspects = [row for row in rows if len(row.wrong()) == 1 and _anchored(row)]
        done: set[int] = set()
        for one, two in combinations(suspects, 2):
            (column,), (other,) = one.wrong(), two.wrong()
            if column != other or {id(one), id(two)} & done:
                continue
            lost, gained = one.lacks(column), one.gains(column)
            if lost.keys() != two.gains(column).keys() or gained.keys() != two.lacks(column).keys():
                continue
            done |= {id(one), id(two)}
            yield from _exchange(one, two, column, left)


def _exchange(one: _Row, two: _Row, column: int, left: Sequence[Left]) -> Iterator[Found]:
    """The findings for an exchange: for each row whose figure is another, or for the one figure that has moved."""
    for row, back in ((one, two), (two, one)):
        lost, gained = row.lacks(column), row.gains(column)
        taken = {id(fact) for fact in (*lost.values(), *gained.values())}
        for own in left[row.index]:
            own[:] = [fact for fact in own if id(fact) not in taken]
        if lost and gained:
            source, target = next(iter(lost.values())), next(iter(gained.values()))
            yield Found.of(row.passage, Difference(sort="swapped", source=source, target=target), same_thing=True)
        elif lost:
            source, target = next(iter(lost.values())), back.gains(column)[next(iter(lost))]
            difference = Difference(sort="swapped", source=source, target=target)
            yield Found(
                row.passage,
                difference,
                row.passage.owner(0, source),
                back.passage.owner(1, target),
                same_thing=True,
            )


def _anchored(row: _Row) -> bool:
    """Does it agree in a number, so that it is the same row?"""
    return any(one.keys() & two.keys() for one, two in zip(row.source, row.target, strict=True))


def _rows(filled: Sequence[Passage], alignment: Alignment) -> Iterator[_Row]:
    """The rows of tables that are linked one by one, or as many with as many."""
    for index, passage in enumerate(filled):
        sides = passage.link.sides
        if len(sides[0]) != len(sides[1]) or not all(_is_table(alignment, s, sides[s]) for s in (0, 1)):
            continue
        for pair in zip(*sides, strict=True):
            one, two = (_cells(alignment, passage, side, pair[side]) for side in (0, 1))
            if len(one) == len(two) > 1:
                yield _Row(index, passage, one, two)


def _is_table(alignment: Alignment, side: int, sentences: Sequence[int]) -> bool:
    document = alignment.documents[side]
    rows = [document.sentences[i].paragraph for i in sentences]
    return len(set(rows)) == len(rows) and all(document.paragraphs[row].role == "table" for row in rows)


def _cells(alignment: Alignment, passage: Passage, side: int, sentence: int) -> tuple[Cell, ...]:
    text = alignment.documents[side].sentences[sentence].text
    found: list[Cell] = [{} for _ in range(text.count("|") + 1)]
    for fact, owner in zip(passage.facts[side], passage.owners[side], strict=True):
        if owner == sentence and fact.kind == "number" and not fact.weak:
            found[text.count("|", 0, fact.span.start)].setdefault(fact.value[0], fact)
    return tuple(found)
