"""The words of one block of a page, as they are gathered: pieces with their places, marks, and what of them
is in links, times and names of authors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mlcheck.data import MarkKind, Span
from mlcheck.read.extract import Piece
from mlcheck.read.html.tokens import REFERENCE, unescape

__all__ = ["Line", "pieces_of"]

_SPACE = " \t\r\n\f"
_CUT = re.compile(rf"(?P<space>[{_SPACE}]*[\t\r\n\f][{_SPACE}]*|[ ]{{2,}})|{REFERENCE.pattern}")
_BLANK = "…"
_REFERENCE_ONLY = re.compile(f"(?P<space>(?!)){'|'}{REFERENCE.pattern}")


def pieces_of(text: str, place: Span, *, kept: bool = False) -> list[Piece]:
    """The pieces of a stretch of a page: references become what they stand for, and white space one space,
    unless it is to be `kept`."""
    pieces: list[Piece] = []
    at = place.start
    for found in (_REFERENCE_ONLY if kept else _CUT).finditer(text, place.start, place.end):
        instead = " " if found["space"] is not None else unescape(found[0])
        if instead == found[0]:
            continue
        if at < found.start():
            pieces.append(Piece(text[at : found.start()], Span(at, found.start())))
        if instead:
            pieces.append(Piece(instead, Span(*found.span())))
        at = found.end()
    if at < place.end:
        pieces.append(Piece(text[at : place.end], Span(at, place.end)))
    return pieces


@dataclass(slots=True)
class Line:
    """What stands between two edges of blocks."""

    pieces: list[Piece] = field(default_factory=list)
    marks: list[tuple[MarkKind, str, int, int]] = field(default_factory=list)
    blanks: list[tuple[int, int]] = field(default_factory=list)
    """Words in code that the reader is to replace by others."""
    length: int = 0
    shown: int = 0
    """Characters that are no white space."""
    letters: int = 0
    """Letters and digits, of which the next four count some."""
    linked: int = 0
    links: int = 0
    timed: int = 0
    bylined: int = 0
    after_space: bool = True
    after_break: bool = False

    def add(self, piece: Piece, *, kept: bool = False) -> None:
        """Add a piece; without `kept`, a space after a space goes."""
        text, place = piece
        if not kept and self.after_space and text[:1] == " ":
            if place is not None and place.end - place.start == len(text):
                place = Span(place.start + 1, place.end)
            text = text[1:]
        if not text:
            return
        self.pieces.append(Piece(text, place))
        self.length += len(text)
        self.after_space = text[-1] in " \n"
        seen = len(text) - text.count(" ") - text.count("\n")
        self.shown += seen
        self.letters += sum(map(str.isalnum, text))
        if seen:
            self.after_break = False

    def code(self, start: int = 0) -> str:
        """The code from `start` to here, without what is to be replaced; nothing, where that is all."""
        text = "".join(piece.text for piece in self.pieces)
        parts, at = [], start
        for first, last in self.blanks:
            if first >= at:
                parts += [text[at:first], _BLANK]
                at = last
        said = "".join([*parts, text[at:]])
        return said if any(map(str.isalnum, said)) or not self.blanks else ""

    def mark(self, kind: MarkKind, value: str, start: int) -> None:
        """Note a mark from `start` to here."""
        self.marks.append((kind, value, start, self.length))
