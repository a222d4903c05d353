"""The facts of linked passages, and which of them have no counterpart: the common ground of the rules on
numbers, dates, quotations, negations and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mlcheck.compare.agreement import FAMILIES, agree, unmatched
from mlcheck.compare.counted import SAME_THING, Counted
from mlcheck.compare.elsewhere import Elsewhere, echoed
from mlcheck.compare.facts import Difference, classify
from mlcheck.compare.passage import Found, Left, Passage
from mlcheck.compare.swaps import between, scores, shifted, shifted_between, within
from mlcheck.compare.table_cells import cells
from mlcheck.compare.tantamount import month_spans
from mlcheck.compare.wholes import settled
from mlcheck.compare.words import Matching
from mlcheck.data import Alignment, Document, Link
from mlcheck.facts import Fact, extract, unit_class
from mlcheck.languages import base, language

__all__ = ["differences", "facts_of", "passages", "told_beside"]

_NEAR = 2
"""Links away that a fact may stand from its counterpart. Translators move a date into the sentence
before, and aligners put a clause that stands between two sentences to either."""
_MANY = 400
"""Pairs of facts without counterpart of a passage up to which it is asked what they count."""

SentenceFacts = tuple[Sequence[Sequence[Fact]], Sequence[Sequence[Fact]]]


def facts_of(document: Document) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each sentence, read in the document's language."""
    # Tables, forms and lists say the same again and again.
    known = {text: extract(text, document.language) for text in {s.text: None for s in document.sentences}}
    return tuple(known[sentence.text] for sentence in document.sentences)


def passages(links: Sequence[Link], facts: SentenceFacts) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """The passages, in the order of the source, and what has no counterpart: nulls, as passages with an
    empty side. `facts` are those of the sentences of either side."""
    filled: list[Passage] = []
    nulls: list[Passage] = []
    for link in links:
        one, two = (
            [(i, fact) for i in own for fact in facts[side][i]] for side, own in enumerate(link.sides)
        )
        one, two = settled(one, two), settled(two, one)
        passage = Passage(
            link,
            (tuple(fact for _, fact in one), tuple(fact for _, fact in two)),
            (tuple(i for i, _ in one), tuple(i for i, _ in two)),
        )
        (filled if link.source and link.target else nulls).append(passage)
    return tuple(filled), tuple(nulls)


def differences(
    filled: Sequence[Passage],
    nulls: Sequence[Passage],
    alignment: Alignment,
    facts: SentenceFacts,
    matching: Matching | None,
) -> tuple[Found, ...]:
    """What differs in numbers, dates and times, passage by passage.

    A fact that is missing from its passage, and without counterpart in one nearby on the other side, has
    changed its sentence, and differs from nothing. What has no counterpart is told only where no form of it
    stands anywhere in the other text, and nothing in the passage opposite is like it.
    """
    counted = Counted(alignment)
    left = [(unmatched(p.facts[0], p.facts[1]), unmatched(p.facts[1], p.facts[0])) for p in filled]
    found = [*cells(filled, left, alignment), *between(filled, left, counted)]
    found += shifted_between(filled, left, counted)
    _cancel(filled, nulls, left)
    elsewhere = [Elsewhere(d, own) for d, own in zip(alignment.documents, facts, strict=True)]
    # Miles and pounds are converted from English, once. Between two other languages both versions
    # may have converted them, each in its own way.
    twice = "en" not in {base(document.language) for document in alignment.documents}
    swapped = {id(each.passage) for each in found}
    for passage, both in zip(filled, left, strict=True):
        _spans_of_months(passage, both)
        if all(both) and len(both[0]) * len(both[1]) <= _MANY:
            found += shifted(passage, both, counted)
        for told in _told(passage, both, counted, twice=twice):
            side = 0 if told.source is not None else 1
            lone = told.source is None or told.target is None
            fact = told.difference.fact
            if not lone or not (
                _may_be_unread(fact, alignment.documents[1 - side])
                or elsewhere[1 - side].has(fact)
                or echoed(passage, side, fact, both, alignment, matching)
            ):
                found.append(told)
        if id(passage) not in swapped:
            found += [*within(passage, counted), *scores(passage, alignment)]
    order = {id(passage): number for number, passage in enumerate(filled)}
    return tuple(sorted(found, key=lambda each: order[id(each.passage)]))


def _may_be_unread(fact: Fact, other: Document) -> bool:
    """May a number in words stand in the other text in a form that nobody has listed? In languages whose
    number words are a script's, inflected ones are not seen."""
    in_words = fact.kind == "number" and not any(map(str.isdigit, fact.text))
    return in_words and language(other.language).numbers.unsure


def told_beside(filled: Sequence[Passage], nulls: Sequence[Passage]) -> frozenset[tuple[int, int]]:
    """Sentences without counterpart, as (side, sentence), whose facts the counterpart of the sentence beside
    them has too many: one sentence says there what two say here, so that neither is missing."""
    found = set()
    for null in nulls:
        side = 0 if null.link.source else 1
        sentences = null.link.sides[side]
        own = [fact for fact in null.facts[side] if fact.kind in FAMILIES and not fact.weak]
        if len(sentences) != 1 or not any(map(_is_telling, own)):
            continue
        for passage in filled:
            if {sentences[0] - 1, sentences[0] + 1} & set(passage.link.sides[side]):
                over = unmatched(passage.facts[1 - side], passage.facts[side])
                if all(any(agree(fact, other) for other in over if not other.weak) for fact in own):
                    found.add((side, sentences[0]))
    return frozenset(found)


def _is_telling(fact: Fact) -> bool:
    """Is a fact no small number that stands anywhere?"""
    return fact.kind != "number" or sum(map(str.isdigit, fact.value[0])) > 1


def _told(passage: Passage, left: Left, counted: Counted, *, twice: bool) -> Iterator[Found]:
    asked = len(left[0]) * len(left[1]) <= _MANY

    def like(one: Fact, other: Fact) -> float:
        return _like(passage, one, other, counted) or 0.0 if asked else 0.0

    for difference in classify(*left, passage.facts, twice_converted=twice, like=like):
        lone = difference.source is None or difference.target is None
        same = None if lone else _same_thing(passage, difference, counted)
        yield Found.of(passage, difference, same_thing=same)


def _same_thing(passage: Passage, difference: Difference, counted: Counted) -> bool | None:
    one, other = difference.source, difference.target
    assert one is not None
    assert other is not None
    if one.unit and unit_class(one.unit) == unit_class(other.unit):
        return True
    likeness = _like(passage, one, other, counted)
    return None if likeness is None else likeness >= SAME_THING


def _like(passage: Passage, one: Fact, other: Fact, counted: Counted) -> float | None:
    if one.kind != "number" or other.kind != "number":
        return None
    found = counted.like(passage.place(0, one), passage.place(1, other))
    return found and found.words


def _spans_of_months(passage: Passage, left: Left) -> None:
    """Take out of `left` what is told as months from one to another on one side, and counted opposite."""
    for side in (0, 1):
        for told in list(month_spans(passage.facts[side], passage.facts[1 - side])):
            for own in left:
                own[:] = [fact for fact in own if not any(fact is each for each in told)]


def _cancel(filled: Sequence[Passage], nulls: Sequence[Passage], left: Sequence[Left]) -> None:
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
