"""Word documents (.docx): body, tables, text boxes and notes, with tracked changes as if they were
accepted."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.office.docx_runs import Runs
from mlcheck.read.office.docx_styles import Style, Styles, value
from mlcheck.read.office.flow import Flow, Line
from mlcheck.read.office.package import Package
from mlcheck.read.xml import Element
from mlcheck.wording import count

__all__ = ["read_docx"]

_TITLE = "a Word document"
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_WRAPPERS = frozenset({"ins", "moveTo", "sdtContent", "customXml", "smartTag", "body", "txbxContent"})
_CONTENTS = "Table of Contents"


def read_docx(data: bytes, shown: str, options: ReadOptions) -> Extract:
    """A Word document. Raises `InputError` for what is damaged, protected or none."""
    package = Package(data, shown, _TITLE)
    return _Reader(package).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package, self._flow = package, Flow()
        self._relations = package.relations(package.main)
        styles = next((r.target for r in self._relations.values() if r.kind == "styles"), "")
        self._styles = Styles(package.styles(styles))
        self._runs = Runs(self._styles, self._relations)
        self._kept: Line | None = None
        """A paragraph whose end was deleted: the next goes on with it."""

    def read(self) -> Extract:
        body = self._package.body()
        self._edges("header")
        self._blocks(body)
        if self._kept is not None:
            self._flow.paragraph(self._kept.done())
        self._notes()
        self._flow.end_part()
        self._edges("footer")
        self._left_out()
        return self._flow.finish(self._runs.language or self._styles.language)

    def _blocks(self, parent: Element, *, contents: bool = False) -> None:
        """The paragraphs and tables in an element, in order."""
        for child in parent.elements():
            if child.name == "p":
                self._paragraph(child, contents)
            elif child.name == "tbl":
                self._table(child)
            elif child.name == "sdt":
                gallery = value(child.find("sdtPr", "docPartObj", "docPartGallery"))
                inside = child.find("sdtContent")
                if inside is not None:
                    self._blocks(inside, contents=contents or gallery == _CONTENTS)
            elif child.name == "AlternateContent":
                chosen = child.find("Choice") or child.find("Fallback")
                if chosen is not None:
                    self._blocks(chosen, contents=contents)
            elif child.name == "altChunk":
                self._flow.skip("a document inside the document: not read")
            elif child.name in _WRAPPERS:
                self._blocks(child, contents=contents)

    def _paragraph(self, element: Element, contents: bool) -> None:
        own = element.find("pPr")
        style = self._styles.named(value(own.find("pStyle")) if own is not None else None)
        line = self._runs.line(element, hidden=style.is_hidden, onto=self._kept)
        self._kept = None
        mark = own.find("rPr") if own is not None else None
        if mark is not None and (mark.find("del") is not None or mark.find("moveFrom") is not None):
            self._kept = line
            return
        level = _level(own, style)
        if contents or style.is_contents:
            self._flow.paragraph(line.done(), role="furniture")
        elif level is not None:
            self._flow.paragraph(line.done(), "heading", level=level)
        elif _is_item(own, style):
            self._flow.paragraph(line.done(), "list")
        else:
            self._flow.paragraph(line.done(), role="caption" if style.is_caption else None)
        for box in self._runs.taken_boxes():
            self._blocks(box)

    def _table(self, table: Element) -> None:
        place = self._flow.table()
        for number, row in enumerate(_within(table, "tr"), 1):
            properties = row.find("trPr")
            if properties is not None and properties.find("del") is not None:
                continue
            cells = list(_within(row, "tc"))
            lines = [[self._runs.line(p) for p in _within(cell, "p")] for cell in cells]
            self._flow.row(place, number, lines)
            for box in self._runs.taken_boxes():
                self._blocks(box)
            for cell in cells:
                for nested in _within(cell, "tbl"):
                    self._table(nested)

    def _notes(self) -> None:
        """Those that the text refers to, in the order in which it does."""
        parts = {
            kind: self._package.part(r.target) for r in self._relations.values() if (kind := r.kind) in _NOTES
        }
        for kind, root in parts.items():
            if root is None:
                continue
            notes = {note.attributes.get("id", ""): note for note in root.elements(_NOTES[kind])}
            for of, number in self._runs.notes:
                note = notes.pop(number, None) if of == _NOTES[kind] else None
                if note is not None:
                    self._flow.note(_NOTES[kind], [self._runs.line(p) for p in _within(note, "p")])

    def _edges(self, kind: str) -> None:
        for relation in self._relations.values():
            root = self._package.part(relation.target) if relation.kind == kind else None
            if root is not None:
                for paragraph in root.every("p"):
                    self._flow.edge(self._runs.line(paragraph), kind)
        self._runs.taken_boxes()

    def _left_out(self) -> None:
        for relation in self._relations.values():
            if relation.kind == "comments":
                root = self._package.part(relation.target)
                comments = len(list(root.elements("comment"))) if root is not None else 0
                if comments:
                    self._flow.skip(f"{count(comments, 'comment')}: not read")
        if any(name.lower().endswith("vbaproject.bin") for name in self._package.archive.names):
            self._flow.skip("macros: neither read nor run")


def _level(own: Element | None, style: Style) -> int | None:
    outline = value(own.find("outlineLvl")) if own is not None else None
    if outline is not None and outline.isdecimal():
        return int(outline[:2]) + 1 if int(outline[:2]) < 9 else None
    return style.level


def _is_item(own: Element | None, style: Style) -> bool:
    numbering = own.find("numPr") if own is not None else None
    if numbering is not None:
        return value(numbering.find("numId")) != "0"
    return style.is_list


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The elements of a name in a table, row, cell or note, through what only wraps them."""
    stack = [parent.elements()]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.name == name:
            yield child
        elif child.name in _WRAPPERS or child.name == "sdt":
            stack.append(child.elements())
