"""A text cut into tokens, beside what its language has for numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from mlcheck.facts.numbers.digits import SPACES
from mlcheck.facts.numbers.lexicon import Lexicon
from mlcheck.facts.numbers.tokens import Token
from mlcheck.facts.numbers.words import NumberWords

__all__ = ["HYPHENS", "Found", "NumberText"]

T = TypeVar("T")

HYPHENS = "-\u2010\u2011"
_USUAL = frozenset(("", " "))
"""What most words stand apart by: asked first, as every number asks several times."""


@dataclass(frozen=True, slots=True)
class Found:
    """A number that was read, from token `first` to token `last` (half-open)."""

    first: int
    last: int
    readings: tuple[Fraction, ...]
    weak: bool
    unit: str = ""
    scale: Fraction = Fraction(1)
    end: int = 0
    ordinal: bool = False
    parts: tuple[Found, ...] = ()
    """The numbers of a measure in two units."""


@dataclass(frozen=True, slots=True)
class NumberText:
    """The plain text, its tokens, and the words of its language. Each token is looked at a bounded number of
    times."""

    plain: str
    tokens: list[Token]
    words: NumberWords

    def gap(self, i: int) -> str:
        """What stands before token i."""
        start = self.tokens[i - 1].end if i else 0
        return self.plain[start : self.tokens[i].start]

    def near(self, i: int, also: str = "") -> bool:
        """Is token i joined to the one before by a space, a hyphen, or nothing?"""
        if i >= len(self.tokens) or i == 0:
            return False
        gap = self.gap(i)
        return gap in _USUAL or (len(gap) <= 2 and all(c in SPACES or c in HYPHENS or c in also for c in gap))

    def near_before(self, i: int) -> bool:
        """Is token i joined to the one before as an amount is to its currency?"""
        gap = self.gap(i)
        return gap in _USUAL or (len(gap) <= 2 and all(c in SPACES or c in ".-\u2212" for c in gap))

    def unit_gap(self, i: int) -> bool:
        """Is token i joined to the one before as a unit is to its amount?"""
        gap = self.gap(i)
        if gap in _USUAL:
            return True
        gap = gap.removeprefix(".").removeprefix("'").removeprefix("’")
        return len(gap) <= 2 and all(c in SPACES or c in HYPHENS for c in gap)

    def phrase(self, i: int, lexicon: Lexicon[T], also: str = "", skip: int = 0) -> tuple[T, int] | None:
        """The meaning of the longest phrase at token i, and the token after it. The first `skip`
        letters are left out."""
        if i >= len(self.tokens):
            return None
        for words, meaning in lexicon.first.get(self.tokens[i].low[skip:], ()):
            n = len(words)
            if n == 1 or (
                i + n <= len(self.tokens)
                and all(
                    _same(self.tokens[i + k].low, words[k]) and self.near(i + k, also) for k in range(1, n)
                )
            ):
                return meaning, i + n
        return None


def _same(word: str, form: str) -> bool:
    return word == form or (form[-1] == "*" and word.startswith(form[:-1]))
