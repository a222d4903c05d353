"""Several formats and files at once, saved reports in another format, and what a batch says at its end."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from stories import ENGLISH, GERMAN

from mlcheck.cli import terminal
from mlcheck.cli.options import Format
from mlcheck.cli.outputs import Sink, sinks_of
from mlcheck.errors import UsageError
from mlcheck.pipeline import Checker

pytestmark = pytest.mark.usefixtures("fake_model")

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]
TEXT_FORMATS = [format.value for format in Format if format not in (Format.xlsx, Format.parquet)]


@pytest.fixture
def items(write: Write, run: Run, tmp_path: Path) -> str:
    """A manifest of a pair that agrees, one that does not, and one that is not there."""
    write("story.en.txt", *ENGLISH)
    write("story.de.txt", *GERMAN)
    write("short.de.txt", *GERMAN[:3], *GERMAN[4:])
    targets = {"good": "story.de.txt", "short": "short.de.txt", "gone": "gone.txt"}
    lines = [
        {"id": id, "source": "story.en.txt", "target": target, "source_lang": "en", "target_lang": "de"}
        for id, target in targets.items()
    ]
    (tmp_path / "items.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return "items.jsonl"


# What goes where


def sinks(formats: str, outputs: str) -> list[tuple[str, str | None]]:
    found = sinks_of([Format(f) for f in formats.split()], [Path(o) for o in outputs.split()])
    return sorted((sink.format.value, sink.path and str(sink.path)) for sink in found)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("formats", "outputs", "expected"),
    [
        ("", "", [("text", None)]),
        ("json", "", [("json", None)]),
        ("json", "a", [("json", "a")]),
        ("", "a.txt", [("text", "a.txt")]),
        ("html jsonl", "a b", [("html", "a"), ("jsonl", "b")]),
        ("text html", "x.html", [("html", "x.html"), ("text", None)]),
        ("html text", "x.html", [("html", "x.html"), ("text", None)]),
        ("text json", "a", [("json", None), ("text", "a")]),
        ("", "a.html b.csv", [("csv", "b.csv"), ("html", "a.html")]),
        ("", "c.XLSX d.md", [("markdown", "d.md"), ("xlsx", "c.XLSX")]),
        ("json", "a.html b.json", [("html", "a.html"), ("json", "b.json")]),
        ("text", "a.html b.xml", [("html", "a.html"), ("junit", "b.xml"), ("text", None)]),
        ("sarif", "a.json", [("sarif", "a.json")]),
        ("", "a.sarif.json", [("sarif", "a.sarif.json")]),
        ("", "a.json", [("json", "a.json")]),
        ("", "a.jsonl b.tsv", [("jsonl", "a.jsonl"), ("tsv", "b.tsv")]),
        ("json html", "/dev/null /dev/null", [("html", "/dev/null"), ("json", "/dev/null")]),
    ],
)  # fmt: skip
def test_what_goes_where(formats: str, outputs: str, expected: list[tuple[str, str | None]]) -> None:
    assert sinks(formats, outputs) == expected


@pytest.mark.parametrize(
    ("formats", "outputs", "message"),
    [
        ("json csv", "", "json and csv would both go to standard output"),
        ("json csv html", "a.html", "json and csv would both go to standard output"),
        ("json", "x.html", "x.html: its name says html, and --format json"),
        ("html json", "a.json b.html", "a.json: its name says json, and --format html"),
        ("", "a.csv a.csv", "a.csv: is named twice"),
        ("", "a.csv ./a.csv", "a.csv: is named twice"),
        ("json", "a b", "b: its name does not say which format"),
    ],
)
def test_what_nobody_can_mean(formats: str, outputs: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        sinks(formats, outputs)
    assert str(raised.value).startswith(message)


def test_a_terminal_is_given_no_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(UsageError, match="name a file"):
        sinks_of([Format.xlsx], [])
    assert sinks_of([Format.xlsx], [Path("a.xlsx")]) == (Sink(Format.xlsx, Path("a.xlsx")),)


def test_one_run_writes_what_single_runs_do(run: Run, items: str, tmp_path: Path) -> None:
    wanted = {format: run("batch", items, "-f", format)[1] for format in TEXT_FORMATS}
    options = [part for f in TEXT_FORMATS if f != "text" for part in ("-f", f, "-o", f"out-{f}")]
    code, out, _ = run("batch", items, *options, "-f", "text", "-f", "xlsx", "-o", "out.xlsx")
    assert (code, out) == (2, wanted["text"])
    for format in TEXT_FORMATS:
        if format != "text":
            assert (tmp_path / f"out-{format}").read_text("utf-8") == wanted[format], format
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")


def test_a_run_that_fails_leaves_none_of_its_files(run: Run, items: str, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text("old")
    outputs = ("-o", "new.html", "-o", "old.json")
    assert run("check", "story.en.txt", "gone.txt", *outputs)[0] == 2
    assert not (tmp_path / "new.html").exists()
    assert (tmp_path / "old.json").read_text() == "old"
    assert not list(tmp_path.glob(".mlcheck-*"))


def test_a_run_that_is_gone_on_with_writes_the_other_formats_too(
    run: Run, items: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = ("-f", "jsonl", "-o", "r.jsonl", "-f", "html", "-o", "r.html")
    run("batch", items, *outputs)
    whole = [(tmp_path / name).read_bytes() for name in ("r.jsonl", "r.html")]
    check, left = Checker.check_or_report, [2]

    def check_until_stopped(self: Checker, *texts: object, **options: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return check(self, *texts, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Checker, "check_or_report", check_until_stopped)
        assert run("batch", items, *outputs)[0] == 2
    assert (tmp_path / "r.jsonl.partial").exists()
    code, _, err = run("batch", items, *outputs, "--resume")
    assert code == 2
    assert "2 of 3 pairs were checked before" in err
    assert [(tmp_path / name).read_bytes() for name in ("r.jsonl", "r.html")] == whole


# mlcheck report


@pytest.mark.parametrize("saved", ["jsonl", "json"])
def test_a_saved_report_gives_the_same_bytes(saved: str, run: Run, items: str, tmp_path: Path) -> None:
    run("batch", items, "-o", f"r.{saved}")
    for format in TEXT_FORMATS:
        assert run("report", f"r.{saved}", "-f", format) == (2, run("batch", items, "-f", format)[1], ""), (
            format
        )
    run("batch", items, "-o", "direct.xlsx")
    run("report", f"r.{saved}", "-o", "saved.xlsx")
    assert (tmp_path / "saved.xlsx").read_bytes() == (tmp_path / "direct.xlsx").read_bytes()


def test_words_that_were_asked_for_stay(run: Run, items: str) -> None:
    run("batch", items, "--words", "-o", "r.jsonl")
    assert run("report", "r.jsonl", "-f", "jsonl")[1] == run("batch", items, "--words", "-f", "jsonl")[1]
    assert run("report", "r.jsonl", "-f", "html")[1] == run("batch", items, "--words", "-f", "html")[1]


def test_a_saved_report_fails_as_the_check_did(run: Run, items: str, tmp_path: Path) -> None:
    for target in ("story", "short"):
        run("check", "story.en.txt", f"{target}.de.txt", "-o", f"{target}.json")
    assert run("report", "story.json")[0] == 0
    assert run("report", "story.json", "short.json")[0] == 1
    assert run("report", "short.json", "--fail-on", "never")[0] == 0
    (tmp_path / "mlcheck.toml").write_text('fail-on = "never"\n')
    assert run("report", "short.json")[0] == 0


def test_standard_input_can_be_a_report(run: Run, items: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = run("check", "story.en.txt", "short.de.txt", "-f", "json")[1]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report.encode())))
    code, out, err = run("report", "-", "-f", "csv")
    assert (code, err) == (1, "")
    assert out.startswith("id,rule,severity")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("gone.jsonl",), "gone.jsonl: no such report; write one with mlcheck check -f json"),
        (("bad.jsonl",), "bad.jsonl:2: not JSON; name a report written with -f json or -f jsonl"),
        (("empty.jsonl",), "empty.jsonl: no report in it; write one with -f json or -f jsonl"),
        (("r.jsonl", "-o", "r.jsonl"), "r.jsonl: is one of the files to read; name another --output"),
    ],
)
def test_what_cannot_be_written_anew(
    arguments: tuple[str, ...], line: str, run: Run, items: str, tmp_path: Path
) -> None:
    run("batch", items, "-o", "r.jsonl")
    first = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()[0]
    (tmp_path / "bad.jsonl").write_text(first + "\n{broken\n", "utf-8")
    (tmp_path / "empty.jsonl").write_text("\n")
    assert run("report", *arguments) == (2, "", f"mlcheck: {line}\n")


# At the end of a batch


def test_a_batch_into_a_file_is_summed_up(run: Run, items: str) -> None:
    code, out, err = run("batch", items, "-o", "r.jsonl")
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert lines[0] == "mlcheck: 3 pairs: 1 consistent, 1 inconsistent, 1 not checked — 1 error"
    assert lines[1] == "mlcheck:   missing-paragraph  1 error"
    assert "mlcheck:   not run: meaning-mismatch in 2 pairs" in lines
    assert any(line.startswith("mlcheck:   scorecard: ") for line in lines)
    assert lines[-1] == "mlcheck: 1 of 3 pairs could not be checked; gone.txt: no such file; check the path"


def test_a_pipe_is_quiet_and_text_has_its_own_sum(run: Run, items: str) -> None:
    assert run("batch", items, "-f", "jsonl")[2] == ""
    code, out, err = run("batch", items)
    assert (code, err) == (2, "")
    assert out.endswith(
        "3 pairs: 1 consistent, 1 inconsistent, 1 not checked — 1 error\n  missing-paragraph  1 error\n"
    )


def test_only_a_terminal_is_told_the_time(run: Run, items: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert "3 pairs in " in run("batch", items, "-f", "jsonl")[2]
    assert "3 pairs in " not in run("batch", items, "-f", "jsonl")[1]


def test_a_long_run_that_nobody_watches_says_how_far_it_is(
    run: Run, items: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "LONG", 0)
    err = run("batch", items, "-f", "jsonl")[2]
    assert "mlcheck: 1 of 3 pairs checked\nmlcheck: 2 of 3 pairs checked\n" in err
    assert "3 of 3" not in err
