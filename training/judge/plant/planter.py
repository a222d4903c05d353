"""Which kind of change is made in which sentence, and in which pair of languages."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from training.judge.plant.dates import date
from training.judge.plant.names import Names, exchange_names, name
from training.judge.plant.negations import negation
from training.judge.plant.numbers import exchange_numbers, number
from training.judge.plant.opposites import opposite
from training.judge.plant.phrases import Phrasebook, cut, drop, replace
from training.judge.plant.quads import Edits, Quad, Version, changed
from training.judge.texts import Row, Seen

__all__ = ["KINDS", "Planter"]

KINDS = {
    "number": 9,
    "exchange_numbers": 2,
    "date": 7,
    "name": 11,
    "exchange_names": 3,
    "negation": 15,
    "opposite": 12,
    "cut": 16,
    "drop": 12,
    "replace": 9,
    "other": 6,
    "more": 5,
}
"""Kinds of change and how often each is tried; what cannot be made is tried as another."""
_BOTH = 0.85
"""How often languages are chosen that both have the change, where any have."""
_ONE_SIDED = 0.25
"""How often a name is changed on one side only though it could be on both: as real errors are, alone."""


@dataclass(slots=True)
class Planter:
    """Makes quads of the sentences of some stories."""

    stories: list[list[Row]]
    seen: Seen
    names: Names
    book: Phrasebook
    pairs: list[tuple[str, str]]

    def make(self, kind: str, rng: random.Random, languages: tuple[str, str] | None = None) -> Quad | None:
        """A quad of that kind from a random sentence, or None where that one has nothing to change."""
        rows = rng.choice(self.stories)
        return self.of(kind, rows, rng.randrange(len(rows)), rng, languages)

    def of(
        self,
        kind: str,
        rows: list[Row],
        at: int,
        rng: random.Random,
        languages: tuple[str, str] | None = None,
    ) -> Quad | None:
        """A quad of that kind from one sentence of a story."""
        row = rows[at]
        have = [languages] if languages else self.pairs
        have = [p for p in have if p[0] in row.texts and p[1] in row.texts]
        if not have:
            return None
        rowwise: dict[str, Callable[[], Edits | None]] = {
            "number": lambda: number(row, rng),
            "exchange_numbers": lambda: exchange_numbers(row, rng),
            "date": lambda: date(row, rng),
            "name": lambda: name(row, rng, self.names),
            "exchange_names": lambda: exchange_names(row, rng, self.names),
            "negation": lambda: negation(row, rng, self.seen),
            "opposite": lambda: opposite(row, rng),
        }
        if kind in rowwise:
            edits = rowwise[kind]()
            return self._of_edits(kind, row, have, edits, rng) if edits else None
        languages = rng.choice(have)
        sides = None
        if kind == "cut":
            sides = cut(row, languages, rng, self.seen)
        elif kind == "drop":
            sides = drop(row, languages, rng, self.seen)
        elif kind == "replace":
            sides = replace(row, languages, rng, self.seen, self.book)
        elif kind == "other":
            return self._other(rows, at, languages, rng)
        elif kind == "more":
            return self._more(rows, at, languages)
        return Quad(kind, languages, row.story, *sides) if sides else None

    def _of_edits(
        self, kind: str, row: Row, have: list[tuple[str, str]], edits: Edits, rng: random.Random
    ) -> Quad | None:
        versions = {language: changed(row.texts[language], own) for language, own in edits.items()}
        versions = {
            language: own for language, own in versions.items() if own[0].sentences != own[1].sentences
        }
        both = [p for p in have if p[0] in versions and p[1] in versions]
        if both and rng.random() < _BOTH:
            languages = rng.choice(both)
            sides = [versions[language] for language in languages]
            if kind == "name" and rng.random() < _ONE_SIDED:
                alone = rng.randrange(2)
                sides[alone] = sides[alone][:1]
            return Quad(kind, languages, row.story, *sides)
        either = [p for p in have if (p[0] in versions) != (p[1] in versions)]
        if not either:
            return None
        languages = rng.choice(either)
        known = languages[languages[0] not in versions]
        unknown = Version((row.texts[languages[languages[0] in versions]],))
        if kind != "negation":
            sides = [versions[language] if language == known else (unknown,) for language in languages]
            return Quad(kind, languages, row.story, *sides)
        # An odd "not" is known by its looks, where the new version stands in flawed pairs only. It gets a
        # counterpart, and loses its marks for that, as the two then differ in more than the change.
        other = rng.choice([language for language in sorted(versions) if language != known] or [known])
        sides = [
            versions[language] if language == known else (unknown, versions[other][1])
            for language in languages
        ]
        return Quad(kind, (*languages, other), row.story, *sides, marked=False)

    def _other(self, rows, at: int, languages: tuple[str, str], rng: random.Random) -> Quad | None:
        row = rows[at]
        near = [r for r in rows[max(0, at - 3) : at + 4] if r is not row]
        pool = near if near and rng.random() < 0.6 else rng.choice(self.stories)
        other = rng.choice([r for r in pool if all(language in r.texts for language in languages)] or [row])
        if other.texts == row.texts:
            return None
        sides = [
            tuple(Version((r.texts[language],), ((0, 0, len(r.texts[language])),)) for r in (row, other))
            for language in languages
        ]
        return Quad("other", languages, row.story, *sides)

    def _more(self, rows, at: int, languages: tuple[str, str]) -> Quad | None:
        if at + 1 >= len(rows) or not all(language in rows[at + 1].texts for language in languages):
            return None
        sides = []
        for language in languages:
            one, two = rows[at].texts[language], rows[at + 1].texts[language]
            sides.append((Version((one,)), Version((one, two), ((1, 0, len(two)),))))
        return Quad("more", languages, rows[at].story, *sides)
