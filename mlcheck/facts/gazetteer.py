"""Cities of the world under the names that GeoNames and CLDR have for them, a table a script.

A table is read when a text in its script has a name that may stand in it, and kept. `cities/README.md` says
what the files hold, and where it is from.
"""

from __future__ import annotations

import gzip
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from mlcheck.languages import caseless

__all__ = ["City", "cities_named", "city", "folded", "longest_name", "script_of"]

_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "CJK": "Hani", "KATAKANA": "Kana",
    "HIRAGANA": "Kana", "KATAKANA-HIRAGANA": "Kana", "HANGUL": "Hang", "GREEK": "Grek", "HEBREW": "Hebr",
    "DEVANAGARI": "Deva", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "THAI": "Thai", "BENGALI": "Beng",
    "TAMIL": "Taml",
}  # fmt: skip
"""What the Unicode name of a letter begins with, and the table of its script, as in `training/places.py`."""
_STEM, _ENDING, _LONGER = 4, 2, 6
"""Letters of a city's name that a word made of it keeps at least; that it may replace; that it may add."""
_LONGEST = 12
"""Characters of a name in a script without spaces."""


@dataclass(frozen=True, slots=True)
class City:
    """A city: its country is an ISO 3166 code."""

    name: str
    country: str
    inhabitants: int
    capital: bool


def folded(name: str) -> str:
    """A name as the tables have it: without case, and signs as spaces."""
    if name.isalpha():
        return caseless(name).replace("ё", "е")
    kept = "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in name)
    return " ".join(caseless(kept).replace("ё", "е").split())


@lru_cache(maxsize=50_000)
def script_of(letter: str) -> str:
    """The table of a letter's script; empty where there is none."""
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "")


def cities_named(name: str, script: str) -> dict[int, bool]:
    """The numbers of the cities that a folded name may mean, and whether it surely is a name of each."""
    rows = _rows(script)
    at = bisect_left(rows, name + "\t")
    if at == len(rows) or not rows[at].startswith(name + "\t"):
        return {}
    return {abs(int(held)): not held.startswith("-") for held in rows[at].partition("\t")[2].split(",")}


def cities_like(word: str, script: str) -> frozenset[int]:
    """The numbers of the cities of whose names a folded word may be made: Pariser, парижский."""
    rows, start = _rows(script), word[:_STEM]
    found: set[int] = set()
    at = bisect_left(rows, start) if len(word) >= _STEM else len(rows)
    while at < len(rows) and rows[at].startswith(start):
        name, _, held = rows[at].partition("\t")
        if word.startswith(name[: max(_STEM, len(name) - _ENDING)]) and len(word) <= len(name) + _LONGER:
            found.update(abs(int(number)) for number in held.split(","))
        at += 1
    return frozenset(found)


def longest_name(text: str, at: int, script: str) -> str:
    """The longest name of a table that begins at a place of a text without spaces; empty where none does."""
    for size in range(min(_LONGEST, len(text) - at), 1, -1):
        if cities_named(text[at : at + size], script):
            return text[at : at + size]
    return ""


@lru_cache(maxsize=10_000)
def city(number: int) -> City:
    """The city of a number."""
    name, country, inhabitants, capital = _rows("cities")[number].split("\t")
    return City(name, country, int(inhabitants), bool(capital))


@cache
def _rows(table: str) -> list[str]:
    packed = files("mlcheck.facts").joinpath("cities", f"{table}.tsv.gz").read_bytes()
    return gzip.decompress(packed).decode().split("\n")
