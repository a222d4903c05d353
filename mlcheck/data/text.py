"""What reading and segmenting make: texts, their paragraphs and sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "Item",
    "Mark",
    "MarkKind",
    "Origin",
    "Paragraph",
    "RawText",
    "Role",
    "Sentence",
    "Span",
    "is_compared",
]

BlockKind = Literal["text", "heading", "list", "quote", "table", "code", "matter"]
MarkKind = Literal["link", "code", "placeholder", "image", "heading", "list", "table", "footnote"]
Role = Literal[
    "headline",
    "lede",
    "body",
    "dateline",
    "byline",
    "caption",
    "quote",
    "list",
    "table",
    "furniture",
    "code",
]


def is_compared(role: Role) -> bool:
    """Is a paragraph of that role compared with the other version? Page furniture and code are not."""
    return role not in ("furniture", "code")


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


class Mark(NamedTuple):
    """A piece of form that has to agree between versions, where it stands in the text: a link with its
    address, a code span with its code, a heading with its level. `span` may be empty (an image)."""

    kind: MarkKind
    value: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the characters of a text that was taken out of a file with markup stand in that file.

    Stretch k of the text begins at `starts[k]`, and stands in `places[k]` of `text`: character by character
    where both are as long, and else as a whole (`&amp;` for one character, nothing for a line end that the
    reader put between paragraphs).
    """

    text: str
    starts: tuple[int, ...]
    places: tuple[Span, ...]

    def span(self, span: Span) -> Span:
        """Where a stretch of the text stands in the file, from its first character to its last."""
        if not self.starts or span.start >= span.end:
            at = self._one(max(0, span.start))
            return Span(at.start, at.start)
        return Span(self._one(span.start).start, self._one(span.end - 1).end)

    def offset(self, at: int) -> int | None:
        """Where in the text the file's character `at` stands; None before all, or between stretches."""
        order = [place.start for place in self.places]
        k = bisect_right(order, at) - 1
        if k < 0 or at >= self.places[k].end:
            return None
        return min(self.starts[k] + at - self.places[k].start, self._end(k) - 1)

    def pieces(self, span: Span) -> tuple[tuple[int, Span], ...]:
        """The stretches that a part of the text is put together from: where each begins, counted from the
        start of the part, and its place in the file."""
        first = max(bisect_right(self.starts, span.start) - 1, 0)
        found = []
        for k in range(first, bisect_left(self.starts, span.end)):
            start, end = max(self.starts[k], span.start), min(self._end(k), span.end)
            place = self.places[k]
            if self._end(k) - self.starts[k] == place.end - place.start:
                place = Span(place.start + start - self.starts[k], place.start + end - self.starts[k])
            found.append((start - span.start, place))
        return tuple(found)

    def _one(self, at: int) -> Span:
        if not self.starts:
            return Span(0, 0)
        k = max(bisect_right(self.starts, at) - 1, 0)
        place = self.places[k]
        # What the reader put there has no place of its own, and of the last stretch no end is known.
        if place.start == place.end or self._end(k) - self.starts[k] != place.end - place.start:
            return place
        return Span(place.start + at - self.starts[k], place.start + at - self.starts[k] + 1)

    def _end(self, k: int) -> int:
        if k + 1 < len(self.starts):
            return self.starts[k + 1]
        return self.starts[k] + self.places[k].end - self.places[k].start


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a news item or a page says of itself beside its text; "" is what it does not say.

    `status` is `usable`, `withheld` or `canceled` (IPTC's terms); `embargo` and `issued` are dates and times
    as they stand, `version` a number or a word.
    """

    version: str = ""
    status: str = ""
    embargo: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the text that its format sets apart: a paragraph, a heading, a list item.

    `span` leaves out white space and the markers of the format (`#`, `-`, `>`) at its start. `line` and
    `end_line` are the file's.
    """

    span: Span
    line: int
    end_line: int
    kind: BlockKind = "text"
    role: Role | None = None
    """What the format says that it is; None where it does not."""
    place: str = ""
    """Where it stands in a file that has no lines: `page 3`, `table 1, row 2, cell 3`."""
    key: str | None = None
    """What it is known by in both versions: the number of a segment, the name of a string."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A file after reading: its characters, and the blocks that its format shows."""

    path: str
    """As the user named it; never made absolute, so that reports do not depend on the machine."""
    text: str
    encoding: str
    encoding_guessed: bool
    markdown: bool
    blocks: tuple[Block, ...]
    format: str = "txt"
    """A name of `mlcheck.read.FORMATS`."""
    origin: Origin | None = None
    """The way back to the file, where `text` was taken out of its markup; None where it is the file's own, or
    the file has no characters of its own (a container)."""
    language: str | None = None
    """As the file declares it, BCP 47."""
    marks: tuple[Mark, ...] = ()
    item: Item | None = None
    skipped: tuple[str, ...] = ()
    """What is in the file and was not read, a line each for people."""
    entry: str = ""
    """The one that was chosen of a feed's, as `path` names it after `#`."""

    @property
    def keyed(self) -> bool:
        """Do its blocks say which of the other version they belong with?"""
        return bool(self.blocks) and all(block.key is not None for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a document; `text` is the document's text in `span`, unchanged."""

    index: int
    span: Span
    line: int
    end_line: int
    text: str
    role: Role
    language: str | None = None
    """The paragraph's own language where it is clear, else None."""
    doubtful: bool = False
    """Looks like page furniture; is that if it turns out to have no counterpart."""
    place: str = ""
    """Where it stands in a file that has no lines, as `Block.place`."""
    key: str | None = None
    """What it is known by in both versions, as `Block.key`."""

    @property
    def compared(self) -> bool:
        """Is it compared with the other version? Page furniture and code are not."""
        return is_compared(self.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence; `text` is what is compared: NFC, white space folded, inline markup gone."""

    index: int
    paragraph: int
    span: Span
    text: str
    places: tuple[Span, ...] | None = None
    """Where each character of `text` stands in the document. None where they stand there one after
    another from `span.start`, as in most sentences."""

    def place(self, start: int, end: int) -> Span:
        """Where `text[start:end]`, which is not empty, stands in the document."""
        if self.places is None:
            return Span(self.span.start + start, self.span.start + end)
        return Span(self.places[start].start, self.places[end - 1].end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text cut into paragraphs and sentences. Furniture and code have no sentences."""

    path: str
    text: str
    encoding: str
    encoding_guessed: bool
    language: str
    language_from: Literal["given", "detected"]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    format: str = "txt"
    origin: Origin | None = None
    marks: tuple[Mark, ...] = ()
    item: Item | None = None
    entry: str = ""
    """As in `RawText`."""

    @property
    def file(self) -> str:
        """The file that it stands in: `path` without an entry."""
        return self.path.removesuffix(f"#{self.entry}") if self.entry else self.path

    @property
    def keyed(self) -> bool:
        """Do its paragraphs say which of the other version they belong with? Then they are segments of
        translators, or strings of a program, and nothing has to be aligned."""
        return bool(self.paragraphs) and all(p.key is not None for p in self.paragraphs)

    def in_file(self, span: Span) -> Span:
        """Where a stretch of `text` stands among the characters of the file."""
        return span if self.origin is None else self.origin.span(span)

    @property
    def file_text(self) -> str:
        """The characters of the file; of a container, which has none, the text."""
        return self.text if self.origin is None else self.origin.text

    @property
    def opens_with_headline(self) -> bool:
        """Is the first line a headline: marked as one, or without a full stop, be it a paragraph of its
        own or run into the first?"""
        first = self.sentences[0]
        return self.paragraphs[first.paragraph].role == "headline" or first.text[-1].isalnum()
