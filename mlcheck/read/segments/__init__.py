"""Translators' files: each holds both versions, segment by segment, and is a pair by itself.

A segment has a key, by which its two sides are joined; nothing is searched. What is not translated yet, and
says so, is no flaw: it is named as not read.
"""

from __future__ import annotations

from mlcheck.read.segments.csv_table import read_csv
from mlcheck.read.segments.po import read_po
from mlcheck.read.segments.tmx import read_tmx
from mlcheck.read.segments.xcstrings import read_xcstrings
from mlcheck.read.segments.xliff import read_xliff
from mlcheck.read.segments.xlsx import read_xlsx

__all__ = ["read_csv", "read_po", "read_tmx", "read_xcstrings", "read_xliff", "read_xlsx"]
