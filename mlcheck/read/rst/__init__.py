"""reStructuredText: the words of a page, each with its place in the file.

Ours, because docutils knows the lines of a paragraph and no columns, and nothing of where a table's cells or
a directive's words stand; and what it does not know, such as Sphinx's directives, it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.data import Span
from mlcheck.read.extract import Extract, Extraction
from mlcheck.read.formats import ReadOptions
from mlcheck.read.inline import Row
from mlcheck.read.lines import line_spans
from mlcheck.read.rst.blocks import Reader

__all__ = ["read_rst", "rst_comments"]


def read_rst(text: str, shown: str, options: ReadOptions) -> Extract:
    """A page of reStructuredText: its paragraphs, headings, lists, tables, notes and captions."""
    extraction = Extraction(file_text=text)
    Reader(text, extraction).read(_rows(text))
    return extraction.finish()


def rst_comments(text: str) -> Iterator[tuple[Span, int]]:
    """Where a page has comments, in order, with `..`; and for each the place by which it belongs to a
    paragraph."""
    reader = Reader(text, Extraction(file_text=text))
    reader.read(_rows(text))
    yield from ((span, span.start) for span in reader.comments)


def _rows(text: str) -> list[Row]:
    return [
        Row(line.start, line.start + len(text[line.start : line.end].rstrip())) for line in line_spans(text)
    ]
