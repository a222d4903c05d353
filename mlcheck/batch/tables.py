"""Manifests as tables: CSV with commas, semicolons or tabs, and spreadsheets.

The columns are the fields of an item. In place of `source` and `target` there may be a column a language,
headed by its code or its name, with the file of that version; the first is the source of each other.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from mlcheck.errors import InputError, UsageError
from mlcheck.files import decoded, read_bytes
from mlcheck.languages import code_named
from mlcheck.read import sheets

__all__ = ["is_table", "table_rows"]

_SUFFIXES = (".csv", ".tsv", ".xlsx")
_NEEDED = ("id", "source", "target")
_FIELDS = (*_NEEDED, "source_lang", "target_lang")
_LANGUAGES = ("source_lang", "target_lang")

Line = tuple[int, Mapping[str, Any]]


def is_table(path: Path) -> bool:
    """Is a manifest a table, by its name?"""
    return path.suffix.lower() in _SUFFIXES


def table_rows(path: Path, missing: str) -> Iterator[Line]:
    """The rows of a manifest, as an item's fields, with their numbers. Raises `UsageError`; `missing` says
    what to do where there is no such file."""
    data = read_bytes(path, "manifest", missing=missing)
    rows = (
        _sheet(path, data) if path.suffix.lower() == ".xlsx" else _csv(path, decoded(data, path, "manifest"))
    )
    _, header = next(rows, (1, []))
    names = [cell.strip() for cell in header]
    versions = _versions(path, names)
    for number, cells in rows:
        row = {name: cell for name, cell in zip(names, cells, strict=False) if name and cell}
        for field in _LANGUAGES:
            if field in row:
                row[field] = code_named(row[field]) or row[field]
        if versions:
            yield from ((number, item) for item in _items(row, versions))
        else:
            yield number, row


def _versions(path: Path, names: Sequence[str]) -> dict[str, str]:
    """The columns of languages, with their codes, where there is neither source nor target."""
    missing = [name for name in _NEEDED if name not in names]
    if not missing:
        return {}
    found = {name: code_named(name) for name in names if name and name not in _FIELDS}
    versions = {name: code for name, code in found.items() if code is not None}
    if missing == ["source", "target"] and len(versions) > 1:
        return versions
    raise UsageError(f"{path}:1: no column {', '.join(missing)}; the first line names the columns")


def _items(row: Mapping[str, str], versions: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """An item for each version but the first; one that is not there is none."""
    (first, language), *others = versions.items()
    there = [(name, code) for name, code in others if name in row]
    for name, code in there:
        id = row.get("id", "")
        yield {
            "id": f"{id}.{language}-{code}" if id and len(others) > 1 else id,
            "source": row.get(first),
            "target": row[name],
            "source_lang": language,
            "target_lang": code,
        }


def _csv(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: not CSV ({error}); check the quotes") from None


def _sheet(path: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        found = sheets(data, str(path))
    except InputError as error:
        raise UsageError(str(error)) from None
    for number, cells in found[0].rows if found else ():
        yield number, [cell.strip() for cell in cells]
