"""Vectors that are kept between runs: never needed, and never another vector than the encoder's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from paths import ROOT
from test_memory import Counting, Wordless

from mlcheck.data import EncoderId
from mlcheck.encode import Memory
from mlcheck.encode.vector_cache import FILE, VectorCache
from mlcheck.pipeline import Checker

TEXTS = ["a ferry", "a storm", "the pier 1,500", "Fähre überquert", "...", "\ud800 lone"]
Damage = Callable[[Path], object]


def recalled(
    path: Path, texts: Sequence[str] = TEXTS, limit: int = 10**9, *, pieces: bool = False
) -> list[str]:
    """What a run with the cache has to encode; and what it gives is what the encoder gives."""
    encoder = Counting()
    cache = VectorCache(path, limit)
    kept, apart = Memory(cache=cache), Memory()
    for memory in (kept, apart):
        if pieces:
            memory.keep_pieces()
    vectors, words = kept.recall(encoder, texts)
    asked = encoder.asked.copy()
    expected, expected_words = apart.recall(encoder, texts)
    assert words is not None
    assert expected_words is not None
    assert vectors.tobytes() == expected.tobytes()
    for one, two in zip(words, expected_words, strict=True):
        assert (one.spans.tobytes(), one.vectors.tobytes()) == (two.spans.tobytes(), two.vectors.tobytes())
        assert (one.spans.dtype, one.vectors.dtype) == (two.spans.dtype, two.vectors.dtype)
    if pieces:
        found, wanted = kept.pieces(encoder, texts), apart.pieces(encoder, texts)
        assert found is not None
        assert wanted is not None
        for a, b in zip(found, wanted, strict=True):
            assert (a.spans.tobytes(), a.vectors.tobytes()) == (b.spans.tobytes(), b.vectors.tobytes())
    cache.close()
    return asked


@pytest.mark.parametrize("pieces", [False, True])
def test_what_was_encoded_in_another_run_is_not_encoded_again(tmp_path: Path, pieces: bool) -> None:
    path = tmp_path / "new" / FILE
    assert recalled(path, pieces=pieces) == TEXTS
    assert recalled(path, pieces=pieces) == []
    assert recalled(path, ["a ferry", "two ferries"], pieces=pieces) == ["two ferries"]


def test_pieces_that_were_not_kept_are_encoded_and_then_kept(tmp_path: Path) -> None:
    path = tmp_path / FILE
    recalled(path, ["a ferry"])
    assert recalled(path, ["a ferry"], pieces=True) == ["a ferry"]
    assert recalled(path, ["a ferry"], pieces=True) == []
    assert recalled(path, ["a ferry"]) == []


def test_a_model_without_words_has_vectors_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE
    for _ in range(2):
        memory = Memory(cache=VectorCache(path))
        vectors, words = memory.recall(Wordless(), ["a ferry"])
        np.testing.assert_array_equal(vectors, Wordless().encode(["a ferry"]))
        assert words is None
        assert memory.pieces(Wordless(), ["a ferry"]) is None


@pytest.mark.parametrize(
    "other",
    [
        EncoderId(name="fake", revision="2", sha256="0" * 64),
        EncoderId(name="fake", revision="1", sha256="1" * 64),
        EncoderId(name="other", revision="1", sha256="0" * 64),
    ],
)
def test_another_encoder_does_not_get_them(tmp_path: Path, other: EncoderId) -> None:
    path = tmp_path / FILE
    recalled(path)
    encoder = Counting()
    encoder.id = other
    Memory(cache=VectorCache(path)).recall(encoder, TEXTS)
    assert encoder.asked == TEXTS


def test_after_an_update_of_what_computes_them_they_are_computed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / FILE
    recalled(path)
    monkeypatch.setattr("mlcheck.encode.vector_cache.runtime", lambda: "onnxruntime 99")
    assert recalled(path) == TEXTS


def test_no_text_stands_in_it_and_nobody_else_reads_it(tmp_path: Path) -> None:
    path = tmp_path / FILE
    recalled(path, ["ferry strike on Sunday"])
    assert b"ferry" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def overwrite(path: Path) -> None:
    path.write_bytes(b"no database at all, but a text that is long enough to be read as a header" * 50)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def change(statement: str) -> Damage:
    def work(path: Path) -> None:
        with sqlite3.connect(path) as database:
            database.execute(statement)
        database.close()

    return work


@pytest.mark.parametrize(
    "damage",
    [
        overwrite,
        truncate,
        lambda path: path.write_bytes(b""),
        change("PRAGMA user_version = 99"),
        change("DROP TABLE vectors"),
        change("UPDATE vectors SET data = x'00'"),
        change("UPDATE vectors SET data = substr(data, 1, 40)"),
        change("UPDATE vectors SET data = substr(data, 1, 60) || x'ff' || substr(data, 62)"),
        change("UPDATE vectors SET data = NULL"),
        change("UPDATE vectors SET used = 9223372036854775807"),
    ],
)
def test_what_is_damaged_is_encoded_and_is_whole_again_in_the_end(tmp_path: Path, damage: Damage) -> None:
    path = tmp_path / FILE
    recalled(path)
    damage(path)
    assert recalled(path) == TEXTS
    recalled(path)
    assert recalled(path) == []


def test_a_schema_that_is_no_text_stops_nobody(tmp_path: Path) -> None:
    path = tmp_path / FILE
    recalled(path)
    path.write_bytes(path.read_bytes().replace(b"by_use", b"by_\xffse"))
    assert recalled(path) in ([], TEXTS)
    assert recalled(path) in ([], TEXTS)


def test_of_an_encoder_whose_id_does_not_say_all_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / FILE
    encoder = Counting()
    encoder.reproducible = False
    for _ in range(2):
        Memory(cache=VectorCache(path)).recall(encoder, TEXTS)
    assert encoder.asked == TEXTS * 2
    assert not path.exists()


def test_several_threads_may_ask(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / FILE)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda text: Memory(cache=cache).recall(Counting(), [text]), TEXTS))
    cache.close()
    assert recalled(tmp_path / FILE) == []


@pytest.mark.slow
def test_the_file_does_not_outgrow_its_limit(tmp_path: Path) -> None:
    path, limit = tmp_path / FILE, 2_000_000
    for start in range(0, 4000, 1000):
        recalled(path, [f"ferry {number}" for number in range(start, start + 1000)], limit)
    assert limit / 2 < path.stat().st_size < 1.5 * limit


def test_where_it_cannot_be_it_is_not(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    (tmp_path / "folder" / FILE).mkdir(parents=True)
    for path in (tmp_path / "file" / FILE, tmp_path / "folder" / FILE):
        assert recalled(path) == TEXTS
        assert recalled(path) == TEXTS


def test_a_database_that_another_run_is_writing_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / FILE
    recalled(path)
    monkeypatch.setattr("mlcheck.encode.vector_cache._WAIT", 0.01)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert recalled(path, ["a ferry", "new"])[-1] == "new"
    other.execute("ROLLBACK")
    other.close()
    assert recalled(path) == []


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    path = tmp_path / FILE
    recalled(path, ["one"])
    size = int(sqlite3.connect(path).execute("SELECT total(size) FROM vectors").fetchone()[0])
    limit = 2 * size + size // 2
    recalled(path, ["two"], limit)
    recalled(path, ["one"], limit)
    recalled(path, ["six"], limit)
    assert recalled(path, ["one", "six"], limit) == []
    assert recalled(path, ["two"], limit) == ["two"]


def test_a_text_that_alone_is_more_than_all(tmp_path: Path) -> None:
    path = tmp_path / FILE
    assert recalled(path, limit=10) == TEXTS
    assert recalled(path, limit=10) == TEXTS


# With the real model


@pytest.mark.model
def test_a_report_is_the_same_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = ROOT / "samples"
    pair = root / "call.en.txt", root / "call.ru-flawed.txt"
    cache = VectorCache(tmp_path / FILE)
    reports = [Checker().check(*pair, words=True)]
    monkeypatch.setattr("mlcheck.pipeline.open_vector_cache", lambda: cache)
    reports += [Checker(cache=True).check(*pair, words=True) for _ in range(2)]
    found = cache.get(reports[0].encoder, [s.text for s in reports[0].source.sentences])  # type: ignore[arg-type, union-attr]
    assert len(found) > 10
    assert repr(reports[0]) == repr(reports[1]) == repr(reports[2])
