"""Are these two texts versions of one item at all?"""

from __future__ import annotations

import math
from collections.abc import Sequence

from mlcheck.align.similarity import Similarity
from mlcheck.data import Link

__all__ = ["relatedness"]


def relatedness(links: Sequence[Link], similarity: Similarity) -> float:
    """Probability, 0 to 1, that two texts are versions of one item."""
    mass = total = 0.0
    for link in links:
        left = sum(similarity.source.lengths[1][i] for i in link.source)
        right = sum(similarity.target.lengths[1][j] * similarity.expansion for j in link.target)
        total += left + right
        if link.similarity is not None:
            mass += (left + right) * link.similarity
    return _logistic(40 * (mass / total - 0.33))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-min(max(x, -50.0), 50.0)))
