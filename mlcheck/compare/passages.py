"""The facts of linked passages, and which of them have no counterpart: the common ground of the rules on
numbers, dates, quotations, negations and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mlcheck.compare.facts import Difference, agree, classify, unmatched
from mlcheck.data import Document, Link
from mlcheck.facts import Fact, extract

__all__ = ["Found", "Passage", "differences", "facts_of", "near", "passages"]

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


def near(every: Sequence[Passage], at: int, side: int) -> tuple[Fact, ...]:
    """The facts of a side in the passage `at` and in those beside it."""
    return tuple(fact for passage in every[max(at - 1, 0) : at + 2] for fact in passage.facts[side])


def facts_of(document: Document) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each sentence, read in the document's language."""
    return tuple(extract(sentence.text, document.language) for sentence in document.sentences)


def passages(
    links: Sequence[Link], facts: tuple[Sequence[Sequence[Fact]], Sequence[Sequence[Fact]]]
) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """The passages, in the order of the source, and what has no counterpart: nulls, as passages with an
    empty side. `facts` are those of the sentences of either side."""
    filled: list[Passage] = []
    nulls: list[Passage] = []
    for link in links:
        one, two = (
            [(i, fact) for i in own for fact in facts[side][i]] for side, own in enumerate(link.sides)
        )
        passage = Passage(
            link,
            (tuple(fact for _, fact in one), tuple(fact for _, fact in two)),
            (tuple(i for i, _ in one), tuple(i for i, _ in two)),
        )
        (filled if link.source and link.target else nulls).append(passage)
    return tuple(filled), tuple(nulls)


def differences(
    filled: Sequence[Passage], nulls: Sequence[Passage], languages: Collection[str]
) -> tuple[Found, ...]:
    """What differs in numbers, dates and times, passage by passage; `languages` are the base codes of both
    texts.

    A fact that is missing from its passage, and without counterpart in one nearby on the other
    side, has changed its sentence, and differs from nothing.
    """
    left = [(unmatched(p.facts[0], p.facts[1]), unmatched(p.facts[1], p.facts[0])) for p in filled]
    _cancel(filled, nulls, left)
    # Miles and pounds are converted from English, once. Between two other languages both versions
    # may have converted them, each in its own way.
    twice = "en" not in languages
    found = []
    for passage, (source, target) in zip(filled, left, strict=True):
        for difference in classify(source, target, passage.facts, twice_converted=twice):
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
            for i in passage.link.sides[side]:
                by_place[side][i].append(both[side])
    for passage in nulls:
        side = 0 if passage.link.source else 1
        for i in passage.link.sides[side]:
            by_place[side][i].append(list(passage.facts[side]))
    for passage, both in zip(filled, left, strict=True):
        for side in (0, 1):
            if not both[side]:
                continue
            opposite = passage.link.sides[1 - side]
            near = range(opposite[0] - _NEAR, opposite[-1] + _NEAR + 1)
            others = [facts for i in near if i not in opposite for facts in by_place[1 - side].get(i, ())]
            for fact in list(both[side]):
                for facts in others:
                    match = next((other for other in facts if agree(fact, other)), None)
                    if match is not None:
                        both[side].remove(fact)
                        facts.remove(match)
                        break
