"""The default model's parts: its tokenizer's character map, weights in integers, and the graph, which
has to compute the same as plain numpy does."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tiny_e5 import tiny_weights

from mlcheck.encode.e5_graph import build_graph
from mlcheck.encode.e5_tokenizer import read_character_map
from mlcheck.encode.e5_weights import E5Weights, Q4Matrix
from mlcheck.errors import ModelError
from mlcheck.models import quantise_weights

Floats = npt.NDArray[np.float32]


def message(number: int, data: bytes) -> bytes:
    assert len(data) < 128
    return bytes([number << 3 | 2, len(data)]) + data


def test_the_character_map_is_found(tmp_path: Path) -> None:
    path = tmp_path / "sp.model"
    other = bytes([1 << 3, 200, 1]) + bytes([4 << 3 | 5, 1, 2, 3, 4]) + message(1, b"piece")
    path.write_bytes(other + message(3, message(1, b"name") + message(2, b"the map")) + message(3, b""))
    assert read_character_map(path) == b"the map"


@pytest.mark.parametrize("content", [b"", b"\x1a", b"\x0b\x00", message(3, message(1, b"x"))])
def test_a_file_without_a_character_map(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "sp.model").write_bytes(content)
    with pytest.raises(ModelError, match="not the SentencePiece model that mlcheck knows"):
        read_character_map(tmp_path / "sp.model")


def test_a_block_of_four_bits() -> None:
    codes = np.array([[0x80 + i for i in range(16)]], np.uint8)
    dense = Q4Matrix(codes=codes, scales=np.array([[0.5]], np.float16)).dense()
    np.testing.assert_array_equal(dense, [[*(np.arange(16) - 8) / 2, *np.zeros(16)]])


@given(hnp.arrays(np.float32, (3, 16), elements=st.floats(-4, 4, width=32)))
def test_quantised_weights_are_near_and_never_saturate(matrix: Floats) -> None:
    codes, step = quantise_weights(matrix)
    assert (np.abs(codes * step[:, None] - matrix) <= 0.501 * step[:, None]).all()
    for row in codes.astype(int).reshape(3, 4, 4):
        for four in row:
            for sign in (1, -1):
                two = sorted(np.maximum(sign * four, 0))[-2:]
                assert 255 * sum(two) < 2**15


def in_float(w: E5Weights, ids: Sequence[int]) -> dict[str, Floats]:
    """The same network in plain numpy and float32."""

    def linear(x: Floats, name: str) -> Floats:
        return x @ w.matrices[name + ".w"].dense().T + w.vectors[name + ".b"]

    def norm(x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + w.epsilon)
        result: Floats = scaled * w.vectors[name + ".w"] + w.vectors[name + ".b"]
        return result

    def attention(x: Floats, p: str) -> Floats:
        heads = [linear(x, p + part).reshape(len(ids), w.heads, -1).swapaxes(0, 1) for part in "qkv"]
        scores = heads[0] @ heads[1].swapaxes(1, 2) / math.sqrt(w.hidden // w.heads)
        weights = np.exp(scores) / np.exp(scores).sum(axis=2, keepdims=True)
        return linear((weights @ heads[2]).swapaxes(0, 1).reshape(len(ids), -1), p + "ao")

    def gelu(x: Floats) -> Floats:
        result: Floats = x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2
        return result

    v = w.vectors
    x = w.matrices["emb.word"].dense()[ids] + v["emb.pos"].reshape(-1, w.hidden)[: len(ids)]
    x = norm(x + v["emb.type"][: w.hidden], "emb.ln")
    found = {}
    for layer in range(w.layers):
        p = f"l{layer}."
        x = norm(x + attention(x, p), p + "aln")
        x = norm(x + linear(gelu(linear(x, p + "fi")), p + "fo"), p + "oln")
        found[f"words_{layer + 1}"] = x
    mean = x.mean(axis=0)
    return {**found, "vector": mean / np.linalg.norm(mean)}


def session(weights: E5Weights) -> Any:
    from mlcheck.models import load_runtime

    return load_runtime().InferenceSession(
        build_graph(weights).SerializeToString(), providers=["CPUExecutionProvider"]
    )


def test_the_graph_computes_the_network() -> None:
    tiny = tiny_weights()
    ids = [0, 7, 39, 7, 12, 30, 2]
    names = ["vector", "words_8", "words_12"]
    found = dict(zip(names, session(tiny).run(names, {"ids": np.array(ids)}), strict=True))
    expected = in_float(tiny, ids)
    assert found["vector"] @ expected["vector"] > 0.999
    assert np.linalg.norm(found["vector"]) == pytest.approx(1, abs=1e-6)
    for name in ("words_8", "words_12"):
        difference = np.linalg.norm(found[name] - expected[name]) / np.linalg.norm(expected[name])
        assert difference < 0.03
