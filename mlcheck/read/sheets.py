"""Tables as spreadsheets (.xlsx): their rows as text, read so that no file can do harm."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from mlcheck.errors import InputError
from mlcheck.read.archive import Archive
from mlcheck.read.xml import elements

__all__ = ["Row", "Sheet", "sheets"]

_TITLE = "a spreadsheet"
_MOST_ROWS = 100_000
_MOST_COLUMNS = 50
"""Further ones are not looked at: a cell in the last column there may be makes each row thousands wide."""


class Row(NamedTuple):
    """Its number, from 1, and its cells as text."""

    number: int
    cells: Sequence[str]


class Sheet(NamedTuple):
    """Its name, and its rows that are not empty."""

    name: str
    rows: Sequence[Row]


def sheets(data: bytes, shown: str) -> list[Sheet]:
    """The sheets of a workbook, in its order. Raises `InputError` for what is damaged, too large, or cannot
    be read without a library of the extra `mlcheck[formats]`."""
    try:
        openpyxl = import_module("openpyxl")
    except ImportError:
        raise InputError(
            f"{shown}: {_TITLE} needs openpyxl; install mlcheck with the extra: "
            "pip install 'mlcheck[formats]'"
        ) from None
    _refuse_harmful(data, shown)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles that it does not know
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=False
            )
            found = [_sheet(sheet, shown) for sheet in book.worksheets if sheet.sheet_state == "visible"]
            book.close()
    except InputError:
        raise
    except Exception:  # whatever a library raises for what it did not expect
        raise InputError(f"{shown}: {_TITLE}, and damaged; save it again") from None
    return found


def _refuse_harmful(data: bytes, shown: str) -> None:
    """Unpack and parse all that the library will, with what guards against bombs."""
    archive = Archive(data, shown, _TITLE)
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            part = archive.read(name)
            if part:
                elements(part, shown, _TITLE)


def _sheet(sheet: object, shown: str) -> Sheet:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what the file says of its size may be a lie
    rows = []
    cells = sheet.iter_rows(  # type: ignore[attr-defined]
        max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True
    )
    for number, values in enumerate(cells, start=1):
        if number > _MOST_ROWS:
            raise InputError(f"{shown}: {_TITLE} of more than {_MOST_ROWS:,} rows; split it")
        row = ["" if value is None else str(value) for value in values]
        if any(cell.strip() for cell in row):
            rows.append(Row(number, row))
    return Sheet(str(sheet.title), rows)  # type: ignore[attr-defined]
