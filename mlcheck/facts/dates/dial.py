"""Times of the day in words: "halb sechs", "без четверти пять", "cinq heures et demie".

What a language says is a template in its file, by how many minutes it is from the hour that is named: "half
past {h}" is thirty after it, "halb {h}" thirty before. So one mechanism reads them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from mlcheck.facts.phrases import Phrases
from mlcheck.languages import Language
from mlcheck.languages import language as record
from mlcheck.text import Token, tokens

__all__ = ["Dial", "Said", "dial_of"]

_HOURS = range(1, 13)
_MINUTES = range(1, 30)
_MARKED = "@"
"""Opens a template that holds only after a word of `at` or `clock`: elsewhere it is a duration."""
_OF_MINUTES = ("{m}", "{w}")
_CLOSED = "$"
"""Ends one that holds only where no noun follows: "половина третьего" may be half of a third act."""


class Said(NamedTuple):
    """What stands at a token: the token after it, the minute on a dial of twelve, and whether only a word
    before it makes it a time."""

    end: int
    minute: int
    marked: bool


class _Template(NamedTuple):
    parts: tuple[str, ...]
    """Tokens, or a slot: `{h}` an hour, `{o}` an hour as an ordinal, `{m}` minutes, `{w}` minutes in a word,
    and by fives, where "las 2 y 3" would be a list."""
    offset: int
    sign: int
    """Of the minutes, which are added or taken away."""
    marked: bool
    closed: bool


@dataclass(slots=True)
class Dial:
    """The templates of a language, by their first token, and the words of its hours."""

    hours: Phrases
    ordinals: Phrases
    minutes: Phrases
    halves: Phrases
    """What may be said of the half of the day."""
    templates: Mapping[str, Sequence[_Template]] = field(default_factory=dict)
    after_minutes: frozenset[str] = frozenset()
    """What templates have after minutes."""

    def at(self, found: Sequence[Token], at: int) -> Said | None:
        """The longest time in words that begins at a token."""
        if found[at].kind not in "wd":
            return None
        best: Said | None = None
        for first in (found[at].text, "{h}", "{o}", "{m}", "{w}"):
            for template in self.templates.get(first, ()):
                said = self._fit(found, at, template)
                if said is not None and (best is None or said.end > best.end):
                    best = said
        return best

    def hour(self, found: Sequence[Token], at: int) -> tuple[int, int] | None:
        """The hour in words that begins at a token, and the token after it."""
        return self.hours.at(found, at) or self.ordinals.at(found, at)

    def _fit(self, found: Sequence[Token], at: int, template: _Template) -> Said | None:
        minute = template.offset
        end = at
        for part in template.parts:
            if end > at and end < len(found) and found[end].text == "-":
                end += 1
            if end >= len(found):
                return None
            if not part.startswith("{"):
                if found[end].text != part:
                    return None
                end += 1
                continue
            slot = self._slot(found, end, part)
            if slot is None:
                return None
            end, value = slot
            minute += template.sign * value if part in _OF_MINUTES else 60 * value
        if template.closed and not self._is_closed(found, end):
            return None
        return Said(end, minute % 720, template.marked)

    def _goes_on(self, found: Sequence[Token], end: int) -> bool:
        """Does a word stand there that a template may have after its minutes?"""
        if end >= len(found):
            return False
        return found[end].text in self.after_minutes or self.hours.at(found, end) is not None

    def _is_closed(self, found: Sequence[Token], end: int) -> bool:
        return end >= len(found) or found[end].kind == "p" or self.halves.at(found, end) is not None

    def _slot(self, found: Sequence[Token], at: int, part: str) -> tuple[int, int] | None:
        token = found[at]
        if part == "{w}":
            word = self.minutes.at(found, at)
            return word if word is not None and word[1] % 5 == 0 else None
        if token.kind == "d":
            value = int(token.text) if len(token.text) <= 2 else -1
            allowed = range(1, 60) if part == "{m}" else range(25)
            return (at + 1, value) if value in allowed else None
        if part == "{m}":
            several = self.minutes.at(found, at)
            # "без двадцати девять" is twenty to nine: of two words the second is the hour that must follow.
            if several is None or self._goes_on(found, several[0]):
                return several
            single = self.minutes.at([token], 0)
            return None if single is None else (at + 1, single[1])
        return self.ordinals.at(found, at) if part == "{o}" else self.hours.at(found, at)


@cache
def dial_of(language: str) -> Dial:
    """The clock words of a language, by its base code."""
    own = record(language)
    templates: defaultdict[str, list[_Template]] = defaultdict(list)
    for template in _templates(own):
        templates[template.parts[0]].append(template)
    slots = [part for every in templates.values() for one in every for part in one.parts]
    return Dial(
        hours=_hours(own, own.times.hour_words) if own.times.hour_words else _cardinals(own),
        ordinals=_hours(own, own.times.hour_ordinals),
        minutes=_minutes(own) if set(slots) & set(_OF_MINUTES) else Phrases(),
        halves=Phrases.of(dict.fromkeys((*own.times.am, *own.times.pm, *own.times.night), True), own.code),
        templates=dict(templates),
        after_minutes=frozenset(
            after
            for every in templates.values()
            for one in every
            for before, after in pairwise(one.parts)
            if before in _OF_MINUTES
        ),
    )


def _templates(own: Language) -> Iterator[_Template]:
    for key, texts in own.times.dial.items():
        sign = -1 if "-m" in key else 1
        offset = key.replace("-m", "").replace("m", "")
        for text in texts:
            words = text.split()
            marked, closed = words[0] == _MARKED, words[-1] == _CLOSED
            parts: list[str] = []
            for word in words[marked : len(words) - closed]:
                slot = word.startswith("{")
                parts += [word] if slot else [token.text for token in tokens(word, own.code)]
            yield _Template(tuple(parts), int(offset or 0), sign, marked, closed)


def _hours(own: Language, groups: Sequence[Sequence[str]]) -> Phrases:
    found = Phrases()
    for hour, forms in zip(_HOURS, groups, strict=False):
        for form in forms:
            found.add(form, hour, own.code)
    return found


def _cardinals(own: Language) -> Phrases:
    return _hours(own, [own.numbers.words.get(str(hour), ()) for hour in _HOURS])


def _minutes(own: Language) -> Phrases:
    """Minutes in words, up to the half-hour: nobody says "forty past" where templates do."""
    found = Phrases()
    words = own.numbers.words
    for form, value in own.times.minute_words.items():
        found.add(form, value, own.code)
    for minute in _MINUTES:
        for form in words.get(str(minute), ()):
            found.add(form, minute, own.code)
    for one in range(1, 10):
        for ten in words.get("20", ()):
            for form in words.get(str(one), ()):
                found.add(f"{ten} {form}", 20 + one, own.code)
                found.add(f"{ten}-{form}", 20 + one, own.code)
    return found
