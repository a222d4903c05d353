"""AsciiDoc: the words of a page, each with its place in the file.

Ours, because no library in Python reads it and keeps places.
"""

from __future__ import annotations

from mlcheck.read.asciidoc.blocks import Reader
from mlcheck.read.extract import Extract, Extraction
from mlcheck.read.formats import ReadOptions
from mlcheck.read.inline import Row
from mlcheck.read.lines import line_spans

__all__ = ["read_asciidoc"]


def read_asciidoc(text: str, shown: str, options: ReadOptions) -> Extract:
    """A page of AsciiDoc: its paragraphs, headings, lists, tables, notes and captions."""
    extraction = Extraction(file_text=text)
    rows = [
        Row(line.start, line.start + len(text[line.start : line.end].rstrip())) for line in line_spans(text)
    ]
    Reader(text, extraction).read(rows)
    return extraction.finish()
