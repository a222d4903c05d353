"""Reports as a workbook: a sheet of findings, a sheet of items. `docs/formats/tables.md` is its manual."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mlcheck.data import COLUMNS, Report
from mlcheck.errors import UsageError
from mlcheck.report import SEVERITIES
from mlcheck.reporters.to_table import Cell, cell, table_rows

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

__all__ = ["ITEM_COLUMNS", "to_xlsx"]

ITEM_COLUMNS: Final = (
    "id",
    "verdict",
    "divergence",
    "errors",
    "warnings",
    "infos",
    "accepted",
    "words",
    "penalty",
    "per_thousand",
    "passed",
    "source_path",
    "target_path",
    "error",
)
"""The columns of the sheet of items."""

_MOST_ROWS: Final = 1_048_575
"""Rows that a sheet has below its header."""
_MOST_CHARACTERS: Final = 32_767
"""Characters that a cell holds; Excel calls a workbook with more of them damaged."""
_WIDE: Final = 60
_WIDTHS: Final = {"message": _WIDE, "source_text": _WIDE, "target_text": _WIDE, "error": _WIDE}
_WIDTH: Final = 16
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can name: two runs give the same bytes."""
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_NOT_XML = re.compile("[\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def to_xlsx(reports: Sequence[Report]) -> bytes:
    """The workbook. No cell is a formula, whatever a text begins with.

    Raises `UsageError` where the library is missing that writes it, or a sheet has no room for all rows.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise UsageError(
            "xlsx needs openpyxl; install mlcheck with the extra: pip install 'mlcheck[formats]'"
        ) from None
    number = sum(len(report.findings) for report in reports)
    if max(number, len(reports)) > _MOST_ROWS:
        raise UsageError(f"xlsx has no room for {number:,} findings; choose csv, or fewer items")
    book = Workbook(write_only=True)
    _fill(book.create_sheet("findings"), COLUMNS, table_rows(reports))
    _fill(book.create_sheet("items"), ITEM_COLUMNS, map(_item, reports))
    written = BytesIO()
    book.save(written)
    return _without_clock(written.getvalue())


def _fill(sheet: WriteOnlyWorksheet, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, name in enumerate(names, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _WIDTH)
    bold = Font(bold=True)
    sheet.append([_cell(sheet, name, font=bold) for name in names])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: Cell, **style: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return value
    made = WriteOnlyCell(sheet, value=None)
    text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)
    text = text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"
    made.value = _ESCAPE.sub("_x005F_", text)  # Excel would read `_x0041_` as an A
    made.data_type = "s"  # else what begins with `=` is a formula
    for name, setting in style.items():
        setattr(made, name, setting)
    return made


def _item(report: Report) -> list[Cell]:
    kinds = ["accepted" if f.baselined else f.severity for f in report.findings]
    card, error = report.scorecard, report.error
    return [
        cell(report.id),
        report.verdict,
        report.divergence,
        *(kinds.count(kind) for kind in (*SEVERITIES, "accepted")),
        card.words if card else None,
        card.penalty if card else None,
        card.per_thousand if card else None,
        card.passed if card else None,
        cell(report.source.path) if report.source else None,
        cell(report.target.path) if report.target else None,
        cell(error.message) if error else None,
    ]


def _without_clock(book: bytes) -> bytes:
    """The archive with fixed times in it and in its entries."""
    written = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(written, "w") as fresh:
        for name, content in _entries(old):
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # what made it, which else goes by the machine
            fresh.writestr(entry, content)
    return written.getvalue()


def _entries(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in archive.namelist():
        content = archive.read(name)
        if name == "docProps/core.xml":
            content = _CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
        yield name, content
