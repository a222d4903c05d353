"""Boosted trees (Friedman, 2001) as arrays: what a fitted model says of some features, without the library
that fitted it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Trees", "read_trees"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trees:
    """Nodes of all trees in one row. `feature` is -1 in a leaf, whose `value` counts; elsewhere it goes on
    `left` where the feature is at most `limit`, else `right`."""

    names: tuple[str, ...]
    """Of the features, in order."""
    bias: float
    roots: Ints
    feature: Ints
    limit: Floats
    left: Ints
    right: Ints
    value: Floats

    def log_odds(self, features: Floats) -> Floats:
        """(n,) of n rows of features (n, len(names))."""
        rows = np.arange(len(features))[:, None]
        at = np.broadcast_to(self.roots, (len(features), len(self.roots)))
        while True:
            feature = self.feature[at]
            if (feature < 0).all():
                break
            lower = features[rows, np.maximum(feature, 0)] <= self.limit[at]
            at = np.where(feature < 0, at, np.where(lower, self.left[at], self.right[at]))
        result: Floats = (self.value[at].sum(axis=1) + np.float32(self.bias)).astype(np.float32)
        return result


def read_trees(content: Mapping[str, Any]) -> Trees:
    """The trees in a JSON file that `training/fit/names.py` has written."""
    whole = {name: np.array(content[name], np.int64) for name in ("roots", "figure", "left", "right")}
    return Trees(
        names=tuple(content["figures"]),
        bias=float(content["bias"]),
        roots=whole["roots"],
        feature=whole["figure"],
        limit=np.array(content["limit"], np.float32),
        left=whole["left"],
        right=whole["right"],
        value=np.array(content["value"], np.float32),
    )
