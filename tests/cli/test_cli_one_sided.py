"""A pair of which only one version changed: a note, or a finding that can fail a build."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stories import ENGLISH, GERMAN

pytestmark = pytest.mark.usefixtures("fake_model")

Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]
Write = Callable[..., Path]
CODE = "one-side-changed"
SAYS = "only b.en.txt changed since HEAD; b.de.txt did not"


def git(*arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], check=True)


@pytest.fixture(autouse=True)
def _repository(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository with a pair that agrees."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.chdir(tmp_path)
    write("b.en.txt", *ENGLISH)
    write("b.de.txt", *GERMAN)
    configure("")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "first")


def configure(text: str) -> None:
    Path("mlcheck.toml").write_text(f'pairs = ["{{name}}.{{lang}}.txt"]\n{text}\n')


def touch(name: str = "b.en.txt", text: str = "\n") -> None:
    Path(name).write_text(Path(name).read_text("utf-8") + text, encoding="utf-8")


def checked(run: Run, *arguments: str) -> tuple[int, dict[str, Any]]:
    code, out, _ = run("check", "--changed", "HEAD", "-f", "jsonl", *arguments)
    (report,) = map(json.loads, out.splitlines())
    return code, report


def rules(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(finding["rule"], finding["severity"]) for finding in report["findings"]]


# Silent


def test_both_sides_are_nothing_to_tell(run: Run) -> None:
    configure('one-sided = "error"')
    touch()
    touch("b.de.txt")
    code, report = checked(run)
    assert (code, rules(report), report["notes"]) == (0, [], [])
    assert "changed" not in report


def test_without_changed_nobody_asks(run: Run) -> None:
    configure('one-sided = "error"')
    touch()
    assert run("check", "-f", "jsonl")[0] == 0


def test_off_tells_nothing(run: Run) -> None:
    configure('one-sided = "off"')
    touch()
    code, report = checked(run)
    assert (code, rules(report), report["notes"]) == (0, [], [])
    assert report["changed"] == "source"


def test_by_default_it_is_a_note(run: Run) -> None:
    touch()
    code, report = checked(run, "--fail-on", "info")
    assert (code, rules(report)) == (0, [])
    assert report["notes"] == [{"code": CODE, "message": SAYS}]


# A finding


@pytest.mark.parametrize(("level", "code"), [("error", 1), ("warning", 0), ("info", 0)])
def test_a_finding_of_that_severity(run: Run, level: str, code: int) -> None:
    configure(f'one-sided = "{level}"')
    touch()
    status, report = checked(run)
    assert (status, rules(report), report["notes"]) == (code, [(CODE, level)], [])
    (finding,) = report["findings"]
    assert (finding["message"], finding["source"]["line"], finding["target"]) == (SAYS, 1, None)
    assert checked(run, "--fail-on", level)[0] == 1


def test_it_weighs_nothing_and_says_nothing_of_the_words(run: Run) -> None:
    touch()
    _, noted = checked(run)
    configure('one-sided = "error"')
    _, found = checked(run)
    assert found["divergence"] == noted["divergence"]
    assert found["scorecard"] == noted["scorecard"]


def test_some_paths_have_a_level_of_their_own(run: Run) -> None:
    configure(f'one-sided = "error"\n[[overrides]]\npaths = ["b.*"]\nrules.{CODE} = "info"')
    touch()
    code, report = checked(run)
    assert (code, rules(report)) == (0, [(CODE, "info")])


def test_who_accepts_it_does_not_accept_the_next_change(run: Run) -> None:
    configure('one-sided = "error"\nbaseline = "base.json"')
    touch()
    run("check", "--changed", "HEAD", "-f", "jsonl", "-o", "first.jsonl")
    assert run("baseline", "write", "first.jsonl", "--reason", "a typo")[0] == 0
    code, report = checked(run)
    assert (code, report["findings"][0]["baselined"]) == (0, True)
    touch(text="\nA museum opens.\n")
    code, report = checked(run)
    (finding,) = [finding for finding in report["findings"] if finding["rule"] == CODE]
    assert (code, finding["baselined"]) == (1, False)


def test_a_run_that_does_not_ask_calls_no_entry_unused(run: Run) -> None:
    configure('one-sided = "error"\nbaseline = "base.json"')
    touch()
    run("check", "--changed", "HEAD", "-f", "jsonl", "-o", "first.jsonl")
    assert run("baseline", "write", "first.jsonl", "--reason", "a typo")[0] == 0
    code, out, err = run("check", "-f", "jsonl")
    assert (code, err, json.loads(out)["notes"]) == (0, "", [])


# In a build


def test_the_annotation_stands_on_what_changed(run: Run) -> None:
    configure('one-sided = "warning"')
    for name in ("b.en.txt", "b.de.txt"):
        touch(name)
        _, out, _ = run("check", "--changed", "HEAD", "-f", "github")
        assert out.startswith(f"::warning file={name},line=1,")
        git("checkout", "-q", name)


def test_junit_fails_where_the_run_does(run: Run) -> None:
    configure('one-sided = "error"')
    touch()
    code, out, _ = run("check", "--changed", "HEAD", "-f", "junit")
    assert (code, out.count("<failure")) == (1, 1)


@pytest.mark.parametrize("format", ["github", "junit", "sarif", "markdown", "json"])
def test_saved_reports_give_the_same(run: Run, format: str) -> None:
    """Also the side that changed is kept."""
    Path("b.en.txt").write_text(Path("b.en.txt").read_text("utf-8").replace("four million", "nine million"))
    run("check", "--changed", "HEAD", "-f", "jsonl", "-o", "saved.jsonl")
    _, out, _ = run("check", "--changed", "HEAD", "-f", format)
    assert run("report", "saved.jsonl", "-f", format)[1] == out
