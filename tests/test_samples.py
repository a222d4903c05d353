"""What `samples/README.md` promises, with the bundled model."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from mlcheck import cli
from mlcheck.checks import RULES
from mlcheck.data import Location
from mlcheck.pipeline import Checker

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("kept_models")]

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "samples" / "README.md").read_text(encoding="utf-8")


def promises() -> list[tuple[str, str, int]]:
    """Each command of the page that checks a pair, with the verdict and the exit code below it."""
    return [
        (command, verdict, int(code))
        for command, verdict, code in re.findall(
            r"^    mlcheck (check .+)\n\nVerdict `(\w+)`, exit code (\d)\.", README, re.MULTILINE
        )
    ]


def flaws() -> set[tuple[str, int | None, int | None]]:
    """The table of the flawed version: rule and lines, of the rules that there are."""
    rows = re.findall(r"^\| `([\w-]+)` \| (\d+|–) \| (\d+|–) \|", README, re.MULTILINE)
    known = {rule.name for rule in RULES}
    return {
        (rule, *(None if line == "–" else int(line) for line in lines))
        for rule, *lines in rows
        if rule in known
    }


def run(command: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "argv", ["mlcheck", *command.split(), "--format", "jsonl"])
    with pytest.raises(SystemExit) as exit_:
        cli.main()
    assert isinstance(exit_.value.code, int)
    return exit_.value.code


def test_the_page_makes_promises() -> None:
    assert len(promises()) == 7
    assert {rule for rule, _, _ in flaws()} == {
        "missing-sentence",
        "divergent-passage",
        "missing-paragraph",
        "number-mismatch",
        "untranslated",
    }


@pytest.mark.parametrize(("command", "verdict", "code"), promises(), ids=[p[0] for p in promises()])
def test_a_promise_is_kept(
    command: str,
    verdict: str,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(command, monkeypatch) == code
    report = json.loads(capsys.readouterr().out)
    assert report["verdict"] == verdict, report["findings"]
    if verdict == "consistent":
        assert [f["rule"] for f in report["findings"] if f["severity"] != "info"] == []


def test_the_flaws_and_nothing_else(real_checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    def line(place: Location | None) -> int | None:
        return place.line if place else None

    monkeypatch.chdir(ROOT)
    report = real_checker.check("samples/call.en.txt", "samples/call.ru-flawed.txt")
    found = {(f.rule, line(f.source), line(f.target)) for f in report.findings}
    # A sentence that is gone has no line in the other version; the page names its paragraph's.
    wanted = {(rule, one, None if rule.startswith("missing") else two) for rule, one, two in flaws()}
    assert found == wanted
    assert len(report.findings) == len(wanted)


def test_the_batch(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("batch samples/batch.jsonl", monkeypatch) == 1
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [report["verdict"] for report in reports] == [
        "consistent",
        "inconsistent",
        "consistent",
        "unrelated",
    ]
    # From another folder only the paths differ.
    monkeypatch.chdir(tmp_path)
    manifest = os.path.relpath(ROOT / "samples" / "batch.jsonl", tmp_path)
    monkeypatch.setattr(sys, "argv", ["mlcheck", "batch", manifest, "--format", "jsonl"])
    with pytest.raises(SystemExit):
        cli.main()
    elsewhere = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["findings"] for r in elsewhere] == [r["findings"] for r in reports]
