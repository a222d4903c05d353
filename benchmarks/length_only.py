"""The classic to compare with: sentences aligned by their lengths alone (Gale and Church 1993)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

Links = list[tuple[tuple[int, ...], tuple[int, ...]]]

PRIOR = {(1, 1): 0.89, (1, 0): 0.005, (0, 1): 0.005, (2, 1): 0.045, (1, 2): 0.045, (2, 2): 0.011}
VARIANCE = 6.8
"""Priors and variance as in the paper."""


def length_only(source: Sequence[int], target: Sequence[int], band: int = 400) -> Links:
    """Links from lengths in characters, by dynamic programming in a band around the diagonal."""
    n, m = len(source), len(target)
    left, right = (np.concatenate([[0], np.cumsum(x)]) for x in (source, target))
    ratio = right[-1] / left[-1]
    cost = np.full((n + 1, 2 * band + 1), math.inf)
    step = np.zeros((n + 1, 2 * band + 1), np.int8)
    shapes = list(PRIOR)

    def first(i: int) -> int:
        return round(i * m / n) - band

    for i in range(n + 1):
        for j in range(max(0, first(i)), min(m, first(i) + 2 * band) + 1):
            x = j - first(i)
            if i == j == 0:
                cost[0, x] = 0.0
                continue
            for k, (a, c) in enumerate(shapes):
                if i < a or j < c:
                    continue
                y = j - c - first(i - a)
                if not 0 <= y <= 2 * band or cost[i - a, y] == math.inf:
                    continue
                one, two = left[i] - left[i - a], right[j] - right[j - c]
                mean = (one + two / ratio) / 2 or 1
                delta = abs(two - one * ratio) / math.sqrt(mean * VARIANCE)
                chance = max(math.erfc(delta / math.sqrt(2)), 1e-12)
                total = cost[i - a, y] - math.log(PRIOR[a, c] * chance)
                if total < cost[i, x]:
                    cost[i, x], step[i, x] = total, k
    links: Links = []
    i, j = n, m
    while i or j:
        a, c = shapes[step[i, j - first(i)]]
        links.append((tuple(range(i - a, i)), tuple(range(j - c, j))))
        i, j = i - a, j - c
    return links[::-1]
