"""Batches that several processes share, and batches that go on where an interrupted run stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from stories import ENGLISH, GERMAN

from mlcheck.data import Report
from mlcheck.errors import UsageError
from mlcheck.journal import Finished, journal_of, key_of, open_journal
from mlcheck.pipeline import Checker

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[1]
KEPT = (
    "mlcheck: stopped before the end, so not all is checked; what is finished is kept in out.jsonl.partial, "
    "and the same with --resume goes on from there\n"
)


def manifest(folder: Path, *names: str) -> Path:
    """A manifest of pairs; those that begin with "lost" lack a paragraph."""
    path = folder / "items.jsonl"
    (folder / "en.txt").write_text("\n\n".join(ENGLISH), encoding="utf-8")
    lines = []
    for name in names:
        german = (*GERMAN[:3], *GERMAN[4:]) if name.startswith("lost") else GERMAN
        (folder / f"{name}.txt").write_text("\n\n".join(german), encoding="utf-8")
        row = {
            "id": name,
            "source": "en.txt",
            "target": f"{name}.txt",
            "source_lang": "en",
            "target_lang": "de",
        }
        lines.append(json.dumps(row) + "\n")
    path.write_text("".join(lines), encoding="utf-8")
    return path


# Going on


@pytest.fixture
def checked(monkeypatch: pytest.MonkeyPatch, fake_model: None) -> list[str]:
    """The ids of all pairs that are checked; "stop" is where the run is interrupted, once."""
    ids: list[str] = []
    check = Checker.check_or_report

    def noted(self: Checker, *texts: Path, id: str, **options: Any) -> Report:
        ids.append(id)
        if id == "stop" and ids.count("stop") == 1:
            raise KeyboardInterrupt
        return check(self, *texts, id=id, **options)

    monkeypatch.setattr(Checker, "check_or_report", noted)
    return ids


BATCH = ("batch", "items.jsonl", "-f", "jsonl", "-o", "out.jsonl")


def test_it_goes_on_where_it_was_stopped(run: Run, tmp_path: Path, checked: list[str]) -> None:
    manifest(tmp_path, "one", "lost", "stop", "two")
    before = {path.name for path in tmp_path.iterdir()}
    assert run(*BATCH) == (2, "", KEPT)
    assert {path.name for path in tmp_path.iterdir()} - before == {"out.jsonl.partial"}
    said = "mlcheck: 2 of 4 pairs were checked before, by the run that was interrupted\n"
    assert run(*BATCH, "--resume") == (1, "", said)
    assert checked == ["one", "lost", "stop", "stop", "two"]
    whole = (tmp_path / "out.jsonl").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} - before == {"out.jsonl"}
    assert run(*BATCH) == (1, "", "")
    assert (tmp_path / "out.jsonl").read_bytes() == whole


def test_without_resume_it_begins_anew(run: Run, tmp_path: Path, checked: list[str]) -> None:
    manifest(tmp_path, "one", "stop")
    assert run(*BATCH) == (2, "", KEPT)
    assert run(*BATCH) == (0, "", "")
    assert checked == ["one", "stop", "one", "stop"]
    assert not journal_of(tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("changed", ["target", "setting", "sidecar"])
def test_what_has_changed_is_checked_again(
    run: Run, tmp_path: Path, checked: list[str], changed: str
) -> None:
    manifest(tmp_path, "one", "lost", "stop")
    assert run(*BATCH) == (2, "", KEPT)
    settings: tuple[str, ...] = ()
    match changed:
        case "target":
            (tmp_path / "lost.txt").write_text("\n\n".join(GERMAN), encoding="utf-8")
        case "sidecar":
            (tmp_path / "lost.txt.mlcheck").write_text("ignore-file missing-paragraph meant so\n")
        case "setting":
            settings = ("--words",)
    code, _, _ = run(*BATCH, "--resume", *settings)
    again = ["one", "lost", "stop"] if changed == "setting" else ["lost", "stop"]
    assert checked[3:] == again
    assert code == (1 if changed == "setting" else 0)


def test_what_could_not_be_checked_is_tried_again(run: Run, tmp_path: Path, checked: list[str]) -> None:
    manifest(tmp_path, "one", "stop")
    target = tmp_path / "one.txt"
    text = target.read_bytes()
    target.unlink()
    assert run(*BATCH)[0] == 2
    assert not journal_of(tmp_path / "out.jsonl").exists()  # nothing is finished
    target.write_bytes(text)
    assert run(*BATCH, "--resume") == (0, "", "")


def test_resume_with_nothing_to_go_on_from_checks_all(run: Run, tmp_path: Path, checked: list[str]) -> None:
    manifest(tmp_path, "one", "two")
    assert run(*BATCH, "--resume") == (0, "", "")
    assert checked == ["one", "two"]


@pytest.mark.parametrize("options", [("-o", "out.txt"), ("-f", "jsonl"), ("-f", "html", "-o", "out.html")])
def test_only_lines_in_a_file_can_be_gone_on_with(
    run: Run, tmp_path: Path, checked: list[str], options: tuple[str, ...]
) -> None:
    manifest(tmp_path, "one")
    message = "mlcheck: --resume needs reports that can be gone on with: --format jsonl and --output FILE\n"
    assert run("batch", "items.jsonl", *options, "--resume") == (2, "", message)
    assert checked == []


def test_a_journal_is_no_text_to_write_over(run: Run, tmp_path: Path, checked: list[str]) -> None:
    path = manifest(tmp_path, "one")
    path.rename(tmp_path / "out.jsonl.partial")
    code, out, err = run("batch", "out.jsonl.partial", *BATCH[2:])
    assert (code, out) == (2, "")
    assert "is one of the files to read" in err
    assert (tmp_path / "out.jsonl.partial").stat().st_size > 0


# The journal itself

DONE = Finished(line='{"id": "é"}\n', status=1, unused=True)


def interrupted(output: Path, resume: bool = False, **finished: Finished) -> None:
    """A run that finishes these and is stopped."""
    stopped = ExitStack()
    journal = stopped.enter_context(open_journal(output, resume=resume))
    for key, value in finished.items():
        journal.add(key, value)
    assert not stopped.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)


def test_a_line_that_is_cut_off_is_none(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    interrupted(output, a=DONE, b=DONE)
    path = journal_of(output)
    path.write_bytes(path.read_bytes()[:-9])
    interrupted(output, resume=True, c=DONE)
    with open_journal(output, resume=True) as journal:
        assert [journal.get(key) for key in "abc"] == [DONE, None, DONE]
    assert not path.exists()


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"[1]\n", b"{}\n", b"null\n", b"\xff\xfe\n", b'{"key": 1}\n']
)
def test_what_is_no_journal_is_nothing_finished(tmp_path: Path, content: bytes) -> None:
    output = tmp_path / "out.jsonl"
    journal_of(output).write_bytes(content)
    with open_journal(output, resume=True) as journal:
        assert len(journal) == 0


@pytest.mark.skipif(os.name != "posix", reason="no such locks here")
def test_two_runs_do_not_write_one_journal(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with open_journal(output, resume=False) as journal:
        journal.add("a", DONE)
        with pytest.raises(UsageError, match="another run is writing it"), open_journal(output, resume=True):
            pass
        assert journal_of(output).read_text("utf-8").count("\n") == 1


def test_a_key_is_of_all_that_it_is_made_from(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"ab")
    keys = [key_of("s", [one, two])]
    two.write_bytes(b"")
    keys.append(key_of("s", [one, two]))
    one.write_bytes(b"a")
    two.write_bytes(b"b")
    keys += [key_of("s", [one, two]), key_of("s", [two, one]), key_of("t", [one, two])]
    assert len(set(keys)) == len(keys)
    assert key_of("s", [one, two]) == keys[2]


# Side by side, with the real models: workers are processes of their own


def batch(folder: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mlcheck", *BATCH, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.model
def test_processes_side_by_side_report_the_same(tmp_path: Path) -> None:
    manifest(tmp_path, "one", "lost", "two", "lost2")
    (tmp_path / "two.txt").unlink()
    (tmp_path / "lost2.txt.mlcheck").write_text("ignore-file missing-paragraph meant so\n")
    outputs = []
    for options in ((), ("--jobs", "2")):
        running = batch(tmp_path, *options)
        assert running.communicate(timeout=300) == ("", "")
        assert running.returncode == 2
        outputs.append((tmp_path / "out.jsonl").read_bytes())
    assert outputs[0] == outputs[1]
    reports = [json.loads(line) for line in outputs[0].splitlines()]
    verdicts = [(report["id"], report["verdict"]) for report in reports]
    assert verdicts == [
        ("one", "consistent"),
        ("lost", "inconsistent"),
        ("two", "error"),
        ("lost2", "inconsistent"),
    ]
    accepted = [[finding["baselined"] for finding in reports[number]["findings"]] for number in (1, 3)]
    assert accepted == [[False], [True]]


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="no such signals here")
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_what_ends_the_run_ends_its_processes_and_the_rest_can_follow(
    tmp_path: Path, sent: signal.Signals
) -> None:
    names = [f"{number}" for number in range(60)]
    manifest(tmp_path, *names)
    running = batch(tmp_path, "--jobs", "2")
    journal = tmp_path / "out.jsonl.partial"
    until = time.monotonic() + 200
    while not (journal.exists() and journal.read_bytes().count(b"\n") >= 2) and time.monotonic() < until:
        time.sleep(0.05)
    children = children_of(running.pid)
    assert len(children) >= 2
    running.send_signal(sent)
    # The pipes are closed once the last of the processes has ended.
    out, err = running.communicate(timeout=100)
    assert out == ""
    if sent == signal.SIGTERM:  # after the other, Python warns of semaphores that nobody has taken away
        assert err == KEPT
    assert not [child for child in children if is_running(child)]
    assert not (tmp_path / "out.jsonl").exists()
    assert journal.read_bytes().count(b"\n") < len(names)

    manifest(tmp_path, *names[:2])
    again = batch(tmp_path, "--resume")
    said = "mlcheck: 2 of 2 pairs were checked before, by the run that was interrupted\n"
    assert again.communicate(timeout=300) == ("", said)
    assert again.returncode == 0


def children_of(pid: int) -> list[int]:
    return [int(word) for word in ps("-o", "pid=", "--ppid", str(pid)).split()]


def is_running(pid: int) -> bool:
    """Is there such a process, and not only its entry, which nobody has taken away yet?"""
    return ps("-o", "stat=", "-p", str(pid)).strip()[:1] not in ("", "Z")


def ps(*options: str) -> str:
    return subprocess.run(["ps", *options], capture_output=True, text=True, check=False).stdout
