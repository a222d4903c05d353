"""What stands elsewhere in a text, in whatever form: before it is said that something is not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from mlcheck.compare.agreement import FAMILIES
from mlcheck.compare.passage import Left, Passage
from mlcheck.compare.tantamount import tantamount
from mlcheck.compare.words import Matching
from mlcheck.data import Alignment, Document
from mlcheck.facts import Fact, extract

__all__ = ["Elsewhere", "echoed"]

_ECHO = 0.38
"""Likeness of any word opposite from which it may say in its own way what a fact says: "fortnight" where
the other has two weeks, "суботній" for Saturday. Chosen on facts of real documents and small cases that
seemed to have no counterpart, between those that stood there after all and those that did not."""

_MANY = 5_000
"""Facts of a document up to which each is looked at. One that has more is a table."""

_LINE = 500
"""Characters of a line of furniture that is looked at, as in `segment/`: a longer one is none."""


class Elsewhere:
    """All facts of a document, doubtful ones too, and its figures, wherever they stand: inside a name, a
    heading or page furniture."""

    def __init__(self, document: Document, facts: Sequence[Sequence[Fact]]) -> None:
        self._document = document
        self._of_sentences = facts

    @cached_property
    def _facts(self) -> tuple[Fact, ...]:
        """Each once. Furniture has no sentences: a dateline on a line of its own, a stamp."""
        aside = [
            extract(p.text, self._document.language)
            for p in self._document.paragraphs
            if p.role == "furniture" and len(p.text) <= _LINE
        ]
        every = [fact for own in (*self._of_sentences, *aside) for fact in own if fact.kind in FAMILIES]
        return tuple({(f.kind, f.readings, f.unit, f.weak): f for f in every}.values())[:_MANY]

    def has(self, fact: Fact) -> bool:
        """Is there any form of a fact of the other text: itself, rounded, converted, in words, or its
        figures?"""
        return any(tantamount(fact, other) for other in self._facts) or self._shows(fact)

    def _shows(self, fact: Fact) -> bool:
        if fact.kind != "number":
            return fact.kind == "date" and self._has_parts(fact)
        return any(value in self._figures for (value,) in fact.readings)

    def _has_parts(self, date: Fact) -> bool:
        """Are day and year among the figures, and the month is that of a date: `9–10 May`?"""
        year, month, day = date.value
        months = {value[1] for other in self._facts if other.kind == "date" for value in other.readings}
        return bool(day) and month in months and all(part in self._figures for part in (year, day) if part)

    @cached_property
    def _figures(self) -> frozenset[str]:
        """The figures of the text, without the signs between them, and as they stand."""
        found = set()
        for match in re.finditer(r"\d+(?:[.,   ’']\d+)*", self._document.text):
            digits = "".join(str(int(c)) if c.isdecimal() else c for c in match[0])
            found.add(digits.replace(",", "."))
            found.add(re.sub(r"\D", "", digits))
            found |= set(re.findall(r"\d+", digits))
        return frozenset(found | {each.lstrip("0") for each in found if each.startswith("0")})


def echoed(
    passage: Passage, side: int, fact: Fact, left: Left, alignment: Alignment, matching: Matching | None
) -> bool:
    """Is a word opposite like a fact, and no part of a fact that has its own counterpart? Then it may say
    the same in a way that is not read."""
    if matching is None:
        return False
    own, other = alignment.sides[side].words, alignment.sides[1 - side].words
    assert own is not None
    assert other is not None
    sentences = passage.link.sides[1 - side]
    found = []
    for row in own.rows((passage.owner(side, fact),)).tolist():
        start, end = own.spans[row].tolist()
        if start >= fact.span.end or end <= fact.span.start:
            continue
        partner = int(matching[side].partner[row])
        sentence = next((i for i in sentences if other.starts[i] <= partner < other.starts[i + 1]), None)
        found.append(
            float(matching[side].best[row]) >= _ECHO
            and (
                sentence is None
                or not _settled(passage, 1 - side, sentence, other.spans[partner].tolist(), left)
            )
        )
    # The unit may be there, and its number not.
    return any(found) if fact.kind != "number" else bool(found) and all(found)


def _settled(passage: Passage, side: int, sentence: int, span: Sequence[int], left: Left) -> bool:
    """Does a word belong to a fact that has its own counterpart?"""
    return any(
        owner == sentence
        and fact.kind in FAMILIES
        and not fact.weak
        and fact.span.start < span[1]
        and span[0] < fact.span.end
        and not any(fact is each for each in left[side])
        for fact, owner in zip(passage.facts[side], passage.owners[side], strict=True)
    )
