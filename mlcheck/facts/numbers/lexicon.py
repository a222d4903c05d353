"""What words and phrases mean, looked up in the tokens of a text."""

from __future__ import annotations

import re
from typing import Generic, TypeVar

__all__ = ["Lexicon"]

T = TypeVar("T")


class Lexicon(Generic[T]):
    """What words and phrases mean, found from their first word; one that ends in `*` stands for every
    ending."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self.stems: dict[str, T] = {}

    def add(self, phrase: str, meaning: T) -> None:
        """Add a phrase; the first meaning given stays."""
        words = self.split(phrase)
        if not words:
            return
        if phrase.endswith("*"):
            if len(words) == 1:
                self.stems.setdefault(words[0], meaning)
                return
            words = (*words[:-1], words[-1] + "*")
        known = self.first.setdefault(words[0], [])
        if all(words != other for other, _ in known):
            known.append((words, meaning))
            known.sort(key=lambda pair: -len(pair[0]))

    def split(self, phrase: str) -> tuple[str, ...]:
        """The words of a phrase, as the language's texts are cut."""
        return tuple(m.group() for m in self.pattern.finditer(phrase))

    def stem(self, word: str, spare: int) -> T | None:
        """The meaning of the longest stem of a word, with at most `spare` letters after it."""
        for end in range(min(len(word), 40), max(1, len(word) - spare) - 1, -1):
            if word[:end] in self.stems:
                return self.stems[word[:end]]
        return None
