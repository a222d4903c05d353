"""Glossaries as spreadsheets, and columns headed by the names of languages."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from mlcheck.errors import UsageError
from mlcheck.terms import load_terms


def book(path: Path, *rows: tuple[object, ...]) -> Path:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_a_spreadsheet_is_read_as_csv_is(tmp_path: Path) -> None:
    rows = [
        ("id", "English", "Русский", "forbidden:немецкий"),
        ("sea", "Baltic Sea", "Балтийское море", "Ostsee|See"),
    ]
    table = tmp_path / "terms.csv"
    table.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    (one,) = load_terms([table]).terms
    (two,) = load_terms([book(tmp_path / "terms.xlsx", *rows)]).terms
    assert one.wanted == two.wanted == {"en": ("Baltic Sea",), "ru": ("Балтийское море",)}
    assert one.forbidden == two.forbidden == {"de": ("Ostsee", "See")}
    assert (one.where, two.where) == (f"{table}:2", f"{tmp_path / 'terms.xlsx'}:2")


def test_two_columns_of_one_language_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two columns 'Englisch'"):
        load_terms([book(tmp_path / "terms.xlsx", ("en", "Englisch"), ("sea", "sea"))])


def test_what_is_no_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"terms.xlsx:1: no column 'Klingonisch \(alt\)'"):
        load_terms([book(tmp_path / "terms.xlsx", ("en", "Klingonisch (alt)"), ("sea", "x"))])


def test_a_damaged_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "terms.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"x" * 100)
    with pytest.raises(UsageError, match="damaged"):
        load_terms([path])
