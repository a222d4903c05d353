"""A few mutated files of every format, and texts for what stands behind the readers; `readers.py` and
`targets.py` do as many as one likes."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from typing import Any

import pytest

from mlcheck.read import FORMATS


def _loaded(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(f"fuzz_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


readers, targets = _loaded("readers"), _loaded("targets")


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


@pytest.mark.parametrize("name", sorted(targets.TARGETS))
def test_mutated_inputs_are_taken_or_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    assert targets.fuzz(name, 40, 7, said.append), said
    assert " 40 executions" in said[0]


@pytest.mark.parametrize("name", sorted(targets.TARGETS))
def test_the_inputs_that_are_mutated_are_taken(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    target, given = targets.TARGETS[name]
    for data in given():
        target(data, random.Random(1))
