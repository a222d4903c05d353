"""News and its reference translations in many languages, from the table `wmt21-23_references`.

A source that was translated into several languages is one row with all of them, so that what is planted
in one language can be planted in the others too. Where a source has several translations into one
language, a row takes one of them, and a second row another.
"""

from __future__ import annotations

import csv
import hashlib
import lzma
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.judge.texts import HELD_BACK, ISO, Row

__all__ = ["Reference", "read_more", "read_references", "references", "story_is_held_back"]

_TABLE = "wmt21-23_references.tsv.xz"
_UNSURE = {("zh", "en")}
"""Directions whose references are not clean: of Chinese into English a quarter has a major error by the
raters of the same task."""
_UNTAUGHT = {"sah", "liv", "ha", "is"}
"""Languages that the encoder hardly knows, or of which there is too little."""
_TENS = 10
"""A document without a name is known by the tens of its sentences' numbers."""
_INTO_ENGLISH = 4
"""One document in so many of those that were not written in English: an English one has more languages."""
_VERSIONS = 2
"""Rows that are made of a source with several translations into one language."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A sentence and one of its translations. `story` is the same for all translations of a document."""

    story: str
    languages: tuple[str, str]
    version: str
    index: int
    source: str
    target: str


def references(folder: Path) -> Iterator[Reference]:
    """All translations of the table, in its order."""
    with lzma.open(folder / _TABLE, "rt", encoding="utf-8", newline="") as file:
        for year, one, two, version, document, index, source, target in csv.reader(
            file, delimiter="\t", quoting=csv.QUOTE_NONE
        ):
            name = document or f"{int(index) // _TENS}"
            yield Reference(f"{year} {one} {name}", (one, two), version, int(index), source, target)


def story_is_held_back(story: str) -> bool:
    """Whether a document is never trained on: every fifth, by a hash of its name."""
    return int(hashlib.sha256(story.encode()).hexdigest(), 16) % HELD_BACK == 0


def read_references(folder: Path, rng: random.Random) -> list[list[Row]]:
    """The documents that may be learnt from, each a list of rows in order."""
    found: dict[str, dict[tuple[int, str], dict[str, list[str]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for own in references(folder):
        one, two = own.languages
        if own.languages in _UNSURE or two in _UNTAUGHT or one in _UNTAUGHT or story_is_held_back(own.story):
            continue
        found[own.story][own.index, own.source][two].append(own.target)
    stories = []
    for story, sources in found.items():
        language = story.split()[1]
        if language != "en" and rng.randrange(_INTO_ENGLISH):
            continue
        most = max(len(versions) for targets in sources.values() for versions in targets.values())
        for number in range(min(_VERSIONS, most)):
            rows = []
            for (_, source), targets in sorted(sources.items()):
                texts = {language: source}
                for other, versions in targets.items():
                    # The second row is of second translations, and of nothing that has only one.
                    if len(versions) > number:
                        texts[other] = versions[number] if number else rng.choice(versions)
                if len(texts) > 1:
                    rows.append(Row(story, texts))
            if rows:
                stories.append(rows)
    return stories


def read_more(folder: Path, rng: random.Random, most: int) -> list[list[list[Row]]]:
    """Up to `most` pairs of each of two more tables, English with another language: short sentences, of which
    many are negated (`tatoeba_laser`), and texts on health (`tico19`). Each pair is a story of its own."""
    tables = []
    for name, of in (("tatoeba_laser", (0, 1, 2)), ("tico19", (0, 2, 3))):
        rows = []
        with lzma.open(folder / f"{name}.tsv.xz", "rt", encoding="utf-8", newline="") as file:
            for at, line in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
                code, english, other = (line[k] for k in of)
                language = ISO.get(code, code.split("-")[0])
                if language in ISO.values() and (own := f"{name}.{at}") and not story_is_held_back(own):
                    rows.append([Row(own, {"en": english, language: other})])
        tables.append(rng.sample(rows, min(most, len(rows))))
    return tables
