"""Short paragraphs of a sentence each, as the items of a list are: where one is missing, the model of links
wavers between a sentence alone and a block that swallows it, because its neighbour sounds much the same. What
tells whether a sentence has a part in a block is asked too, and the two together are sure enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from mlcheck.align.evidence import Evidence
from mlcheck.align.similarity import Pair

__all__ = ["free_items"]

_EVEN = 0.5
"""Probability of a block below which it may be opened, of a null from which it is doubted no more, and
of having no part in a block from which a sentence leaves it."""


def free_items(
    links: Sequence[Pair], chances: Mapping[Pair, float], evidence: Evidence
) -> tuple[list[Pair], dict[Pair, float]]:
    """The links, in order, with items set free that hardly belong to their block; and the nulls of items,
    with the probability that they have no counterpart."""
    result: list[Pair] = []
    nulls: dict[Pair, float] = {}
    sizes = Counter(evidence.paragraphs[0]), Counter(evidence.paragraphs[1])
    # Where every sentence is a paragraph, as in a file of lines, paragraphs tell nothing of blocks.
    telling = all(max(own.values(), default=1) > 1 for own in sizes)
    for at, link in enumerate(links):
        if not all(_is_item(evidence, sizes, side, i) for side in (0, 1) for i in link[side]):
            result.append(link)
        elif link[0] and link[1]:
            result += _opened(link, chances.get(link, 1.0), evidence, nulls) if telling else [link]
        else:
            result.append(link)
            stray = _stray_beside(links, at, sizes, evidence)
            if chances.get(link, 0.0) >= _EVEN <= stray:
                nulls[link] = 1 - (1 - chances[link]) * (1 - stray)
    return result, nulls


def _is_item(evidence: Evidence, sizes: tuple[Counter[int], Counter[int]], side: int, sentence: int) -> bool:
    return sizes[side][evidence.paragraphs[side][sentence]] == 1


def _opened(link: Pair, chance: float, evidence: Evidence, nulls: dict[Pair, float]) -> list[Pair]:
    """A block of two items that face one, as a link and a null, if one of the two hardly belongs to it."""
    if sorted(map(len, link)) != [1, 2] or chance >= _EVEN:
        return [link]
    side = 0 if len(link[0]) == 2 else 1
    strays = {i: evidence.stray(side, link[side], i, link[1 - side]) for i in link[side]}
    out = max(strays, key=lambda i: strays[i])
    if strays[out] < _EVEN:
        return [link]
    left = tuple(i for i in link[side] if i != out)
    kept: Pair = (link[0], left) if side else (left, link[1])
    null: Pair = ((), (out,)) if side else ((out,), ())
    nulls[null] = 1 - chance * (1 - strays[out])
    return [kept, null] if out > left[0] else [null, kept]


def _stray_beside(
    links: Sequence[Pair], at: int, sizes: tuple[Counter[int], Counter[int]], evidence: Evidence
) -> float:
    """Probability that a lone item has no part in the links on either side of it; 0 where there are none, or
    something else is left alone there."""
    side = 0 if links[at][0] else 1
    (own,) = links[at][side]
    found: list[float] = []
    for beside in (at - 1, at + 1):
        if not 0 <= beside < len(links):
            continue
        link = links[beside]
        if not link[0] or not link[1]:
            return 0.0
        if len(link[side]) == 1 and all(_is_item(evidence, sizes, side, i) for i in link[side]):
            block = tuple(sorted((*link[side], own)))
            found.append(evidence.stray(side, block, own, link[1 - side]))
    return min(found, default=0.0)
