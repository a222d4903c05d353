"""What stands in a segment of XLIFF or TMX: characters, and tags for the markup that was there before."""

from __future__ import annotations

from mlcheck.data import Span
from mlcheck.read.extract import Piece
from mlcheck.read.placeholders import Content, Marking, marked
from mlcheck.read.xml import Element, Text

__all__ = ["NOTHING", "content_of"]

_CODES = frozenset(["x", "bx", "ex", "ph", "it", "bpt", "ept", "sc", "ec", "sm", "em", "ut"])
"""Tags that stand for markup. What is in them is that markup, as it was written, and no text."""
_PAIRS = frozenset(["g", "pc"])
"""Tags around text that stand for an opening and a closing mark."""
_STAND_ALONE = frozenset(["x", "ph"])
"""Tags that may part two words: a line break, a variable. The others are ends of pairs."""

NOTHING = Content([], [])


def content_of(element: Element | None) -> Content:
    """The text of a `source`, `target` or `seg`, with its tags as marks; nothing where there is none."""
    if element is None:
        return NOTHING
    reading = _Reading()
    reading.read(element)
    return marked(reading.pieces, reading.marks)


class _Reading:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.marks: list[Marking] = []
        self._at = 0
        self._parts = False

    def read(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Text):
                self._put(child.text, child.place)
            elif child.name in _CODES:
                self.marks.append(("placeholder", _value(child), self._at, self._at))
                self._parts = self._parts or child.name in _STAND_ALONE
            elif child.name == "cp":
                self._put(_character(child), child.place)
            else:
                if child.name in _PAIRS:
                    self.marks.append(("placeholder", _value(child), self._at, self._at))
                self.read(child)

    def _put(self, text: str, place: Span) -> None:
        if self._parts and self.pieces and self.pieces[-1].text[-1:].isalnum() and text[:1].isalnum():
            self.pieces.append(Piece(" "))
            self._at += 1
        self._parts = False
        if text:
            self.pieces.append(Piece(text, place))
            self._at += len(text)


def _value(element: Element) -> str:
    """What a translator sees of a tag: its own markup where the file has it, else its number."""
    own = element.attributes
    seen = own.get("equiv-text") or own.get("equiv") or own.get("disp") or ""
    if not seen and element.name not in _PAIRS:
        seen = " ".join(element.content.split())
    number = own.get("id") or own.get("i") or own.get("x") or ""
    return seen or f"<{element.name} {number}>"


def _character(element: Element) -> str:
    """A character that XML cannot hold, as XLIFF 2 writes it; none where it is no character."""
    try:
        character = chr(int(element.attributes.get("hex", ""), 16))
    except (ValueError, OverflowError):
        return ""
    return character if character.isprintable() else ""
