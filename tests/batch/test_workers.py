"""Pairs that take too long, processes that are lost, and runs that are killed: what is left is whole."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from stories import ENGLISH, GERMAN

from mlcheck.batch import Item, RunOptions
from mlcheck.batch.dispatch import Event, Worker, dispatched
from mlcheck.data import EncoderId, Report
from mlcheck.errors import MlcheckError

COMMAND = [sys.executable, str(Path(__file__).with_name("few_words.py"))]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="no such signals here"),
]


def texts(folder: Path, *names: str) -> None:
    (folder / "en.txt").write_text("\n\n".join(ENGLISH[:5]), encoding="utf-8")
    rows = []
    for name in names:
        german = (*GERMAN[:3], GERMAN[4]) if "lost" in name else GERMAN[:5]
        (folder / f"{name}.txt").write_text("\n\n".join(german), encoding="utf-8")
        rows.append({"id": name, "source": "en.txt", "target": f"{name}.txt"})
        rows[-1] |= {"source_lang": "en", "target_lang": "de"}
    (folder / "items.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def batch(folder: Path, *options: str) -> tuple[int, bytes]:
    command = [*COMMAND, "batch", "items.jsonl", "-f", "jsonl", "-o", "out.jsonl", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    output = folder / "out.jsonl"
    written = output.read_bytes()
    output.unlink()
    return done.returncode, written


def outcomes(written: bytes) -> list[tuple[str, str]]:
    reports = map(json.loads, written.splitlines())
    return [(each["id"], (each["error"] or {"code": each["verdict"]})["code"]) for each in reports]


# What must change nothing


def test_a_time_that_is_enough_changes_no_byte(tmp_path: Path) -> None:
    texts(tmp_path, "one", "lost", "two")
    alone = batch(tmp_path)
    assert alone[0] == 1
    assert batch(tmp_path, "--timeout", "100") == alone
    assert batch(tmp_path, "--timeout", "100", "--jobs", "3") == alone


def test_a_pair_whose_process_is_lost_once_is_as_if_it_had_not_been(tmp_path: Path) -> None:
    texts(tmp_path, "one", "falters-lost", "two", "falters")
    code, written = batch(tmp_path, "--jobs", "2")
    assert code == 1
    assert batch(tmp_path) == (code, written)  # it falters no more
    assert [outcome for _, outcome in outcomes(written)] == [
        "consistent",
        "inconsistent",
        "consistent",
        "consistent",
    ]


# Cases


@pytest.mark.parametrize(("jobs", "more"), [("1", []), ("2", ["sleeps-more"])])
def test_what_takes_too_long_is_stopped_and_the_rest_goes_on(
    tmp_path: Path, jobs: str, more: list[str]
) -> None:
    texts(tmp_path, "one", "sleeps", "two", *more, "lost")
    began = time.monotonic()
    code, written = batch(tmp_path, "--timeout", "3", "--jobs", jobs)
    assert time.monotonic() - began < 200
    expected = ["consistent", "timeout", "consistent", *(["timeout"] if more else []), "inconsistent"]
    assert (code, [outcome for _, outcome in outcomes(written)]) == (2, expected)
    message = json.loads(written.splitlines()[1])["error"]["message"]
    assert message == "took longer than 3 s, so it was stopped; allow more with --timeout"


def test_check_stops_too(tmp_path: Path) -> None:
    texts(tmp_path, "sleeps")
    command = [*COMMAND, "check", "en.txt", "sleeps.txt", "-f", "json", "--timeout", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=200, check=False)
    (report,) = json.loads(done.stdout)["reports"]
    assert (done.returncode, report["verdict"], report["error"]["code"]) == (2, "error", "timeout")
    assert done.stderr == b""


def test_check_has_errors_of_its_own_all_the_same(tmp_path: Path) -> None:
    texts(tmp_path, "one")
    command = [*COMMAND, "check", "en.txt", "gone.txt", "--timeout", "90"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=200, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "mlcheck: gone.txt: no such file; check the path\n"


@pytest.mark.usefixtures("fake_model")
def test_standard_input_is_for_one_process(tmp_path: Path, run: Callable[..., tuple[int, str, str]]) -> None:
    texts(tmp_path, "one")
    said = "mlcheck: --timeout has another process read the texts, and none can read -; name a file\n"
    assert run("check", "en.txt", "-", "--timeout", "90") == (2, "", said)


def test_a_pair_that_ends_its_process_each_time_is_an_error_of_its_own(tmp_path: Path) -> None:
    texts(tmp_path, "one", "dies", "two", "lost")
    code, written = batch(tmp_path, "--jobs", "2")
    expected = ["consistent", "lost", "consistent", "inconsistent"]
    assert (code, [outcome for _, outcome in outcomes(written)]) == (2, expected)


# Killed while it writes

KILLED = (("1", 1), ("2", 3), ("1", 6), ("2", 9))
"""With how many processes a run works that is killed, and how many pairs are finished then."""


def test_a_run_that_is_killed_again_and_again_comes_to_the_same_bytes(tmp_path: Path) -> None:
    """Killed as soon as so much is in the journal: a moment that is drawn often falls into the time before
    the first pair. `benchmarks/kills.py` kills at any moment, and as often as one likes."""
    texts(tmp_path, *(f"lost{number}" if number % 3 else f"{number}" for number in range(12)))
    before = {path.name for path in tmp_path.iterdir()}
    command = [*COMMAND, "batch", "items.jsonl", "-f", "jsonl", "-o", "out.jsonl", "--resume", "--jobs"]
    journal = tmp_path / "out.jsonl.partial"
    for jobs, finished in KILLED:
        running = subprocess.Popen([*command, jobs], cwd=tmp_path, stderr=subprocess.PIPE)
        until(lambda wanted=finished: journal.exists() and journal.read_bytes().count(b"\n") > wanted)
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=100)  # until the last of its processes has ended
        assert running.returncode == -signal.SIGKILL
    resumed = batch(tmp_path, "--resume")
    assert {path.name for path in tmp_path.iterdir()} == before
    assert batch(tmp_path) == resumed


def until(true: Callable[[], object]) -> None:
    for _ in range(10_000):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("it never came")


# Who gets which pair, without any process


class Scripted:
    """A crew whose workers do what a script says of each pair, at once."""

    def __init__(self, script: dict[str, list[str]]) -> None:
        self.script, self.workers, self.told = script, 0, list[tuple[Worker, Event]]()
        self.pending: dict[Worker, list[Item]] = {}

    def start(self) -> Worker:
        self.workers += 1
        worker = Worker()
        self.pending[worker] = []
        self.told.append((worker, Event("lost" if "never" in self.script else "ready")))
        return worker

    def give(self, worker: Worker, item: Item) -> None:
        self.pending[worker].append(item)

    def wait(self, workers: object, seconds: float | None) -> list[tuple[Worker, Event]]:
        if self.told:
            return [self.told.pop(0)]
        worker, items = next((worker, items) for worker, items in reversed(self.pending.items()) if items)
        item = items.pop(0)
        does = (self.script.get(item.id) or ["report"]).pop(0)
        if does == "lost":
            return [(worker, Event("lost"))]
        return [(worker, Event("report", report(item.id)))]

    def end(self, worker: Worker) -> None:
        del self.pending[worker]


def report(id: str) -> Report:
    encoder = EncoderId(name="scripted", revision="1", sha256="0")
    return Report(id=id, verdict="consistent", divergence=0.0, encoder=encoder, source=None, target=None)


def scripted(crew: Scripted, count: int, jobs: int) -> list[tuple[str, str]]:
    items = [Item(id=str(number), source=Path("a"), target=Path("b")) for number in range(count)]
    reports = dispatched(crew, items, jobs, RunOptions(), lambda line: None)
    return [(each.id, each.verdict) for each in reports]


def test_reports_come_in_the_order_of_the_pairs_whoever_is_lost() -> None:
    crew = Scripted({"3": ["lost", "report"], "5": ["lost", "lost"], "6": ["lost", "report"]})
    found = scripted(crew, 12, 4)
    assert [id for id, _ in found] == [str(number) for number in range(12)]
    assert [id for id, verdict in found if verdict == "error"] == ["5"]


def test_workers_that_never_begin_end_the_run() -> None:
    crew = Scripted({"never": []})
    with pytest.raises(MlcheckError, match="end before they begin"):
        scripted(crew, 5, 2)
    assert crew.workers == 3
