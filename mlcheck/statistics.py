"""The mathematics that rooms share: logistic models, log odds, and the files that hold coefficients."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["log_odds", "log_odds_of", "logistic", "read_coefficients", "sigmoid", "sigmoids"]

_MOST = 50.0
"""Beyond it a probability is 0 or 1 to a floating-point number, and `exp` would overflow."""
_MOST_ODDS = 8.0
_LEAST = 1e-9


def sigmoid(x: float) -> float:
    """The probability that log odds stand for, 0 to 1.

    >>> sigmoid(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-min(max(x, -_MOST), _MOST)))


def sigmoids(x: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """`sigmoid` of each value of an array, in the array's own precision."""
    result: npt.NDArray[Any] = 1 / (1 + np.exp(-np.clip(x, -_MOST, _MOST)))
    return result


def logistic(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that a logistic model gives some features. `weights` has one of each
    feature's name, and `intercept`.

    >>> logistic({"near": 2.0}, {"intercept": -1.0, "near": 0.5})
    0.5
    """
    return sigmoid(weights["intercept"] + sum(weights[name] * value for name, value in features.items()))


def log_odds(probability: float) -> float:
    """Between -8 and 8, whatever the probability: beyond that more says no more.

    >>> log_odds(0.5), log_odds(1.0)
    (0.0, 8.0)
    """
    p = min(max(probability, _LEAST), 1 - _LEAST)
    return max(-_MOST_ODDS, min(math.log(p / (1 - p)), _MOST_ODDS))


def log_odds_of(probabilities: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """`log_odds` of each value of an array; the last digit may be another, since numpy's logarithm is."""
    p = np.clip(probabilities, _LEAST, 1 - _LEAST)
    result: npt.NDArray[np.float64] = np.clip(np.log(p / (1 - p)), -_MOST_ODDS, _MOST_ODDS)
    return result


@cache
def read_coefficients(package: str, name: str = "coefficients.json") -> Any:
    """What a JSON file says that lies in a package such as `mlcheck.align`. It is read once, so change
    nothing in it."""
    return json.loads(files(package).joinpath(name).read_text("utf-8"))
