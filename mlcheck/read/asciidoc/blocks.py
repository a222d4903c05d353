"""The blocks of AsciiDoc, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mlcheck.data import BlockKind, Role, Span
from mlcheck.read.asciidoc.inline import FOOTNOTE, INLINE, read_inline
from mlcheck.read.calls import only_calls
from mlcheck.read.extract import Extraction, Piece
from mlcheck.read.inline import Row, marked

__all__ = ["Reader"]

_HEADING = re.compile(r"(?P<level>={1,6}|#{1,6})\s+(?=\S)")
_ATTRIBUTE = re.compile(r":!?(?P<name>[\w-]+)!?:(?:\s+|\Z)")
_STYLE = re.compile(r"\[(?P<style>[^\[\]]*(?:\[[^\[\]]*\])?[^\[\]]*)\]\Z|\[\[[^\[\]]+\]\]\Z")
_TITLE = re.compile(r"\.(?=[^\s.])")
_FENCES: dict[str, BlockKind | None] = {
    "----": "code",
    "....": "code",
    "```": "code",
    "====": "text",
    "****": "text",
    "____": "quote",
    "--": "text",
    "++++": None,
    "////": None,
}
"""What stands between two lines of these; None is not read."""
_FENCE = re.compile(r"(?:-{4,}|\.{4,}|`{3}\w*|={4,}|\*{4,}|_{4,}|--|\+{4,}|/{4,})\Z")
_TABLE = re.compile(r"[|,:!]===\Z")
_ITEM = re.compile(r"\s*(?:\*{1,6}|-|\.{1,6}|\d{1,4}\.|<[\d.]{1,3}>)\s+(?:\[[ xX*]\]\s+)?(?=\S)")
_TERM = re.compile(r"\s*(?P<term>\S(?:.*?\S)?)(?:::{1,3}|;;)(?:\s+|\Z)")
_MACRO = re.compile(r"(?P<name>[a-z]+)::(?P<target>[^\s\[\]]*)\[(?P<given>.*)\]\Z")
_NOTE = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+")
_COMMENT = re.compile(r"//(?!/)")
_RULE = re.compile(r"'{3,}\Z|<<<\Z|-{3}\Z|\*{3}\Z|- - -\Z|\+\Z")
_COLUMNS = re.compile(r"cols\s*=\s*\"?(?P<cols>[^\"\]]+)")
_CELL = re.compile(r"(?<!\\)(?:(?:\d+(?:\.\d+)?[*+])?[<^>]?(?:\.[<^>])?[adehlmsv]?)?\|")
_CODE_STYLES = (
    "source",
    "listing",
    "literal",
    "stem",
    "latexmath",
    "asciimath",
    "plantuml",
    "mermaid",
    "graphviz",
)
_TEXTS = frozenset(("description", "doctitle", "title"))
_ALT = re.compile(r"\s*(?:alt\s*=\s*)?\"?(?P<alt>[^,\"=]*[^\W\d_][^,\"=]*?)\"?\s*(?:,|\Z)")


class Reader:
    """Adds the blocks of a text to an extraction."""

    def __init__(self, text: str, extraction: Extraction) -> None:
        self._text, self._extraction = text, extraction
        self.comments: list[Span] = []
        """Where lines are comments, with `//`."""
        self._style = ""
        """The attributes of the block that follows."""
        self._closing: list[str] = []
        """The lines that end the blocks that are open."""
        self._kinds: list[BlockKind] = ["text"]
        self._in_header = False

    def read(self, rows: Sequence[Row]) -> None:
        """Read the lines of a whole text."""
        at = 0
        while at < len(rows):
            at = self._block(rows, at)

    def _line(self, row: Row) -> str:
        return self._text[row.start : row.end]

    def _block(self, rows: Sequence[Row], at: int) -> int:
        """Read what begins at a line; where the next begins."""
        row, line = rows[at], self._line(rows[at])
        if not line.strip():
            self._style, self._in_header = "", False
            return at + 1
        if self._closing and line == self._closing[-1]:
            self._closing.pop()
            self._kinds.pop()
            return at + 1
        if _FENCE.match(line):
            return self._fenced(rows, at, line)
        if _TABLE.match(line):
            return self._table(rows, at, line)
        if _COMMENT.match(line) or _RULE.match(line):
            self.comments += [Span(*row)] if _COMMENT.match(line) else []
            return at + 1
        if attribute := _ATTRIBUTE.match(line):
            self._attribute(row, attribute)
            return at + 1
        if style := _STYLE.match(line):
            self._style = style["style"] or self._style
            return at + 1
        if heading := _HEADING.match(line):
            level = len(heading["level"])
            self._add([_moved(row, heading.end())], "heading", level=str(level))
            self._in_header = level == 1
            return at + 1
        if self._in_header:  # the author and the edition under the title
            self._extraction.add([Piece(line, Span(*row))], "matter")
            return at + 1
        if macro := _MACRO.match(line):
            self._macro(row, macro)
            return at + 1
        if title := _TITLE.match(line):
            self._add([_moved(row, title.end())], "text", role="caption")
            return at + 1
        return self._words(rows, at, line)

    def _words(self, rows: Sequence[Row], at: int, line: str) -> int:
        kind = self._kinds[-1]
        item, term = _ITEM.match(line), _TERM.match(line)
        stop = at + 1
        while stop < len(rows) and not self._begins(self._line(rows[stop])):
            stop += 1
        own = list(rows[at:stop])
        if item is None and term is not None:
            self._add([Row(own[0].start + term.start("term"), own[0].start + term.end("term"))], "list")
            self._add([_moved(own[0], term.end()), *own[1:]], "list")
        elif item is not None:
            self._add([_moved(own[0], item.end()), *own[1:]], "list" if kind == "text" else kind)
        elif line[0].isspace() or self._style.lower().startswith(_CODE_STYLES):
            self._code(own)
        else:
            if note := _NOTE.match(line):
                own[0] = _moved(own[0], note.end())
            quote = kind == "text" and self._style.lower().startswith(("quote", "verse"))
            self._add(own, "quote" if quote else kind)
        self._style = ""
        return stop

    def _begins(self, line: str) -> bool:
        """Does a line end the paragraph above it?"""
        return (
            not line.strip()
            or bool(_FENCE.match(line) or _TABLE.match(line) or _STYLE.match(line) or _ITEM.match(line))
            or bool(_TERM.match(line) or _MACRO.match(line) or line == "+" or _COMMENT.match(line))
        )

    def _fenced(self, rows: Sequence[Row], at: int, line: str) -> int:
        kind = _FENCES[line[:3] if line[0] == "`" else line[:4]]
        style, self._style = self._style.lower(), ""
        if kind in ("code", None) or style.startswith(("stem", "latexmath", "comment")):
            closing = "```" if line[0] == "`" else line
            stop = next((n for n in range(at + 1, len(rows)) if self._line(rows[n]) == closing), len(rows))
            if kind == "code":
                self._code(rows[at + 1 : stop])
            return stop + 1
        self._closing.append(line)
        quoted = style.startswith(("quote", "verse"))
        self._kinds.append("quote" if quoted or kind == "quote" else self._kinds[-1])
        return at + 1

    def _attribute(self, row: Row, attribute: re.Match[str]) -> None:
        value = _moved(row, attribute.end())
        if attribute["name"].lower() in _TEXTS:
            self._add([value], "matter", role="body")
        else:
            self._extraction.add([Piece(self._line(row), Span(*row))], "matter")

    def _macro(self, row: Row, macro: re.Match[str]) -> None:
        alt = _ALT.match(macro["given"])
        if macro["name"] in ("image", "video", "audio") and alt and " " in alt["alt"].strip():
            start = row.start + macro.start("given")
            place = Row(start + alt.start("alt"), start + alt.end("alt"))
            pieces, _ = marked(self._text, [place], INLINE, read_inline)
            marks = [("image", macro["target"], 0, 0)] if macro["name"] == "image" else []
            self._extraction.add(pieces, "text", role="caption", marks=marks)  # type: ignore[arg-type]
        self._style = ""

    def _table(self, rows: Sequence[Row], at: int, line: str) -> int:
        stop = next((n for n in range(at + 1, len(rows)) if self._line(rows[n]) == line), len(rows))
        columns = _COLUMNS.search(self._style)
        width = _width(columns["cols"]) if columns else 0
        self._style = ""
        cells: list[list[Row]] = []
        for row in rows[at + 1 : stop]:
            starts = [found.span() for found in _CELL.finditer(self._text, row.start, row.end)]
            first = starts[0][0] if starts else row.end
            if cells and row.start < first:
                cells[-1].append(Row(row.start, first))
            ends = [*(start for start, _ in starts[1:]), row.end][: len(starts)]
            found = [[Row(begin, end)] for (_, begin), end in zip(starts, ends, strict=True)]
            width = width or len(found)
            cells += found
        for start in range(0, len(cells), width or 1):
            self._row(cells[start : start + width])
        return stop + 1

    def _row(self, cells: list[list[Row]]) -> None:
        pieces: list[Piece] = []
        marks = []
        trimmed = [[row for row in self._trimmed(cell) if row.start < row.end] for cell in cells]
        while trimmed and not trimmed[-1]:
            trimmed.pop()
        for number, own in enumerate(trimmed):
            if number:
                pieces.append(Piece(" | "))
            before = sum(len(piece.text) for piece in pieces)
            found, inside = marked(self._text, own, INLINE, read_inline)
            pieces += found
            marks += [(kind, value, a + before, b + before) for kind, value, a, b in inside]
        self._extraction.add(pieces, "table", marks=marks)

    def _trimmed(self, rows: Sequence[Row]) -> Iterator[Row]:
        for row in rows:
            line = self._line(row)
            start = row.start + len(line) - len(line.lstrip())
            yield Row(start, max(start, row.start + len(line.rstrip())))

    def _add(
        self, rows: Sequence[Row], kind: BlockKind, *, role: Role | None = None, level: str = ""
    ) -> None:
        own = list(self._trimmed(rows))
        words = "\n".join(map(self._line, own))
        if not words.strip() or only_calls(words):
            return
        pieces, marks = marked(self._text, own, INLINE, read_inline)
        if level:
            marks.insert(0, ("heading", level, 0, sum(len(piece.text) for piece in pieces)))
        self._extraction.add(pieces, kind, role=role, marks=marks)
        for note in FOOTNOTE.finditer(self._text, own[0].start, own[-1].end):
            self._extraction.add([Piece(note["words"], Span(*note.span("words")))], "text")

    def _code(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        place = Span(rows[0].start, rows[-1].end)
        code = self._text[slice(*place)]
        self._extraction.add([Piece(code, place)], "code", marks=[("code", code.strip("\r\n"), 0, len(code))])


def _moved(row: Row, by: int) -> Row:
    return Row(min(row.start + by, row.end), row.end)


def _width(columns: str) -> int:
    """How many columns `1,2*,a` says."""
    count = 0
    for part in columns.split(","):
        times = re.match(r"\s*(\d{1,2})\*", part)
        count += int(times[1]) if times else 1
    return count
