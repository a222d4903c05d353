"""Tables: rows, what a spreadsheet could take for a formula, and the workbook."""

from __future__ import annotations

import builtins
import csv
import re
import time
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import hand_made
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT

from mlcheck.data import COLUMNS, Report
from mlcheck.errors import UsageError
from mlcheck.reporters import to_csv, to_tsv, to_xlsx

PAGE = (ROOT / "docs/formats/tables.md").read_text("utf-8")
HEADER = (
    "id,rule,severity,confidence,message,source_path,source_line,source_text,target_path,target_line,"
    "target_text,fingerprint,baselined"
)
TRAPS = ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "＝1"]


def cells(table: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(table, newline=""), delimiter=delimiter))


def book(reports: list[Report]) -> Any:
    openpyxl = pytest.importorskip("openpyxl")
    return openpyxl.load_workbook(BytesIO(to_xlsx(reports)))


def saying(words: str) -> Report:
    """A pair with one finding, whose words, id and message are these."""
    document = hand_made.document("a.txt", "en", "x\n")
    place = replace(hand_made.whole(document, 0), text=words)
    found = hand_made.finding("untranslated", "error", words, place, None)
    return replace(hand_made.report("x", "inconsistent", document, document, found), id=words)


# Silence first


def test_without_findings_there_is_the_header_alone() -> None:
    assert to_csv([]) == to_csv([hand_made.rate(), hand_made.strike()]) == HEADER + "\n"
    assert to_tsv([]) == HEADER.replace(",", "\t") + "\n"


@pytest.mark.parametrize("words", ["a = b", "1-2", "x@y.z", "–5", "'quoted'", "a\tb"])
def test_ordinary_words_are_left_alone(words: str) -> None:
    (_, row) = cells(to_csv([saying(words)]))
    assert row[7] == words


def test_a_row_for_each_finding_with_the_columns_of_the_contract() -> None:
    assert ",".join(COLUMNS) == HEADER
    report = hand_made.ferries()
    rows = cells(to_csv([report]))[1:]
    assert len(rows) == len(report.findings)
    first, dicts = dict(zip(COLUMNS, rows[0], strict=True)), report.to_rows()
    assert list(dicts[0]) == list(COLUMNS)
    assert first["source_path"] == "wire/ferries.en.txt"
    assert first["source_line"] == str(dicts[0]["source_line"])
    assert {row[-1] for row in rows} == {"true", "false"}
    missing = next(row for row in dicts if row["target_text"] is None)
    assert missing["target_line"] is None
    assert missing["target_path"] == "wire/ferries.ru.txt"


@pytest.mark.parametrize("words", TRAPS)
def test_what_could_be_a_formula_is_a_text(words: str) -> None:
    for table, delimiter in ((to_csv([saying(words)]), ","), (to_tsv([saying(words)]), "\t")):
        row = cells(table, delimiter)[1]
        assert row[0].startswith("'")
        assert row[4].startswith("'")
        assert row[7].startswith("'")


@given(st.text())
def test_no_text_breaks_a_table_or_is_a_formula(words: str) -> None:
    for table, delimiter in ((to_csv([saying(words)]), ","), (to_tsv([saying(words)]), "\t")):
        rows = cells(table, delimiter)
        assert len(rows) == 2
        assert all(len(row) == len(COLUMNS) for row in rows)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
        assert "\x1b" not in table


@given(st.text())
def test_the_workbook_has_the_rows_of_the_table(words: str) -> None:
    report = saying(words)
    in_book = [[("" if v is None else v) for v in row] for row in book([report])["findings"].values]
    in_table = cells(to_csv([report]))
    for sheet, table in zip(in_book, in_table, strict=True):
        for one, two in zip(sheet, table, strict=True):
            told = str(one).lower() if isinstance(one, bool) else str(one)
            assert told.replace("\ufffd", "").replace("_x005F_", "_") in (
                two.replace("\ufffe", "").replace("\uffff", "").replace("\ufffd", ""),
            )


# The workbook


def test_no_cell_is_a_formula() -> None:
    for words in TRAPS:
        for sheet in book([saying(words)]):
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b"}


def test_a_sheet_of_items_has_those_without_findings() -> None:
    rows = list(book(hand_made.reports())["items"].values)
    names = rows[0]
    items = [dict(zip(names, row, strict=True)) for row in rows[1:]]
    assert [item["id"] for item in items] == ["ferries", "strike", "rate", "museum"]
    assert [item["errors"] for item in items] == [2, 0, 0, 1]
    assert items[1]["error"] == "wire/strike.de.txt: the file is empty; give a file with text"
    assert all(f"`{name}`" in PAGE for name in (*names, *COLUMNS))


def test_two_runs_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openpyxl")
    one = to_xlsx(hand_made.reports())
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    assert to_xlsx(hand_made.reports()) == one
    with ZipFile(BytesIO(one)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    value = book([saying("x" * 40_000)])["findings"]["H2"].value
    assert len(value) == 32_767
    assert value.endswith("…")


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *arguments: Any) -> Any:
        if name == "openpyxl":
            raise ImportError(name)
        return real(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UsageError, match=r"mlcheck\[formats\]"):
        to_xlsx([])


# In Python


def test_a_report_has_a_short_repr() -> None:
    assert repr(hand_made.ferries()) == (
        "<Report 'ferries': inconsistent, 2 error, 2 warning, 1 info, 1 accepted>"
    )
    assert repr(hand_made.strike()) == "<Report 'strike': error, input>"


@given(st.text(alphabet=st.sampled_from("<>&\"'ab\x1b\u202e\n")))
def test_a_notebook_shows_nothing_of_a_text_as_markup(words: str) -> None:
    shown = hand_made.hostile(words)._repr_html_()
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    tags = set(re.findall(r"<[^>]*>", shown))
    names = {"div", "p", "b", "table", "thead", "tbody", "tr", "th", "td"}
    assert tags <= {f"<{n}>" for n in names} | {f"</{n}>" for n in names} | {'<td dir="auto">'}


def test_a_notebook_counts_what_it_leaves_out() -> None:
    report = hand_made.ferries()
    many = replace(report, findings=report.findings[:1] * 50)
    assert "and 30 more" in many._repr_html_()
    assert many._repr_html_().count("<tr>") == 21
