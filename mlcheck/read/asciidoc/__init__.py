"""AsciiDoc: the words of a page, each with its place in the file.

Ours, because no library in Python reads it and keeps places.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.data import Span
from mlcheck.read.asciidoc.blocks import Reader
from mlcheck.read.extract import Extract, Extraction
from mlcheck.read.formats import ReadOptions
from mlcheck.read.inline import Row
from mlcheck.read.lines import line_spans

__all__ = ["asciidoc_comments", "read_asciidoc"]


def read_asciidoc(text: str, shown: str, options: ReadOptions) -> Extract:
    """A page of AsciiDoc: its paragraphs, headings, lists, tables, notes and captions."""
    extraction = Extraction(file_text=text)
    Reader(text, extraction).read(_rows(text))
    return extraction.finish()


def asciidoc_comments(text: str) -> Iterator[tuple[Span, int]]:
    """Where a page has lines that are comments, in order, with `//`; and for each the place by which it
    belongs to a paragraph."""
    reader = Reader(text, Extraction(file_text=text))
    reader.read(_rows(text))
    yield from ((span, span.start) for span in reader.comments)


def _rows(text: str) -> list[Row]:
    return [
        Row(line.start, line.start + len(text[line.start : line.end].rstrip())) for line in line_spans(text)
    ]
