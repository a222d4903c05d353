"""Numerals inside a word: "zweiundzwanzig", "двухметровый"."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.facts.numbers.words import NumberWords, Word

__all__ = ["MAX_WORD", "numerals_inside", "unit_inside"]

MAX_WORD = 60
"""Letters of a word that is looked at from inside; the longest German numerals in use have 50."""


def numerals_inside(word: str, known: NumberWords) -> tuple[list[Word], bool] | None:
    """The numerals of which a word is made, and whether something else ends it."""
    # ways[k]: the fewest numerals that make word[:k]; the fewest, so that "siebzehn" is one.
    ways: dict[int, list[Word]] = {0: []}
    best: tuple[list[Word], bool] | None = None
    for at in range(len(word)):
        if at not in ways:
            continue
        if at and any(word.startswith(tail, at) for tail in known.tails):
            best = ways[at], True
        for end in range(at + 1, min(len(word), at + known.longest) + 1):
            inner = word[at:end]
            if inner in known.numerals:
                grown = [*ways[at], known.numerals[inner]]
            elif at and inner in known.links:
                grown = [*ways[at], Word("link", Fraction(0))]
            else:
                continue
            if end not in ways or len(grown) < len(ways[end]):
                ways[end] = grown
    if len(word) in ways and len(ways[len(word)]) > 1:
        return ways[len(word)], False
    return best if best and best[0] and best[0][-1].role != "link" else None


def unit_inside(word: str, known: NumberWords) -> str:
    """The unit after the numerals of a compound."""
    for tail in known.tails:
        at = word.find(tail, 2)
        if at > 0:
            unit = known.units.stem(word[at:], 9)
            if unit is not None:
                return unit
    return ""
