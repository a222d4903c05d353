"""From sentence links to paragraph links, in the way a person would draw them.

Two paragraphs belong together where they share enough text: at least half of what the smaller has
linked. A single sentence that the translator put at the end of one paragraph instead of at the
start of the next does not join the two; a paragraph that was split, or merged, does. Paragraphs
without any such partner take the one with which they share most.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

import numpy as np

from mlcheck.data import Document, Link

__all__ = ["lift", "paragraph_links"]

_ENOUGH = 0.5

Group = tuple[tuple[int, ...], tuple[int, ...]]
Groups = list[Group]


def paragraph_links(links: Sequence[Link], source: Document, target: Document) -> tuple[Link, ...]:
    """Links between paragraphs, from those between sentences, in reading order."""
    touching: tuple[defaultdict[int, set[int]], ...] = (defaultdict(set), defaultdict(set))
    for number, link in enumerate(links):
        for i in link.source:
            touching[0][source.sentences[i].paragraph].add(number)
        for j in link.target:
            touching[1][target.sentences[j].paragraph].add(number)
    found = []
    for group in lift(links, source, target):
        left, right = (
            {number for p in own for number in touching[side][p]} for side, own in enumerate(group)
        )
        numbers = left & right if group[0] and group[1] else left | right
        found.append(_paragraph_link(group, [links[n] for n in sorted(numbers)], source))
    # Sentences that changed places inside their paragraph cross each other, and nothing else.
    crossing = _crossing(found) if any(link.moved for link in found) else frozenset()
    return tuple(
        replace(link, moved=False) if link.moved and at not in crossing else link
        for at, link in enumerate(found)
    )


def _crossing(links: Sequence[Link]) -> frozenset[int]:
    """Places of the links that cross another: one before it by source is after it by target, or the other
    way round."""
    filled = sorted(
        (at for at, k in enumerate(links) if k.source and k.target), key=lambda at: links[at].source
    )
    targets = [links[at].target for at in filled]
    before = list(accumulate(targets, max))
    after = list(accumulate(reversed(targets), min))[::-1]
    return frozenset(
        at
        for n, at in enumerate(filled)
        if (n > 0 and before[n - 1] > targets[n]) or (n + 1 < len(filled) and after[n + 1] < targets[n])
    )


def _paragraph_link(group: Group, members: Sequence[Link], source: Document) -> Link:
    """A paragraph link takes the mean similarity and confidence of the sentence links inside it, by
    length, and their largest divergence and `wrong`: one sentence that says something else is enough."""
    if not group[0] or not group[1]:
        chance = max(link.confidence for link in members if link.confidence is not None)
        return Link(source=group[0], target=group[1], confidence=chance)
    inside = [link for link in members if link.similarity is not None]
    if len(inside) == 1:
        return replace(inside[0], source=group[0], target=group[1])
    sizes = np.array([sum(len(source.sentences[i].text) for i in link.source) for link in inside], float)
    values = np.array([[x.similarity for x in inside], [x.confidence for x in inside]], float)
    similarity, confidence = ((values * sizes).sum(axis=1) / sizes.sum()).tolist()
    return Link(
        source=group[0],
        target=group[1],
        similarity=similarity,
        divergence=max(link.divergence for link in inside if link.divergence is not None),
        wrong=max(link.wrong for link in inside if link.wrong is not None),
        confidence=confidence,
        moved=all(link.moved for link in inside),
    )


def lift(links: Sequence[Link], source: Document, target: Document) -> Groups:
    """Paragraph links as (source paragraphs, target paragraphs), in reading order; every paragraph
    that has a sentence is in exactly one."""
    shared = _shared(links, source, target)
    edges = _edges(shared)
    neighbours: dict[tuple[str, int], set[tuple[str, int]]] = defaultdict(set)
    for p, q in edges:
        neighbours["s", p].add(("t", q))
        neighbours["t", q].add(("s", p))
    nodes = [("s", p) for p in _paragraphs(source)] + [("t", q) for q in _paragraphs(target)]
    seen: set[tuple[str, int]] = set()
    groups: Groups = []
    for node in nodes:
        if node in seen:
            continue
        group = _reach(node, neighbours)
        seen |= group
        groups.append(
            (
                tuple(sorted(i for side, i in group if side == "s")),
                tuple(sorted(i for side, i in group if side == "t")),
            )
        )
    return _in_order(groups)


def _paragraphs(document: Document) -> list[int]:
    return sorted({sentence.paragraph for sentence in document.sentences})


def _shared(links: Sequence[Link], source: Document, target: Document) -> dict[tuple[int, int], float]:
    """Characters that a source and a target paragraph share, by the sentence links."""
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for link in links:
        if not link.source or not link.target:
            continue
        left, right = _weights(link.source, source), _weights(link.target, target)
        one, two = sum(left.values()), sum(right.values())
        mass = (one + two) / 2
        for p, w in left.items():
            for q, v in right.items():
                shared[p, q] += mass * w / one * v / two
    return shared


def _weights(sentences: tuple[int, ...], document: Document) -> dict[int, float]:
    weights: dict[int, float] = defaultdict(float)
    for i in sentences:
        weights[document.sentences[i].paragraph] += len(document.sentences[i].text)
    return weights


def _edges(shared: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    left: dict[int, float] = defaultdict(float)
    right: dict[int, float] = defaultdict(float)
    for (p, q), mass in shared.items():
        left[p] += mass
        right[q] += mass
    edges = {(p, q) for (p, q), mass in shared.items() if mass >= _ENOUGH * min(left[p], right[q])}
    for side in (0, 1):
        of_node: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for edge in shared:
            of_node[edge[side]].append(edge)
        for mine in of_node.values():
            if not any(edge in edges for edge in mine):
                edges.add(max(mine, key=lambda edge: (shared[edge], -edge[0], -edge[1])))
    return edges


def _reach(
    node: tuple[str, int], neighbours: dict[tuple[str, int], set[tuple[str, int]]]
) -> set[tuple[str, int]]:
    group, front = {node}, [node]
    while front:
        for other in neighbours.get(front.pop(), ()):
            if other not in group:
                group.add(other)
                front.append(other)
    return group


def _in_order(groups: Groups) -> Groups:
    """By source; a group with no source goes after the last group whose target comes before it."""
    filled = sorted(group for group in groups if group[0])
    starts = sorted((group[1][0], at) for at, group in enumerate(filled) if group[1])
    # The place of a target: after the last, in the source's order, of all groups that begin before it.
    places = np.maximum.accumulate([at for _, at in starts]) if starts else np.zeros(0, int)
    after: dict[int, Groups] = defaultdict(list)
    for group in sorted((g for g in groups if not g[0]), key=lambda g: g[1]):
        before = bisect_left(starts, (group[1][0], -1))
        after[int(places[before - 1]) if before else -1].append(group)
    return after[-1] + [own for at, group in enumerate(filled) for own in (group, *after[at])]
