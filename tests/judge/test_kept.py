"""Judgements that are kept between runs: never needed, and never another than the judge's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from paths import TESTS
from tiny_judge import FakeE5, write_judge

from mlcheck.data import JudgedWords, Judgement
from mlcheck.encode import Memory, open_vector_cache
from mlcheck.judge import Judge, load_judge
from mlcheck.judge.bundled import OnnxJudge
from mlcheck.judge.kept import key_of, read_judgement, write_judgement
from mlcheck.models import load_models

MODELS = load_models(cwd=TESTS)
PAIRS = [
    (["The ferry will cross the bay on Sunday."], ["Die Fähre überquert die Bucht am Sonntag."]),
    (["The storm damaged the pier.", "Tickets stay valid."], ["Der Sturm beschädigte den Anleger."]),
]


class Steady(FakeE5):
    """An encoder whose vectors may be kept."""

    reproducible = True

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def encode_with_words(self, texts: Any) -> Any:
        self.asked += len(texts)
        return super().encode_with_words(texts)


class Unsteady(FakeE5):
    """One whose vectors depend on what stands beside a text."""

    reproducible = False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_judge(tmp_path_factory.mktemp("judge"))


def judge(folder: Path, cache: Path, encoder: FakeE5) -> OnnxJudge:
    memory = Memory(cache=open_vector_cache(cache))
    found = load_judge(None, models=MODELS, encoder=encoder, memory=memory, folder=folder, cache_dir=cache)
    assert isinstance(found.judge, OnnxJudge)
    return found.judge


def never() -> Any:
    raise AssertionError("started")


def exact(found: list[Judgement | None]) -> list[Any]:
    return [
        (own.probability, own.logit, [[(w.spans.tolist(), w.values.tobytes()) for w in s] for s in own.words])
        for own in found
        if own is not None and own.words is not None
    ]


def test_nothing_is_started_for_pairs_that_were_judged(folder: Path, tmp_path: Path) -> None:
    first = judge(folder, tmp_path, Steady()).score(PAIRS)
    encoder = Steady()
    second = judge(folder, tmp_path, encoder)
    second._start = never
    assert exact(second.score(PAIRS)) == exact(first)
    assert len(exact(first)) == len(PAIRS)
    assert encoder.asked == 0
    with pytest.raises(AssertionError, match="started"):
        second.score([(PAIRS[0][0], PAIRS[1][1])])


def test_another_encoder_that_is_not_steady_keeps_none(folder: Path, tmp_path: Path) -> None:
    judge(folder, tmp_path, Unsteady()).score(PAIRS)
    second = judge(folder, tmp_path, Unsteady())
    second._start = never
    with pytest.raises(AssertionError, match="started"):
        second.score(PAIRS)


def test_a_damaged_cache_costs_time_only(folder: Path, tmp_path: Path) -> None:
    first = judge(folder, tmp_path, Steady()).score(PAIRS)
    (tmp_path / "vectors.sqlite").write_bytes(b"no database " * 500)
    for end in ("-wal", "-shm"):
        (tmp_path / f"vectors.sqlite{end}").unlink(missing_ok=True)
    assert exact(judge(folder, tmp_path, Steady()).score(PAIRS)) == exact(first)


def test_what_a_judgement_depends_on_is_in_its_key(folder: Path, tmp_path: Path) -> None:
    who: Judge = judge(folder, tmp_path, Steady())
    encoder = Steady().id
    keys = [
        key_of(who.id, (1.0, 0.0), encoder, "a", (["x", "y"], ["z"])),
        key_of(who.id, (1.0, 0.0), encoder, "a", (["x"], ["y", "z"])),
        key_of(who.id, (1.0, 0.0), encoder, "a", (["xy"], ["z"])),
        key_of(who.id, (1.0, 0.0), encoder, "a", (["z"], ["x", "y"])),
        key_of(who.id, (1.0, 0.5), encoder, "a", (["x", "y"], ["z"])),
        key_of(who.id, (1.0, 0.0), encoder, "b", (["x", "y"], ["z"])),
        key_of(who.id, (1.0, 0.0), encoder, "a", (["x", "y"], ["\ud800"])),
    ]
    assert len(set(keys)) == len(keys)


def test_every_digit_is_kept() -> None:
    words = JudgedWords(spans=np.array([[0, 3]], np.int64), values=np.array([1 / 3], np.float32))
    none = JudgedWords(spans=np.empty((0, 2), np.int64), values=np.empty(0, np.float32))
    for own in (
        Judgement(probability=1 / 3, logit=-2 / 3),
        Judgement(probability=0.1, logit=1e-300, words=((words, none), (words,))),
    ):
        back = read_judgement(write_judgement(own))
        assert back is not None
        assert (back.probability, back.logit, back.before) == (own.probability, own.logit, None)
        assert exact([back]) == exact([own])


@pytest.mark.parametrize("data", [b"", b"x" * 40, b"\x02\0\0\0\0\0\0\0{}"])
def test_what_is_no_judgement_is_none(data: bytes) -> None:
    assert read_judgement(data) is None
