"""Glossaries as tables, CSV or a spreadsheet: a column a language, a row a term."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from mlcheck.data import Severity, Term
from mlcheck.errors import InputError, UsageError
from mlcheck.files import decoded
from mlcheck.languages import code_named, is_known
from mlcheck.read import sheets
from mlcheck.terms.tidy import clean_name
from mlcheck.wording import did_you_mean

__all__ = ["csv_terms", "sheet_terms"]

_PLAIN = ("id", "note", "case", "severity")
_FORBIDDEN = "forbidden:"
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_COLUMNS = "columns are languages (en, ru), forbidden:CODE, id, note, case and severity"
_CASES = {"": None, "yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_MOST_NAMES = 100
_SEVERITIES = ("error", "warning", "info")


def csv_terms(path: str, data: bytes) -> list[Term]:
    """The terms of a CSV file, whose separator is the comma, the semicolon or the tab, whichever its
    first line has most of. Raises `UsageError` with the line that is wrong."""
    text = decoded(data, path, "glossary")
    if "\0" in text:
        raise UsageError(f"{path}: has zero bytes; a glossary is UTF-8 text, save it as CSV UTF-8")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found = []
    try:
        header = _header(f"{path}:1", next(reader, []))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append(_term(f"{path}:{reader.line_num}", header, cells))
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: not CSV ({error}); check the quotes") from None
    return found


def sheet_terms(path: str, data: bytes) -> list[Term]:
    """The terms of the first sheet of a spreadsheet, in the columns of a CSV file. Raises `UsageError` with
    the row that is wrong."""
    try:
        rows = next(iter(sheets(data, path)), None)
    except InputError as error:
        raise UsageError(str(error)) from None
    if rows is None or not rows.rows:
        return []
    first, *rest = rows.rows
    header = _header(f"{path}:{first.number}", first.cells)
    return [_term(f"{path}:{number}", header, list(cells)) for number, cells in rest]


def _header(where: str, cells: Sequence[str]) -> list[str]:
    """The columns by their names, languages by their codes. Refuses what is no column; those without a name
    may stand there, as long as they are empty."""
    seen: set[str] = set()
    header = []
    for column in (cell.strip() for cell in cells):
        name = column if not column or column in _PLAIN else _language_column(column)
        if name is None:
            hint = did_you_mean(column, [*_PLAIN, _FORBIDDEN + "en"], cutoff=0.75) or _COLUMNS
            raise UsageError(f"{where}: no column {column[:40]!r}; {hint}")
        if name and name.lower() in seen:
            raise UsageError(f"{where}: two columns {column!r}; put all names of a cell into one, with |")
        seen |= {name.lower()} - {""}
        header.append(name)
    if not seen - set(_PLAIN):
        raise UsageError(f"{where}: no column with a language; {_COLUMNS}")
    return header


def _language_column(column: str) -> str | None:
    """`en`, `forbidden:en`, and so for a language's name; None where it names none."""
    prefix = _FORBIDDEN if column.startswith(_FORBIDDEN) else ""
    own = column.removeprefix(prefix)
    if _CODE.fullmatch(own) and is_known(own):
        return column
    code = code_named(own)
    return None if code is None else prefix + code


def _term(where: str, header: list[str], cells: list[str]) -> Term:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise UsageError(
            f"{where}: {len(cells)} cells for {len(header)} columns; put a cell with a separator in quotes"
        )
    row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    if row.get(""):
        raise UsageError(f"{where}: {row[''][:40]!r} stands in a column without a name; {_COLUMNS}")
    wanted, forbidden = (
        {
            column.removeprefix(prefix): _names(where, column, cell)
            for column, cell in row.items()
            if cell and column not in _PLAIN and column.startswith(_FORBIDDEN) == bool(prefix) and column
        }
        for prefix in ("", _FORBIDDEN)
    )
    if not wanted and not forbidden:
        raise UsageError(f"{where}: no name in any language; fill in the row or take it out")
    _refuse_both(where, wanted, forbidden)
    return Term(
        wanted=wanted,
        forbidden=forbidden,
        id=row.get("id", ""),
        note=row.get("note", ""),
        match_case=_one_of(where, "case", row, _CASES),
        severity=cast(
            Severity | None, _one_of(where, "severity", row, {"": None} | {s: s for s in _SEVERITIES})
        ),
        where=where,
    )


def _names(where: str, column: str, cell: str) -> tuple[str, ...]:
    names = [clean_name(where, part) for part in cell.split("|")]
    if len(names) > _MOST_NAMES:
        raise UsageError(f"{where}: {len(names)} names in {column!r}; at most {_MOST_NAMES}")
    if not all(names):
        raise UsageError(f"{where}: an empty name in {column!r}; take out the | too many")
    return tuple(dict.fromkeys(names))


def _refuse_both(
    where: str, wanted: Mapping[str, tuple[str, ...]], forbidden: Mapping[str, tuple[str, ...]]
) -> None:
    for code, names in forbidden.items():
        for name in names:
            if name in wanted.get(code, ()):
                raise UsageError(f"{where}: {name!r} is wanted in {code} and forbidden; take out one of them")


def _one_of(where: str, column: str, row: Mapping[str, str], values: Mapping[str, Any]) -> Any:
    cell = row.get(column, "").lower()
    if cell not in values:
        known = ", ".join(filter(None, values))
        raise UsageError(f"{where}: {column} is {row[column][:40]!r}; it is one of {known}")
    return values[cell]
