"""A Ray cluster of this machine: the same bytes as one process, whatever becomes of its processes."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from paths import ROOT
from stories import ENGLISH, GERMAN

pytestmark = [
    pytest.mark.model,
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed"),
]
MINUTES = 600.0
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
}


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """Twelve items: faithful ones, such as lack a paragraph, and some that are not there."""
    (tmp_path / "en.txt").write_text("\n\n".join(ENGLISH), encoding="utf-8")
    (tmp_path / "de.txt").write_text("\n\n".join(GERMAN), encoding="utf-8")
    (tmp_path / "lost.txt").write_text("\n\n".join((*GERMAN[:3], *GERMAN[4:])), encoding="utf-8")
    targets = ("de.txt", "lost.txt", "gone.txt") * 4
    rows = [{"id": str(at), "source": "en.txt", "target": name} for at, name in enumerate(targets)]
    (tmp_path / "items.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def batch(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "mlcheck", "batch", "items.jsonl", "-f", "jsonl", *options]
    return subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def actors(pid: int) -> list[int]:
    """The processes below this one that are actors of ours."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    below = {pid}
    for _ in rows:
        more = {int(own) for own, parent, *_ in rows if int(parent) in below} - below
        if not more:
            break
        below |= more
    return [int(row[0]) for row in rows if int(row[0]) in below and "ray::RayChecker" in row[-1]]


def test_a_cluster_writes_the_bytes_of_one_process_when_one_is_killed(items: Path) -> None:
    alone = batch(items, "-o", "one.jsonl")
    alone.communicate(timeout=MINUTES)
    running = batch(items, "-o", "ray.jsonl", "--engine", "ray", "--jobs", "2", "--timeout", "200")
    until, killed = time.monotonic() + MINUTES, False
    while time.monotonic() < until and running.poll() is None and not killed:
        done = items / "ray.jsonl.partial"
        if done.exists() and done.read_bytes().count(b"\n") >= 3:
            os.kill(actors(running.pid)[0], signal.SIGKILL)
            killed = True
        time.sleep(0.02)
    _, err = running.communicate(timeout=MINUTES)
    assert killed, err
    assert b"Traceback" not in err
    assert running.returncode == alone.returncode == 2
    assert (items / "ray.jsonl").read_bytes() == (items / "one.jsonl").read_bytes()
    left = {path.name for path in items.iterdir()}
    assert left == {"en.txt", "de.txt", "lost.txt", "items.jsonl", "one.jsonl", "ray.jsonl"}


SCRIPT = """
import json, sys
import ray
from mlcheck.batch import CheckBatch
ray.init(num_cpus=3, log_to_driver=False, logging_level="ERROR", include_dashboard=False)
items = ray.data.from_items([json.loads(line) for line in open("items.jsonl")])
checked = items.map_batches(CheckBatch, concurrency=2, batch_size=3, batch_format="pyarrow")
for row in sorted(checked.take_all(), key=lambda row: int(row["id"])):
    print(row["report"], row["findings"]["error"], file=sys.stdout)
"""


def test_ray_data_takes_the_class_as_it_is(items: Path) -> None:
    alone = batch(items, "-o", "one.jsonl")
    alone.communicate(timeout=MINUTES)
    environment = {**ENVIRONMENT, "RAY_DATA_DISABLE_PROGRESS_BARS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=items,
        env=environment,
        capture_output=True,
        text=True,
        timeout=MINUTES,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # The actors have the working folder of the script, and so the same paths in their reports.
    lines = [line.rsplit(" ", 1)[0] for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines == (items / "one.jsonl").read_text(encoding="utf-8").splitlines()


def test_where_there_is_no_cluster_one_line_says_so(items: Path) -> None:
    running = batch(items, "-o", "ray.jsonl", "--engine", "ray", "--address", "127.0.0.1:1")
    _, err = running.communicate(timeout=MINUTES)
    assert running.returncode == 2
    assert err.decode().startswith("mlcheck: --address 127.0.0.1:1: no Ray cluster there (")
    assert not (items / "ray.jsonl").exists()
