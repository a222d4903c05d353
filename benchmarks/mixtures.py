"""News mixtures: documents made from parallel sentences, with known flaws and known links.

A table of parallel news sentences (a column `doc`, then one a language; a row a sentence) becomes
pairs of documents cut into paragraphs, in which rows were dropped, added, replaced or moved at
random. Because the maker knows which rows a sentence came from, it knows the true links, down to
sentences that the splitter cuts differently in the two languages.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from mlcheck.data import Document, Sentence, Span
from mlcheck.segment.sentences import common_words, sentence_spans

ISO = {"eng": "en", "rus": "ru", "deu": "de", "fra": "fr", "zho": "zh", "aze": "az", "tur": "tr"}

Rows = list[tuple[int, str]]
"""Sentences with the number of the row that each came from; foreign ones from FOREIGN up."""

FOREIGN = 1_000_000


@dataclass(frozen=True)
class Side:
    """A document, and for each of its sentences the rows that it holds (part of)."""

    document: Document
    rows: tuple[frozenset[int], ...]


def read_table(path: Path) -> dict[str, list[dict[str, str]]]:
    """Stories of at least five sentences, by name."""
    stories: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            stories.setdefault(row.pop("doc"), []).append({k: _clean(v) for k, v in row.items()})
    return {name: rows for name, rows in stories.items() if len(rows) >= 5}


def paragraphs(rows: Rows, rng: random.Random) -> list[Rows]:
    """One to three sentences each, mostly one or two."""
    cut, at = [], 0
    while at < len(rows):
        size = rng.choice((1, 1, 2, 2, 3))
        cut.append(rows[at : at + size])
        at += size
    return cut


def side(cut: list[Rows], language: str) -> Side:
    """The document of some paragraphs, segmented as mlcheck does it."""
    sentences: list[Sentence] = []
    rows: list[frozenset[int]] = []
    common = common_words(" ".join(sentence for paragraph in cut for _, sentence in paragraph))
    for number, paragraph in enumerate(cut):
        text, places = "", []
        for row, sentence in paragraph:
            text += "" if language == "zho" or not text else " "
            places.append((len(text), len(text) + len(sentence), row))
            text += sentence
        for start, end in sentence_spans(text, ISO[language], common):
            sentences.append(
                Sentence(index=len(sentences), paragraph=number, span=Span(0, 1), text=text[start:end])
            )
            rows.append(frozenset(row for a, b, row in places if a < end and b > start))
    document = Document(
        path="",
        text="",
        encoding="utf-8",
        encoding_guessed=False,
        language=ISO[language],
        language_from="given",
        paragraphs=(),
        sentences=tuple(sentences),
    )
    return Side(document, tuple(rows))


def flawed(
    stories: dict[str, list[dict[str, str]]],
    name: str,
    languages: tuple[str, str],
    seed: int,
    rate: float = 0.1,
) -> tuple[Side, Side]:
    """A story in two languages; a row is dropped from either side, replaced, or followed by a
    foreign one, each with a chance of `rate` / 4."""
    left, right = languages
    rng = random.Random(f"{name}/{left}/{right}/{seed}")
    story = stories[name]
    other = stories[rng.choice([n for n in stories if n != name])][1:]
    a: Rows = []
    b: Rows = []
    for i, row in enumerate(story):
        flaw = rng.choice(("drop", "drop-source", "add", "replace")) if rng.random() < rate else "none"
        foreign = (FOREIGN + i, rng.choice(other)[right])
        if flaw != "drop-source":
            a.append((i, row[left]))
        if flaw == "replace":
            b.append(foreign)
        elif flaw != "drop":
            b.append((i, row[right]))
        if flaw == "add":
            b.append(foreign)
    return side(paragraphs(a, rng), left), side(paragraphs(b, rng), right)


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
