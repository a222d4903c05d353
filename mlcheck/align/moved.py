"""What the monotonic pass left over, matched again without regard to order.

A moved paragraph is a run of nulls on either side, or worse: a null on one side, and on the other
a sentence that the program forced into a link it does not belong to. So links that diverge are
opened first. Then every left-over sentence looks for its counterpart among the left-overs of the
other side. Only pairs that are each other's best, and beyond doubt, are joined: a true omission
must not be filled with the least bad of the strays. Links that were opened in vain are closed
again.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from mlcheck.align.evidence import Evidence
from mlcheck.align.similarity import Floats, Pair
from mlcheck.settings import AlignSettings

__all__ = ["rematch"]


_ALIKE = 0.6
"""Score, in units of the typical true link, from which two neighbours speak for a run."""
_RUN = 0.15
"""What each such neighbour adds when a sentence chooses among equals."""
_CLEAR = 0.05
"""What a lone pair must have over the next best, in the same units."""


_SURE = 0.995
"""Probability of a link from which it is not asked whether it should be opened."""


def rematch(
    links: list[Pair], sure: Mapping[Pair, float], evidence: Evidence, settings: AlignSettings
) -> tuple[list[Pair], list[Pair], frozenset[Pair]]:
    """The links that keep the order, the links made anew among the nulls (these may cross), and the
    nulls that may have moved as well as not. `sure` is how probable the links are."""
    loose = [_loose(link, evidence, settings) if sure.get(link, 0.0) < _SURE else ((), ()) for link in links]
    nulls = [link for link in links if not link[0] or not link[1]]
    left = sorted({i for a, _ in [*loose, *nulls] for i in a})
    right = sorted({j for _, c in [*loose, *nulls] for j in c})
    pairs, unclear = _mutual(left, right, evidence, settings)
    found = _grown(pairs, set(left), set(right), evidence, settings)
    used = {(0, i) for a, _ in found for i in a} | {(1, j) for _, c in found for j in c}
    kept = [part for link in links for part in _remaining(link, used)]
    return kept, found, unclear


def _loose(link: Pair, evidence: Evidence, settings: AlignSettings) -> Pair:
    """The sentences of a link that may look for another: a null's, all of a link that diverges, and
    those of a block that hardly belong to it."""
    a, c = link
    if not a or not c or evidence.divergence(a, c) >= settings.opened or _crosses(link, evidence, settings):
        return link
    members: list[tuple[int, ...]] = []
    for side in (0, 1):
        block, opposite = link[side], link[1 - side]
        members.append(
            tuple(
                one
                for one in (block if len(block) > 1 else ())
                if evidence.stray(side, block, one, opposite) >= settings.loose
            )
        )
    return members[0], members[1]


def _crosses(link: Pair, evidence: Evidence, settings: AlignSettings) -> bool:
    """Does a block hold two sentences that changed places? Taken together they agree, so nothing
    else gives them away."""
    a, c = link
    if len(a) < 2 or len(c) < 2:
        return False
    pairs = sorted(_mutual(list(a), list(c), evidence, settings)[0])
    return any(one[1] > two[1] for one, two in pairwise(pairs))


def _mutual(
    left: list[int], right: list[int], evidence: Evidence, settings: AlignSettings
) -> tuple[list[Pair], frozenset[Pair]]:
    """Pairs of sentences that are each other's best match and almost surely say the same; and the
    nulls of those that would be, were they not said elsewhere too."""
    if not left or not right:
        return [], frozenset()
    scores = evidence.similarity.among(left, right)
    together = scores + _RUN * (_neighbours(scores, left, right, 1) + _neighbours(scores, left, right, -1))
    best_left, best_right = together.argmax(axis=1), together.argmax(axis=0)
    pairs = {(left[x], right[y]) for x, y in enumerate(best_left) if best_right[y] == x}
    sure = {pair for pair in pairs if evidence.divergence((pair[0],), (pair[1],)) <= settings.moved}
    lone = sorted(pair for pair in sure if not _continued(pair, pairs))
    unclear = set(_ambiguous(lone, evidence))
    found = {
        pair
        for pair in pairs
        if (pair in sure and pair not in unclear)
        or (
            # A sentence beside one that moved for certain moved with it.
            any(other in sure for other in _around(pair))
            and evidence.divergence((pair[0],), (pair[1],)) < settings.opened
        )
    }
    nulls = {null for i, j in unclear - found for null in (((i,), ()), ((), (j,)))}
    return [((i,), (j,)) for i, j in sorted(found)], frozenset(nulls)


def _neighbours(scores: Floats, left: list[int], right: list[int], step: int) -> Floats:
    """1 where the sentences beside a pair, `step` on, are left over too, and alike."""
    alike = scores >= _ALIKE
    shifted = np.zeros_like(scores)
    rows = np.flatnonzero(np.diff(left) == 1)
    columns = np.flatnonzero(np.diff(right) == 1)
    if step > 0:
        shifted[np.ix_(rows, columns)] = alike[np.ix_(rows + 1, columns + 1)]
    else:
        shifted[np.ix_(rows + 1, columns + 1)] = alike[np.ix_(rows, columns)]
    return shifted


def _around(pair: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    return (pair[0] - 1, pair[1] - 1), (pair[0] + 1, pair[1] + 1)


def _continued(pair: tuple[int, int], pairs: set[tuple[int, int]]) -> bool:
    return any(other in pairs for other in _around(pair))


def _ambiguous(pairs: list[tuple[int, int]], evidence: Evidence) -> list[tuple[int, int]]:
    """Of pairs that stand alone, those of which one sentence is said elsewhere on the other side just
    as well. In a text that repeats itself, what is missing in one place looks like what is missing,
    on the other side, in another; only a run of sentences tells a move from two omissions."""
    if not pairs:
        return []
    rows, columns = [i for i, _ in pairs], [j for _, j in pairs]
    similarity = evidence.similarity
    by_row = similarity.among(rows, range(similarity.target.count))
    by_column = similarity.among(range(similarity.source.count), columns)
    at = np.arange(len(pairs))
    own = by_row[at, columns].copy()
    by_row[at, columns] = -1.0
    by_column[rows, at] = -1.0
    other = np.maximum(by_row.max(axis=1), by_column.max(axis=0))
    return [
        pair for pair, mine, next_best in zip(pairs, own, other, strict=True) if next_best > mine - _CLEAR
    ]


def _grown(
    pairs: list[Pair], left: set[int], right: set[int], evidence: Evidence, settings: AlignSettings
) -> list[Pair]:
    """Each pair with the left-over neighbours that belong to it: a moved sentence may be split too."""
    free = (left - {i for a, _ in pairs for i in a}, right - {j for _, c in pairs for j in c})
    grown = []
    for pair in pairs:
        for side in (0, 1):
            for step in (-1, 1):
                edge = pair[side][0] if step < 0 else pair[side][-1]
                if edge + step in free[side] and len(pair[side]) < settings.max_block:
                    block = tuple(sorted((*pair[side], edge + step)))
                    if evidence.stray(side, block, edge + step, pair[1 - side]) < settings.stray:
                        free[side].discard(edge + step)
                        pair = (pair[0], block) if side else (block, pair[1])
        grown.append(pair)
    return grown


def _remaining(link: Pair, used: set[tuple[int, int]]) -> list[Pair]:
    """A link without the sentences that found another: itself, or what is left of it as nulls."""
    a = tuple(i for i in link[0] if (0, i) not in used)
    c = tuple(j for j in link[1] if (1, j) not in used)
    if (a, c) == link:
        return [link]
    if a and c:
        return [(a, c)]
    return [((i,), ()) for i in a] + [((), (j,)) for j in c]
