"""Putting together a text that was taken out of a file with markup, with the way back to each character."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mlcheck.data import Block, BlockKind, Item, Mark, MarkKind, Origin, Role, Span
from mlcheck.read.lines import line_spans

__all__ = ["Extract", "Extraction", "Piece", "cut_pieces"]

_BETWEEN = "\n\n"
"""What stands between two blocks of an extracted text, as between the paragraphs of plain text."""


class Piece(NamedTuple):
    """Characters of a block, and where they stand in the file: in `place`, character by character where both
    are as long, else as a whole (`&amp;`). None where the file has no characters of its own, or not these."""

    text: str
    place: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a reader makes of a file; see `RawText`, which it becomes."""

    text: str
    blocks: tuple[Block, ...]
    origin: Origin | None = None
    language: str | None = None
    marks: tuple[Mark, ...] = ()
    item: Item | None = None
    skipped: tuple[str, ...] = ()
    markdown: bool = False


@dataclass(slots=True)
class Extraction:
    """Collects blocks, in reading order, and makes an `Extract` of them. `file_text` is the decoded text of
    the file, None for a container, whose blocks then say their `place`."""

    file_text: str | None = None
    language: str | None = None
    item: Item | None = None
    _text: list[str] = field(default_factory=list)
    _at: int = 0
    _feeds: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _places: list[Span] = field(default_factory=list)
    _marks: list[Mark] = field(default_factory=list)
    _skipped: list[str] = field(default_factory=list)
    _lines: list[Span] | None = None

    def add(
        self,
        pieces: Iterable[Piece],
        kind: BlockKind = "text",
        *,
        role: Role | None = None,
        place: str = "",
        key: str | None = None,
        marks: Iterable[tuple[MarkKind, str, int, int]] = (),
    ) -> None:
        """Add a block of these pieces; one without words is left out, unless it has a `key`, where a missing
        translation is told. White space at its edges is cut off; inside it stays as it is given. `marks` are
        (kind, value, start, end), which count the characters of the pieces as given."""
        own = [piece for piece in pieces if piece.text]
        whole = "".join(piece.text for piece in own)
        if not whole.strip():
            return
        front = len(whole) - len(whole.lstrip())
        own = cut_pieces(own, front, len(whole.rstrip()))
        if self._text:
            self._put(Piece(_BETWEEN, self._nowhere()))
        start = self._at
        for piece in own:
            self._put(piece)
        span = Span(start, self._at)
        line, end_line = self._lines_of(own, span)
        self._blocks.append(
            Block(span=span, line=line, end_line=end_line, kind=kind, role=role, place=place, key=key)
        )
        for mark_kind, value, begin, end in marks:
            at = [min(max(start + n - front, span.start), span.end) for n in (begin, end)]
            self._marks.append(Mark(mark_kind, value, Span(*at)))

    def skip(self, what: str) -> None:
        """Name something that is in the file and is not read."""
        if what not in self._skipped:
            self._skipped.append(what)

    @property
    def is_empty(self) -> bool:
        """Has no block been added?"""
        return not self._blocks

    def finish(self) -> Extract:
        """The text of all blocks, with the way back."""
        text = "".join(self._text)
        origin = None
        if self.file_text is not None:
            # An empty stretch at the end says where the last one ends in the text.
            starts, places = (*self._starts, len(text)), (*self._places, self._nowhere())
            origin = Origin(text=self.file_text, starts=starts, places=places)
        return Extract(
            text=text,
            blocks=tuple(self._blocks),
            origin=origin,
            language=self.language,
            marks=tuple(self._marks),
            item=self.item,
            skipped=tuple(self._skipped),
        )

    def _put(self, piece: Piece) -> None:
        self._text.append(piece.text)
        if self.file_text is not None:
            place = piece.place or self._nowhere()
            runs_on = (
                self._places
                and self._places[-1].end == place.start
                and len(piece.text) == place.end - place.start
                and self._at - self._starts[-1] == self._places[-1].end - self._places[-1].start
            )
            if runs_on:
                self._places[-1] = Span(self._places[-1].start, place.end)
            else:
                self._starts.append(self._at)
                self._places.append(place)
        self._at += len(piece.text)
        self._feeds += piece.text.count("\n")

    def _nowhere(self) -> Span:
        """After what stands before."""
        end = self._places[-1].end if self._places else 0
        return Span(end, end)

    def _lines_of(self, own: Sequence[Piece], span: Span) -> tuple[int, int]:
        """The first and last line of a block: the file's, or of the text itself."""
        if self.file_text is None:
            inside = sum(piece.text.count("\n") for piece in own)
            return self._feeds + 1 - inside, self._feeds + 1
        if self._lines is None:
            self._lines = line_spans(self.file_text)
        places = [piece.place for piece in own if piece.place is not None]
        if not places:
            at = self._nowhere().start
            return self._line(at), self._line(at)
        return self._line(places[0].start), self._line(max(places[-1].end - 1, places[0].start))

    def _line(self, at: int) -> int:
        assert self._lines is not None
        return bisect_right(self._lines, Span(at, 1 << 60))


def cut_pieces(pieces: Sequence[Piece], start: int, end: int) -> list[Piece]:
    """The pieces of `[start, end)` of their text."""
    found, at = [], 0
    for text, place in pieces:
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        if place is not None and place.end - place.start == len(text):
            place = Span(place.start + first, place.start + last)
        found.append(Piece(text[first:last], place))
    return found
