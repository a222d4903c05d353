"""Does a spreadsheet show what a report's tables say?

    apt-get install libreoffice-calc-nogui; pip install pandas
    python benchmarks/spreadsheets.py

Writes findings whose texts a spreadsheet could take for formulas, numbers or dates as `xlsx`, `csv` and
`tsv`, has LibreOffice read them, and holds its rows to those of Python's csv module, and of pandas where
that is installed. Prints rows and cells that were compared, those that differ, and formulas; exits 1 where
anything differs or is a formula.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import hand_made  # noqa: E402

from mlcheck.data import Report  # noqa: E402
from mlcheck.reporters import to_csv, to_tsv, to_xlsx  # noqa: E402

TEXTS = (
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        '=HYPERLINK("http://a.org")',
        "=cmd|' /C calc'!A0",
    ),
    *("a = b", "1-2", "2024-04-28", "1/2", "007", "1e5", "0x10", "TRUE", "5 %", "'quoted'", '"', ",;\t|"),
    *("_x0041_", "one\ntwo", "  spaces  ", "Паром — «залив»", "渡轮将横渡海湾", "عبارات", "⛴️", "x" * 30_000),
)
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Commas, quotation marks, UTF-8, values as they are kept, and a file for each sheet."""
AS_TEXT = "CSV:{},34,76,1"
Rows = list[list[str]]


def reports() -> list[Report]:
    found = list(hand_made.reports())
    for number, words in enumerate(TEXTS):
        document = hand_made.document("a.txt", "en", "x\n")
        place = replace(hand_made.whole(document, 0), text=words)
        flaw = hand_made.finding("untranslated", "error", words, place, None)
        pair = hand_made.report("x", "inconsistent", document, document, flaw)
        found.append(replace(pair, id=f"{words[:50]} {number}"))
    return found


def converted(path: Path, to: str, *options: str) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{path.parent}/profile", "--headless", *options]
    subprocess.run(
        [*command, "--convert-to", to, "--outdir", path.parent / "out", path], check=True, capture_output=True
    )


def rows(path: Path, delimiter: str = ",") -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def in_book(path: Path) -> tuple[Rows, int]:
    """The rows of the first sheet, and how many formulas there are."""
    from openpyxl import load_workbook

    (sheet, *_) = load_workbook(path)
    cells = [cell for row in sheet.iter_rows() for cell in row]
    return [["" if v is None else str(v) for v in row] for row in sheet.values], sum(
        cell.data_type == "f" for cell in cells
    )


def told(cell: str) -> str:
    """A cell as both programs may write it: truth in small letters, a number without its last zeros."""
    try:
        return repr(float(cell)) if cell[:1].isdigit() and not cell.startswith("00") else _lower(cell)
    except ValueError:
        return _lower(cell)


def _lower(cell: str) -> str:
    return cell.lower() if cell.lower() in ("true", "false") else cell


def compared(name: str, found: Rows, wanted: Rows, formulas: int = 0) -> bool:
    pairs = [
        (one, two)
        for a, b in zip(found, wanted, strict=False)
        for one, two in zip(a, b, strict=False)
        if told(one) != told(two)
    ]
    print(
        f"{name}: {len(found)} rows of {len(wanted)}, {sum(map(len, found)):,} cells, {len(pairs)} differ, "
        f"{formulas} formulas"
    )
    for one, two in pairs[:5]:
        print(f"    {one[:60]!r} for {two[:60]!r}")
    return not pairs and not formulas and [len(row) for row in found] == [len(row) for row in wanted]


def with_pandas(path: Path, delimiter: str) -> Rows:
    import pandas

    table = pandas.read_csv(path, sep=delimiter, dtype=str, keep_default_na=False)
    return [list(table.columns), *table.values.tolist()]


def main() -> int:
    made = reports()
    done: list[bool] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "table.xlsx").write_bytes(to_xlsx(made))
        (folder / "commas.csv").write_text(to_csv(made), encoding="utf-8", newline="")
        (folder / "tabs.tsv").write_text(to_tsv(made), encoding="utf-8", newline="")
        wanted = rows(folder / "commas.csv")
        done.append(compared("tsv by Python", rows(folder / "tabs.tsv", "\t"), wanted))
        if find_spec("pandas"):
            done.append(compared("csv by pandas", with_pandas(folder / "commas.csv", ","), wanted))
            done.append(compared("tsv by pandas", with_pandas(folder / "tabs.tsv", "\t"), wanted))
        converted(folder / "table.xlsx", ALL_SHEETS)
        done.append(compared("xlsx by LibreOffice", rows(folder / "out/table-findings.csv"), wanted))
        items = rows(folder / "out/table-items.csv")
        print(f"its sheet of items: {len(items) - 1} of {len(made)} pairs")
        done.append(len(items) - 1 == len(made))
        for path, sign in ((folder / "commas.csv", 44), (folder / "tabs.tsv", 9)):
            converted(path, "xlsx", f"--infilter={AS_TEXT.format(sign)}")
            found, formulas = in_book(folder / "out" / f"{path.stem}.xlsx")
            # A spreadsheet makes numbers and dates of what looks like them, and that is its way; no formulas.
            print(
                f"{path.suffix[1:]} by LibreOffice: {len(found)} rows of {len(wanted)}, {formulas} formulas"
            )
            done.append(len(found) == len(wanted) and not formulas)
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(main())
