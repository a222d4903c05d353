"""Is a word of a text a form of a word of a glossary? By endings, without a dictionary.

Every word has keys: stems, each with what it was cut by. A text's word is a form of a term's word where
they share a key. So all terms that begin with a word are found with a few look-ups, however many they are.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from mlcheck.facts import FIRST_CLASS

__all__ = ["has_endings", "term_keys", "text_keys"]

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
_TURKIC = {
    code: re.compile(_CHAIN.replace("I", "[ıiuü]").replace("A", a).replace("D", d))
    for code, a, d in (("tr", "[ae]", "[dt]"), ("az", "[aə]", "d"))
}
_LONGEST_CHAIN = 14
_BACK, _FRONT = frozenset("aıou"), frozenset("eəiöü")
_SOFTENED = {"tr": {"b": "p", "c": "ç", "d": "t", "ğ": "k"}, "az": {"ğ": "q", "y": "k", "d": "t"}}
"""What the last consonant of a word becomes before a vowel, and was: kitap, kitabı."""

_ARABIC = re.compile(r"[وف]?(?:لل|[بكل]?ال|[بكل])?")
"""Conjunction, preposition and article in front of a word; ل and ال are written لل."""


def has_endings(language: str) -> bool:
    """Is it known how words of a language (a base code) change? If not, only what is unchanged is a form."""
    return language in FIRST_CLASS


@lru_cache(maxsize=20_000)
def term_keys(word: str, language: str) -> frozenset[Key]:
    """The keys of a word of a glossary, in its dictionary form. `word` is folded, `language` a base code."""
    keys = {(_SAME, word)}
    if len(word) < _WORD:
        return frozenset(keys)
    if language in _TURKIC:
        keys.add((_ONE, word))
    elif language == "ar":
        keys.add((_ONE, word[2:] if word.startswith("ال") and len(word) >= 2 + _WORD else word))
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
    if language in _TURKIC:
        keys |= {(_ONE, stem) for stem in _turkic_stems(word, language)}
    elif language == "ar":
        keys |= {(_ONE, stem) for stem in _arabic_stems(word)}
    else:
        table = _table(language)
        for stem, ending in _cut(word, table.longest):
            keys |= {(pattern, stem) for pattern in table.every.get(ending, ())}
    return frozenset(keys)


@dataclass(frozen=True, slots=True)
class _Table:
    """Numbers of patterns by ending: of the dictionary form (`own`) and of any (`every`)."""

    own: dict[str, tuple[int, ...]]
    every: dict[str, tuple[int, ...]]
    longest: int
    opened: dict[str, str]


@cache
def _table(language: str) -> _Table:
    section = _endings().get(language, {})
    own: defaultdict[str, list[int]] = defaultdict(list)
    every: defaultdict[str, list[int]] = defaultdict(list)
    for number, pattern in enumerate(section.get("patterns", ())):
        bases, others = ([e.strip("-") for e in half.split()] for half in pattern.split("|"))
        for ending in dict.fromkeys(bases):
            own[ending].append(number)
        for ending in dict.fromkeys(bases + others):
            every[ending].append(number)
    return _Table(
        own={ending: tuple(numbers) for ending, numbers in own.items()},
        every={ending: tuple(numbers) for ending, numbers in every.items()},
        longest=max(map(len, every), default=0),
        opened=section.get("opened", {}),
    )


@cache
def _endings() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("mlcheck.terms").joinpath("endings.toml").read_text("utf-8"))


def _cut(word: str, longest: int) -> list[tuple[str, str]]:
    """All ways to cut an ending off a word."""
    least = max(_STEM, len(word) - longest)
    return [(word[:at], word[at:]) for at in range(least, len(word) + 1)]


def _turkic_stems(word: str, language: str) -> set[str]:
    chain, softened = _TURKIC[language], _SOFTENED[language]
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


def _arabic_stems(word: str) -> set[str]:
    """A word without each of the prefixes that it may have: some, or none, of them are its own letters."""
    found = {word}
    for at in range(1, min(5, len(word) - _WORD + 1)):
        if _ARABIC.fullmatch(word[:at]):
            found.add(word[at:])
    return found
