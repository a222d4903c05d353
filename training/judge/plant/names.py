"""A name that is another, or has changed places with one beside it."""

from __future__ import annotations

import csv
import difflib
import lzma
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anyascii import anyascii

from training.judge.plant.dates import ENGLISH_CALENDAR
from training.judge.plant.quads import Edits
from training.judge.texts import Row

__all__ = ["Names", "Transliterations", "exchange_names", "name", "read_transliterations"]

Transliterations = Mapping[str, Mapping[str, Sequence[str]]]
"""By language and Latin spelling in lower case: how the name is written there, the commonest first."""
_SCRIPTS = {
    "chinese": "zh",
    "japanese": "ja",
    "katakana": "ja",
    "korean": "ko",
    "arabic": "ar",
    "hebrew": "he",
}
"""Of the table of names, those in which spelling and sound do not find a name."""
_FEWEST_SIGNS = {"zh": 2, "ja": 2, "ko": 2, "ar": 4, "he": 4}
"""Of a name that is looked for in running text, where shorter ones stand in other words."""

_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{3,})\b")
_CAPITAL = re.compile(r"\b[^\W\d_a-zа-яё][^\W\d_]{2,}")
_ENDING = 3
"""Letters of a grammatical ending that may follow a name."""


def _sound(word: str) -> str:
    return anyascii(word).lower().replace("'", "").replace("y", "i").replace("w", "v").replace("ph", "f")


def read_transliterations(folder: Path) -> Transliterations:
    """The names of the table `names_wikidata` in scripts that are not spelt letter by letter."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    with lzma.open(folder / "names_wikidata.tsv.xz", "rt", encoding="utf-8", newline="") as file:
        for script, latin, own, count in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if (language := _SCRIPTS.get(script)) and len(own) >= _FEWEST_SIGNS[language]:
                counts[language][latin][own] += int(count)
    return {
        language: {latin: [own for own, _ in forms.most_common()] for latin, forms in names.items()}
        for language, names in counts.items()
    }


@dataclass(slots=True)
class Names:
    """Names of English text with their forms in other languages, found by spelling and sound."""

    known: set[str] = field(default_factory=set)
    forms: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    homes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    transliterations: Transliterations = field(default_factory=dict)

    @classmethod
    def of(cls, stories: list[list[Row]], transliterations: Transliterations | None = None) -> Names:
        counts = Counter(
            m.group(1) for rows in stories for row in rows for m in _NAME.finditer(row.texts.get("en", ""))
        )
        lower = {
            w for rows in stories for row in rows for w in re.findall(r"\b[a-z]+\b", row.texts.get("en", ""))
        }
        names = cls(
            {w for w, c in counts.items() if c > 1 and w.lower() not in lower and w not in ENGLISH_CALENDAR},
            transliterations=transliterations or {},
        )
        for rows in stories:
            for row in rows:
                for name, places in names.places(row).items():
                    names.homes[name].add(row.story)
                    for language, (start, end) in places.items():
                        names.forms[name].setdefault(language, row.texts[language][start:end])
        for name, forms in names.forms.items():
            for language, table in names.transliterations.items():
                if written := table.get(name.lower()):
                    forms.setdefault(language, written[0])
        return names

    def places(self, row: Row) -> dict[str, dict[str, tuple[int, int]]]:
        """Names of a row that stand in it once, and where in each language."""
        text = row.texts.get("en", "")
        found: dict[str, dict[str, tuple[int, int]]] = {}
        for m in re.finditer(r"\b[A-Z][a-z]{3,}\b", text):
            if m.group() in self.known and text.count(m.group()) == 1:
                found[m.group()] = {"en": m.span()}
        for name, where in found.items():
            for language, other in row.texts.items():
                if language != "en" and (place := self._counterpart(name, other, language)):
                    where[language] = place
        return found

    def _counterpart(self, name: str, text: str, language: str) -> tuple[int, int] | None:
        """Where a name stands in another language's text; None where that is not sure."""
        if language not in _FEWEST_SIGNS:
            return _counterpart(name, text, language)
        for written in self.transliterations.get(language, {}).get(name.lower(), ()):
            if text.count(written) == 1:
                start = text.index(written)
                return start, start + len(written)
        return None


def _counterpart(name: str, text: str, language: str) -> tuple[int, int] | None:
    """Where a name stands in another language's text, without its ending; None where that is not sure."""
    plain = [m.span() for m in re.finditer(rf"\b{name}(?=\w{{0,{_ENDING}}}\b)", text)]
    if plain:
        return plain[0] if len(plain) == 1 else None
    own, found = _sound(name), []
    for m in _CAPITAL.finditer(text):
        word = _sound(m.group())
        likeness = max(
            difflib.SequenceMatcher(None, own, word[: len(word) - cut] or word).ratio() for cut in (0, 1, 2)
        )
        if likeness >= (0.8 if own[0] == word[0] else 0.9):
            found.append(m.span())
    return found[0] if len(found) == 1 else None


def name(row: Row, rng: random.Random, names: Names) -> Edits | None:
    found = names.places(row)
    if not found:
        return None
    old = rng.choice(sorted(found))
    foreign = [n for n in sorted(names.forms) if row.story not in names.homes[n]]
    for _ in range(20):
        new = rng.choice(foreign)
        if len(found[old].keys() & names.forms[new].keys()) > 1 and _sound(new) != _sound(old):
            break
    else:
        return None
    return {
        language: [(*span, names.forms[new][language])]
        for language, span in found[old].items()
        if language in names.forms[new]
    }


def exchange_names(row: Row, rng: random.Random, names: Names) -> Edits | None:
    found = names.places(row)
    if len(found) < 2:
        return None
    one, two = rng.sample(sorted(found), 2)
    edits: Edits = {}
    for language in found[one].keys() & found[two].keys():
        text, a, b = row.texts[language], found[one][language], found[two][language]
        if a[1] <= b[0] or b[1] <= a[0]:
            edits[language] = [(*a, text[slice(*b)]), (*b, text[slice(*a)])]
    return edits or None
