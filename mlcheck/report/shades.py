"""Which words of a text a page shades: those that differ most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mlcheck.data import WordDifference
from mlcheck.report.figures import plain

__all__ = ["SHADED", "shaded"]

SHADED: Final = 0.4
"""Difference from which a word is shaded. In the faithful versions among the samples one word in a hundred,
or none, is; from .3 on, it was two in three words of a short Chinese version that was faithful too, and a
page that is shaded all over points at nothing."""


def shaded(words: Iterable[WordDifference]) -> tuple[WordDifference, ...]:
    """Those of the words that are shaded, in their order."""
    return tuple(word for word in words if plain(word.difference) >= SHADED)
