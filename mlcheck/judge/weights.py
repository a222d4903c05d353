"""The weights of the bundled judge, as arrays.

A matrix NAME of (rows, columns) is stored as `NAME.codes`, int8, and `NAME.step`, float32, a step a row;
everything else as float32 under its own name. Names are those of the network in training/judge/model.py,
with one exception: `mix` of a comparison has three columns more than its integers may have, of features that
stand beside the states, and those are `mix.figures` (rows, 3), float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mlcheck.data import Float32
from mlcheck.errors import ModelError
from mlcheck.models import JUDGE_WEIGHTS

__all__ = ["LAYERS", "Int8Matrix", "JudgeWeights", "read_weights"]


LAYERS = 4
_AGAIN = "install mlcheck again"


@dataclass(frozen=True, slots=True)
class Int8Matrix:
    """A matrix in integers: `codes` (rows, columns) int8 times `step` (rows,) float32."""

    codes: npt.NDArray[np.int8]
    step: Float32

    def dense(self) -> Float32:
        """The matrix as (rows, columns) float32."""
        return self.codes * self.step[:, None]


@dataclass(frozen=True, slots=True)
class JudgeWeights:
    """Matrices and vectors by name."""

    matrices: dict[str, Int8Matrix]
    vectors: dict[str, Float32]


def read_weights(data: bytes) -> JudgeWeights:
    """What `read_weight_file` gave, as arrays. Raise `ModelError` where it holds something else."""
    try:
        from safetensors import SafetensorError
        from safetensors.numpy import load
    except ImportError as error:
        raise ModelError(
            "safetensors is needed for the judge and not installed: pip install safetensors"
        ) from error
    try:
        tensors: dict[str, npt.NDArray[Any]] = load(data)
    except SafetensorError as error:
        raise ModelError(f"{JUDGE_WEIGHTS}: not a safetensors file; {_AGAIN}") from error
    names = [name.removesuffix(".codes") for name in tensors if name.endswith(".codes")]
    matrices = {name: Int8Matrix(tensors[name + ".codes"], tensors[name + ".step"]) for name in names}
    vectors = {
        name: tensor.astype(np.float32)
        for name, tensor in tensors.items()
        if not name.endswith((".codes", ".step"))
    }
    return JudgeWeights(matrices=matrices, vectors=vectors)
