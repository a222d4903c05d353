"""The bundled judge's files: `judge.safetensors` with the weights, and `judge.json`, its card.

The card has `name`, `format`, the `sha256` of the weights, and `calibration`: two numbers a, b by which
a logit becomes a probability, 1 / (1 + exp(-(a * logit + b))) (Platt 1999).

A matrix NAME of (rows, columns) is stored as `NAME.codes`, int8, and `NAME.step`, float32, a step a row;
everything else as float32 under its own name. Names are those of the network in training/judge/model.py,
with one exception: `mix` of a comparison has three columns more than its integers may have, of features that
stand beside the states, and those are `mix.figures` (rows, 3), float32.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mlcheck.data import Float32
from mlcheck.encode import store
from mlcheck.errors import ModelError

__all__ = [
    "CARD",
    "FOLDER",
    "FORMAT",
    "LAYERS",
    "WEIGHTS",
    "Card",
    "Int8Matrix",
    "JudgeWeights",
    "is_bundled",
    "read_card",
    "read_weight_file",
    "read_weights",
]


FORMAT = 2
"""Of both files; raise it when older ones cannot be read any more."""
LAYERS = 4
FOLDER = Path(__file__).parent
WEIGHTS, CARD = "judge.safetensors", "judge.json"
_AGAIN = "install mlcheck again"


@dataclass(frozen=True, slots=True)
class Card:
    """What `judge.json` says. `calibration` is a, b; see the module."""

    name: str
    sha256: str
    calibration: tuple[float, float]


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


def is_bundled(folder: Path = FOLDER) -> bool:
    """Whether this copy of mlcheck came with a judge."""
    return (folder / WEIGHTS).is_file()


def read_card(folder: Path = FOLDER) -> Card:
    """The card; raise `ModelError` where it is not one."""
    path = folder / CARD
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        a, b = map(float, content["calibration"])
        card = Card(name=str(content["name"]), sha256=str(content["sha256"]), calibration=(a, b))
        known = int(content["format"])
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {_AGAIN}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: not the card of a judge; {_AGAIN}") from error
    if known != FORMAT:
        raise ModelError(f"{path}: format {known}, and this mlcheck reads format {FORMAT}; {_AGAIN}")
    return card


def read_weight_file(card: Card, folder: Path = FOLDER) -> bytes:
    """The bytes of the weights, if their hash is the card's; else raise `ModelError`."""
    path = folder / WEIGHTS
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); {_AGAIN}") from error
    found = store.sha256_of(data)
    if found != card.sha256:
        raise ModelError(
            f"{path}: damaged (SHA-256 {found[:12]}…, expected {card.sha256[:12]}…); "
            f"{_AGAIN}, or check without it (--judge none)"
        )
    return data


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
        raise ModelError(f"{WEIGHTS}: not a safetensors file; {_AGAIN}") from error
    names = [name.removesuffix(".codes") for name in tensors if name.endswith(".codes")]
    matrices = {name: Int8Matrix(tensors[name + ".codes"], tensors[name + ".step"]) for name in names}
    vectors = {
        name: tensor.astype(np.float32)
        for name, tensor in tensors.items()
        if not name.endswith((".codes", ".step"))
    }
    return JudgeWeights(matrices=matrices, vectors=vectors)
