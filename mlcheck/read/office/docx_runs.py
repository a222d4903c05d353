"""The runs of a paragraph of a Word document: its characters, links and notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mlcheck.read.office.docx_styles import Styles, flag, value
from mlcheck.read.office.flow import Line
from mlcheck.read.office.package import Relation
from mlcheck.read.xml import Element

__all__ = ["Note", "Runs"]

_WRAPPERS = frozenset(
    {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "fldSimple", "ruby"}
    | {"rubyBase", "oMath", "oMathPara", "Fallback"}
)
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}", "softHyphen": ""}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"', re.IGNORECASE)
_PICTURE_LETTERS = (0xE000, 0xF8FF)
"""Where symbol fonts have their pictures: no characters of a text."""


class Note(NamedTuple):
    """A reference to a note: `footnote` or `endnote`, and its number in the file."""

    kind: str
    number: str


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction, and where its result begins; None before that."""

    instruction: str = ""
    start: int | None = None
    is_here: bool = True
    """Did it begin in this paragraph?"""


class Runs:
    """Reads paragraphs; gathers what stands beside them: notes in order, text boxes, the language of most."""

    def __init__(self, styles: Styles, relations: Mapping[str, Relation]) -> None:
        self._styles, self._relations = styles, relations
        self._boxes: list[Element] = []
        self._fields: list[_Field] = []
        self._languages: Counter[str] = Counter()
        self.notes: list[Note] = []

    @property
    def language(self) -> str | None:
        """The language that most characters are marked as; None where none are."""
        return self._languages.most_common(1)[0][0] if self._languages else None

    def taken_boxes(self) -> list[Element]:
        """The text boxes since it was last asked; they are forgotten here."""
        taken, self._boxes = self._boxes, []
        return taken

    def line(self, paragraph: Element, *, hidden: bool = False, onto: Line | None = None) -> Line:
        """The characters of a paragraph, put onto those of one that it goes on with."""
        line = onto or Line()
        if not hidden:
            self._inside(paragraph, line)
        # An instruction ends where its paragraph does: a field that is never closed would swallow the rest.
        self._fields = [field for field in self._fields if field.start is not None]
        for field in self._fields:
            field.is_here = False
        return line

    def _inside(self, parent: Element, line: Line) -> None:
        for child in parent.elements():
            if child.name == "r":
                self._run(child, line)
            elif child.name == "hyperlink":
                start = line.length
                self._inside(child, line)
                relation = self._relations.get(child.attributes.get("id", ""))
                if relation is not None and relation.is_outside and line.length > start:
                    line.mark("link", relation.target, start)
            elif child.name == "AlternateContent":
                chosen = child.find("Choice") or child.find("Fallback")
                if chosen is not None:
                    self._inside(chosen, line)
            elif child.name == "t":  # of a formula
                line.put(child.content)
            elif child.name in _WRAPPERS:
                self._inside(child, line)

    def _run(self, run: Element, line: Line) -> None:
        properties = run.find("rPr")
        hidden = flag(properties, "vanish")
        if hidden is None and properties is not None:
            hidden = self._styles.named(value(properties.find("rStyle"))).is_hidden
        language = value(properties.find("lang")) if properties is not None else None
        start = line.length
        self._pieces(run, line, bool(hidden))
        if language:
            self._languages[language] += line.length - start

    def _pieces(self, run: Element, line: Line, hidden: bool) -> None:
        for piece in run.elements():
            if piece.name == "fldChar":
                self._field(piece.attributes.get("fldCharType", ""), line)
            elif piece.name == "instrText" and self._fields:
                self._fields[-1].instruction += piece.content
            elif piece.name == "AlternateContent":
                chosen = piece.find("Choice") or piece.find("Fallback")
                if chosen is not None:
                    self._pieces(chosen, line, hidden)
            elif piece.name in ("ruby", "rubyBase"):
                self._inside(piece, line)
            elif piece.name in ("drawing", "pict", "object"):
                self._drawing(piece, line)
            elif not hidden and all(field.start is not None for field in self._fields):
                self._piece(piece, line)

    def _piece(self, piece: Element, line: Line) -> None:
        if piece.name == "t":
            line.put(piece.content)
        elif piece.name in _SIGNS:
            line.put(_SIGNS[piece.name])
        elif piece.name == "br":
            line.put(" " if piece.attributes.get("type") in ("page", "column") else "\n")
        elif piece.name == "sym":
            line.put(_symbol(piece.attributes.get("char", "")))
        elif piece.name in _NOTES:
            line.mark("footnote", "")
            self.notes.append(Note(_NOTES[piece.name], piece.attributes.get("id", "")))

    def _drawing(self, drawing: Element, line: Line) -> None:
        boxes = list(_outermost(drawing))
        self._boxes += boxes
        if not boxes and next(drawing.every("blip", "imagedata"), None) is not None:
            line.mark("image", "")  # what the file calls it is a matter of the program

    def _field(self, what: str, line: Line) -> None:
        if what == "begin":
            self._fields.append(_Field())
        elif what == "separate" and self._fields:
            self._fields[-1].start = line.length
        elif what == "end" and self._fields:
            field = self._fields.pop()
            link = _LINK.match(field.instruction)
            if link is not None and field.is_here and field.start is not None and field.start < line.length:
                line.mark("link", link[1], field.start)


def _symbol(code: str) -> str:
    """A character by its number in a font; nothing where that has pictures."""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    number = int(code, 16)
    printable = chr(number).isprintable() and not _PICTURE_LETTERS[0] <= number <= _PICTURE_LETTERS[1]
    return chr(number) if printable else ""


def _outermost(drawing: Element) -> list[Element]:
    """The text boxes in a drawing, without those inside others, and of alternatives the first."""
    found, stack = [], [drawing]
    while stack:
        element = stack.pop()
        if element.name == "txbxContent":
            found.append(element)
        elif element.name == "AlternateContent":
            chosen = element.find("Choice") or element.find("Fallback")
            stack += [chosen] if chosen is not None else []
        else:
            stack += reversed(list(element.elements()))
    return found
