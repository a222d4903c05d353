"""Phrases of one or more tokens, each with a value, found in the tokens of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mlcheck.text import Token, tokens

__all__ = ["Phrases"]


@dataclass(slots=True)
class Phrases:
    """Phrases of one or more tokens, each with a value; the longest that fits is found."""

    values: dict[tuple[str, ...], Any] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, phrases: Mapping[str, Any], language: str) -> Phrases:
        """Of phrases as a language's record has them."""
        found = cls()
        for phrase, value in phrases.items():
            found.add(phrase, value, language)
        return found

    def add(self, phrase: str, value: Any, language: str) -> None:
        """Adds a phrase, unless it is there already: what is said first holds."""
        key = tuple(token.text for token in tokens(phrase, language))
        if key:
            self.values.setdefault(key, value)
            self.longest[key[0]] = max(self.longest.get(key[0], 0), len(key))

    def at(self, found: Sequence[Token], start: int) -> tuple[int, Any] | None:
        """The longest phrase that begins at a token: the token after it, and its value."""
        if start < 0 or start >= len(found):
            return None
        for count in range(self.longest.get(found[start].text, 0), 0, -1):
            key = tuple(token.text for token in found[start : start + count])
            if len(key) == count and key in self.values:
                return start + count, self.values[key]
        return None

    def before(self, found: Sequence[Token], end: int) -> tuple[int, Any] | None:
        """The longest phrase that ends before a token: its first token, and its value."""
        for count in range(min(4, end), 0, -1):
            key = tuple(token.text for token in found[end - count : end])
            if key in self.values:
                return end - count, self.values[key]
        return None
