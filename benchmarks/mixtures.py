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
RECUT = 0.25


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


def recut(cut: list[Rows], rng: random.Random) -> list[Rows]:
    """Other paragraphs: one boundary in four drawn anew, as translators do."""
    starts = {paragraph[0][0] for paragraph in cut}
    result: list[Rows] = []
    for item in (item for paragraph in cut for item in paragraph):
        starting = item[0] in starts
        if not result or starting != (rng.random() < RECUT):
            result.append([])
        result[-1].append(item)
    return result


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
    a: list[Rows] = []
    b: list[Rows] = []
    for paragraph in paragraphs([(i, "") for i in range(len(story))], rng):
        a.append([])
        b.append([])
        for i, _ in paragraph:
            flaw = rng.choice(("drop", "drop-source", "add", "replace")) if rng.random() < rate else "none"
            foreign = (FOREIGN + i, rng.choice(other)[right])
            if flaw != "drop-source":
                a[-1].append((i, story[i][left]))
            if flaw == "replace":
                b[-1].append(foreign)
            elif flaw != "drop":
                b[-1].append((i, story[i][right]))
            if flaw == "add":
                b[-1].append(foreign)
    return side([p for p in a if p], left), side(recut([p for p in b if p], rng), right)


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
