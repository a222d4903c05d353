"""What reading and segmenting make: texts, their paragraphs and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "Paragraph",
    "RawText",
    "Role",
    "Sentence",
    "Span",
    "is_compared",
]

BlockKind = Literal["text", "heading", "list", "quote", "table", "code", "matter"]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the text that its format sets apart: a paragraph, a heading, a list item.

    `span` leaves out white space and the markers of the format (`#`, `-`, `>`) at its start.
    """

    span: Span
    line: int
    end_line: int
    kind: BlockKind = "text"


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

    @property
    def opens_with_headline(self) -> bool:
        """Is the first line a headline: marked as one, or without a full stop, be it a paragraph of its
        own or run into the first?"""
        first = self.sentences[0]
        return self.paragraphs[first.paragraph].role == "headline" or first.text[-1].isalnum()
