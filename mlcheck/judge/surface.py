"""How alike the words of two passages are to the eye and the ear, for the judge to read beside the states.

The encoder's states hold what a word means, and blur how it is written: `70` and `80` are nearly one, and so
are two first names. What is written says it plainly. Numbers are alike where their digits are the same; other
words by the edit distance (Levenshtein) of their spelling as sounds, in any script (`facts.sound.spell`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from mlcheck.facts import spell

__all__ = ["Tokens", "between", "joined", "likeness", "tokens"]

Floats = npt.NDArray[np.float32]
Sentence = tuple[str, npt.NDArray[np.integer]]
Tokens = tuple[tuple[str, ...], npt.NDArray[np.int64]]

_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f ’']\d{3}(?!\d))+|\d+(?:[.,]\d+)?|[^\W\d_]+")
_CHANCE = 0.4
"""Likeness of spelling that two words reach by chance."""
_FULL = 4
"""Sounds from which likeness says all that it can: of shorter words it says less."""


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    """A number's digits after `#`, or the sounds of another word."""
    return "#" + re.sub(r"\D", "", word) if word[0].isdigit() else spell(word)


@lru_cache(maxsize=20_000)
def _bones(key: str) -> str:
    return key if key.startswith("#") else re.sub("[aeiouy]", "", key)


def tokens(text: str, spans: npt.NDArray[np.integer]) -> Tokens:
    """The keys of a text's words, and for each piece, a row of `spans` (k, 2), which of them it belongs to:
    (k,), -1 for signs."""
    found = list(_TOKEN.finditer(text))
    starts = np.array([match.start() for match in found], np.int64)
    ends = np.array([match.end() for match in found], np.int64)
    # A piece may begin with the space before its word.
    at = np.searchsorted(starts, spans[:, 1] - 1, side="right") - 1
    inside = (at >= 0) & (spans[:, 0] < ends[at]) if len(found) else np.zeros(len(spans), bool)
    return tuple(_key(match.group()) for match in found), np.where(inside, at, -1)


def joined(parts: Sequence[Tokens]) -> Tokens:
    """The tokens of sentences as those of one passage."""
    keys: list[str] = []
    pieces = []
    for own, at in parts:
        pieces.append(np.where(at >= 0, at + len(keys), -1))
        keys += own
    return tuple(keys), np.concatenate(pieces)


def between(one: Tokens, two: Tokens) -> Floats:
    """Likeness (n, m), 0 to 1, of the pieces of two passages, as their words are alike; 0 for signs."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    (left, rows), (right, columns) = one, two
    if not left or not right:
        return np.zeros((len(rows), len(columns)), np.float32)
    found = cdist(left, right, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
    # Vowels come and go between languages and scripts: Palin, Пэйлин.
    bones = [[_bones(key) for key in keys] for keys in (left, right)]
    found = (found + cdist(*bones, scorer=Levenshtein.normalized_similarity, dtype=np.float32)) / 2
    found = np.clip((found - np.float32(_CHANCE)) / np.float32(1 - _CHANCE), 0, 1)
    sizes = [np.array([len(key) for key in keys], np.float32) for keys in (left, right)]
    found *= np.minimum(1, np.maximum(sizes[0][:, None], sizes[1][None, :]) / _FULL)
    numbers = [np.array([key.startswith("#") for key in keys]) for keys in (left, right)]
    if numbers[0].any() or numbers[1].any():
        same = np.array(left)[:, None] == np.array(right)[None, :]
        figure = numbers[0][:, None] | numbers[1][None, :]
        found = np.where(figure, same, found).astype(np.float32)
    padded = np.zeros((len(left) + 1, len(right) + 1), np.float32)
    padded[:-1, :-1] = found
    result: Floats = padded[rows][:, columns]
    return result


def likeness(source: Sequence[Sentence], target: Sequence[Sentence]) -> Floats:
    """As `between`, of two passages, each its sentences with the places (k, 2) of their pieces."""
    one, two = (joined([tokens(text, spans) for text, spans in side]) for side in (source, target))
    return between(one, two)
