"""The judge that comes with mlcheck, through onnxruntime. It reads what e5-small makes of the sentences."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from mlcheck.data import Float32, JudgedWords, JudgeId, Judgement
from mlcheck.encode import Encoder, Memory, WordVectors, runtime, spans_of, words_of
from mlcheck.errors import ModelError
from mlcheck.judge.kept import key_of, read_judgement, write_judgement
from mlcheck.judge.protocol import Passages
from mlcheck.judge.surface import likeness
from mlcheck.judge.weights import read_weights
from mlcheck.models import (
    E5_WEIGHTS,
    JUDGE_CONVERTER,
    JUDGE_FOLDER,
    Files,
    ModelEntry,
    is_built,
    judge_folder,
    load_or_build,
    read_card,
    read_weight_file,
    start_session,
)
from mlcheck.statistics import sigmoid, sigmoids

__all__ = ["OnnxJudge", "load_bundled", "reads"]


_PIECES = 1000
"""Of both sides together. Longer pairs are not judged: training had none of more than 320, and the
cost grows with the square."""
_THREADS = min(2, os.cpu_count() or 1)
_PAIRS = 64
"""Judged at a time, so that not all states of a book are in memory at once."""


class OnnxJudge:
    """Judges one pair a run, so that its outputs depend on nothing else; two runs at a time."""

    def __init__(
        self,
        start: Callable[[], tuple[Any, str | None]],
        identity: JudgeId,
        calibration: tuple[float, float],
        encoder: Encoder,
        memory: Memory,
    ) -> None:
        """`start` gives a session, and what was wrong with the judge's files; it is called when the first
        pair is judged."""
        self._start = start
        self._session: Any = None
        self._lock = threading.Lock()
        self.fault: str | None = None
        self._calibration = calibration
        self._encoder = encoder
        self._memory = memory
        self._keeps = getattr(encoder, "reproducible", False)
        memory.keep_pieces()
        self.id = identity

    def score(self, pairs: Sequence[Passages]) -> list[Judgement | None]:
        """A judgement for each pair, with words; None where the two have more than 1000 pieces."""
        found: list[Judgement | None] = []
        for start in range(0, len(pairs), _PAIRS):
            found += self._some(pairs[start : start + _PAIRS])
        return found

    def _some(self, pairs: Sequence[Passages]) -> list[Judgement | None]:
        """What is known of the pairs, and of the others what the judge says."""
        keys = [key_of(self.id, self._calibration, self._encoder.id, runtime(), pair) for pair in pairs]
        kept = self._memory.fetch(keys) if self._keeps else {}
        found = {key: read_judgement(data) for key, data in kept.items()}
        new = {key: pair for key, pair in zip(keys, pairs, strict=True) if found.get(key) is None}
        judged = dict(zip(new, self._judged(list(new.values())), strict=True))
        if self._keeps:
            self._memory.store({key: write_judgement(own) for key, own in judged.items() if own is not None})
        return [judged[key] if key in judged else found[key] for key in keys]

    def _judged(self, pairs: Sequence[Passages]) -> list[Judgement | None]:
        if not pairs:
            return []
        texts = list(dict.fromkeys(text for pair in pairs for side in pair for text in side))
        pieces = self._memory.pieces(self._encoder, texts)
        if pieces is None:
            raise ModelError(f"{self._encoder.id.name} gives no vectors for the judge to read")
        known = dict(zip(texts, pieces, strict=True))
        with ThreadPoolExecutor(_THREADS) as threads:
            return list(threads.map(lambda pair: self._one(pair, known), pairs))

    def _ready(self) -> Any:
        with self._lock:
            if self._session is None:
                self._session, self.fault = self._start()
            return self._session

    def _both_ways(self, a: Float32, b: Float32, alike: Float32) -> tuple[float, tuple[Float32, Float32]]:
        """The mean of what it says of the two, and of the two turned round: then which of them is called
        the source changes nothing, and what it is not sure of is evened out."""
        outputs = ["pair", "pieces_a", "pieces_b"]
        session = self._ready()
        there, one, two = session.run(outputs, {"a": a, "b": b, "alike": alike})
        turned = {"a": b, "b": a, "alike": np.ascontiguousarray(alike.T)}
        back, two_again, one_again = session.run(outputs, turned)
        return float(there[0] + back[0]) / 2, ((one + one_again) / 2, (two + two_again) / 2)

    def _one(self, pair: Passages, known: dict[str, WordVectors]) -> Judgement | None:
        a, b = (np.concatenate([known[text].vectors for text in side]) for side in pair)
        if not len(a) or not len(b) or len(a) + len(b) > _PIECES:
            return None
        alike = likeness(*([(text, known[text].spans) for text in side] for side in pair))
        logit, pieces = self._both_ways(a, b, alike)
        scale, shift = self._calibration
        source, target = (_words(side, known, own) for side, own in zip(pair, pieces, strict=True))
        return Judgement(
            probability=sigmoid(scale * logit + shift),
            logit=logit,
            words=(source, target),
        )


def _words(side: Sequence[str], known: dict[str, WordVectors], logits: Float32) -> tuple[JudgedWords, ...]:
    """A word differs as surely as the surest of its pieces does."""
    found, at = [], 0
    values = sigmoids(logits)
    for text in side:
        spans = known[text].spans
        own, at = values[at : at + len(spans)], at + len(spans)
        groups = words_of(text, spans)
        highest = np.array([own[group].max(initial=0) for group in groups], np.float32)
        found.append(JudgedWords(spans=spans_of(spans, groups), values=highest))
    return tuple(found)


def reads(encoder: Encoder) -> bool:
    """Whether the encoder's vectors are those that the judge was trained on."""
    return encoder.id.sha256 == E5_WEIGHTS.sha256


def load_bundled(
    entry: ModelEntry,
    *,
    encoder: Encoder,
    memory: Memory | None = None,
    folder: Path = JUDGE_FOLDER,
    cache_dir: Path | None = None,
) -> tuple[OnnxJudge, str | None]:
    """The judge in `folder`, converted first if it has not been yet; and a note where the cache was at
    fault. The encoder is one that it `reads`. Raises `ModelError` where a file is missing or damaged."""
    card = read_card(folder)
    read_weight_file(card, folder)

    def build() -> Files:
        try:
            from mlcheck.judge.graph import build_graph
        except ImportError as error:
            raise _not_installed(error) from error
        try:
            model = build_graph(read_weights(read_weight_file(card, folder)))
        except (KeyError, ValueError) as error:
            raise ModelError(f"{folder}: not the weights of a judge that this mlcheck knows") from error
        return {"model.onnx": model.SerializeToString()}

    def start() -> tuple[Any, str | None]:
        files, fault = load_or_build(converted, build)
        return _start(files["model.onnx"]), fault

    converted = judge_folder(card.sha256, cache_dir)
    identity = JudgeId(name=entry.name, revision=f"{entry.revision}+{JUDGE_CONVERTER}", sha256=card.sha256)
    if not is_built(converted):
        ready, note = start()
        return OnnxJudge(lambda: (ready, note), identity, card.calibration, encoder, memory or Memory()), note
    return OnnxJudge(start, identity, card.calibration, encoder, memory or Memory()), None


def _start(graph: bytes) -> Any:
    try:
        return start_session(graph)
    except ImportError as error:
        raise _not_installed(error) from error


def _not_installed(error: ImportError) -> ModelError:
    return ModelError(f"{error.name} is needed for the judge and not installed: pip install {error.name}")
