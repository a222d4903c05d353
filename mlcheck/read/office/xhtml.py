"""Pages of a book, in XHTML, as paragraphs."""

from __future__ import annotations

import re
from html.entities import html5

from mlcheck.data import BlockKind, Role
from mlcheck.read.office.flow import Flow, Line
from mlcheck.read.xml import Element, Text, elements

__all__ = ["put_xhtml"]

_ROWS = frozenset({"thead", "tbody", "tfoot"})
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
_XMLS_OWN = frozenset({b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS: dict[str, BlockKind] = {
    **dict.fromkeys(("p", "div", "section", "article", "header", "footer", "main", "aside", "body"), "text"),
    **dict.fromkeys(("figure", "figcaption", "address", "center", "details", "summary", "hr"), "text"),
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys(("li", "dt", "dd", "ul", "ol", "dl", "menu"), "list"),
    **dict.fromkeys(("blockquote",), "quote"),
    **dict.fromkeys(("pre",), "code"),
}
_CELLS = ("td", "th")
_NOT_READ = frozenset(
    {"script", "style", "head", "template", "svg", "math", "audio", "video", "object", "rt", "rp"}
)
_NOTES = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})
_REFERENCES = frozenset({"noteref", "doc-noteref"})
_NUMBER = re.compile(r"\s*[\[(]?(?:\d{1,4}|[*†‡§]{1,3})[\])]?\s*")
_BESIDE = frozenset({"titlepage", "cover", "toc", "landmarks", "page-list"})
"""Parts that say again what stands elsewhere in a book."""
_BACK = frozenset({"backlink", "doc-backlink"})


def put_xhtml(flow: Flow, data: bytes, shown: str, *, furniture: bool = False) -> None:
    """Put the paragraphs of a page into a book; with `furniture`, as such. Raises `InputError`."""
    root = elements(_ENTITY.sub(_character, data), shown, "a page of a book")
    body = root.find("body") or root
    inner = next(body.elements("section"), body)
    page = _Page(flow, furniture or bool((_purposes(body) | _purposes(inner)) & _BESIDE))
    page.block(body, "text")


def _character(match: re.Match[bytes]) -> bytes:
    """Entities of HTML as the characters that they are: XML knows five."""
    if match[1] in _XMLS_OWN:
        return match[0]
    known = html5.get(match[1].decode())
    return "".join(f"&#{ord(sign)};" for sign in known).encode() if known else match[0]


class _Page:
    def __init__(self, flow: Flow, furniture: bool) -> None:
        self._flow, self._furniture = flow, furniture
        self._line = Line()
        self._in_note = False

    def block(self, element: Element, kind: BlockKind) -> None:
        """What is in an element that begins a line: text of its own, and other such elements."""
        self._end(kind)
        for child in element.children:
            if isinstance(child, Text):
                self._put(child.text, kind)
            elif child.name == "table":
                self._end(kind)
                self._table(child)
            elif child.name in _BLOCKS:
                self._end(kind)
                self._inner(child, kind)
            else:
                self._inline(child, kind)
        self._end(kind, element)

    def _inner(self, child: Element, kind: BlockKind) -> None:
        """An element that begins a line, inside another: a paragraph of a quotation is a quotation."""
        own = _BLOCKS[child.name]
        if _purposes(child) & _NOTES and child.name in ("aside", "li", "p", "div"):
            note = _Gathered(self._flow, self._furniture)
            note._in_note = True
            note.block(child, "text")
            self._flow.note("footnote", note.lines)
        elif child.name == "nav":
            _Page(self._flow, True).block(child, "text")
        else:
            self.block(child, own if own != "text" else kind)

    def _inline(self, element: Element, kind: BlockKind) -> None:
        if element.name in _NOT_READ or _purposes(element) & _BACK:
            return
        if element.name == "nav":
            self._end(kind)
            _Page(self._flow, True).block(element, "text")
            return
        if element.name == "a" and (_purposes(element) & _REFERENCES or _is_number(element, self._in_note)):
            # Its number is the book's, and no word of the sentence.
            if not self._in_note:
                self._line.mark("footnote", "")
        elif element.name == "br":
            self._line.put("\n")
        elif element.name in ("img", "image"):
            self._line.mark("image", element.attributes.get("src", "") or element.attributes.get("href", ""))
        elif any(child.name in _BLOCKS or child.name == "table" for child in element.elements()):
            self.block(element, kind)  # a link around paragraphs
        else:
            line, start = self._line, self._line.length
            for child in element.children:
                if isinstance(child, Text):
                    self._put(child.text, kind)
                else:
                    self._inline(child, kind)
            if line is self._line and line.length > start:
                self._mark(element, start)

    def _mark(self, element: Element, start: int) -> None:
        address = element.attributes.get("href", "")
        if element.name == "a" and address and not address.startswith("#"):
            self._line.mark("link", address, start)
        elif element.name == "code":
            self._line.mark("code", _folded(element.content).strip(), start)

    def _table(self, table: Element) -> None:
        place = self._flow.table()
        for number, row in enumerate(table.within("tr", _ROWS), 1):
            cells = []
            for cell in row.elements():
                if cell.name in _CELLS:
                    gathered = _Gathered(self._flow, self._furniture)
                    gathered.block(cell, "text")
                    cells.append(gathered.lines)
            self._flow.row(place, number, cells)

    def _put(self, text: str, kind: BlockKind) -> None:
        self._line.put(text if kind == "code" else _folded(text))

    def _end(self, kind: BlockKind, element: Element | None = None) -> None:
        """The line ends here."""
        line, self._line = self._line.done(), Line()
        if line.is_blank:
            return
        name = element.name if element is not None else ""
        role: Role | None = "furniture" if self._furniture else "caption" if name == "figcaption" else None
        self._emit(line, kind, role, int(name[1]) if kind == "heading" and name in _HEADINGS else None)

    def _emit(self, line: Line, kind: BlockKind, role: Role | None, level: int | None) -> None:
        self._flow.paragraph(line, kind, role=role, level=level)


class _Gathered(_Page):
    """Paragraphs that are kept: those of a cell or a note. A table in a cell is put as its own."""

    def __init__(self, flow: Flow, furniture: bool) -> None:
        super().__init__(flow, furniture)
        self.lines: list[Line] = []

    def _emit(self, line: Line, kind: BlockKind, role: Role | None, level: int | None) -> None:
        self.lines.append(line)

    def _table(self, table: Element) -> None:
        for row in table.within("tr", _ROWS):
            for cell in row.elements():
                if cell.name in _CELLS:
                    self.block(cell, "text")


def _folded(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def _purposes(element: Element) -> frozenset[str]:
    """What an element says that it is for (`epub:type`, `role`)."""
    of = element.attributes
    return frozenset(f"{of.get('type', '')} {of.get('role', '')}".split())


def _is_number(link: Element, in_note: bool) -> bool:
    """Is a link a raised number that leads to a note, or in a note one that leads back?"""
    raised = in_note or link.find("sup") is not None
    return (
        raised
        and link.attributes.get("href", "").find("#") >= 0
        and _NUMBER.fullmatch(link.content) is not None
    )
