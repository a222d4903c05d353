"""Is a word of a text a form of a word of a glossary? By endings, without a dictionary.

Every word has keys: stems, each with what it was cut by. A text's word is a form of a term's word where
they share a key. So all terms that begin with a word are found with a few look-ups, however many they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from mlcheck.languages import Endings
from mlcheck.languages import language as record

__all__ = ["Key", "dictionary_forms", "has_endings", "term_keys", "text_keys"]

Key = tuple[int, str]
"""What a stem was cut by, and the stem. -1 and the word is the word itself."""

_WORD = 3
"""Letters of a word that has other forms. What is shorter is an acronym or a particle."""
_STEM = 2
"""Letters that an ending leaves at least: Уфа, Уфе. In Turkic languages and Arabic, whose endings and
prefixes are letters of many a word, `_WORD` of them."""
_SAME, _ONE = -1, 0

_CHAIN = (
    "(?:lAr)?"  # more than one
    "(?:s?I(?:nIn|nI|nA|ndAn?|y?lA)?"  # his, and a case
    "|Im(?:Iz)?(?:In|I|A|DAn?|lA)?|In(?:Iz)?(?:In|I|A|DAn?|lA)?"  # my, our, your, and a case
    "|n?In|[yn]?I|[yn]?A|DAn?|y?lA)?"  # a case
    "(?:kI(?:lAr)?)?(?:DIr)?"  # who is there; is
)
_LONGEST_CHAIN = 14
_BACK, _FRONT = frozenset("aıou"), frozenset("eəiöü")


def has_endings(language: str) -> bool:
    """Is it known how words of a language change? If not, only what is unchanged is a form."""
    return record(language).endings != Endings()


@lru_cache(maxsize=20_000)
def term_keys(word: str, language: str) -> frozenset[Key]:
    """The keys of a word of a glossary, in its dictionary form. `word` is folded, `language` a base code."""
    keys = {(_SAME, word)}
    if len(word) < _WORD:
        return frozenset(keys)
    own = record(language).endings
    if own.chained:
        keys.add((_ONE, word))
    elif own.prefixes:
        bare = word.removeprefix(own.article)
        keys.add((_ONE, bare if len(bare) >= _WORD else word))
    else:
        table = _table(language)
        for stem, ending in _cut(word, table.longest):
            keys |= {(pattern, stem) for pattern in table.own.get(ending, ())}
        for vowel, others in table.opened.items():
            if word[-2] == vowel:
                opened = {word[:-2] + other + word[-1] for other in others}
                keys |= {(pattern, form) for form in opened for pattern in table.own.get("", ())}
    return frozenset(keys)


@lru_cache(maxsize=20_000)
def text_keys(word: str, language: str) -> frozenset[Key]:
    """The keys of a word of a text, in whatever form. `word` is folded, `language` a base code."""
    keys = {(_SAME, word)}
    own = record(language).endings
    if own.chained:
        keys |= {(_ONE, stem) for stem in _chained_stems(word, language)}
    elif own.prefixes:
        keys |= {(_ONE, stem) for stem in _prefixed_stems(word, own.prefixes)}
    else:
        table = _table(language)
        for stem, ending in _cut(word, table.longest):
            keys |= {(pattern, stem) for pattern in table.every.get(ending, ())}
    return frozenset(keys)


@lru_cache(maxsize=20_000)
def dictionary_forms(word: str, language: str) -> tuple[str, ...]:
    """What a dictionary may have a word of a text under: the word, and what is made of it by the endings that
    the language has. Most of these are no words. `word` is folded, `language` a base code."""
    found = {word: None}
    own = record(language).endings
    if own.patterns:
        for bases, others in own.patterns:
            for other in others:
                stem = word.removesuffix(other)
                if len(stem) >= _WORD and (not other or stem != word):
                    found |= {stem + base: None for base in bases}
    else:
        found |= {stem: None for _, stem in sorted(text_keys(word, language))}
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Table:
    """Numbers of patterns by ending: of the dictionary form (`own`) and of any (`every`)."""

    own: dict[str, tuple[int, ...]]
    every: dict[str, tuple[int, ...]]
    longest: int
    opened: Mapping[str, str]


@cache
def _table(language: str) -> _Table:
    section = record(language).endings
    own: defaultdict[str, list[int]] = defaultdict(list)
    every: defaultdict[str, list[int]] = defaultdict(list)
    for number, (bases, others) in enumerate(section.patterns):
        for ending in dict.fromkeys(bases):
            own[ending].append(number)
        for ending in dict.fromkeys(bases + others):
            every[ending].append(number)
    return _Table(
        own={ending: tuple(numbers) for ending, numbers in own.items()},
        every={ending: tuple(numbers) for ending, numbers in every.items()},
        longest=max(map(len, every), default=0),
        opened=section.opened,
    )


def _cut(word: str, longest: int) -> list[tuple[str, str]]:
    """All ways to cut an ending off a word."""
    least = max(_STEM, len(word) - longest)
    return [(word[:at], word[at:]) for at in range(least, len(word) + 1)]


@cache
def _chain(language: str) -> re.Pattern[str]:
    own = record(language).endings
    chain = _CHAIN.replace("I", "[ıiuü]")
    return re.compile(chain.replace("A", f"[{own.low_vowels}]").replace("D", f"[{own.dentals}]"))


def _chained_stems(word: str, language: str) -> set[str]:
    chain, softened = _chain(language), record(language).endings.softened
    found = set()
    for at in range(max(_WORD, len(word) - _LONGEST_CHAIN), len(word) + 1):
        stem, ending = word[:at], word[at:]
        if chain.fullmatch(ending) and _in_harmony(stem, ending):
            found.add(stem)
            if ending and ending[0] in "ıiuüaeə" and stem[-1] in softened:
                found.add(stem[:-1] + softened[stem[-1]])
    return found


def _in_harmony(stem: str, ending: str) -> bool:
    """Do a stem and an ending go together: the last vowel of the one with the first of the other, and
    where they meet a vowel with a consonant? Türk-iye is no form of Türk, nor is Bakı-a one of Bakı."""
    vowels = _BACK | _FRONT
    if ending and stem[-1] in vowels and ending[0] in vowels:
        return False
    if ending[:1] in ("y", "n", "s") and ending[1:2] in vowels and stem[-1] not in vowels:
        return False
    last = next((c for c in reversed(stem) if c in _BACK or c in _FRONT), None)
    first = next((c for c in ending if c in _BACK or c in _FRONT), None)
    return last is None or first is None or (last in _BACK) == (first in _BACK)


def _prefixed_stems(word: str, prefixes: str) -> set[str]:
    """A word without each of the prefixes that it may have: some, or none, of them are its own letters."""
    found = {word}
    for at in range(1, min(5, len(word) - _WORD + 1)):
        if re.fullmatch(prefixes, word[:at]):
            found.add(word[at:])
    return found
