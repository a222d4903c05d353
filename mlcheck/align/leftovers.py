"""What is left alone on both sides once everything else has its place: where two such sentences say the same
they are one passage that has moved, and neither is missing nor added."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from mlcheck.align.evidence import Evidence
from mlcheck.align.similarity import Pair

__all__ = ["match_nulls"]

_GOOD = 0.5
"""Score, in units of the typical true link, from which two of them may belong together."""
_SAME_UP_TO = 0.005
"""Probability of being wrong up to which they do, as in `moved.py`. At .04 a sentence was joined with one of
another account that says less, and what it lacks was told no more."""
_MOST = 400
"""Nulls of a side up to which they are looked at; in texts that have more the two are hardly versions."""


def match_nulls(
    links: Sequence[Pair], but: Collection[Pair], evidence: Evidence
) -> tuple[list[Pair], list[Pair]]:
    """The links, in order, without the nulls that are each other's counterparts, and the links between those.
    Nulls of `but` are left alone."""
    left, right = ([link[side][0] for link in links if _alone(link, side, but)] for side in (0, 1))
    if not left or not right or max(len(left), len(right)) > _MOST:
        return list(links), []
    scores = evidence.similarity.among(left, right)
    found: list[Pair] = []
    for x, y in enumerate(scores.argmax(axis=1).tolist()):
        best = scores[x, y] >= _GOOD and int(np.argmax(scores[:, y])) == x
        if best and evidence.wrong((left[x],), (right[y],)) <= _SAME_UP_TO:
            found.append(((left[x],), (right[y],)))
    gone = {null for a, c in found for null in ((a, ()), ((), c))}
    return [link for link in links if link not in gone], found


def _alone(link: Pair, side: int, but: Collection[Pair]) -> bool:
    return bool(link[side]) and not link[1 - side] and link not in but
