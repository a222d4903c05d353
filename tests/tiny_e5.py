"""multilingual-e5-small in miniature: its shape, random weights."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mlcheck.encode.e5_weights import E5Weights, Q4Matrix

Floats = npt.NDArray[np.float32]


def tiny_weights() -> E5Weights:
    """Twelve layers of 64 channels, 40 pieces, at most 16 positions; the weights are random."""
    rng = np.random.default_rng(3)
    hidden, inner, pieces, positions = 64, 128, 40, 16

    def vector(size: int, centre: float = 0.0) -> Floats:
        return (centre + rng.normal(0, 0.1, size)).astype(np.float32)

    vectors = {"emb.pos": vector(positions * hidden), "emb.type": vector(2 * hidden)}
    matrices = {"emb.word": four_bit(rng, pieces, hidden)}
    for name in ["emb.ln", *(f"l{i}.{part}" for i in range(12) for part in ("aln", "oln"))]:
        vectors |= {f"{name}.w": vector(hidden, 1), f"{name}.b": vector(hidden)}
    for layer in range(12):
        for part, rows, columns in [
            *((part, hidden, hidden) for part in ("q", "k", "v", "ao")),
            ("fi", inner, hidden),
            ("fo", hidden, inner),
        ]:
            matrices[f"l{layer}.{part}.w"] = four_bit(rng, rows, columns)
            vectors[f"l{layer}.{part}.b"] = vector(rows)
    return E5Weights(
        hidden=hidden,
        layers=12,
        heads=2,
        feed_forward=inner,
        positions=positions,
        epsilon=1e-12,
        pieces=tuple((f"p{i}", 0.0) for i in range(pieces)),
        bos=0,
        eos=2,
        pad=1,
        unk=3,
        vectors=vectors,
        matrices=matrices,
    )


def four_bit(rng: np.random.Generator, rows: int, columns: int) -> Q4Matrix:
    codes = rng.integers(0, 256, (rows, columns // 2), dtype=np.uint8)
    scales = rng.uniform(0.01, 0.03, (rows, columns // 32)).astype(np.float16)
    return Q4Matrix(codes=codes, scales=scales)
