"""Which paragraphs of all versions belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from mlcheck.versions.pairs import Pairs

__all__ = ["Place", "Places", "joined"]

Place = tuple[int, int]
"""A version and one of its paragraphs."""


class Places:
    """Groups of places: what was joined with what."""

    def __init__(self) -> None:
        self._up: dict[Place, Place] = {}

    def root(self, place: Place) -> Place:
        """The place that stands for the group."""
        self._up.setdefault(place, place)
        while self._up[place] != place:
            self._up[place] = self._up[self._up[place]]
            place = self._up[place]
        return place

    def join(self, places: Iterable[Place]) -> None:
        """Put some places, and what they were joined with, into one group."""
        first, *rest = map(self.root, places)
        for other in rest:
            self._up[self.root(other)] = self.root(first)

    def groups(self) -> list[list[Place]]:
        """All groups, each in order."""
        found: defaultdict[Place, list[Place]] = defaultdict(list)
        for place in sorted(self._up):
            found[self.root(place)].append(place)
        return list(found.values())


def joined(pairs: Pairs) -> list[list[tuple[int, ...]]]:
    """The passages of all versions in reading order: for each, its paragraphs in each version.

    Two of the others say the same where the pivot says it too; their own pair counts only for what the pivot
    lacks, so that one doubtful link does not join what two sure ones keep apart.
    """
    places = Places()
    number = len(pairs.order)
    for version in range(number):
        for paragraph in pairs.document(version).paragraphs:
            if paragraph.compared:
                places.root((version, paragraph.index))
    with_pivot: set[Place] = set()
    for one, other, left, right in pairs.links():
        here, there = [(one, i) for i in left], [(other, j) for j in right]
        if one == pairs.pivot:
            with_pivot.update(there)
        elif with_pivot.intersection(here) or with_pivot.intersection(there):
            continue
        places.join([*here, *there])
    groups = [
        [tuple(p for v, p in group if v == version) for version in range(number)] for group in places.groups()
    ]
    return list(_in_reading_order([group for group in groups if not _is_furniture(group, pairs)]))


def _is_furniture(group: Sequence[tuple[int, ...]], pairs: Pairs) -> bool:
    """Is it what looks like page furniture, and is not in all versions? Held against one that lacks it, it is
    none of the text."""
    return not all(group) and all(
        pairs.document(version).paragraphs[paragraph].doubtful
        for version, paragraphs in enumerate(group)
        for paragraph in paragraphs
    )


def _in_reading_order(groups: Sequence[list[tuple[int, ...]]]) -> Iterator[list[tuple[int, ...]]]:
    """The passages in the order of the first version; what that lacks stands after what comes before it in
    the first version that has it."""
    order: list[int] = []
    for version in range(len(groups[0]) if groups else 0):
        here = sorted((g for g in range(len(groups)) if groups[g][version]), key=lambda g: groups[g][version])
        at = 0
        for group in here:
            if group in order:
                at = order.index(group) + 1
            else:
                order.insert(at, group)
                at += 1
    return (groups[g] for g in order)
