"""The characters of a paragraph of an OpenDocument text, its links and notes."""

from __future__ import annotations

from mlcheck.read.office.flow import Line
from mlcheck.read.xml import Element, Text

__all__ = ["Spans", "hidden_styles"]

_MOST_SPACES = 16
"""Of one `text:s`: a short element that can ask for any number of them."""
_BESIDE = frozenset({"text-box", "custom-shape", "rect", "ellipse", "caption", "polygon"})
_NOT_READ = frozenset(
    {
        "hidden-text",
        "hidden-paragraph",
        "ruby-text",
        "title",
        "desc",
        "script",
        "note-citation",
        "tracked-changes",
    }
    | {"object", "object-ole", "plugin", "applet", "binary-data", "event-listeners", "image-map"}
)
_SPACE = " \t\r\n"


def hidden_styles(root: Element) -> frozenset[str]:
    """The names of the styles whose text is not shown."""
    return frozenset(
        style.attributes.get("name", "")
        for style in root.every("style")
        if any(p.attributes.get("display") == "none" for p in style.elements("text-properties"))
    )


class Spans:
    """Reads paragraphs; gathers what stands beside them: notes in order, text boxes, how many comments."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self._hidden = hidden
        self._boxes: list[Element] = []
        self.notes: list[tuple[str, Element]] = []
        self.comments = 0

    def taken_boxes(self) -> list[Element]:
        """The text boxes since it was last asked; they are forgotten here."""
        taken, self._boxes = self._boxes, []
        return taken

    def line(self, paragraph: Element) -> Line:
        """The characters of a paragraph."""
        line = Line()
        if paragraph.attributes.get("style-name") not in self._hidden:
            self._inside(paragraph, _Collapsed(line))
        return line.done()

    def _inside(self, parent: Element, out: _Collapsed) -> None:
        for child in parent.children:
            if isinstance(child, Text):
                out.text(child.text)
            elif child.name == "note":
                body = child.find("note-body")
                if body is not None:
                    kind = "endnote" if child.attributes.get("note-class") == "endnote" else "footnote"
                    self.notes.append((kind, body))
                    out.line.mark("footnote", "")
            elif child.name == "annotation":
                self.comments += 1
            elif child.name in _BESIDE:
                self._boxes.append(child)
            elif child.name not in _NOT_READ and child.attributes.get("style-name") not in self._hidden:
                self._element(child, out)

    def _element(self, element: Element, out: _Collapsed) -> None:
        if element.name == "s":
            number = element.attributes.get("c", "1")
            out.sign(" " * min(int(number[:6]) if number.isdecimal() else 1, _MOST_SPACES))
        elif element.name == "tab":
            out.sign("\t")
        elif element.name == "line-break":
            out.sign("\n")
        elif element.name == "image":
            out.line.mark("image", "")
        else:
            start = out.line.length
            self._inside(element, out)
            address = element.attributes.get("href", "")
            if element.name == "a" and out.line.length > start and not address.startswith("#"):
                out.line.mark("link", address, start)


class _Collapsed:
    """Characters with white space as the format wants it: a run of it is one space, and none begins a line;
    `text:s` is what puts more."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._after_space = True

    def text(self, text: str) -> None:
        words = text.replace("\t", " ").replace("\r", " ").replace("\n", " ").split(" ")
        folded = " ".join(word for word in words if word)
        if not folded:
            folded = " " if text else ""
        else:
            folded = (" " if text[0] in _SPACE else "") + folded + (" " if text[-1] in _SPACE else "")
        if self._after_space and folded.startswith(" "):
            folded = folded[1:]
        if folded:
            self.line.put(folded)
            self._after_space = folded.endswith(" ")

    def sign(self, sign: str) -> None:
        self.line.put(sign)
        self._after_space = False
