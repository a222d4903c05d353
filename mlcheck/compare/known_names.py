"""Entities that tables know, and that another of their kind stands for: Almaty, Тбилиси.

Two are told where each is surely what it is said to be, neither has a counterpart opposite or in the
passages beside, and nothing else opposite may stand for them: a capital for its state, a word that sounds
like the name, a sign of one letter. As many have to be left over on either side: a name that one version
leaves out has none in its place. No model is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlcheck.data import Alignment
from mlcheck.facts import Entity, EntityKind, cities_hinted, entities, known_names, related, short_signs
from mlcheck.languages import base, language
from mlcheck.text import alike, spell

__all__ = ["Known", "KnownNames", "KnownPair", "Word"]

_NEAR = 2
"""Links away that a counterpart may stand."""
_SOUND = 0.6
"""Likeness of sound from which a word opposite may be the name in a form that no table has."""
_SLIP = 0.5
"""Likeness of sound from which a city and a state may be taken for each other: Arak, Iraq."""
_MOST = 4
"""Entities of a kind left over on a side; with more the passages do not say the same anyway."""
_MOST_LETTERS = 2000
"""Characters of a sentence that is looked at: what is longer is a table or a list."""
_PIECE = 7
"""Characters from which a name in a script without spaces is heard."""
_KINDS: tuple[EntityKind, ...] = ("nation", "city", "body")


@dataclass(frozen=True, slots=True)
class Known:
    """An entity, and the sentence that it stands in."""

    sentence: int
    entity: Entity


KnownPair = tuple[Known, Known]
Word = tuple[int, int, int]
"""A sentence, and where in its text a word starts and ends."""


class KnownNames:
    """The entities of two aligned texts, link by link."""

    def __init__(self, alignment: Alignment) -> None:
        self._documents = alignment.documents
        self._links = alignment.sentences
        self._number = {i: number for number, link in enumerate(self._links) for i in link.source}
        self._codes = [base(document.language) for document in alignment.documents]
        by_sentence = [
            [
                entities(sentence.text, code) if len(sentence.text) <= _MOST_LETTERS else ()
                for sentence in document.sentences
            ]
            for document, code in zip(alignment.documents, self._codes, strict=True)
        ]
        self._held = [
            [[Known(i, e) for i in link.sides[side] for e in by_sentence[side][i]] for link in self._links]
            for side in (0, 1)
        ]

    def pairs(self) -> Iterator[KnownPair]:
        """What has another in its place, in the order of the source."""
        for number, link in enumerate(self._links):
            if link.source and link.target:
                yield from self._of_link(number)

    def may_be_one(self, one: Word, two: Word) -> bool:
        """Is a word of the source in an entity that has a counterpart in the linked passage, or one of the
        target; or are both in entities of which one may stand for the other?"""
        number = self._number.get(one[0])
        if number is None:
            return False
        known = [
            [k for k in self._held[side][number] if _holds(k, word)] for side, word in enumerate((one, two))
        ]
        if any(_matched(k.entity, self._held[1 - side][number]) for side in (0, 1) for k in known[side]):
            return True
        return any(_stands_for(a.entity, b.entity) for a in known[0] for b in known[1])

    def _of_link(self, number: int) -> Iterator[KnownPair]:
        left = [self._left_over(side, number) for side in (0, 1)]
        for kind in _KINDS:
            one, two = ([known for known in own if known.entity.kind == kind] for own in left)
            if len(one) == len(two) <= _MOST and all(k.entity.sure for k in one + two):
                chosen = [
                    pair
                    for pair in zip(one, two, strict=True)
                    if not self._excused(0, number, pair) and not self._excused(1, number, pair)
                ]
                if len(chosen) == len(one):
                    yield from chosen
        yield from self._slips(number, left)

    def _slips(self, number: int, left: Sequence[Sequence[Known]]) -> Iterator[KnownPair]:
        """A city and a state that sound alike, and are all that is left over."""
        if len(left[0]) != 1 or len(left[1]) != 1:
            return
        pair = left[0][0], left[1][0]
        kinds = {known.entity.kind for known in pair}
        if kinds != {"city", "nation"} or not all(known.entity.sure for known in pair):
            return
        sound = float(alike([pair[0].entity.text], [pair[1].entity.text], spaced=True)[0, 0])
        if sound >= _SLIP and not self._excused(0, number, pair) and not self._excused(1, number, pair):
            yield pair

    def _left_over(self, side: int, number: int) -> list[Known]:
        """Entities of a side of a link without counterpart opposite, each once."""
        found: list[Known] = []
        for known in self._held[side][number]:
            if not _matched(known.entity, self._held[1 - side][number]) and not any(
                _same(known.entity, other.entity) for other in found
            ):
                found.append(known)
        return found

    def _excused(self, side: int, number: int, pair: KnownPair) -> bool:
        """May something opposite, or beside, stand for the entity of a side?"""
        own, other = pair[side].entity, 1 - side
        if spell(own.text) == spell(pair[other].entity.text):
            return True  # one name, of which the two languages have tables that do not agree
        opposite = self._held[other][number]
        if _stood_for(own, opposite, self._held[side][number]) or self._is_near(side, number, own):
            return True
        for sentence in self._links[number].sides[other]:
            text = self._documents[other].sentences[sentence].text
            taken = [k.entity for k in opposite if k.sentence == sentence and k.entity.sure]
            if self._is_heard(own, text, taken, other):
                return True
        return False

    def _is_near(self, side: int, number: int, own: Entity) -> bool:
        """Do the passages beside have it opposite more often than here?"""
        for k in range(max(0, number - _NEAR), min(len(self._links), number + _NEAR + 1)):
            if k != number:
                here, there = (
                    sum(_same(own, known.entity) for known in self._held[s][k]) for s in (side, 1 - side)
                )
                if there > here:
                    return True
        return False

    def _is_heard(self, own: Entity, text: str, taken: Sequence[Entity], side: int) -> bool:
        """Has the text a word, outside the entities that are surely others, that may be its name?"""
        code = self._codes[side]
        masked = list(text)
        for entity in taken:
            masked[entity.span.start : entity.span.end] = " " * (entity.span.end - entity.span.start)
        rest = "".join(masked)
        if own.kind == "nation" and not own.codes.isdisjoint(short_signs(rest, code)):
            return True
        words = _words(rest)
        if own.kind != "city" and any(
            not own.codes.isdisjoint(codes) for codes in known_names(rest, words, code)
        ):
            return True
        if own.kind == "city" and any(not own.codes.isdisjoint(cities_hinted(rest[a:b])) for a, b in words):
            return True
        spaced = language(code).spaced
        heard = (
            [rest[a:b] for a, b in words]
            if spaced
            else [rest[at : at + _PIECE] for at, letter in enumerate(rest) if letter.isalpha()]
        )
        cased = any(letter.isupper() for letter in rest)
        heard = [word for word in heard if not cased or not spaced or word[0].isupper()]
        names = [word for word in own.text.replace("-", " ").split() if len(word) > 2] or [own.text]
        return bool(heard) and float(alike(names, heard, spaced=spaced).max()) >= _SOUND


def _words(text: str) -> list[tuple[int, int]]:
    found, start = [], None
    for at, letter in enumerate(text + " "):
        if letter.isalnum() and start is None:
            start = at
        elif not letter.isalnum() and start is not None:
            found.append((start, at))
            start = None
    return found


def _matched(own: Entity, opposite: Sequence[Known]) -> bool:
    return any(_same(own, known.entity) for known in opposite)


def _same(one: Entity, two: Entity) -> bool:
    if one.kind != two.kind:
        return False
    return any(related(a, b, one.kind) for a in one.codes for b in two.codes)


def _stood_for(own: Entity, opposite: Sequence[Known], around: Sequence[Known]) -> bool:
    """Is a city of the state opposite, or the state of the city, that is not named here too?"""
    return any(_stands_for(own, known.entity) and not _matched(known.entity, around) for known in opposite)


def _stands_for(one: Entity, two: Entity) -> bool:
    """Is one a city, and the other its state?"""
    if {one.kind, two.kind} != {"city", "nation"}:
        return False
    city, nation = (one, two) if one.kind == "city" else (two, one)
    return not city.countries.isdisjoint(code.partition("-")[0] for code in nation.codes)


def _holds(known: Known, word: Word) -> bool:
    sentence, start, end = word
    return known.sentence == sentence and known.entity.span.start < end and start < known.entity.span.end
