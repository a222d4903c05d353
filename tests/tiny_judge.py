"""A judge of the right shape and random weights, and an encoder that it reads; without torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from fake_encoder import FakeEncoder, Floats
from safetensors.numpy import save

from mlcheck.data import EncoderId
from mlcheck.encode import WordVectors
from mlcheck.judge.weights import LAYERS
from mlcheck.models import E5_WEIGHTS, JUDGE_CARD, JUDGE_FORMAT, JUDGE_WEIGHTS, quantise_weights, sha256_of

_HIDDEN, _INNER, _POOLED = 384, 1536, 192


class FakeE5(FakeEncoder):
    """The encoder of a few words, with as many dimensions as e5-small and its hash."""

    def __init__(self) -> None:
        super().__init__()
        self.id = EncoderId(name="e5-small", revision="1", sha256=E5_WEIGHTS.sha256)

    def encode_with_words(self, texts: Sequence[str]) -> tuple[Floats, list[WordVectors]]:
        vectors, words = super().encode_with_words(texts)
        return _wide(vectors), [WordVectors(spans=w.spans, vectors=_wide(w.vectors)) for w in words]


def _wide(vectors: Floats) -> Floats:
    return np.concatenate([vectors, -vectors, vectors], axis=1) / np.float32(3**0.5)


def write_judge(folder: Path, *, calibration: tuple[float, float] = (1.0, 0.0), seed: int = 7) -> Path:
    """The two files of a judge, in `folder`."""
    rng = np.random.default_rng(seed)
    tensors = {}

    def linear(name: str, rows: int, columns: int, *, bias: bool = True) -> None:
        matrix = rng.normal(0, columns**-0.5, (rows, columns)).astype(np.float32)
        if rows == 1:
            tensors[f"{name}.weight"] = matrix
        else:
            tensors[f"{name}.weight.codes"], tensors[f"{name}.weight.step"] = quantise_weights(matrix)
        if bias:
            tensors[f"{name}.bias"] = vector(rows)

    def vector(size: int, centre: float = 0.0) -> Floats:
        return (centre + rng.normal(0, 0.1, size)).astype(np.float32)

    def norm(name: str) -> None:
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = vector(_HIDDEN, 1), vector(_HIDDEN)

    for name in ("first", "second"):
        tensors[f"{name}.centre"] = vector(_HIDDEN)
        tensors[f"{name}.sharp"] = np.array(2.5, np.float32)
        tensors[f"{name}.surface"] = np.array(0.3, np.float32)
        tensors[f"{name}.mix.figures"] = vector(3 * _HIDDEN).reshape(_HIDDEN, 3)
        linear(f"{name}.same", _HIDDEN, _HIDDEN, bias=False)
        linear(f"{name}.mix", _HIDDEN, 4 * _HIDDEN)
        linear(f"{name}.out", _HIDDEN, _HIDDEN)
        norm(f"{name}.norm")
    for layer in range(LAYERS):
        prefix = f"layers.{layer}."
        for part, rows, columns in (
            ("qkv", 3 * _HIDDEN, _HIDDEN),
            ("ao", _HIDDEN, _HIDDEN),
            ("fi", _INNER, _HIDDEN),
            ("fo", _HIDDEN, _INNER),
        ):
            linear(prefix + part, rows, columns)
        norm(prefix + "aln")
        norm(prefix + "oln")
    tensors["side"] = vector(2 * _HIDDEN).reshape(2, _HIDDEN)
    norm("norm")
    linear("piece", 1, _HIDDEN)
    linear("pool", _POOLED, 4 * _HIDDEN)
    linear("pair", 1, _POOLED)
    data = save(tensors)
    card = {"name": "tiny", "format": JUDGE_FORMAT, "sha256": sha256_of(data), "calibration": calibration}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / JUDGE_WEIGHTS).write_bytes(data)
    (folder / JUDGE_CARD).write_text(json.dumps(card), encoding="utf-8")
    return folder
