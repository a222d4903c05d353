"""What the readers of office files share: a paragraph that is being put together, and a text of paragraphs,
tables, notes and page furniture that counts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mlcheck.data import BlockKind, MarkKind, Role
from mlcheck.read.extract import Extract, Extraction, Piece

__all__ = ["Flow", "Line", "told_language"]

_BETWEEN_CELLS = " | "
_MOST_IN_CELL = 2
"""Paragraphs. A cell with more of them is a column of a page that was laid out as a table."""
_SAYS_NOTHING = frozenset({"", "en", "en-us", "zxx", "und", "x-none", "none"})
"""Languages that are no statement: en-US is what programs write that were never told one."""
_LANGUAGE_LENGTH = 35


def told_language(code: str | None) -> str | None:
    """A language that a file declares; None where that says nothing of its text."""
    code = (code or "").strip().replace("_", "-")
    known = len(code) <= _LANGUAGE_LENGTH and code.isascii() and code.replace("-", "").isalnum()
    return code if known and code.lower() not in _SAYS_NOTHING else None


@dataclass(slots=True)
class Line:
    """The characters of a paragraph as they come, and its marks, which count them."""

    text: str = ""
    marks: list[tuple[MarkKind, str, int, int]] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    def put(self, text: str) -> None:
        """Add characters."""
        self._parts.append(text)
        self._length += len(text)

    @property
    def length(self) -> int:
        """How many characters there are."""
        return self._length

    def mark(self, kind: MarkKind, value: str, start: int | None = None) -> None:
        """Mark what stands from `start` to here; without it, this place."""
        self.marks.append((kind, value, self._length if start is None else start, self._length))

    def done(self) -> Line:
        """The same, with its `text`."""
        self.text = "".join(self._parts)
        return self

    def without(self, front: int) -> Line:
        """The same without its first `front` characters."""
        line = Line()
        line.put(self.text[front:])
        line.marks = [(kind, value, max(a - front, 0), max(b - front, 0)) for kind, value, a, b in self.marks]
        return line.done()

    @property
    def is_blank(self) -> bool:
        """Has it no characters but white space?"""
        return not any(part.strip() for part in self._parts)


def _joined(lines: Sequence[Line], between: str) -> Line:
    whole = Line()
    for line in lines:
        if whole.length:
            whole.put(between)
        start = whole.length
        whole.put(line.text)
        whole.marks += [(kind, value, start + a, start + b) for kind, value, a, b in line.marks]
    return whole.done()


class Flow:
    """A text in reading order. `part` is put before each place: a chapter of a book."""

    def __init__(self) -> None:
        self._extraction = Extraction()
        self._paragraphs = self._tables = 0
        self._notes: list[tuple[str, list[Line]]] = []
        self._edges: set[str] = set()
        self.part = ""

    def paragraph(
        self, line: Line, kind: BlockKind = "text", *, role: Role | None = None, level: int | None = None
    ) -> None:
        """A paragraph of the text itself. `level` is that of a heading, from 1."""
        if line.is_blank:
            return
        self._paragraphs += 1
        self._add(line, kind, f"paragraph {self._paragraphs}", role=role, level=level)

    def placed(self, line: Line, kind: BlockKind, place: str) -> None:
        """A paragraph whose place is known otherwise."""
        self._add(line, kind, place)

    def table(self) -> str:
        """Begin a table; the place of it."""
        self._tables += 1
        return f"table {self._tables}"

    def row(self, place: str, number: int, cells: Sequence[Sequence[Line]]) -> None:
        """A row of a table, by its cells' paragraphs: one block, or one for each paragraph where the table
        lays out a page."""
        place = f"{place}, row {number}"
        full = [[line.done() for line in cell if not line.is_blank] for cell in cells]
        filled = sum(map(bool, full))
        if filled == 1 or any(len(cell) > _MOST_IN_CELL for cell in full):
            for n, cell in enumerate(full, 1):
                where = place if len(full) == 1 else f"{place}, cell {n}"
                for k, line in enumerate(cell, 1):
                    lone = len(cell) == 1
                    self._add(line, "table" if lone else "text", where if lone else f"{where}, paragraph {k}")
            return
        joined = [_joined(cell, " ") for cell in full]
        self._add(_joined([cell for cell in joined if cell.text], _BETWEEN_CELLS), "table", place)

    def note(self, what: str, lines: Iterable[Line]) -> None:
        """A note, whose text comes behind all others. `what` is `footnote` or `endnote`."""
        self._notes.append((what, [line for line in lines if not line.is_blank]))

    def edge(self, line: Line, place: str) -> None:
        """A line of a page's head or foot: furniture, and told once."""
        text = " ".join(line.done().text.split())
        if text and text not in self._edges:
            self._edges.add(text)
            self._add(line, "text", place, role="furniture")

    def skip(self, what: str) -> None:
        """Name something that is in the file and is not read."""
        self._extraction.skip(what)

    def turn(self, part: str) -> None:
        """Another part begins, which counts its paragraphs and tables anew."""
        self.part, self._paragraphs, self._tables = part, 0, 0

    def end_part(self) -> None:
        """Put the notes that have been gathered here."""
        counts: dict[str, int] = {}
        for what, lines in self._notes:
            counts[what] = counts.get(what, 0) + 1
            for k, line in enumerate(lines, 1):
                place = f"{what} {counts[what]}"
                self._add(line, "text", place if len(lines) == 1 else f"{place}, paragraph {k}")
        self._notes = []

    def finish(self, language: str | None) -> Extract:
        """The whole text. `language` is what the file declares."""
        self.end_part()
        self._extraction.language = told_language(language)
        return self._extraction.finish()

    def _add(
        self, line: Line, kind: BlockKind, place: str, *, role: Role | None = None, level: int | None = None
    ) -> None:
        line.done()
        marks = list(line.marks)
        if level is not None and role is None:
            marks.append(("heading", str(level), 0, len(line.text)))
        where = f"{self.part}, {place}" if self.part else place
        self._extraction.add([Piece(line.text)], kind, role=role, place=where, marks=marks)
