"""What a table says that holds, for each word of one side (down) and each of the other (across), how far the
two are counterparts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["NEAR", "beside", "by_link", "neighbour", "slot", "without"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

NEAR = 2
"""Links on either side in which a name's counterpart may stand as well."""


def beside(by_links: Floats, number: int) -> dict[str, Floats]:
    """How far words have a counterpart in the links near their own, and in those farther away."""
    low, high = max(0, number - NEAR), number + NEAR + 1

    def most(*parts: Floats) -> Floats:
        result: Floats = np.maximum(*(part.max(1, initial=0) for part in parts))
        return result

    return {
        "near": most(by_links[:, low:number], by_links[:, number + 1 : high]),
        "far": most(by_links[:, :low], by_links[:, high:]),
    }


def neighbour(known: npt.NDArray[np.bool_], kin: Floats) -> Floats:
    """For each word how far a name beside it has a counterpart."""
    result = np.zeros(len(kin), np.float32)
    result[1:] = np.where(known[:-1], kin[:-1].max(1), 0)
    result[:-1] = np.maximum(result[:-1], np.where(known[1:], kin[1:].max(1), 0))
    return result


def by_link(kin: Floats, bounds: Ints) -> Floats:
    """For each row the largest value in each link's columns; 0 where a link has none."""
    result = np.zeros((len(kin), len(bounds) - 1), np.float32)
    full = np.flatnonzero(np.diff(bounds) > 0)
    if len(full):
        result[:, full] = np.maximum.reduceat(kin, bounds[full], axis=1)
    return result


def without(values: Floats, axis: int) -> Floats:
    """The largest value along an axis, each cell itself left out; 0 where there is no other."""
    if values.shape[axis] < 2:
        return np.zeros_like(values)
    top = np.sort(values, axis=axis)
    best, second = (np.take(top, [at], axis=axis) for at in (-1, -2))
    return np.where(values == best, second, best)


def slot(kin: Floats) -> Floats:
    """For each cell, how far the words beside the one are counterparts of those beside the other."""
    n, m = kin.shape
    padded = np.zeros((n + 4, m + 4), np.float32)
    padded[2:-2, 2:-2] = kin
    shifts = [(i, j) for i in (-2, -1, 1, 2) for j in (-2, -1, 1, 2)]
    result: Floats = np.max(
        [
            padded[2 + i : 2 + i + n, 2 + j : 2 + j + m] / np.float32(1 + 0.25 * (abs(i) + abs(j) - 2))
            for i, j in shifts
        ],
        axis=0,
    )
    return result
