"""Faults of the machine: a disk that is full, a run that is killed, two at once, files cut short. Each gives
a line for people where something is lost, and what was there before stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from conftest import FakeEncoder
from paths import ROOT, TESTS

from mlcheck.batch.journal import Finished, journal_of, open_journal
from mlcheck.encode import Memory
from mlcheck.encode.vector_cache import FILE, VectorCache
from mlcheck.errors import ModelError, UsageError
from mlcheck.models.hub import opened
from mlcheck.output import open_output

Run = Callable[..., tuple[int, str, str]]

posix = pytest.mark.skipif(os.name != "posix", reason="limits and signals are POSIX")


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may be larger than `size` bytes: more fails, as on a disk that is full."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def put(path: Path, text: str) -> None:
    with open_output(path) as write:
        write(text)


# A disk that is full


@posix
def test_a_report_that_does_not_fit_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    put(path, "old")
    with (
        room_for(1000),
        pytest.raises(UsageError, match=r"report\.json: cannot write there \(File too large\)"),
    ):
        put(path, "new" * 1000)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


@posix
def test_a_journal_that_does_not_fit_says_so_and_keeps_what_it_has(tmp_path: Path) -> None:
    output, kept = tmp_path / "out.jsonl", Finished(line="x" * 400, status=0, unused=False)

    def fill() -> None:
        with open_journal(output, resume=True) as journal:
            for number in range(10):
                journal.add(f"key {number}", kept)

    named = rf"^{journal_of(output)}: cannot write there \(File too large\); make room$"
    with room_for(2000), pytest.raises(UsageError, match=named):
        fill()
    with open_journal(output, resume=True) as journal:
        assert 1 <= len(journal) <= 4
        assert journal.get("key 0") == kept


@posix
def test_a_cache_that_does_not_fit_is_done_without(tmp_path: Path) -> None:
    texts = [f"ferry {number}" for number in range(60)]
    with room_for(30_000):
        cache = VectorCache(tmp_path / FILE)
        vectors, _ = Memory(cache=cache).recall(FakeEncoder(), texts)
        cache.close()
    np.testing.assert_array_equal(vectors, FakeEncoder().encode(texts))
    again, _ = Memory(cache=VectorCache(tmp_path / FILE)).recall(FakeEncoder(), texts)
    np.testing.assert_array_equal(again, vectors)


@posix
@pytest.mark.usefixtures("fake_model")
@pytest.mark.parametrize("suffix", ["json", "html", "txt", "junit.xml", "csv", "sarif"])
def test_a_check_whose_report_does_not_fit(suffix: str, run: Run, write: Callable[..., Path]) -> None:
    a, b = write("a.txt", "The ferry will cross the bay."), write("b.txt", "Die Fähre überquert die Bucht.")
    with room_for(10):
        code, out, err = run("check", a, b, "--lang", "en", "--lang", "de", "-o", f"out.{suffix}")
    assert (code, out) == (2, "")
    assert err == f"mlcheck: out.{suffix}: cannot write there (File too large); name another --output\n"
    assert sorted(path.name for path in a.parent.iterdir()) == ["a.txt", "b.txt"]


# A run that is killed


WRITES = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from conftest import FakeEncoder
from mlcheck.encode import Memory
from mlcheck.encode.vector_cache import VectorCache

cache, number = VectorCache(Path(sys.argv[1])), 0
while True:
    Memory(cache=cache).recall(FakeEncoder(), [f"ferry {number + k}" for k in range(20)])
    number += 20
    print(number, flush=True)
"""


@posix
def test_a_cache_whose_writer_is_killed_gives_nothing_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / FILE
    command = [sys.executable, "-c", WRITES, str(path), str(ROOT), str(TESTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        for _ in range(3):
            running.stdout.readline()
        time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
    texts = [f"ferry {number}" for number in range(100)]
    cache = VectorCache(path)
    vectors, _ = Memory(cache=cache).recall(FakeEncoder(), texts)
    np.testing.assert_array_equal(vectors, FakeEncoder().encode(texts))
    assert len(cache.get(FakeEncoder().id, texts)) == 100


@posix
def test_what_a_killed_run_has_left_of_an_output_goes_with_the_next(tmp_path: Path) -> None:
    path, other = tmp_path / "report.json", tmp_path / "report.html"
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom mlcheck.output import open_output\n"
        "with open_output(Path(sys.argv[1])) as write:\n    write('half')\n    os.kill(os.getpid(), 9)\n"
    )
    for each in (path, other):
        subprocess.run([sys.executable, "-c", code, str(each)], cwd=ROOT, check=False)
    assert len(list(tmp_path.glob(".mlcheck-*"))) == 2
    put(path, "whole")
    assert path.read_text() == "whole"
    assert len(list(tmp_path.glob(".mlcheck-*"))) == 1  # of the other output, which nobody has written since
    put(other, "whole")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["report.html", "report.json"]


# Two at once


def test_two_runs_on_one_output_leave_one_whole_report(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    with open_output(path) as one:
        one("one ")
        with open_output(path) as two:
            two("two")
        assert path.read_text() == "two"
        one("and whole")
    assert path.read_text() == "one and whole"
    assert [each.name for each in tmp_path.iterdir()] == ["report.json"]


@posix
def test_two_runs_on_one_journal(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with open_journal(output, resume=True) as journal:
        journal.add("key", Finished(line="{}", status=0, unused=False))
        with pytest.raises(UsageError, match="another run is writing it"), open_journal(output, resume=True):
            pass
        assert journal_of(output).exists()


# Files that are cut short


@pytest.mark.model
@pytest.mark.parametrize("keep", [7, 5000])
def test_weights_that_are_cut_short(tmp_path: Path, keep: int) -> None:
    pytest.importorskip("sentence_transformers")
    from transformers import BertConfig, BertForSequenceClassification

    size = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 8}
    folder = tmp_path / "judge"
    BertForSequenceClassification(BertConfig(vocab_size=20, **size)).save_pretrained(folder)
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:keep])
    with pytest.raises(ModelError, match=r"judge: the model cannot be loaded: ") as raised:
        opened(folder, "CrossEncoder")
    assert "\n" not in str(raised.value)


# A clock that is set back


@pytest.mark.usefixtures("fake_model")
def test_a_clock_that_goes_backwards_changes_no_report(
    run: Run, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = write("a.txt", "The ferry will cross the bay."), write("b.txt", "Die Fähre überquert die Bucht.")
    command = ("check", a, b, "--lang", "en", "--lang", "de", "-f", "json")
    before = run(*command)
    now = iter(range(10_000_000, 0, -1))
    monkeypatch.setattr(time, "time", lambda: float(next(now)))
    assert run(*command) == before
