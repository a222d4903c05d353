"""The blocks of reStructuredText, by lines and how far they are indented."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mlcheck.data import BlockKind, Role, Span
from mlcheck.read.calls import only_calls
from mlcheck.read.extract import Extraction, Piece
from mlcheck.read.inline import Row, marked
from mlcheck.read.rst.directives import CODE, HEADINGS, PICTURES, TABLES, TITLED, UNREAD
from mlcheck.read.rst.inline import INLINE, read_inline
from mlcheck.read.rst.tables import GRID, SIMPLE, Cells, grid_rows, simple_rows

__all__ = ["Reader"]

_DEEPEST = 40
"""Blocks inside each other; what stands deeper is read as one."""
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{1,}\Z")
_ITEM = re.compile(r"(?:[-*+•‣⁃]|\(?(?:(?:\d{1,2}|#)[.)]|(?:[A-Za-z]|[ivxIVX]{2,5})\)))(?:\s+|\Z)")
"""A letter with a full stop may be a name's, and a number of three digits a year."""
_FIELD = re.compile(r":(?![\s:])(?:\\.|[^:\\]|:(?!\s|\Z))+:(?:\s+|\Z)")
_EXPLICIT = re.compile(r"\.\.(?:\s+|\Z)")
_DIRECTIVE = re.compile(r"(?:\|[^|]+\|\s+)?(?P<name>[\w][\w:.+-]*?)::(?:\s+|\Z)")
_NOTE = re.compile(r"\[[^\]\s]{1,80}\](?:\s+|\Z)")
_TARGET = re.compile(r"_|__\s")
_OPTION = re.compile(r"-{1,2}[\w?][^\s]*(?:[ =,][^\s]+)*(?:\s{2,}|\Z)")
_SESSION = re.compile(r">{3} ")
_NO_LETTERS = re.compile(r"[\W_]*\Z")


@dataclass(frozen=True, slots=True)
class _In:
    """What a stretch of lines stands in."""

    kind: BlockKind = "text"
    role: Role | None = None
    depth: int = 0


class Reader:
    """Adds the blocks of a text to an extraction."""

    def __init__(self, text: str, extraction: Extraction) -> None:
        self._text, self._extraction = text, extraction
        self.comments: list[Span] = []
        """Where comments stand, with `..`."""
        self._styles: list[str] = []
        """The adornments of headings, by level."""
        self._only_title = True
        """Has nothing but a title been read? Then fields tell of the text, and are none of it."""

    def read(self, rows: Sequence[Row]) -> None:
        """Read the lines of a whole text."""
        self._stretch(list(rows), _In())

    def _line(self, row: Row) -> str:
        return self._text[row.start : row.end]

    def _indent(self, row: Row) -> int:
        line = self._line(row)
        return len(line) - len(line.lstrip())

    def _stretch(self, rows: list[Row], where: _In) -> None:
        if where.depth > _DEEPEST:
            self._add([self._moved(row, self._indent(row)) for row in rows if row.start < row.end], where)
            return
        at = 0
        while at < len(rows):
            line = self._line(rows[at])
            if not line.strip():
                at += 1
            elif line[0].isspace():
                stop = self._indented(rows, at, 1)
                self._deeper(
                    rows[at:stop], replace(where, kind="quote" if where.kind == "text" else where.kind)
                )
                at = stop
            else:
                at = self._block(rows, at, line, where)

    def _block(self, rows: list[Row], at: int, line: str, where: _In) -> int:
        """Read the block that begins at a line; where the next begins."""
        if (stop := self._heading(rows, at, line)) is not None:
            return stop
        if explicit := _EXPLICIT.match(line):
            stop = self._indented(rows, at + 1, 1)
            self._explicit(rows[at:stop], explicit.end(), where)
            return stop
        if GRID.match(line) or SIMPLE.match(line):
            return self._table(rows, at, where)
        if _SESSION.match(line):
            stop = self._until_blank(rows, at)
            self._code(rows[at:stop])
            return stop
        if line.startswith("| ") or line == "|":
            stop = self._until_blank(rows, at)
            self._add(
                [self._moved(row, 2 if self._line(row)[:1] == "|" else 0) for row in rows[at:stop]], where
            )
            return stop
        if self._only_title and where.depth == 0 and _FIELD.match(line):
            stop = self._indented(rows, at + 1, 1)
            self._add(rows[at:stop], _In("matter"))
            return stop
        item = _ITEM.match(line) or _FIELD.match(line) or _OPTION.match(line)
        if item is not None and (where.kind != "code"):
            return self._item(rows, at, item, where)
        return self._paragraph(rows, at, where)

    def _heading(self, rows: list[Row], at: int, line: str) -> int | None:
        over = _ADORNMENT.match(line)
        if over is not None and at + 2 < len(rows) and self._line(rows[at + 2]) == line:
            title, style, stop = rows[at + 1], line[0] * 2, at + 3
            if not self._line(title).strip():
                return None
        else:
            under = _ADORNMENT.match(self._line(rows[at + 1])) if at + 1 < len(rows) else None
            if over is not None:  # a line between paragraphs
                return at + 1 if len(line) >= 4 and not (GRID.match(line) or SIMPLE.match(line)) else None
            if under is None or len(under[0]) < min(len(line), 4) or _NO_LETTERS.match(line):
                return None
            title, style, stop = rows[at], under[1], at + 2
        if style not in self._styles:
            self._styles.append(style)
        level = str(self._styles.index(style) + 1)
        self._add([self._moved(title, self._indent(title))], _In("heading"), level=level)
        return stop

    def _paragraph(self, rows: list[Row], at: int, where: _In) -> int:
        stop = at + 1
        while stop < len(rows) and (line := self._line(rows[stop])) and not line[0].isspace():
            stop += 1
        is_term = stop < len(rows) and self._line(rows[stop]).strip() != "" and stop == at + 1
        own = rows[at:stop]
        last = self._line(own[-1])
        if last.endswith("::"):
            shown = last[:-2].rstrip()
            keep = 1 if shown and not last[:-2].endswith(" ") else 0
            own[-1] = Row(own[-1].start, own[-1].start + len(shown) + keep)
            self._add(own, where)
            after = stop
            while after < len(rows) and not self._line(rows[after]).strip():
                after += 1
            if after < len(rows) and self._indent(rows[after]):
                end = self._indented(rows, after, 1)
                self._code(rows[after:end])
                return end
            return stop
        self._add(own, replace(where, kind="list") if is_term and where.kind == "text" else where)
        if is_term:
            end = self._indented(rows, stop, 1)
            self._deeper(rows[stop:end], replace(where, kind="list" if where.kind == "text" else where.kind))
            return end
        return stop

    def _item(self, rows: list[Row], at: int, item: re.Match[str], where: _In) -> int:
        stop = self._indented(rows, at + 1, 1)
        rest = rows[at + 1 : stop]
        if item.re is _ITEM:  # how far a field is indented is its own matter
            rest = [self._moved(row, min(item.end(), self._indent(row))) for row in rest]
        else:
            rest = self._dedented(rest)
        inside = [self._moved(rows[at], item.end()), *rest]
        self._stretch(inside, replace(where, kind="list", depth=where.depth + 1))
        return stop

    def _explicit(self, rows: list[Row], start: int, where: _In) -> None:
        first = self._moved(rows[0], start)
        line = self._line(first)
        rest = self._dedented(rows[1:])
        deeper = replace(where, depth=where.depth + 1)
        if note := _NOTE.match(line):
            self._stretch([self._moved(first, note.end()), *rest], deeper)
        elif _TARGET.match(line):
            return
        elif directive := _DIRECTIVE.match(line):
            self._directive(directive["name"].lower(), self._moved(first, directive.end()), rest, deeper)
        else:
            self.comments.append(Span(rows[0].start, rows[-1].end))

    def _directive(self, name: str, given: Row, rows: list[Row], where: _In) -> None:
        options = 0
        while options < len(rows) and (
            _FIELD.match(self._line(rows[options])) or (options and self._indent(rows[options]))
        ):
            options += 1
        body = rows[options:]
        if name in UNREAD:
            return
        if name in CODE:
            self._caption(rows[:options], ("caption",), where)
            self._code(body)
        elif name in PICTURES:
            self._caption(rows[:options], ("alt",), where)
            lead = next((n for n, row in enumerate(body) if self._line(row).strip()), len(body))
            stop = self._until_blank(body, lead)
            self._stretch(body[lead:stop], replace(where, role="caption"))
            self._stretch(body[stop:], where)
        elif name in HEADINGS or name in TABLES:
            kind: BlockKind = "heading" if name in HEADINGS else where.kind
            self._add([given], replace(where, kind=kind, role=None if name in HEADINGS else "caption"))
            self._stretch(body, replace(where, kind="table") if name in TABLES else where)
        else:
            titled = name in TITLED
            # What follows at once goes on with what stands beside the name.
            title = [given] if titled and given.start < given.end else []
            behind = self._until_blank(rows, 0) if title and not options else 0
            self._add([*title, *rows[:behind]], where)
            self._stretch(body[behind:] if not options else body, where)

    def _caption(self, options: list[Row], names: tuple[str, ...], where: _In) -> None:
        for row in options:
            line = self._line(row)
            name = next((n for n in names if line.startswith(f":{n}:")), None)
            if name is not None and " " in line[len(name) + 2 :].strip():
                self._add([self._moved(row, len(name) + 2)], replace(where, role="caption"))

    def _table(self, rows: list[Row], at: int, where: _In) -> int:
        if GRID.match(self._line(rows[at])):
            stop = at
            while stop < len(rows) and self._line(rows[stop])[:1] in ("+", "|"):
                stop += 1
            found = grid_rows(self._text, rows[at:stop])
        else:
            edge = next(
                (
                    n
                    for n in range(at + 1, len(rows))
                    if SIMPLE.match(self._line(rows[n])) and _ends(self, rows, n)
                ),
                len(rows) - 1,
            )
            stop = edge + 1
            found = simple_rows(self._text, rows[at:stop])
        for cells in found:
            self._cells(cells, where)
        return stop

    def _cells(self, cells: Cells, where: _In) -> None:
        pieces: list[Piece] = []
        trimmed = [[r for r in map(self._trimmed, cell) if r.start < r.end] for cell in cells]
        while trimmed and not trimmed[-1]:
            trimmed.pop()
        for number, own in enumerate(trimmed):
            if number:
                pieces.append(Piece(" | "))
            pieces += marked(self._text, own, INLINE, read_inline)[0]
        self._extraction.add(pieces, "table", role=where.role)

    def _add(self, rows: Sequence[Row], where: _In, level: str = "") -> None:
        own = [row for row in rows if row.start <= row.end]
        if not own or only_calls("\n".join(map(self._line, own))):
            return
        pieces, marks = marked(self._text, own, INLINE, read_inline)
        self._only_title = self._only_title and where.kind in ("heading", "matter")
        if level:
            marks.insert(0, ("heading", level, 0, sum(len(piece.text) for piece in pieces)))
        self._extraction.add(pieces, where.kind, role=where.role, marks=marks)

    def _code(self, rows: Sequence[Row]) -> None:
        own = [row for row in rows if row.start <= row.end]
        if own:
            pieces, _ = marked(self._text, own, _NOTHING, read_inline)
            code = "".join(piece.text for piece in pieces)
            self._extraction.add(pieces, "code", marks=[("code", code.strip("\n"), 0, len(code))])

    def _deeper(self, rows: list[Row], where: _In) -> None:
        self._stretch(self._dedented(rows), replace(where, depth=where.depth + 1))

    def _dedented(self, rows: Sequence[Row]) -> list[Row]:
        least = min((self._indent(row) for row in rows if row.start < row.end), default=0)
        return [self._moved(row, least) for row in rows]

    def _moved(self, row: Row, by: int) -> Row:
        return Row(min(row.start + by, row.end), row.end)

    def _trimmed(self, row: Row) -> Row:
        line = self._line(row)
        start = row.start + len(line) - len(line.lstrip())
        return Row(start, max(start, row.start + len(line.rstrip())))

    def _indented(self, rows: Sequence[Row], at: int, least: int) -> int:
        """Behind the lines that are indented, blank ones among them, but not behind them."""
        stop = end = at
        while stop < len(rows):
            line = self._line(rows[stop])
            if line.strip():
                if not line[0].isspace():
                    break
                end = stop + 1
            stop += 1
        return max(end, at)

    def _until_blank(self, rows: Sequence[Row], at: int) -> int:
        stop = at
        while stop < len(rows) and self._line(rows[stop]).strip():
            stop += 1
        return stop


_NOTHING = re.compile(r"(?!)")


def _ends(reader: Reader, rows: Sequence[Row], at: int) -> bool:
    """Is a rule the last of its table: nothing follows it at once?"""
    return at + 1 >= len(rows) or not reader._line(rows[at + 1]).strip()
