"""How alike do two names sound, whatever their scripts?

A name is spelled in Latin letters (`anyascii`), then letter groups that stand for one sound become
one symbol (`sch`, `sh` and `ş` are the same). Two spellings are compared by a weighted edit distance:
vowels cost little, since languages and scripts with few vowels lose them; sounds that languages
render by each other (b and p, l and r, h and g) cost a part of a whole change. What is left over
at the end of the longer name costs little as well: endings of cases, and what follows where a
script has no spaces. numpy is imported where it is used, so that rooms that want none may import this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["MOST_LETTERS", "alike", "spell", "substance"]

Floats: TypeAlias = "npt.NDArray[np.float32]"

MOST_LETTERS = 24
"""Letters of a name that are compared; what is longer is cut. Bounds time on hostile texts."""

_SYMBOLS = "abcdefghijklmnopqrstuvwxyzSCZJ0123456789"
"""S as in she, C as in chess, Z as in the French je, J as in jazz."""
_VOWELS = "aeiouy"
_SOFT = "hwyj"
"""Sounds that come and go between languages: Kh'yuston, Yeltsin, Jelzin."""

_GROUPS = (
    ("shch", "SC"),
    ("tsch", "C"),
    ("dzh", "J"),
    ("dsch", "J"),
    ("sch", "S"),
    ("sh", "S"),
    ("tch", "C"),
    ("ch", "C"),
    ("zh", "Z"),
    ("kh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("gh", "g"),
    ("ck", "k"),
    ("qu", "kv"),
    ("q", "k"),
    ("x", "ks"),
    ("ts", "s"),
    ("tz", "s"),
    ("ei", "ai"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ng", "n"),
)
_PINYIN = (("zh", "J"), ("ch", "C"), ("sh", "S"), ("x", "S"), ("q", "C"), ("j", "J"), ("ng", "n"), ("c", "s"))
_HARD_C = re.compile(r"c(?![eiyh])")
_NEAR = {
    "bp": 0.3, "dt": 0.3, "gk": 0.3, "fv": 0.3, "bv": 0.4, "vw": 0.1, "fp": 0.5, "fh": 0.5, "uw": 0.2,
    "uv": 0.4, "sz": 0.2, "Ss": 0.3, "SC": 0.4, "SZ": 0.3, "JZ": 0.3, "CJ": 0.3, "Cs": 0.5, "Cz": 0.6,
    "Jz": 0.4, "Js": 0.6, "gh": 0.4, "hk": 0.4, "lr": 0.4, "mn": 0.4, "jy": 0.1, "ij": 0.2,
    "Jj": 0.1, "Zj": 0.2,
    "Jg": 0.4, "Zg": 0.4, "gj": 0.4, "Ck": 0.6, "ck": 0.1, "cs": 0.1, "Cc": 0.3, "Jc": 0.4, "Sc": 0.5,
    "st": 0.6,
    "Ct": 0.6, "dz": 0.6, "iy": 0.1, "Zz": 0.3, "hj": 0.4, "Jd": 0.6, "Jt": 0.7, "Cj": 0.5, "Zs": 0.5,
}  # fmt: skip
"""Parts of a whole change. Chosen by hand, from how names are rendered in the languages of
`languages/`; the weights of what follows from them are fitted."""
_OTHER_VOWEL = 0.3
_CHANGE = 1.0
_DROP_VOWEL = 0.3
_DROP_SOFT = 0.4
_TRAIL = 0.12
"""A letter left over at the end of the word opposite."""
_TRAIL_FREE = 3
"""Letters of an ending that cost `_TRAIL`; further ones cost as any other letter, where words have
spaces."""


@lru_cache(maxsize=50_000)
def spell(name: str) -> str:
    """A name as symbols of sounds, at most `MOST_LETTERS`; empty where it has no letters or figures."""
    from anyascii import anyascii

    name = name[: 2 * MOST_LETTERS]
    latin = re.sub("[^a-z0-9]", "", anyascii(name).lower())
    han = any("\u3400" <= character <= "\u9fff" for character in name)
    if not han and not latin.isascii():
        return ""
    for letters, symbol in _PINYIN if han else _GROUPS:
        latin = latin.replace(letters, symbol)
    if not han:
        latin = _HARD_C.sub("k", latin)
    # Doubled letters are a matter of spelling.
    return re.sub(r"([a-zSCZJ])\1+", r"\1", latin)[:MOST_LETTERS]


def substance(name: str) -> float:
    """How much sound a name has: its consonants count 1, its vowels little. Between names of little
    substance, likeness says little."""
    return float(sum(_costs()[1][_SYMBOLS.index(symbol)] for symbol in spell(name)))


def alike(names: Sequence[str], words: Sequence[str], *, spaced: bool = True) -> Floats:
    """How alike each of `names` is to each of `words`: (names, words), 0 (nothing in common) to 1.

    Every word may go on after what matches the name; at little cost for an ending, at none where
    the script has no spaces (`spaced` is false).
    """
    import numpy as np

    if not names or not words:
        return np.zeros((len(names), len(words)), np.float32)
    left, right = _matrix(names), _matrix(words)
    unique_left, back_left = np.unique(left, axis=0, return_inverse=True)
    unique_right, back_right = np.unique(right, axis=0, return_inverse=True)
    found = np.empty((len(unique_left), len(unique_right)), np.float32)
    # Some rows at a time: a hundred thousand pairs of names fit the processor's cache.
    step = max(1, 20_000 // len(unique_right))
    for start in range(0, len(unique_left), step):
        found[start : start + step] = _alike(unique_left[start : start + step], unique_right, spaced)
    result: Floats = found[np.ravel(back_left)][:, np.ravel(back_right)]
    return result


def _alike(left: npt.NDArray[np.int8], right: npt.NDArray[np.int8], spaced: bool) -> Floats:
    """As `alike`, for rows of symbols, each -1 after its end. One cell of all pairs at a time."""
    import numpy as np

    change, drop = _costs()
    dropped = np.append(drop, 0).astype(np.float32)
    n, m = left.shape[1], right.shape[1]
    lengths_left, lengths_right = (left >= 0).sum(1), (right >= 0).sum(1)
    add = dropped[right]
    # Row 0: nothing of the name yet; what stands before it in the word counts.
    row = [np.zeros((len(left), len(right)), np.float32)]
    for j in range(m):
        row.append(row[-1] + add[:, j])
    final = np.full((m + 1, len(left), len(right)), np.float32(99))
    for i in range(n + 1):
        at_end = lengths_left == i
        if at_end.any():
            for j in range(m + 1):
                final[j, at_end] = row[j][at_end]
        if i == n:
            break
        lost = dropped[left[:, i]][:, None]
        following = [row[0] + lost]
        changes = change[left[:, i]]
        for j in range(m):
            best = np.minimum(row[j] + changes[:, right[:, j]], row[j + 1] + lost)
            following.append(np.minimum(best, following[-1] + add[:, j]))
        row = following
    # The end of the match may lie before the end of the word.
    rest = lengths_right[None, :] - np.arange(m + 1)[:, None]
    none = np.zeros((len(right), 1), np.float32)
    beyond = np.concatenate([np.cumsum(add[:, ::-1], axis=1)[:, ::-1], none], 1).T
    trail = np.minimum(_TRAIL * rest, beyond)
    tail = (
        np.where(rest > _TRAIL_FREE, np.maximum(trail, beyond * 0.7), trail)
        if spaced
        else np.zeros_like(trail)
    )
    tail = np.where(rest < 0, 99, tail).astype(np.float32)
    cost = (final + tail[:, None, :]).min(axis=0)
    mass = np.maximum(dropped[left].sum(1), 1e-6)
    result: Floats = np.clip(1 - cost / mass[:, None], 0, 1).astype(np.float32)
    result[lengths_left == 0] = 0
    result[:, lengths_right == 0] = 0
    return result


def _matrix(names: Iterable[str]) -> npt.NDArray[np.int8]:
    import numpy as np

    spelled = [[_SYMBOLS.index(symbol) for symbol in spell(name)] for name in names]
    width = max(1, max(map(len, spelled)))
    return np.array([row + [-1] * (width - len(row)) for row in spelled], np.int8)


@cache
def _costs() -> tuple[Floats, Floats]:
    """What it costs to put a symbol in another's place, and to drop one."""
    import numpy as np

    size = len(_SYMBOLS)
    vowel = np.array([symbol in _VOWELS for symbol in _SYMBOLS])
    change = np.full((size + 1, size + 1), _CHANGE, np.float32)
    change[:size, :size][np.outer(vowel, vowel)] = _OTHER_VOWEL
    for two, cost in _NEAR.items():
        i, j = _SYMBOLS.index(two[0]), _SYMBOLS.index(two[1])
        change[i, j] = change[j, i] = cost
    change[np.arange(size), np.arange(size)] = 0
    change[size], change[:, size] = 99, 99
    drop = np.where(vowel, _DROP_VOWEL, np.where([s in _SOFT for s in _SYMBOLS], _DROP_SOFT, 1.0))
    return change, drop.astype(np.float32)
