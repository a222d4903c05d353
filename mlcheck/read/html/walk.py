"""From the tree of a page to blocks, in reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mlcheck.data import BlockKind, MarkKind, Role, Span
from mlcheck.read.calls import call_spans, only_calls
from mlcheck.read.extract import Extraction, Piece
from mlcheck.read.html.furniture import (
    LINKED,
    headline_of,
    is_byline,
    is_furniture,
    main_part,
    only_links,
)
from mlcheck.read.html.names import BLOCKS, HEADINGS, UNREAD
from mlcheck.read.html.tree import Node, Words
from mlcheck.read.html.words import Line, pieces_of

__all__ = ["Walk"]

_LISTS = frozenset(["ul", "ol", "menu", "dir", "dl"])
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("li", "dt", "dd"), "list"),
    "blockquote": "quote",
    **dict.fromkeys(HEADINGS, "heading"),
    **dict.fromkeys(("pre", "listing"), "code"),
}
_CAPTIONS = frozenset(("figcaption", "caption"))
_SENTENCE = re.compile(r"[.!?…。！？؟۔।][\"'”»’)\]」』]*\s*\Z")
_NOTE = re.compile(r"[\[(]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶#↑↩^]+)\s*[\])]?", re.IGNORECASE)
_NOTE_NAMES = re.compile(r"foot-?note|noteref|fnref|endnote|reference")
_ANCHOR = re.compile(r"[\W_]*")
_NO_BODY: frozenset[Role] = frozenset(("headline", "byline", "caption"))
_EMPHASIS = frozenset(("em", "i", "span", "code"))
_BETWEEN_CELLS = " | "


@dataclass(frozen=True, slots=True)
class _Where:
    """What the elements around a place say of it."""

    kind: BlockKind = "text"
    role: Role | None = None
    around: bool = False
    """Furniture."""
    kept: bool = False
    """White space counts."""
    cell: bool = False
    """In a row of a table, where blocks do not part the text."""
    linked: bool = False
    coded: bool = False
    """In code."""
    blank: bool = False
    """In words of code that are to be replaced."""
    timed: bool = False
    bylined: bool = False


class Walk:
    """Adds the blocks of a page to an extraction. With `whole`, nothing is furniture."""

    def __init__(self, text: str, root: Node, extraction: Extraction, *, whole: bool) -> None:
        self._text, self._root, self._extraction, self._whole = text, root, extraction, whole
        self.main = main_part(root)
        self._headline = headline_of(root, self.main)
        self._line = Line()
        self.has_body = False
        """Has a paragraph been added, and not only headings and what stands around the text?"""

    def run(self) -> None:
        """Walk the page."""
        where = _Where(around=self.main is not None)
        self._visit(self._root, where)
        self._flush(where)

    def shows(self, headline: Sequence[Piece]) -> bool:
        """Has the page a headline, or an element with these words?"""
        if self._headline is not None or not headline:
            return True
        wanted = "".join(piece.text for piece in headline).split()
        letters = sum(map(str.isalpha, "".join(wanted)))
        return any(
            node.letters == letters and node.name != "title" and self._plain(node).split() == wanted
            for node in self._root.every()
        )

    def _visit(self, node: Node, where: _Where) -> None:
        for child in node.children:
            if isinstance(child, Words):
                self._words(child, where)
            elif child.name == "head":
                self._head(child)
            elif child.name in UNREAD or child.is_hidden:
                continue
            elif child.name in BLOCKS:
                self._block(child, where)
            else:
                self._inline(child, where)

    def _head(self, node: Node) -> None:
        for child in node.nodes:
            if child.name == "title":
                self._flush(_Where())
                inside = _Where(kind="text" if self._whole else "matter")
                self._visit(child, inside)
                self._flush(inside)

    def _words(self, words: Words, where: _Where) -> None:
        before = self._line.letters
        for piece in pieces_of(self._text, words.place, kept=where.kept):
            self._line.add(piece, kept=where.kept)
        seen = self._line.letters - before
        self._line.linked += seen * where.linked
        self._line.timed += seen * where.timed
        self._line.bylined += seen * where.bylined

    def _block(self, node: Node, where: _Where) -> None:
        if where.cell:
            self._line.add(Piece(" ", Span(node.start, node.start)))
            self._visit(node, where)
            self._line.add(Piece(" ", Span(node.end, node.end)))
            return
        self._flush(where)
        inside = self._inside(node, where)
        if node.name == "table":
            self._table(node, inside)
        else:
            self._visit(node, inside)
        self._flush(inside, node)

    def _inside(self, node: Node, where: _Where) -> _Where:
        kind = _KINDS.get(node.name, where.kind)
        if node.name == "title" and not self._whole:
            kind = "matter"
        role, around = where.role, where.around
        if node is self.main:
            around = False
        elif is_furniture(node, self.main, self._headline, self._root) or (
            node.name in _LISTS and only_links(node)
        ):
            around = True
        if node is self._headline:
            role, around = "headline", False
        elif node.name in _CAPTIONS:
            role = "caption"
        elif is_byline(node):
            role = "byline"
        return replace(
            where,
            kind=kind,
            role=role,
            around=around,
            kept=where.kept or node.name in ("pre", "listing"),
            linked=where.linked,
        )

    def _inline(self, node: Node, where: _Where) -> None:
        line = self._line
        match node.name:
            case "br":
                self._break(node, where)
            case "img":
                self._image(node, where)
            case "a" if "href" in node.attributes:
                self._link(node, where)
            case "sup" if self._is_note(node):
                line.mark("footnote", "", line.length)
            case _ if _is_blank(node, where):
                start = line.length
                self._visit(node, replace(where, blank=True))
                if line is self._line:
                    line.blanks.append((start, line.length))
            case "code" | "kbd" | "samp" | "tt" if not (where.kept or where.blank):
                start = line.length
                self._visit(node, replace(where, coded=True))
                value = line.code(start).strip()
                if value and line is self._line:
                    line.mark("code", value, start)
            case "q":
                line.add(Piece("“", Span(node.start, node.start)))
                self._visit(node, where)
                self._line.add(Piece("”", Span(node.end, node.end)))
            case "time":
                self._visit(node, replace(where, timed=True))
            case _:
                self._visit(node, replace(where, bylined=True) if is_byline(node) else where)

    def _link(self, node: Node, where: _Where) -> None:
        if self._is_note(node):
            self._line.mark("footnote", "", self._line.length)
            return
        address = node.get("href").strip()
        if address.startswith("#") and not node.letters and _ANCHOR.fullmatch(self._plain(node)):
            return  # the sign beside a heading by which one links to it
        line, start = self._line, self._line.length
        self._visit(node, replace(where, linked=True))
        if line is self._line:
            if start < line.length:
                line.links += 1
            line.mark("link", address, start)

    def _is_note(self, node: Node) -> bool:
        """Is it a reference to a note: a number or a sign that leads to a place on this page?"""
        if node.letters > 5:
            return False
        link = node if node.name == "a" else next((n for n in node.nodes if n.name == "a"), None)
        if link is None or "#" not in link.get("href"):
            return False
        if not _NOTE.fullmatch(self._plain(node).strip()):
            return False
        said = " ".join((link.get("class"), link.get("role"), link.get("href"), link.get("rel"))).lower()
        raised = node.name == "sup" or (node.parent is not None and node.parent.name == "sup")
        return raised or bool(_NOTE_NAMES.search(said)) or any(n.name == "sup" for n in link.nodes)

    def _plain(self, node: Node) -> str:
        every = [node, *node.every()]
        spans = sorted(c.place for n in every for c in n.children if isinstance(c, Words))
        return "".join(p.text for span in spans for p in pieces_of(self._text, span))

    def _break(self, node: Node, where: _Where) -> None:
        line = self._line
        if line.after_break and not where.cell and not where.kept:
            self._flush(where)
            return
        line.add(Piece(" " if where.cell else "\n", Span(node.start, node.end)), kept=not where.cell)
        line.after_break = True

    def _image(self, node: Node, where: _Where) -> None:
        line = self._line
        line.mark("image", node.get("src").strip(), line.length)
        alt = node.get("alt")
        # A sentence: other texts name a thing or a file, or say what the caption says.
        if not _SENTENCE.search(alt) or where.cell or where.around or where.linked:
            return
        self._flush(where)
        self._add(Line(pieces_of(self._text, node.places["alt"])), replace(where, role="caption"))

    def _table(self, table: Node, where: _Where) -> None:
        """A row of several cells is a block; what else is in a table stands in it for its looks."""
        parts = frozenset(("tbody", "thead", "tfoot", "tr"))
        rows: list[Node] = []
        stack = list(reversed(table.children))
        while stack:
            child = stack.pop()
            if isinstance(child, Node) and child.name in parts and not child.is_hidden:
                if child.name == "tr":
                    rows.append(child)
                else:
                    stack += reversed(child.children)
            elif isinstance(child, Words):
                self._words(child, where)
            elif child.name not in UNREAD and child.name not in parts and not child.is_hidden:
                self._block(child, where) if child.name in BLOCKS else self._inline(child, where)
        self._flush(where)
        for row in rows:
            self._row(row, where, table.get("role") in ("presentation", "none"))

    def _row(self, row: Node, where: _Where, is_layout: bool) -> None:
        cells = [cell for cell in row.nodes if cell.name in ("td", "th") and not cell.is_hidden]
        filled = [cell for cell in cells if self._has_text(cell)]
        if is_layout or len(filled) < 2 or any(_holds_blocks(cell) for cell in filled):
            self._visit(row, where)
            self._flush(where)
            return
        inside = replace(where, kind="table" if where.kind == "text" else where.kind, cell=True)
        del cells[cells.index(filled[-1]) + 1 :]
        for number, cell in enumerate(cells):
            if number:
                self._line.add(Piece(_BETWEEN_CELLS, Span(cell.start, cell.start)))
            self._visit(cell, inside)
        self._flush(replace(inside, kind="table"), row)

    def _has_text(self, cell: Node) -> bool:
        return bool(self._plain(cell).strip())

    def _flush(self, where: _Where, node: Node | None = None) -> None:
        line = self._line
        if line.shown:
            self._line = Line()
            self._add(line, where, node)
        elif line.pieces:
            # An image without words belongs to what follows.
            images: list[tuple[MarkKind, str, int, int]] = [
                (kind, value, 0, 0) for kind, value, _, _ in line.marks if kind == "image"
            ]
            self._line = Line(marks=images)

    def _add(self, line: Line, where: _Where, node: Node | None = None) -> None:
        text = "".join(piece.text for piece in line.pieces)
        marks = line.marks
        if "{" in text:
            if only_calls(text):
                return
            marks = [*marks, *(("placeholder", text[a:b], a, b) for a, b in call_spans(text))]
        if where.kind == "heading" and node is not None and node.name in HEADINGS:
            marks = [("heading", node.name[1:], 0, line.length), *marks]
        elif where.kind == "code":
            marks = [("code", line.code().strip("\r\n"), 0, line.length)]
        role = self._role(line, where)
        if role == "furniture" or where.kind == "matter":
            marks = []  # what nobody compares need not agree
        elif role not in _NO_BODY and where.kind != "heading":
            self.has_body = True
        self._extraction.add(line.pieces, where.kind, role=role, marks=marks)

    def _role(self, line: Line, where: _Where) -> Role | None:
        if self._whole or where.kind == "matter":
            return where.role
        is_menu = line.links > 1 and line.linked >= LINKED * line.letters
        if where.around or is_menu or (line.timed and line.timed + line.bylined >= LINKED * line.letters):
            return "furniture"
        if line.bylined and line.bylined >= LINKED * line.letters:
            return "byline"
        return where.role


def _is_blank(node: Node, where: _Where) -> bool:
    """Is it what the reader is to put something else for: a variable, or emphasis inside a piece of code?"""
    if where.blank:
        return False
    called = node.get("class").lower().split() if node.name in _EMPHASIS else []
    return node.name == "var" or "replaceable" in called or (where.coded and node.name in ("em", "i"))


def _holds_blocks(cell: Node) -> bool:
    """Does a cell hold more than a text: a table, a heading, several paragraphs or lists?"""
    inside = [node.name for node in cell.every()]
    return "table" in inside or not HEADINGS.isdisjoint(inside) or inside.count("p") > 1
