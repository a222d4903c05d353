"""A few mutated files of every format; `readers.py` does as many as one likes."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from mlcheck.read import FORMATS

_SPEC = importlib.util.spec_from_file_location("fuzz_readers", Path(__file__).with_name("readers.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
readers = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(readers)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_mutated_files_are_read_or_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    runs = 12 if name == "pdf" else 60  # a process reads each PDF
    assert readers.fuzz(name, runs, 7, said.append), said
    assert f" {runs} executions" in said[0]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_files_that_are_mutated_are_read(name: str) -> None:
    assert all(readers.read(name, data) for data in readers.samples(name))
