"""What the monotonic pass left over, matched again without regard to order.

A moved paragraph is a run of nulls on either side, or worse: a null on one side, and on the other
a sentence that the program forced into a link it does not belong to. So links that diverge are
opened first. Then every left-over sentence looks for its counterpart among the left-overs of the
other side. Only pairs that are each other's best, and beyond doubt, are joined: a true omission
must not be filled with the least bad of the strays. Links that were opened in vain are closed
again.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

import numpy as np

from mlcheck.align.anchors import longest_chain
from mlcheck.align.evidence import OPEN_FROM, Evidence
from mlcheck.align.similarity import Pair, Side, Similarity
from mlcheck.data import Bool, Float64, Int64, Link

__all__ = ["only_crossing", "rematch"]

Couple = tuple[int, int]
"""A sentence of the source and one of the target."""

_GOOD = 0.4
"""Score, in units of the typical true link, from which two left-over sentences may belong together."""
_ALIKE = 0.6
"""Score from which two neighbours speak for a run."""
_RUN = 0.15
"""What each such neighbour adds when a sentence chooses among equals; what stands where it belongs
loses as much."""
_CLEAR = 0.05
"""What a lone pair must have over the next best, in the same units."""
_NEAR = 2
"""Sentences before and after a pair that are its surroundings: the next may itself be missing."""
_DOUBTED = 0.9
"""Probability of a link up to which it is asked whether one of its sentences belongs elsewhere."""
_WEAK = 0.6
"""Probability of a link below which all its sentences may look for a better one."""
_LONG = 3
"""Pairs in a run from which it has moved, whatever stands around it."""
_COPY = 0.9
"""Cosine of two centred sentences of one text from which one repeats the other."""
_LEAVE_FROM = 0.1
"""Probability of having no part in its link from which a sentence may leave it for a better
match elsewhere."""
_MOVED_UP_TO = 0.005
"""Probability of being wrong up to which two left-over sentences are joined out of order. Of a dozen moved
sentences that were looked at, all had 0.002 or less; sentences that have no counterpart had
0.05 or more with their best match. At .02 the moved sentences found in news mixtures were
the same to a point or two."""
_MAX_BLOCK = 4
"""Sentences on one side to which a moved link may grow. Links in order have the shapes of
`lattice.py`; of 662 links that people drew, 3 have more on a side than those."""
_JOINED_BELOW = 0.65
"""Probability of having no part in a link below which a left-over sentence joins a moved one
beside it. No evidence of its own: that of `CheckSettings.omission_from`."""
_MOST = 64
"""Sentences on the other side that one is weighed against, the most alike. What is as much like more of them
says nothing about its place."""
_ROWS_AT_ONCE = 512


def rematch(
    links: list[Pair], chances: Mapping[Pair, float], evidence: Evidence
) -> tuple[list[Pair], list[Pair], frozenset[Pair]]:
    """The links that keep the order, the links made anew among the nulls (these may cross), and the
    nulls that may have moved as well as not. `chances` is how probable the links are."""
    loose = [_loose(link, chances.get(link, 0.0), evidence) for link in links]
    left = sorted({i for a, _ in loose for i in a})
    right = sorted({j for _, c in loose for j in c})
    pairs, unclear = _mutual(left, right, evidence)
    pairs, straight = _out_of_order(pairs, links)
    found = _grown(pairs, set(left), set(right), evidence)
    taken = {(0, i) for a, _ in found for i in a} | {(1, j) for _, c in found for j in c}
    at_source = {a[0]: (a, c) for a, c in straight if (0, a[0]) not in taken and (1, c[0]) not in taken}
    used = taken | {(0, i) for i in at_source} | {(1, c[0]) for _, c in at_source.values()}
    kept: list[Pair] = []
    for link in links:
        kept += _remaining(link, used)
        # Where a pair's source was left alone, the pair stands now.
        kept += [at_source[i] for i in link[0] if i in at_source]
    return kept, found, unclear


def only_crossing(links: list[Link]) -> list[Link]:
    """The links, by source, of which only those that cross another are called moved: what a moved
    link seemed to cross may itself have been taken apart."""
    filled = [link for link in links if link.source and link.target]
    if not any(link.moved for link in filled):
        return links
    before = np.maximum.accumulate([-1, *(link.target[-1] for link in filled)])
    after = np.minimum.accumulate([np.iinfo(np.int64).max, *(link.target[0] for link in filled[::-1])])[::-1]
    crosses = {
        link: before[at] > link.target[0] or after[at + 1] < link.target[-1] for at, link in enumerate(filled)
    }
    return [replace(link, moved=link.moved and bool(crosses[link])) if link.moved else link for link in links]


def _out_of_order(pairs: Sequence[Pair], links: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The pairs that have moved, and those that stand still while others move past them.

    A pair that crosses a link in order has moved. Of pairs that cross only each other the most that
    keep the order stand still. A pair that crosses nothing is left out: of two sentences that face
    each other it has been weighed already whether they belong together.
    """
    # For each source sentence, the targets linked before it and after it.
    before: dict[int, int] = {}
    last = -1
    for a, c in links:
        before.update(dict.fromkeys(a, last))
        last = c[-1] if a and c else last
    after: dict[int, int] = {}
    following = sys.maxsize
    for a, c in reversed(links):
        after.update(dict.fromkeys(a, following))
        following = c[0] if a and c else following
    facing = [(a, c) for a, c in pairs if before[a[0]] < c[0] < after[a[0]]]
    chain = set(longest_chain([(a[0], c[0]) for a, c in facing]))
    past = [(a, c) for a, c in facing if (a[0], c[0]) not in chain]
    straight = [
        (a, c)
        for a, c in facing
        if (a[0], c[0]) in chain and any((a < other[0]) != (c < other[1]) for other in past)
    ]
    still = set(facing) - set(past)
    return [pair for pair in pairs if pair not in still], straight


def _loose(link: Pair, chance: float, evidence: Evidence) -> Pair:
    """The sentences of a link that may look for another: a null's, all of a link that diverges, and
    those of a block that hardly belong to it."""
    a, c = link
    if not a or not c or evidence.wrong(a, c) >= OPEN_FROM or _crosses(link, evidence):
        return link
    if chance > _DOUBTED:
        return (), ()
    if chance < _WEAK:
        return link
    members: list[tuple[int, ...]] = []
    for side in (0, 1):
        block, opposite = link[side], link[1 - side]
        members.append(
            tuple(
                one
                for one in (block if len(block) > 1 else ())
                if evidence.stray(side, block, one, opposite) >= _LEAVE_FROM
            )
        )
    return members[0], members[1]


def _crosses(link: Pair, evidence: Evidence) -> bool:
    """Does a block hold two sentences that changed places? Taken together they agree, so nothing
    else gives them away."""
    a, c = link
    if len(a) < 2 or len(c) < 2:
        return False
    # Few do, even by the first look, and the second one goes through both texts.
    first = _each_best(_Leftovers.of(a, c, evidence.similarity), evidence)
    return _any_crosses(first) and _any_crosses((one[0], two[0]) for one, two in _mutual(a, c, evidence)[0])


def _any_crosses(couples: Iterable[Couple]) -> bool:
    return any(one[1] > two[1] for one, two in pairwise(sorted(couples)))


@dataclass(frozen=True, slots=True)
class _Leftovers:
    """Left-over sentences, and the couples of them that are alike, with their scores."""

    left: frozenset[int]
    right: frozenset[int]
    scores: dict[Couple, float]

    @classmethod
    def of(cls, left: Sequence[int], right: Sequence[int], similarity: Similarity) -> _Leftovers:
        """The couples whose score is `_GOOD` or more, of each sentence the best `_MOST`."""
        columns = np.array(right, np.int64)
        found = []
        for start in range(0, len(left), _ROWS_AT_ONCE):
            rows = np.array(left[start : start + _ROWS_AT_ONCE], np.int64)
            x, y, values = similarity.alike(rows, columns, _GOOD)
            best = _best_of(x, y, values)
            found.append((rows[x[best]], columns[y[best]], values[best]))
        if not found:
            return cls(frozenset(left), frozenset(right), {})
        i, j, values = (np.concatenate(own) for own in zip(*found, strict=True))
        best = _best_of(j, i, values)
        couples = zip(i[best].tolist(), j[best].tolist(), strict=True)
        scores = dict(zip(couples, values[best].tolist(), strict=True))
        return cls(frozenset(left), frozenset(right), scores)

    def runs(self) -> dict[Couple, int]:
        """Of each couple, the length of the run of alike ones that it is in; alone, 1."""
        up: dict[Couple, int] = {}
        down: dict[Couple, int] = {}
        order = sorted(self.scores)
        for lengths, couples, step in ((up, order, -1), (down, order[::-1], 1)):
            for couple in couples:
                beside = couple[0] + step, couple[1] + step
                lengths[couple] = 1 + (lengths[beside] if self.scores.get(beside, 0.0) >= _ALIKE else 0)
        return {couple: up[couple] + down[couple] - 1 for couple in order}

    def whole(self, couple: Couple, paragraphs: tuple[Sequence[int], Sequence[int]]) -> bool:
        """Are the sentence's neighbours in its paragraph left over too, on both sides?"""
        for side, over in enumerate((self.left, self.right)):
            own, at = paragraphs[side], couple[side]
            for step in (-1, 1):
                beside = at + step
                if 0 <= beside < len(own) and own[beside] == own[at] and beside not in over:
                    return False
        return True

    def at_home(self, couples: Sequence[Couple], similarity: Similarity) -> Bool:
        """For each couple: do the sentences around the one agree with those around the other, though
        these were not left over? Then either stands where it belongs, in two passages that say the
        same, and each lacks its own counterpart. What has moved has left its surroundings."""
        result = np.zeros(len(couples), bool)
        if not couples:
            return result
        settled = [np.ones(side.count, bool) for side in (similarity.source, similarity.target)]
        for own, over in zip(settled, (self.left, self.right), strict=True):
            own[list(over)] = False
        i, j = np.array(couples, np.int64).T
        for step in (-1, 1):
            for up, on in product(range(1, _NEAR + 1), repeat=2):
                rows, columns = i + step * up, j + step * on
                good = (rows >= 0) & (rows < len(settled[0])) & (columns >= 0) & (columns < len(settled[1]))
                good &= ~result
                good[good] &= settled[0][rows[good]] & settled[1][columns[good]]
                result[good] |= similarity.couples(rows[good], columns[good]) >= _ALIKE
        return result


def _best_of(own: Int64, other: Int64, values: Float64) -> Int64:
    """Places, in order, of the couples that are among the best `_MOST` of a sentence of their own side."""
    if not len(own) or np.bincount(own).max() <= _MOST:
        return np.arange(len(own))
    order = np.lexsort((other, -values, own))
    begins = np.concatenate([[True], np.diff(own[order]) != 0])
    rank = np.arange(len(order)) - np.flatnonzero(begins)[np.cumsum(begins) - 1]
    return np.sort(order[rank < _MOST])


def _mutual(
    left: Sequence[int], right: Sequence[int], evidence: Evidence
) -> tuple[list[Pair], frozenset[Pair]]:
    """Pairs of sentences that are each other's best match and almost surely say the same; and the
    nulls of those that would be, were they not said elsewhere too."""
    over = _Leftovers.of(left, right, evidence.similarity)
    pairs = _each_best(over, evidence)
    sure = {pair for pair in pairs if evidence.wrong((pair[0],), (pair[1],)) <= _MOVED_UP_TO}
    unclear = _unclear(sorted(sure), pairs, over, evidence)
    found = {
        pair
        for pair in pairs
        if (pair in sure and pair not in unclear)
        or (
            # A sentence beside one that moved for certain moved with it.
            any(other in sure and other not in unclear for other in _beside(pair))
            and evidence.wrong((pair[0],), (pair[1],)) < OPEN_FROM
        )
    }
    nulls = {null for i, j in unclear - found for null in (((i,), ()), ((), (j,)))}
    return [((i,), (j,)) for i, j in sorted(found)], frozenset(nulls)


def _each_best(over: _Leftovers, evidence: Evidence) -> set[Couple]:
    """The couples that are each other's best match."""
    together = _chosen(over, evidence)
    best: tuple[dict[int, Couple], dict[int, Couple]] = ({}, {})
    for couple in sorted(together, key=lambda x: (-together[x], x)):
        best[0].setdefault(couple[0], couple)
        best[1].setdefault(couple[1], couple)
    return {couple for couple in best[0].values() if best[1][couple[1]] == couple}


def _chosen(over: _Leftovers, evidence: Evidence) -> dict[Couple, float]:
    """Scores by which a sentence chooses: those of the couples, with what their runs add; where a
    sentence has several that are as good, less for those that stand where they belong, or whose
    paragraphs are still there."""
    rivals: tuple[defaultdict[int, int], defaultdict[int, int]] = (defaultdict(int), defaultdict(int))
    for couple, score in over.scores.items():
        for side in (0, 1):
            rivals[side][couple[side]] += score >= _ALIKE
    runs = over.runs()
    result = {couple: score + _RUN * (min(runs[couple], _LONG) - 1) for couple, score in over.scores.items()}
    contested = [couple for couple in result if max(rivals[side][couple[side]] for side in (0, 1)) > 1]
    for couple, home in zip(contested, over.at_home(contested, evidence.similarity).tolist(), strict=True):
        result[couple] -= _RUN * (home + (not over.whole(couple, evidence.paragraphs)))
    return result


def _beside(couple: Couple) -> tuple[Couple, Couple]:
    return (couple[0] - 1, couple[1] - 1), (couple[0] + 1, couple[1] + 1)


def _unclear(sure: Sequence[Couple], pairs: set[Couple], over: _Leftovers, evidence: Evidence) -> set[Couple]:
    """Of pairs, those that may be two omissions as well as one move.

    In a text that repeats itself, what is missing in one place looks like what is missing, on the
    other side, in another. A run of sentences tells a move from two omissions; of a lone sentence its
    surroundings do, and whether its paragraph has gone with it.
    """
    similarity = evidence.similarity
    at_home = dict(zip(sure, over.at_home(sure, similarity).tolist(), strict=True))
    doubted, alone = [], []
    for run in _runs(sure):
        if len(run) >= _LONG:
            continue
        if at_home[run[0]] or at_home[run[-1]] or not all(over.whole(p, evidence.paragraphs) for p in run):
            doubted.append(run)
        elif len(run) == 1 and not any(other in pairs for other in _beside(run[0])):
            alone.append(run)
    # Only these are asked about: it takes a look through both texts.
    said = _said_elsewhere([pair for run in doubted + alone for pair in run], similarity)
    unclear = {pair for run in doubted if all(pair in said for pair in run) for pair in run}
    return unclear | {pair for (pair,) in alone if not said.get(pair, True)}


def _runs(pairs: Sequence[Couple]) -> list[list[Couple]]:
    runs: list[list[Couple]] = []
    for pair in pairs:
        if runs and runs[-1][-1] == (pair[0] - 1, pair[1] - 1):
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return runs


def _said_elsewhere(pairs: Sequence[Couple], similarity: Similarity) -> dict[Couple, bool]:
    """Of pairs, those of which one sentence is said elsewhere on the other side just as well; and
    whether it is so because the text repeats itself there, word for word or nearly."""
    found: dict[Couple, bool] = {}
    source, target = similarity.source, similarity.target
    for start in range(0, len(pairs), _ROWS_AT_ONCE):
        part = pairs[start : start + _ROWS_AT_ONCE]
        rows, columns = np.array(part).T
        own = similarity.couples(rows, columns)
        rivals = _best_but(source, columns, target, rows), _best_but(target, rows, source, columns)
        best = similarity.couples(rivals[0], columns), similarity.couples(rows, rivals[1])
        copies = [
            np.einsum("nd,nd->n", side.vectors[mine], side.vectors[other]) >= _COPY
            for side, mine, other in ((source, rows, rivals[0]), (target, columns, rivals[1]))
        ]
        close = [own - rival < _CLEAR for rival in best]
        for x in np.flatnonzero(close[0] | close[1]).tolist():
            found[part[x]] = all(copy[x] for copy, near in zip(copies, close, strict=True) if near[x])
    return found


def _best_but(side: Side, opposite_sentences: Int64, opposite: Side, mine: Int64) -> Int64:
    """For sentences of the opposite side, the best of this side that is not their own, `mine`."""
    # The hubs are small beside 1, so the best by cosine less hub is the best by similarity.
    scores = opposite.vectors[opposite_sentences] @ side.vectors.T
    scores -= (side.hub / 2).astype(np.float32)
    scores[np.arange(len(mine)), mine] = -2
    result: Int64 = scores.argmax(axis=1)
    return result


def _grown(pairs: list[Pair], left: set[int], right: set[int], evidence: Evidence) -> list[Pair]:
    """Each pair with the left-over neighbours that belong to it: a moved sentence may be split too."""
    free = (left - {i for a, _ in pairs for i in a}, right - {j for _, c in pairs for j in c})
    grown = []
    for pair in pairs:
        for side in (0, 1):
            for step in (-1, 1):
                edge = pair[side][0] if step < 0 else pair[side][-1]
                if edge + step in free[side] and len(pair[side]) < _MAX_BLOCK:
                    block = tuple(sorted((*pair[side], edge + step)))
                    if evidence.stray(side, block, edge + step, pair[1 - side]) < _JOINED_BELOW:
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
