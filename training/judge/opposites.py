"""Words and their opposites in seven languages, one put in the other's place.

The words are those that mlcheck itself looks for (`mlcheck/facts/opposites.tsv`, whose signs are explained
beside it). A swap can be planted in a sentence, or in both sentences of a pair.
"""

from __future__ import annotations

import re
from functools import cache

from mlcheck.facts.opposites import folded, key_of, load, pattern
from mlcheck.languages import language as record

__all__ = ["find"]


def find(text: str, language: str) -> list[tuple[int, int, str, int, int]]:
    """Where `text` has a word that has an opposite: (start, end, replacement, concept, direction), in
    characters and by place. `concept` is an index of `load()`; direction 0 is from the first word to its
    opposite, 1 is back. Hits of one concept do not overlap, those of two concepts may. A capital at the
    start is kept. A language without a column has no hits."""
    found = []
    low = folded(text, language)
    for index, (words, swaps) in _patterns(language):
        for match in words.finditer(low):
            start, end = match.span()
            written = text[start:end]
            swap = swaps.get("=" + written) or swaps.get(match.group())
            if swap is not None:
                found.append((start, end, _like(written, swap[0], language), index, swap[1]))
    if not record(language).spaced:
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


@cache
def _patterns(language: str) -> list[tuple[int, tuple[re.Pattern[str], dict[str, tuple[str, int]]]]]:
    patterns = []
    for index, concept in enumerate(load()):
        swaps: dict[str, tuple[str, int]] = {}
        for direction, pairs in enumerate(concept.forms.get(language, ())):
            for form, other in pairs:
                swaps.setdefault(key_of(form, language), (other, direction))
        if swaps:
            patterns.append((index, (pattern(swaps, language), swaps)))
    return patterns


def _like(written: str, form: str, language: str) -> str:
    """`form` with the capital that `written` begins with; a form that has a capital of its own keeps it."""
    if not written[0].isupper() or form[0].isupper():
        return form
    first = "İ" if record(language).writing.dotless_i and form[0] == "i" else form[0].upper()
    if len(written) > 1 and written.isupper():
        return form.replace("i", "İ").upper() if record(language).writing.dotless_i else form.upper()
    return first + form[1:]
