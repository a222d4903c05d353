"""The judge as training finds it: its layers are the last ones of multilingual-e5-small."""

from __future__ import annotations

import numpy as np
import torch

from mlcheck.encode.e5 import read_sources
from mlcheck.encode.e5_weights import E5Weights
from training.judge.model import FIRST_LAYER, Judge

__all__ = ["initial_judge"]


def initial_judge(dropout: float = 0.0, weights: E5Weights | None = None) -> Judge:
    """A judge whose layers are e5's from `FIRST_LAYER` on, with the bundled weights unless others are
    given. The rest is as `Judge` makes it: set torch's seed before for the same one again."""
    if weights is None:
        weights, _ = read_sources()
    judge = Judge(dropout)
    with torch.no_grad():
        for number, layer in enumerate(judge.layers):
            prefix = f"l{FIRST_LAYER + number}."
            matrices, vectors = weights.matrices, weights.vectors
            qkv = np.concatenate([matrices[f"{prefix}{part}.w"].dense() for part in "qkv"])
            bias = np.concatenate([vectors[f"{prefix}{part}.b"] for part in "qkv"])
            _set(layer.qkv, qkv, bias)
            for name in ("ao", "fi", "fo"):
                weight = matrices[f"{prefix}{name}.w"].dense()
                _set(getattr(layer, name), weight, vectors[f"{prefix}{name}.b"])
            for name in ("aln", "oln"):
                _set(getattr(layer, name), vectors[f"{prefix}{name}.w"], vectors[f"{prefix}{name}.b"])
    return judge


def _set(module: torch.nn.Module, weight: np.ndarray, bias: np.ndarray) -> None:
    module.weight.copy_(torch.from_numpy(weight.copy()))
    module.bias.copy_(torch.from_numpy(bias.copy()))
