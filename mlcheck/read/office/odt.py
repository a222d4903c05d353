"""OpenDocument texts (.odt): body, lists, tables, text boxes and notes, with tracked changes as if they were
accepted."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.data import BlockKind
from mlcheck.errors import InputError
from mlcheck.read.archive import Archive
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.office.flow import Flow
from mlcheck.read.office.odt_spans import Spans, hidden_styles
from mlcheck.read.xml import Element, elements
from mlcheck.wording import count

__all__ = ["read_odt"]

_TITLE = "an OpenDocument text"
_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_EDGES = {
    "header": ("header", "header-left", "header-first"),
    "footer": ("footer", "footer-left", "footer-first"),
}
_INDEXES = frozenset(
    {"table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index"}
    | {"object-index"}
)
"""Made by the program of the text itself: furniture. A bibliography is not."""
_SCRIPTS = ("Basic/", "Scripts/")


def read_odt(data: bytes, shown: str, options: ReadOptions) -> Extract:
    """An OpenDocument text. Raises `InputError` for what is damaged, protected or none."""
    archive = Archive(data, shown, _TITLE)
    listed = archive.read("META-INF/manifest.xml")
    manifest = elements(listed, shown, _TITLE) if listed is not None else None
    if manifest is not None and next(manifest.every("encryption-data"), None) is not None:
        raise InputError(f"{shown}: {_TITLE} with a password; save it without one")
    content = elements(archive.need("content.xml"), shown, _TITLE)
    text = content.find("body", "text")
    if text is None:
        raise InputError(f"{shown}: {_TITLE} without a text in it; is it the right file?")
    there = archive.read("styles.xml")
    styles = elements(there, shown, _TITLE) if there is not None else None
    reader = _Reader(content, styles)
    if any(name.startswith(_SCRIPTS) and not name.endswith(("/", ".xml", ".xlb")) for name in archive.names):
        reader.flow.skip("macros: neither read nor run")
    return reader.read(text)


class _Reader:
    def __init__(self, content: Element, styles: Element | None) -> None:
        self.flow = Flow()
        self._styles = styles
        self._spans = Spans(hidden_styles(content) | (hidden_styles(styles) if styles else frozenset()))

    def read(self, text: Element) -> Extract:
        self._edges("header")
        self._blocks(text)
        for kind, body in self._spans.notes:
            self.flow.note(kind, [self._spans.line(p) for p in body.elements() if p.name in ("p", "h")])
        self.flow.end_part()
        self._edges("footer")
        if self._spans.comments:
            self.flow.skip(f"{count(self._spans.comments, 'comment')}: not read")
        return self.flow.finish(self._language())

    def _blocks(self, parent: Element, *, in_list: bool = False, made: bool = False) -> None:
        for child in parent.elements():
            if child.name in ("p", "h"):
                self._paragraph(child, in_list, made)
            elif child.name in ("list", "list-item", "list-header", "numbered-paragraph"):
                self._blocks(child, in_list=True, made=made)
            elif child.name == "table":
                self._table(child)
            elif child.name == "section":
                if child.attributes.get("display") != "none":
                    self._blocks(child, in_list=in_list, made=made)
            elif child.name in ("index-body", "index-title", "bibliography"):
                self._blocks(child, made=made)
            elif child.name in _INDEXES:
                self._blocks(child, made=True)
            elif child.name in ("frame", "text-box", "g", "custom-shape", "rect"):
                self._blocks(child)

    def _paragraph(self, element: Element, in_list: bool, made: bool) -> None:
        line = self._spans.line(element)
        level = element.attributes.get("outline-level", "1")
        if made:
            self.flow.paragraph(line, role="furniture")
        elif element.name == "h":
            self.flow.paragraph(line, "heading", level=int(level[:2]) if level.isdecimal() else 1)
        else:
            title = element.attributes.get("style-name") == "Title"
            kind: BlockKind = "heading" if title else "list" if in_list else "text"
            self.flow.paragraph(line, kind, level=1 if title else None)
        for box in self._spans.taken_boxes():
            self._blocks(box)

    def _table(self, table: Element) -> None:
        place = self.flow.table()
        for number, row in enumerate(table.within("table-row", _ROWS), 1):
            cells = [cell for cell in row.elements() if cell.name == "table-cell"]
            self.flow.row(place, number, [[self._spans.line(p) for p in _paragraphs(c)] for c in cells])
            for box in self._spans.taken_boxes():
                self._blocks(box)
            for cell in cells:
                for nested in cell.elements("table"):
                    self._table(nested)

    def _edges(self, kind: str) -> None:
        if self._styles is not None:
            for edge in self._styles.every(*_EDGES[kind]):
                for paragraph in edge.every("p", "h"):
                    self.flow.edge(self._spans.line(paragraph), kind)
            self._spans.taken_boxes()

    def _language(self) -> str | None:
        for style in self._styles.every("default-style") if self._styles is not None else ():
            of = style.find("text-properties")
            if of is not None and "language" in of.attributes:
                country = of.attributes.get("country", "none")
                language = of.attributes["language"]
                return language if country == "none" else f"{language}-{country}"
        return None


def _paragraphs(cell: Element) -> Iterator[Element]:
    """The paragraphs of a cell, those of its lists too, and none of a table in it."""
    stack = [cell.elements()]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.name in ("p", "h"):
            yield child
        elif child.name in ("list", "list-item", "list-header", "section"):
            stack.append(child.elements())
