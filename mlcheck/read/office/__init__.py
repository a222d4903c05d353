"""Office files, books and PDF: paragraphs, tables and notes in reading order, each with a place that a person
can find. A file a format; what they share is in `flow.py`."""

from __future__ import annotations

from mlcheck.read.office.docx import read_docx
from mlcheck.read.office.epub import read_epub
from mlcheck.read.office.odt import read_odt
from mlcheck.read.office.pdf import read_pdf
from mlcheck.read.office.rtf import read_rtf

__all__ = ["read_docx", "read_epub", "read_odt", "read_pdf", "read_rtf"]
