"""Words and their opposites in seven languages, and where a text has them.

`opposites.tsv` has a line for each concept and a column for each language. A cell is `x1/x2>y1/y2`:
forms of a word and, at the same place, the same form of its opposite. So one swap can be planted in
a sentence, or in both sentences of a pair. Two signs: a form that is followed by `!` is only put in,
never looked for (`left` is the opposite of `joined`, but it is also a direction); a form that begins
with `=`, or has a capital, is looked for exactly as it is written (German `Morgen` is not `morgen`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "ru", "de", "fr", "zh", "tr", "az")
_TABLE = Path(__file__).with_name("opposites.tsv")
# Without spaces between words there is no whole word to look for.
_UNSPACED = frozenset({"zh"})
# A dotted and a dotless i: `str.lower` would give two characters for the first, a wrong one for the other.
_TURKIC = frozenset({"tr", "az"})
_LETTER = r"[^\W\d_]"


@dataclass(frozen=True)
class Concept:
    """A word and its opposite. `forms` has, for each language that has the concept, the pairs (form,
    opposite form) of the two directions: first word to opposite, and back."""

    name: str
    forms: Mapping[str, tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]]


@cache
def load() -> tuple[Concept, ...]:
    """All concepts, in the table's order. Raises `ValueError` with the line's number for a bad cell."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    if tuple(lines[0].split("\t")) != LANGUAGES:
        raise ValueError(f"{_TABLE}:1: the columns must be {' '.join(LANGUAGES)}")
    concepts = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(LANGUAGES):
            raise ValueError(f"{_TABLE}:{number}: {len(cells)} cells, expected {len(LANGUAGES)}")
        forms = {
            language: _cell(cell, f"{_TABLE}:{number}: {language}")
            for language, cell in zip(LANGUAGES, cells, strict=True)
            if cell
        }
        there = next(iter(forms.values()))[0][0]
        concepts.append(Concept(name="/".join(form.lstrip("=") for form in there), forms=forms))
    return tuple(concepts)


def find(text: str, language: str) -> list[tuple[int, int, str, int, int]]:
    """Where `text` has a word that has an opposite: (start, end, replacement, concept, direction), in
    characters and by place. `concept` is an index of `load()`; direction 0 is from the first word to its
    opposite, 1 is back. Hits of one concept do not overlap, those of two concepts may. A capital at the
    start is kept. A language without a column has no hits."""
    found = []
    folded = _fold(text, language)
    for index, (pattern, swaps) in _patterns(language):
        for match in pattern.finditer(folded):
            start, end = match.span()
            written = text[start:end]
            swap = swaps.get("=" + written) or swaps.get(match.group())
            if swap is not None:
                found.append((start, end, _like(written, swap[0], language), index, swap[1]))
    if language in _UNSPACED:
        # `不同` in `不同意` is no word: what is inside a longer hit goes.
        found = [
            hit
            for hit in found
            if not any(
                other[0] <= hit[0] and hit[1] <= other[1] and other[1] - other[0] > hit[1] - hit[0]
                for other in found
            )
        ]
    return sorted(found)


def _cell(cell: str, where: str) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    sides = [side.split("/") for side in cell.split(">")]
    if len(sides) != 2 or len(sides[0]) != len(sides[1]) or not all(map(all, sides)):
        raise ValueError(f"{where}: a cell is forms > as many opposite forms: {cell[:60]}")
    there, back = [], []
    for one, other in zip(*sides, strict=True):
        if not one.endswith("!"):
            there.append((one, other.strip("=!")))
        if not other.endswith("!"):
            back.append((other, one.strip("=!")))
    return tuple(there), tuple(back)


@cache
def _patterns(language: str) -> list[tuple[int, tuple[re.Pattern[str], dict[str, tuple[str, int]]]]]:
    patterns = []
    for index, concept in enumerate(load()):
        swaps: dict[str, tuple[str, int]] = {}
        for direction, pairs in enumerate(concept.forms.get(language, ())):
            for form, other in pairs:
                exact = form.startswith("=") or form[0].isupper()
                key = "=" + form.lstrip("=") if exact else _fold(form, language)
                swaps.setdefault(key, (other, direction))
        if not swaps:
            continue
        # The longest first, so that `no longer` is not found as something else.
        words = sorted(
            {_fold(key.lstrip("="), language) for key in swaps}, key=lambda word: (-len(word), word)
        )
        body = "|".join(map(re.escape, words))
        if language not in _UNSPACED:
            body = rf"(?<!{_LETTER})(?<!{_LETTER}[-'])(?:{body})(?!{_LETTER})(?![-']{_LETTER})"
            if language == "fr":
                # An elided article is joined with an apostrophe, and the word is whole for all that.
                body = body.replace(rf"(?<!{_LETTER}[-'])", rf"(?<!{_LETTER}-)")
        patterns.append((index, (re.compile(body), swaps)))
    return patterns


def _fold(text: str, language: str) -> str:
    """Lower case and plain apostrophes, with every character at its place."""
    text = text.replace("’", "'")
    if language in _TURKIC:
        text = text.replace("İ", "i").replace("I", "ı")
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _like(written: str, form: str, language: str) -> str:
    """`form` with the capital that `written` begins with; a form that has a capital of its own keeps it."""
    if not written[0].isupper() or form[0].isupper():
        return form
    first = "İ" if language in _TURKIC and form[0] == "i" else form[0].upper()
    if len(written) > 1 and written.isupper():
        return form.replace("i", "İ").upper() if language in _TURKIC else form.upper()
    return first + form[1:]
