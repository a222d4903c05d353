"""Documents out of their saved paragraphs. A report has no text between paragraphs, so what stands there is
made up: line ends, and spaces for the rest. Nothing that a reporter shows depends on it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mlcheck.data import Document, Origin, Paragraph, Span

__all__ = ["SavedDocument", "saved_document"]

_BETWEEN = "\n\n"

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDocument:
    """A document, and where characters of its file stand in its text."""

    document: Document

    def span(self, start: int, end: int) -> Span:
        """What stretch of the text stands in that stretch of the file."""
        origin = self.document.origin
        if origin is None:
            return Span(start, end)
        first = _offset(origin, start)
        return Span(first, first if start >= end else _offset(origin, end - 1, last=True))


def saved_document(fields: Fields, places: Sequence[Fields]) -> SavedDocument:
    """The document of these fields; `places` are the locations in it that the report knows, whose text may
    reach over several paragraphs."""
    paragraphs = fields["paragraphs"]
    plain = not any("pieces" in p for p in paragraphs) and all(
        len(each["text"]) == each["end"] - each["start"] for each in (*paragraphs, *places)
    )
    spans = [Span(p["start"], p["end"]) for p in paragraphs] if plain else _laid_out(paragraphs)
    text = _text(paragraphs, spans) if plain else _BETWEEN.join(p["text"] for p in paragraphs)
    if plain:
        # Inside a paragraph it is known already.
        for place in (each for each in places if len(each["paragraphs"]) > 1):
            text = text[: place["start"]] + place["text"] + text[place["end"] :]
    document = Document(
        path=_string(fields["path"]),
        text=text,
        encoding=fields["encoding"],
        encoding_guessed=False,
        language=_string(fields["language"]),
        language_from=fields["language_from"],
        paragraphs=tuple(_paragraph(p, span) for p, span in zip(paragraphs, spans, strict=True)),
        sentences=(),
        origin=None if plain else _origin(paragraphs, spans),
        entry=fields.get("entry", ""),
    )
    return SavedDocument(document=document)


def _paragraph(fields: Fields, span: Span) -> Paragraph:
    return Paragraph(
        index=int(fields["index"]),
        span=span,
        line=fields["line"],
        end_line=fields["end_line"],
        text=fields["text"],
        role=fields["role"],
        language=None if fields["language"] is None else _string(fields["language"]),
        place=fields.get("place", ""),
        key=fields.get("segment"),
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _laid_out(paragraphs: Sequence[Fields]) -> list[Span]:
    """The paragraphs one after another, as a reader lays out what it takes out of a file."""
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append(Span(at, at + len(paragraph["text"])))
        at = spans[-1].end + len(_BETWEEN)
    return spans


def _text(paragraphs: Sequence[Fields], spans: Sequence[Span]) -> str:
    parts, at, line = [], 0, 1
    for paragraph, span in zip(paragraphs, spans, strict=True):
        gap = span.start - at
        if gap < 0:
            raise ValueError("paragraphs that overlap")
        feeds = min(gap, max(paragraph["line"] - line, 0)) if at else 0
        parts += ["\n" * feeds, " " * (gap - feeds), paragraph["text"]]
        at, line = span.end, paragraph["end_line"]
    return "".join(parts)


def _origin(paragraphs: Sequence[Fields], spans: Sequence[Span]) -> Origin:
    """The way back to the file. Its characters are not known, and nothing asks for them."""
    starts, places = [], []
    for paragraph, span in zip(paragraphs, spans, strict=True):
        for at, start, end in paragraph.get("pieces") or [(0, paragraph["start"], paragraph["end"])]:
            starts.append(span.start + at)
            places.append(Span(start, end))
        starts.append(span.end)
        places.append(Span(places[-1].end, places[-1].end))
    return Origin(text="", starts=tuple(starts), places=tuple(places))


def _offset(origin: Origin, at: int, *, last: bool = False) -> int:
    """Where in the text the file's character `at` stands; with `last`, where the text goes on after it."""
    k = max(bisect_right(origin.places, Span(at, 1 << 60)) - 1, 0)
    while k and origin.places[k].start == origin.places[k].end:
        k -= 1  # what a reader put between paragraphs stands nowhere in the file
    start, place = origin.starts[k], origin.places[k]
    length = (origin.starts[k + 1] if k + 1 < len(origin.starts) else start) - start
    if length == place.end - place.start:
        return start + min(max(at - place.start, 0), length) + last
    return start + length if last else start
