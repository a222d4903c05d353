"""Which part of the gate is measured for a commit."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

if not (ROOT / "benchmarks").is_dir():
    pytest.skip("benchmarks/ is in the repository alone", allow_module_level=True)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import gate

    return gate


def hashes(count: int) -> list[str]:
    return [f"{number:040x}" for number in range(count)]


def data_of(figure: str, gate: Any) -> str:
    """What a figure of floors.json is measured on."""
    (found,) = (data for data in gate.WHOLE if figure.startswith(f"{data} "))
    return str(found)


def test_the_parts_are_the_whole_and_each_is_in_one(gate: Any) -> None:
    assert len(set(gate.WHOLE)) == len(gate.WHOLE)
    news = {f"news {pair}" for pair in gate.PAIRS}
    assert set(gate.WHOLE) == {*news, *gate.judged.TEXTS, "paragraphs"}


def test_every_floor_is_held_by_one_part(gate: Any) -> None:
    floors = json.loads((ROOT / "benchmarks/floors.json").read_text("utf-8"))
    assert {data_of(figure, gate) for figure in floors} == set(gate.WHOLE)


def test_a_commit_has_one_part_and_every_part_comes_round(gate: Any) -> None:
    parts = [gate.part_of(commit) for commit in hashes(200)]
    assert parts == [gate.part_of(commit) for commit in hashes(200)]
    counts = {part: parts.count(part) for part in gate.PARTS}
    assert min(counts.values()) > 20
    assert sum(counts.values()) == 200


def test_the_part_of_a_commit_is_the_same_tomorrow(gate: Any) -> None:
    assert gate.part_of("0" * 40) == gate.PARTS[3]


def test_only_the_part_is_measured_and_it_is_said(
    gate: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "score.py").touch()
    asked = []

    def news(folder: Path, pair: str, every: int, work: Path, jobs: int) -> dict[str, Any]:
        asked.append((pair, every))
        shares = dict.fromkeys(gate.news.KINDS, "1/1 = 1.0")
        return {
            "precision": 1.0, "precision_marked": 1.0, "silent_harmless": 0.0, "recall_by_kind": shares,
            "cases": 1, "seconds": 1,
        }  # fmt: skip

    monkeypatch.setattr(gate.news, "measure", news)
    commit = next(c for c in hashes(100) if gate.part_of(c) == ("news eng-deu", "news eng-aze"))
    monkeypatch.setattr(sys, "argv", ["gate.py", "--eval", str(tmp_path), "--part", commit])
    assert gate.main() == 1
    told = capsys.readouterr().out
    assert sorted(asked) == [("eng-aze", 2), ("eng-deu", 2)]
    assert told.startswith(f"the part that is the turn of {commit[:12]}: news eng-deu, news eng-aze\n")
    assert [line.split("  ")[0] for line in told.splitlines() if line.startswith("MISSED")] == [
        "MISSED news eng-deu silent",
        "MISSED news eng-aze silent",
    ]


def test_a_pair_of_paragraphs_that_fails_misses_the_floor(
    gate: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "score.py").touch()
    monkeypatch.setattr(gate, "part_of", lambda _: ("paragraphs",))
    monkeypatch.setattr(gate.paragraphs, "SEEDS", tmp_path)
    monkeypatch.setattr(sys, "argv", ["gate.py", "--eval", str(tmp_path), "--part", "abc"])
    for wrong, status in (([], 0), (["nothing reported"], 1)):
        found = {(9, 5): [], (9, 7): wrong}
        monkeypatch.setattr(gate.paragraphs, "faults", lambda found=found: found)
        assert gate.main() == status


@pytest.mark.parametrize("option", ["--raise", "--lower=words spearman"])
def test_a_part_sets_no_floor(
    gate: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    option: str,
) -> None:
    (tmp_path / "score.py").touch()
    monkeypatch.setattr(sys, "argv", ["gate.py", "--eval", str(tmp_path), "--part", "abc", option])
    with pytest.raises(SystemExit):
        gate.main()
    assert "floors are set by the full measurement" in capsys.readouterr().err
