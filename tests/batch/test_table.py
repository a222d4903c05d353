"""Tables of items become tables of results, whoever hands them over."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT
from stories import ENGLISH, GERMAN

from mlcheck.batch import CheckBatch, RunOptions, Selection, read_items, run_lines
from mlcheck.config import Config
from mlcheck.errors import UsageError

SOURCE, TARGET = "\n\n".join(ENGLISH), "\n\n".join(GERMAN)
LACKING = "\n\n".join((*GERMAN[:3], *GERMAN[4:]))
LANGUAGES = {"source_lang": ["en"] * 3, "target_lang": ["de"] * 3}
COLUMNS = ["id", "verdict", "divergence", "findings", "report", "error"]


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    """A table of three items: faithful, lacking a paragraph, and one that is not there."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("en", SOURCE), ("de", TARGET), ("lost", LACKING)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    targets = ["de.txt", "lost.txt", "gone.txt"]
    return {"id": ["one", "lost", "gone"], "source": ["en.txt"] * 3, "target": targets, **LANGUAGES}


@pytest.fixture
def check(fake_model: None) -> CheckBatch:
    return CheckBatch(Config(), RunOptions(marked=True, cache=False))


def test_rows_are_the_lines_of_a_batch(check: CheckBatch, files: dict[str, list[Any]]) -> None:
    rows = zip(files["id"], files["source"], files["target"], strict=True)
    manifest = Path("items.csv")
    lines = [f"{id},{source},{target},en,de" for id, source, target in rows]
    manifest.write_text("\n".join(["id,source,target,source_lang,target_lang", *lines]) + "\n")
    options = RunOptions(marked=True, cache=False)
    batch = [done.line for done in run_lines(Config(), Selection.of(read_items(manifest)), options)]
    results = check(files)
    assert list(results) == COLUMNS
    assert [f"{line}\n" for line in results["report"]] == batch
    assert results["verdict"] == ["consistent", "inconsistent", "error"]
    assert results["findings"][0] == {"error": 0, "warning": 0, "info": 0}
    assert results["findings"][1]["error"] == 1
    assert results["error"] == [None, None, "gone.txt: no such file; check the path"]


def test_texts_can_stand_in_the_table(check: CheckBatch, files: dict[str, list[Any]]) -> None:
    given = {"id": ["one", "lost"], "source_text": [SOURCE] * 2, "target_text": [TARGET, LACKING]}
    inline = check(given)
    assert inline["verdict"] == ["consistent", "inconsistent"]
    assert '"path":"lost/target"' in inline["report"][1]
    named = check({**{name: column[:2] for name, column in files.items()}, **given})
    assert named["report"] == check({name: column[:2] for name, column in files.items()})["report"]


def test_addresses_are_read_by_fsspec(check: CheckBatch, files: dict[str, list[Any]]) -> None:
    pytest.importorskip("fsspec")
    folder = Path.cwd().as_uri()
    there = {**files, "target": [f"{folder}/{name}" for name in files["target"]]}
    results = check(there)
    assert results["verdict"] == ["consistent", "inconsistent", "error"]
    assert f'"path":"{folder}/lost.txt"' in results["report"][1]
    assert "gone.txt: cannot be read (" in results["error"][2]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"id": None, "source": "a", "target": "b"}, "no 'id'"),
        ({"id": "x", "source": "a", "target": None}, "x: no 'target', nor a target_text"),
        (
            {"id": "x", "source": "a", "target": "b", "source_lang": "klingon"},
            "no language code",
        ),
        ({"id": "x", "source_text": "", "target_text": "B."}, "x/source: is empty but for white space"),
        ({"id": "x", "source_text": "\ud800", "target_text": "B."}, "lone surrogate"),
        ({"id": "x", "source_text": "A.", "target_text": "B.", "format": "wav"}, "wav"),
        ({"id": "x", "source_text": "A." * 600, "target_text": "B."}, "larger than 1,000 bytes"),
    ],
)
def test_what_is_wrong_with_a_row_is_a_row(fake_model: None, row: dict[str, Any], error: str) -> None:
    check = CheckBatch(Config().with_options(max_size=1000), RunOptions(cache=False))
    results = check({name: [value] for name, value in row.items()})
    assert results["verdict"] == ["error"]
    assert error in results["error"][0]


def test_what_is_wrong_with_a_table_is_said(check: CheckBatch) -> None:
    with pytest.raises(UsageError, match="no column 'target'"):
        check({"id": ["x"], "source": ["a"]})
    with pytest.raises(UsageError, match="not list"):
        check([])


def test_it_can_be_sent_before_and_after_work(check: CheckBatch, files: dict[str, list[Any]]) -> None:
    sent = pickle.loads(pickle.dumps(check))
    first = sent(files)
    again = pickle.loads(pickle.dumps(sent))
    assert again(files) == first == check(files)


def test_an_empty_table_has_the_columns(check: CheckBatch) -> None:
    assert check({"id": [], "source": [], "target": []}) == {name: [] for name in COLUMNS}


def test_importing_the_room_brings_no_table() -> None:
    code = "import sys, mlcheck.batch; assert not {'numpy', 'pyarrow'} & {*sys.modules}"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


# As far as the engines are installed


def test_a_table_of_arrow_gives_one(check: CheckBatch, files: dict[str, list[Any]]) -> None:
    pa = pytest.importorskip("pyarrow")
    for table in (pa.table(files), pa.table(files).to_batches()[0]):
        results = check(table)
        assert results.column_names == COLUMNS
        assert results.to_pydict() == check(files)


def test_a_frame_of_pandas_gives_one(check: CheckBatch, files: dict[str, list[Any]]) -> None:
    pd = pytest.importorskip("pandas")
    results = check(pd.DataFrame({**files, "source_text": [float("nan")] * 3}))
    assert list(results.columns) == COLUMNS
    assert list(results["report"]) == check(files)["report"]


def test_dask_takes_it_as_it_is(check: CheckBatch, files: dict[str, list[Any]]) -> None:
    dd, pd = pytest.importorskip("dask.dataframe"), pytest.importorskip("pandas")
    items = dd.from_pandas(pd.DataFrame(files), npartitions=2)
    results = items.map_partitions(check, meta=check(pd.DataFrame(files).head(0))).compute(scheduler="sync")
    assert list(results["report"]) == check(files)["report"]


def test_parquet_is_what_lines_are(run: Any, files: dict[str, list[Any]], fake_model: None) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table(files), "items.parquet")
    code, _, _ = run("batch", "items.parquet", "-o", "out.parquet", "--no-cache")
    assert code == 2
    run("batch", "items.parquet", "-o", "out.jsonl", "--no-cache")
    lines = Path("out.jsonl").read_text(encoding="utf-8").splitlines()
    assert pq.read_table("out.parquet")["report"].to_pylist() == lines
    Path("broken.parquet").write_bytes(b"PAR1")
    code, _, err = run("batch", "broken.parquet")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith("mlcheck: broken.parquet: not Parquet (")


def test_parquet_without_pyarrow_is_one_line(
    run: Any, files: dict[str, list[Any]], fake_model: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    extra = "needs pyarrow; install mlcheck with the extra: pip install 'mlcheck[ray]'\n"
    Path("items.parquet").write_bytes(b"PAR1")
    assert run("batch", "items.parquet") == (2, "", f"mlcheck: items.parquet: Parquet {extra}")
    Path("items.csv").write_text("id,source,target\none,en.txt,de.txt\n")
    assert run("batch", "items.csv", "-o", "out.parquet") == (2, "", f"mlcheck: Parquet {extra}")
    assert not Path("out.parquet").exists()


def test_ray_that_is_not_there_is_one_line(
    run: Any, files: dict[str, list[Any]], fake_model: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    Path("items.csv").write_text("id,source,target\none,en.txt,de.txt\n")
    extra = "--engine ray needs Ray; install mlcheck with the extra: pip install 'mlcheck[ray]'"
    assert run("batch", "items.csv", "--engine", "ray") == (2, "", f"mlcheck: {extra}\n")
    said = "mlcheck: --address is of a Ray cluster; give --engine ray too\n"
    assert run("batch", "items.csv", "--address", "auto") == (2, "", said)
