"""Manifests as tables: separators, spreadsheets, and a column a language."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from mlcheck.batch import read_items
from mlcheck.errors import UsageError


def test_semicolons_and_names_of_languages(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("id;source;target;source_lang;target_lang\ncall;a.txt;b.txt;English;Русский\n", "utf-8")
    (item,) = read_items(path)
    assert (item.id, item.source, item.languages) == ("call", tmp_path / "a.txt", ("en", "ru"))


def test_a_column_a_language(tmp_path: Path) -> None:
    path = tmp_path / "items.tsv"
    path.write_text(
        "id\tEnglish\tDeutsch\tRussian\ncall\ta.txt\tb.txt\tc.txt\nsea\td.txt\t\te.txt\n", "utf-8"
    )
    found = [(i.id, i.source.name, i.target.name, i.languages) for i in read_items(path)]
    assert found == [
        ("call.en-de", "a.txt", "b.txt", ("en", "de")),
        ("call.en-ru", "a.txt", "c.txt", ("en", "ru")),
        ("sea.en-ru", "d.txt", "e.txt", ("en", "ru")),
    ]


def test_a_spreadsheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("id", "en", "fr", "comment"),
        ("call", "a.txt", "b.txt", "urgent"),
        (None, None, None, None),
    ):
        book.active.append(row)
    book.save(tmp_path / "items.xlsx")
    (item,) = read_items(tmp_path / "items.xlsx")
    assert (item.id, item.target.name, item.languages) == ("call", "b.txt", ("en", "fr"))


def test_a_table_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("id;price\n1;2\n", "utf-8")
    with pytest.raises(UsageError, match="no column source, target"):
        read_items(path)
