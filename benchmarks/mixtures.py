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
from dataclasses import dataclass, replace
from pathlib import Path

from mlcheck.data import Document, Paragraph, Sentence, Span
from mlcheck.segment.sentences import common_words, sentence_spans

ISO = {"eng": "en", "rus": "ru", "deu": "de", "fra": "fr", "zho": "zh", "aze": "az", "tur": "tr"}

PAIRS = (
    ("eng", "rus"),
    ("eng", "deu"),
    ("eng", "fra"),
    ("eng", "tur"),
    ("eng", "aze"),
    ("eng", "zho"),
    ("rus", "aze"),
    ("fra", "deu"),
)
"""Languages that most measurements are made on, source and target."""

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


def side(cut: list[Rows], language: str, *, segmented: bool = True) -> Side:
    """The document of some paragraphs, segmented as mlcheck does it, or with a sentence a row."""
    sentences: list[Sentence] = []
    rows: list[frozenset[int]] = []
    common = common_words(" ".join(sentence for paragraph in cut for _, sentence in paragraph))
    for number, paragraph in enumerate(cut):
        text, places = "", []
        for row, sentence in paragraph:
            text += "" if language == "zho" or not text else " "
            places.append((len(text), len(text) + len(sentence), row))
            text += sentence
        spans = (
            sentence_spans(text, ISO[language], common)
            if segmented
            else [(start, end) for start, end, _ in places]
        )
        for start, end in spans:
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
        paragraphs=tuple(
            Paragraph(index=n, span=Span(0, 1), line=n + 1, end_line=n + 1, text="", role="body")
            for n in range(len(cut))
        ),
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


Links = list[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True)
class Rates:
    """Chances, a row: dropped from the left, from the right; another's sentence in its place, or
    after it, on the right; the share of rows that move, in whole paragraphs; run together with the
    row after it, or cut in two, on the right; and how much more often headlines are dropped."""

    drop: float = 0.1
    replace: float = 0.0
    add: float = 0.0
    move: float = 0.05
    merge: float = 0.0
    split: float = 0.0
    heads: float = 1.0


def joined(
    stories: dict[str, list[dict[str, str]]],
    languages: tuple[str, str],
    size: int,
    seed: int,
    rates: Rates,
    *,
    repeat: bool = True,
    segmented: bool = True,
) -> tuple[Side, Side, frozenset[int]]:
    """Stories in random order up to `size` rows, with flaws; and the rows that moved.

    When the stories are used up they begin again (`repeat`), so that a long text says some things
    several times; or the text ends there.
    """
    left, right = languages
    rng = random.Random(f"joined/{left}/{right}/{size}/{seed}")
    order: list[str] = []
    rows: list[dict[str, str]] = []
    heads: set[int] = set()
    while len(rows) < size and (repeat or not rows or order):
        if not order:
            order = sorted(stories)
            rng.shuffle(order)
        heads.add(len(rows))
        rows += stories[order.pop()]
    rows = rows[:size]
    foreign = [row for name in sorted(stories) for row in stories[name]]
    cut = paragraphs([(i, "") for i in range(len(rows))], rng)
    # A headline says what the text under it says, and is what versions differ in most.
    chance = [rates.drop * (rates.heads if i in heads else 1.0) for i in range(len(rows))]
    no_left = {i for i, p in enumerate(chance) if rng.random() < p}
    no_right = {i for i, p in enumerate(chance) if rng.random() < p and i not in no_left}
    order_right = list(range(len(cut)))
    rng.shuffle(order_right)
    moving: list[int] = []
    while order_right and sum(len(cut[x]) for x in moving) < rates.move * len(rows):
        moving.append(order_right.pop())
    moved = frozenset(i for x in moving for i, _ in cut[x])
    kept = [p for x, p in enumerate(cut) if x not in set(moving)]
    for x in sorted(moving):
        kept.insert(rng.randrange(len(kept) + 1), cut[x])
    a = [[(i, rows[i][left]) for i, _ in p if i not in no_left] for p in cut]
    told = _retold(rows, right, rates, rng)
    b: list[Rows] = []
    for p in kept:
        b.append([])
        for i, _ in p:
            luck = rng.random()
            if luck < rates.replace and i not in moved:
                b[-1].append((FOREIGN + i, rng.choice(foreign)[right]))
            elif i not in no_right:
                b[-1].append((i, told[i]))
            if rates.replace <= luck < rates.replace + rates.add:
                b[-1].append((FOREIGN + i, rng.choice(foreign)[right]))
    return (
        side([p for p in a if p], left, segmented=segmented),
        side(_recut_but(b, moved, rng), right, segmented=segmented),
        moved,
    )


def _retold(rows: list[dict[str, str]], language: str, rates: Rates, rng: random.Random) -> list[str]:
    """The rows' sentences, some of them run on into the next, some cut in two at a comma."""
    comma, stop = ("，", "。") if language == "zho" else (", ", ". ")
    result = []
    for row in rows:
        text, luck = row[language], rng.random()
        if luck < rates.merge and text[-1:] in ".。":
            text = text[:-1] + ("；" if language == "zho" else ";")
        elif luck < rates.merge + rates.split and comma in text[20:-20]:
            at = text.index(comma, 20)
            rest = text[at + len(comma) :]
            text = text[:at] + stop + rest[:1].upper() + rest[1:]
        result.append(text)
    return result


def lines_of(side: Side) -> Side:
    """The same sentences, a line each, as `mlcheck align --unit line` has them."""
    document = side.document
    return Side(
        replace(
            document,
            paragraphs=tuple(
                Paragraph(index=n, span=Span(0, 1), line=n + 1, end_line=n + 1, text="", role="body")
                for n in range(len(document.sentences))
            ),
            sentences=tuple(replace(sentence, paragraph=sentence.index) for sentence in document.sentences),
        ),
        side.rows,
    )


def _recut_but(cut: list[Rows], whole: frozenset[int], rng: random.Random) -> list[Rows]:
    """As `recut`, but the paragraphs of rows in `whole` stay as they are."""
    result: list[Rows] = []
    for paragraph in cut:
        for at, item in enumerate(paragraph):
            fixed = not result or item[0] in whole or result[-1][-1][0] in whole
            begins = at == 0 if fixed else (at == 0) != (rng.random() < RECUT)
            if begins or not result:
                result.append([])
            result[-1].append(item)
    return result


def true_links(a: Side, b: Side) -> Links:
    """What belongs together: sentences that share rows, directly or through others."""
    holders: dict[int, tuple[list[int], list[int]]] = {}
    for which, document in enumerate((a, b)):
        for sentence, held in enumerate(document.rows):
            for row in held:
                holders.setdefault(row, ([], []))[which].append(sentence)
    parent: dict[tuple[int, int], tuple[int, int]] = {}

    def find(x: tuple[int, int]) -> tuple[int, int]:
        while parent.setdefault(x, x) != x:
            x = parent[x]
        return x

    for left, right in holders.values():
        if left and right:
            first, *others = [(0, x) for x in left] + [(1, x) for x in right]
            for other in others:
                parent[find(other)] = find(first)
    groups: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
    for which, document in enumerate((a, b)):
        for sentence in range(len(document.rows)):
            groups.setdefault(find((which, sentence)), ([], []))[which].append(sentence)
    links: Links = []
    for left, right in groups.values():
        if left and right:
            links.append((tuple(left), tuple(right)))
        else:
            links += [((x,), ()) for x in left] + [((), (y,)) for y in right]
    return sorted(links)


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
