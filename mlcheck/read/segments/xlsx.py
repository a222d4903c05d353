"""Bilingual spreadsheets: each sheet whose first row names two versions."""

from __future__ import annotations

from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.placeholders import marked
from mlcheck.read.segments.columns import columns_of, is_open
from mlcheck.read.segments.csv_table import NO_VERSIONS
from mlcheck.read.segments.pair import Segments
from mlcheck.read.sheets import sheets

__all__ = ["read_xlsx"]

_TITLE = "a spreadsheet"


def read_xlsx(data: bytes, shown: str, options: ReadOptions) -> tuple[Extract, Extract]:
    """The two versions in a spreadsheet. Raises `InputError` where no sheet names them in its first row."""
    segments: Segments | None = None
    left: list[str] = []
    for sheet in sheets(data, shown):
        columns = columns_of(sheet.rows[0].cells) if sheet.rows else None
        if columns is None or (segments is not None and columns.languages != segments.languages):
            if sheet.rows:
                left.append(sheet.name)
            continue
        first = segments is None
        segments = segments or Segments(shown, _TITLE, None, columns.languages)
        if columns.others:
            segments.skip(f"{', '.join(columns.others)}: a table of more than two versions")
        for number, cells in sheet.rows[1:]:
            key = segments.key(str(number) if first else f"{sheet.name}, {number}")
            source, target = (marked([Piece(cells[n])]) for n in (columns.source, columns.target))
            if not target.text.strip() or (columns.state is not None and is_open(cells[columns.state])):
                segments.leave_out("not translated yet", key)
            else:
                segments.add(key, source, target, place=f"{sheet.name}, row {number}")
    if segments is None:
        raise InputError(f"{shown}: {_TITLE} {NO_VERSIONS}")
    for name in left:
        segments.skip(f"the sheet {name}, whose first row does not name these two versions")
    return segments.finish()
