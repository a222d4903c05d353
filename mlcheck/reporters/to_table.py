"""Findings as a table, a row each: CSV and TSV. `docs/formats/tables.md` is their manual."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final

from mlcheck.data import COLUMNS, Report
from mlcheck.text import safe_line

__all__ = ["Cell", "cell", "table_rows", "to_csv", "to_tsv"]

Cell = str | int | float | bool | None

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, in the list of OWASP (CSV Injection): there the
text of a stranger would be run as a program. Full-width signs are taken for the others in some locales."""
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def to_csv(reports: Sequence[Report]) -> str:
    """A header and a row for each finding, with commas. UTF-8 without a byte order mark: programs would take
    it for a part of the first name."""
    return _table(reports, ",")


def to_tsv(reports: Sequence[Report]) -> str:
    """The same with tabs."""
    return _table(reports, "\t")


def _table(reports: Sequence[Report], delimiter: str) -> str:
    written = StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_written, row) for row in table_rows(reports))
    return written.getvalue()


def table_rows(reports: Sequence[Report]) -> Iterator[list[Cell]]:
    """The cells of each finding."""
    for report in reports:
        for row in report.to_rows():
            yield [cell(row[name]) for name in COLUMNS]


def cell(value: Cell) -> Cell:
    """A value as a cell may hold it. A text that a spreadsheet could take for a formula gets an apostrophe
    before it; line ends are line feeds, and what a terminal would obey has its name.

    >>> cell("=1+1"), cell("a = b"), cell(0.5)
    ("'=1+1", 'a = b', 0.5)
    """
    if not isinstance(value, str):
        return value
    text = "\n".join("\t".join(map(safe_line, line.split("\t"))) for line in _lines(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _lines(text: str) -> list[str]:
    return _LINE_END.sub("\n", text).split("\n")


def _written(value: Cell) -> Cell:
    return str(value).lower() if isinstance(value, bool) else value
