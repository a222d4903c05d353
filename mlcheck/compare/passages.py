"""The facts of linked passages that have no counterpart: the common ground of the rules on numbers,
dates, names, quotations, negations and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mlcheck.data import Alignment, Link
from mlcheck.facts import FIRST_CLASS, Difference, Fact, agree, explain, extract, lone
from mlcheck.languages import base, name

__all__ = ["Found", "Passage", "differences", "limits", "near", "passages"]

_NEAR = 2
"""Links away that a fact may stand from its counterpart. Translators move a date into the sentence
before, and aligners put a clause that stands between two sentences to either."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A link with text on both sides, and its facts: each side's, of all its sentences, with spans
    in the text of their sentence, which `owners` numbers."""

    link: Link
    facts: tuple[tuple[Fact, ...], tuple[Fact, ...]]
    owners: tuple[tuple[int, ...], tuple[int, ...]]

    def owner(self, side: int, fact: Fact) -> int:
        """The sentence of a fact of a side; the very fact, since two may be equal."""
        return next(i for f, i in zip(self.facts[side], self.owners[side], strict=True) if f is fact)


@dataclass(frozen=True, slots=True)
class Found:
    """A difference in a passage, with the sentence of either fact, where there is one."""

    passage: Passage
    difference: Difference
    source: int | None
    target: int | None


def passages(alignment: Alignment) -> tuple[Passage, ...]:
    """The linked passages with their facts, in the order of the source."""
    return _passages(alignment)[0]


def near(every: Sequence[Passage], at: int, side: int) -> tuple[Fact, ...]:
    """The facts of a side in the passage `at` and in those beside it."""
    return tuple(fact for passage in every[max(at - 1, 0) : at + 2] for fact in passage.facts[side])


# Several rules ask for the same facts of one alignment, one after the other; the next alignment
# takes its place.
@lru_cache(maxsize=1)
def _passages(alignment: Alignment) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """The passages, and what has no counterpart: nulls, as passages with an empty side."""
    sides = alignment.source.document, alignment.target.document
    facts = [[extract(s.text, d.language) for s in d.sentences] for d in sides]
    filled: list[Passage] = []
    nulls: list[Passage] = []
    for link in alignment.sentences:
        one, two = (
            [(i, fact) for i in own for fact in facts[side][i]]
            for side, own in enumerate((link.source, link.target))
        )
        passage = Passage(
            link,
            (tuple(fact for _, fact in one), tuple(fact for _, fact in two)),
            (tuple(i for i, _ in one), tuple(i for i, _ in two)),
        )
        (filled if link.source and link.target else nulls).append(passage)
    return tuple(filled), tuple(nulls)


@lru_cache(maxsize=1)
def differences(alignment: Alignment) -> tuple[Found, ...]:
    """What differs in numbers, dates and times, passage by passage.

    A fact that is missing from its passage, and without counterpart in one nearby on the other
    side, has changed its sentence, and differs from nothing.
    """
    filled, nulls = _passages(alignment)
    left = [(list(lone(p.facts[0], p.facts[1])), list(lone(p.facts[1], p.facts[0]))) for p in filled]
    _cancel(filled, nulls, left)
    # Miles and pounds are converted from English, once. Between two other languages both versions
    # may have converted them, each in its own way.
    codes = {base(d.language) for d in (alignment.source.document, alignment.target.document)}
    found = []
    for passage, (source, target) in zip(filled, left, strict=True):
        for difference in explain(source, target, passage.facts, twice_converted="en" not in codes):
            sentences = [
                None if fact is None else passage.owner(side, fact)
                for side, fact in enumerate((difference.source, difference.target))
            ]
            found.append(Found(passage, difference, sentences[0], sentences[1]))
    return tuple(found)


def _cancel(
    filled: Sequence[Passage], nulls: Sequence[Passage], left: list[tuple[list[Fact], list[Fact]]]
) -> None:
    """Take out of `left` what passages near each other lack of each other."""
    by_place: tuple[defaultdict[int, list[list[Fact]]], ...] = (defaultdict(list), defaultdict(list))
    for passage, both in zip(filled, left, strict=True):
        for side in (0, 1):
            for i in (passage.link.source, passage.link.target)[side]:
                by_place[side][i].append(both[side])
    for passage in nulls:
        side = 0 if passage.link.source else 1
        for i in (passage.link.source, passage.link.target)[side]:
            by_place[side][i].append(list(passage.facts[side]))
    for passage, both in zip(filled, left, strict=True):
        for side in (0, 1):
            if not both[side]:
                continue
            opposite = (passage.link.source, passage.link.target)[1 - side]
            near = range(opposite[0] - _NEAR, opposite[-1] + _NEAR + 1)
            others = [facts for i in near if i not in opposite for facts in by_place[1 - side].get(i, ())]
            for fact in list(both[side]):
                for facts in others:
                    match = next((other for other in facts if agree(fact, other)), None)
                    if match is not None:
                        both[side].remove(fact)
                        facts.remove(match)
                        break


def limits(alignment: Alignment, what: str) -> str | None:
    """That a language's facts are seen only in part, or None where both are seen in full."""
    poor = sorted(
        {base(d.language) for d in (alignment.source.document, alignment.target.document)} - set(FIRST_CLASS)
    )
    return f"{' and '.join(map(name, poor))}: {what}" if poor else None
