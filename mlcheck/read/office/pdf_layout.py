"""Pieces of lines on a page to paragraphs: columns, lines, what belongs together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from mlcheck.data import BlockKind
from mlcheck.read.office.pdf_pages import Fragment, Page

__all__ = ["Passage", "passages"]

_SAME_LINE = 0.35
"""Heights of a line by which bases may differ."""
_WORD_GAP = 1.3
_GUTTER = 0.8
"""Heights of a line: the least space between columns."""
_COLUMN_LINES = 3
_COLUMN_LETTERS = 15
"""Of a column: the least lines, and letters in a usual line. Cells of a table have less."""
_SAME_SIZE = 0.08
_LOOSE = 1.25
_FAR = 1.9
_INDENT = 0.6
_PLENTY = 0.3
"""Of a column's width."""
_ENDS = re.compile(r"[.!?…:;。！？।۔][\"'”’»“)\]」』]*\Z")
_HEADING = 1.12
"""Of the size of most letters, from which on a line is a heading."""
_LONGEST_HEADING = 200
_MOST_FRAGMENTS = 4000
"""Of a page; more is no page of text, and stays in the order of the file."""
_ITEM = re.compile(r"(?:[•◦▪‣·–—*-]|\(?(?:\d{1,3}|[A-Za-z])[.)])(?:\s|\Z)")
_JOINED = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u30ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
"""Scripts that put no space between words."""


_BETWEEN_CELLS = " | "


@dataclass(slots=True)
class Passage:
    """A paragraph, or the part of one that stands on a page. `is_full`: its last line has no room left."""

    text: str
    kind: BlockKind
    page: int
    region: int
    size: float
    notes: list[int]
    links: list[tuple[str, int, int]] = field(default_factory=list)
    is_full: bool = False
    is_indented: bool = False

    @property
    def is_item(self) -> bool:
        """Does it begin as an item of a list does?"""
        return _ITEM.match(self.text) is not None

    def after(self, text: str, words: frozenset[str]) -> str:
        """The text with this behind it."""
        return _joined(text, self.text, words) if text else self.text


@dataclass(slots=True)
class _Row:
    """A line; more than one cell where wide spaces part it."""

    cells: list[Fragment]

    @property
    def left(self) -> float:
        return self.cells[0].left

    @property
    def right(self) -> float:
        return max(cell.right for cell in self.cells)

    @property
    def base(self) -> float:
        return self.cells[0].base

    @property
    def size(self) -> float:
        return max(cell.size for cell in self.cells)

    @property
    def text(self) -> str:
        return _BETWEEN_CELLS.join(cell.text.strip() for cell in self.cells)

    @property
    def links(self) -> list[tuple[str, int, int]]:
        """Those of the cells, which count the letters of `text`."""
        found, at = [], 0
        for cell in self.cells:
            found += moved(cell.links, at - len(cell.text) + len(cell.text.lstrip()))
            at += len(cell.text.strip()) + len(_BETWEEN_CELLS)
        return found


def passages(page: Page, words: frozenset[str]) -> Iterator[Passage]:
    """The paragraphs of a page in reading order. `words` are those of the document, which say whether a
    hyphen at the end of a line is one of the word's."""
    if not page.lines:
        return
    lines = list(page.lines)
    regions = _regions(lines) if len(lines) <= _MOST_FRAGMENTS else [lines]
    letters = sorted((line.size, len(line.text)) for line in lines)
    usual = _usual(letters)
    for number, region in enumerate(regions):
        rows = _rows(region)
        yield from _paragraphs(rows, page.number, number, usual, words)


def _usual(letters: Sequence[tuple[float, int]]) -> float:
    """The size of the letter in the middle."""
    half = sum(n for _, n in letters) / 2
    for size, n in letters:
        half -= n
        if half <= 0:
            return size
    return letters[-1][0]


def _regions(lines: list[Fragment]) -> list[list[Fragment]]:
    """The columns of a page in reading order; what runs over all of them parts them."""
    lines = sorted(lines, key=lambda f: (-f.top, f.left))
    found: list[list[Fragment]] = []
    current: list[Fragment] = []
    at = 0
    while at < len(lines):
        stop, gutter = _columns(lines, at)
        if gutter is None:
            current.append(lines[at])
            at += 1
            continue
        if current:
            found.append(current)
            current = []
        block = lines[at:stop]
        found += _regions([line for line in block if line.right <= gutter])
        found += _regions([line for line in block if line.right > gutter])
        at = stop
    return [*found, current] if current else found


def _columns(lines: Sequence[Fragment], start: int) -> tuple[int, float | None]:
    """How far two columns reach from a line on, and the middle of the space between them; None without."""
    least = _GUTTER * lines[start].size
    gaps = [(float("-inf"), lines[start].left), (lines[start].right, float("inf"))]
    stop = start + 1
    while stop < len(lines):
        line = lines[stop]
        left = [
            piece
            for low, high in gaps
            for piece in ((low, min(high, line.left)), (max(low, line.right), high))
            if piece[1] - piece[0] >= least
        ]
        inner = [gap for gap in left if gap[0] != float("-inf") and gap[1] != float("inf")]
        if (
            not inner
            and stop - start > 1
            and any(g[0] != float("-inf") and g[1] != float("inf") for g in gaps)
        ):
            break
        gaps = left
        stop += 1
    for low, high in sorted(_inner(gaps), key=lambda gap: gap[0] - gap[1]):
        block = lines[start:stop]
        if _is_column([x for x in block if x.right <= low + 1e-6]) and _is_column(
            [x for x in block if x.left >= high - 1e-6]
        ):
            return stop, (low + high) / 2
    return stop, None


def _inner(gaps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Those with text on both sides."""
    return [gap for gap in gaps if gap[0] > float("-inf") and gap[1] < float("inf")]


def _is_column(lines: Sequence[Fragment]) -> bool:
    return len(lines) >= _COLUMN_LINES and median(len(x.text) for x in lines) >= _COLUMN_LETTERS


def _rows(lines: Sequence[Fragment]) -> list[_Row]:
    """Lines from above, each with its pieces from the left."""
    rows: list[list[Fragment]] = []
    for line in sorted(lines, key=lambda f: (-f.base, f.left)):
        size = rows[-1][0].size if rows else 0.0
        if rows and abs(rows[-1][0].base - line.base) <= _SAME_LINE * max(size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_Row(_cells(sorted(row, key=lambda f: f.left))) for row in rows]


def _cells(row: Sequence[Fragment]) -> list[Fragment]:
    cells: list[Fragment] = []
    for piece in row:
        last = cells[-1] if cells else None
        lone_mark = last is not None and _ITEM.fullmatch(last.text.strip()) is not None
        if last is None or (
            piece.left - last.right > _WORD_GAP * max(piece.size, last.size) and not lone_mark
        ):
            cells.append(piece)
        elif _is_raised_number(last, piece):
            cells[-1] = piece
        else:
            gap = "" if last.text.endswith(" ") or piece.left - last.right < 0.1 * piece.size else " "
            start = len(last.text) + len(gap)
            cells[-1] = Fragment(
                last.text + gap + piece.text,
                last.left,
                max(last.right, piece.right),
                min(last.bottom, piece.bottom),
                max(last.top, piece.top),
                piece.base if len(piece.text) > len(last.text) else last.base,
                max(last.size, piece.size),
                (*last.notes, *(start + n for n in piece.notes)),
                (*last.links, *moved(piece.links, start)),
            )
    return cells


def moved(links: Iterable[tuple[str, int, int]], by: int) -> list[tuple[str, int, int]]:
    """The links of a text that stands so many characters further on now."""
    return [(address, max(start + by, 0), max(end + by, 0)) for address, start, end in links]


def _is_raised_number(one: Fragment, other: Fragment) -> bool:
    """The number of a note, before its text."""
    return one.text.strip().isdigit() and one.size < 0.8 * other.size and one.base > other.base


def _paragraphs(
    rows: Sequence[_Row], page: int, region: int, usual: float, words: frozenset[str]
) -> Iterator[Passage]:
    single = [row for row in rows if len(row.cells) == 1]
    right = max((row.right for row in single), default=0.0)
    left = min((row.left for row in single), default=0.0)
    steps = [a.base - b.base for a, b in pairwise(rows) if _alike(a, b)]
    leading = min((step for step in steps if step > 0.8 * usual), default=1.2 * usual)
    open_: Passage | None = None
    before: _Row | None = None
    for row in rows:
        goes_on = before is not None and open_ is not None and _same(before, row, open_, left, right, leading)
        if open_ is not None and goes_on:
            start = len(_joined(open_.text, row.text, words)) - len(row.text)
            open_.text = _joined(open_.text, row.text, words)
            open_.notes += [max(start + n, 0) for n in row.cells[0].notes]
            open_.links += moved(row.links, start)
        else:
            if open_ is not None:
                yield open_
            indented = row.left > left + _INDENT * row.size
            notes = list(row.cells[0].notes) if len(row.cells) == 1 else []
            open_ = Passage(
                row.text, _kind(row, usual), page, region, row.size, notes, row.links, is_indented=indented
            )
        open_.is_full = row.right > right - 3 * row.size
        before = row
    if open_ is not None:
        yield open_


def _kind(row: _Row, usual: float) -> BlockKind:
    if len(row.cells) > 1:
        return "table"
    if row.size > _HEADING * usual and len(row.text) <= _LONGEST_HEADING:
        return "heading"
    return "list" if _ITEM.match(row.text) else "text"


def _alike(one: _Row, other: _Row) -> bool:
    return abs(one.size - other.size) <= _SAME_SIZE * max(one.size, other.size)


def _same(before: _Row, row: _Row, open_: Passage, left: float, right: float, leading: float) -> bool:
    """Does a line go on with the paragraph of the one before?"""
    if open_.kind == "table" or len(row.cells) > 1 or not _alike(before, row) or _ITEM.match(row.text):
        return False
    step = before.base - row.base
    if step > min(_LOOSE * leading, _FAR * row.size) or step < 0:
        return False
    indented = row.left > left + _INDENT * row.size and row.left > before.left + _INDENT * row.size
    if indented and open_.kind != "list":
        return False
    # A line that would have had room for the next word ends a paragraph; inside a sentence, only one that has
    # plenty, as a heading does: some programs count letters, and not their widths.
    first = 2 if _JOINED.match(row.text) else len(row.text.split(" ", 1)[0]) + 1
    room = right - before.right
    if not _ENDS.search(before.text):
        return row.text[:1].islower() or room < _PLENTY * (right - left)
    return room < first * (row.right - row.left) / max(len(row.text), 1) + 0.2 * row.size


def _joined(text: str, after: str, words: frozenset[str]) -> str:
    """Two lines as one; a word that a hyphen parts is whole again."""
    text, after = text.rstrip(), after.lstrip()
    if text[-1:] in ("-", "\xad", "‐") and len(text) > 1 and text[-2].isalpha():
        head = text[:-1]
        stem = head.rpartition(" ")[2].lower()
        rest = after.split(" ", 1)[0].lower().rstrip(".,;:!?»”\"')")
        if f"{stem}-{rest}" in words or not after[:1].islower():
            return f"{head}-{after}"
        return head + after
    text = text.replace("\xad", "-") if text.endswith("\xad") else text
    if _JOINED.match(text[-1:]) and _JOINED.match(after[:1]):
        return text + after
    return f"{text} {after}"
