"""Which findings of the pairs are about one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlcheck.data import Location
from mlcheck.versions.pairs import Pairs, Seen, overlap

__all__ = ["Issue", "issues"]

LONE = ("missing-paragraph", "missing-sentence", "missing-detail")
"""Families of what one version has and another has not."""


@dataclass(frozen=True, slots=True, eq=False)
class Issue:
    """What is wrong in one place, as several pairs have it."""

    seen: tuple[Seen, ...]

    @property
    def family(self) -> str:
        """The rule, whichever side it is seen from."""
        return self.seen[0].family

    @property
    def own(self) -> dict[int, Location]:
        """Where it stands, by version: the first place that a pair has."""
        found: dict[int, Location] = {}
        for seen in self.seen:
            for version, place in seen.own.items():
                found.setdefault(version, place)
        return found

    @property
    def placed(self) -> dict[int, Location]:
        """Where it stands or would stand, by version."""
        found = self.own
        for seen in self.seen:
            for version, place in seen.placed.items():
                found.setdefault(version, place)
        return found

    @property
    def lone(self) -> bool:
        """Do some versions have something that the others lack, and not something else?"""
        return all(len(seen.own) == 1 for seen in self.seen)


def issues(pairs: Pairs, passage_of: dict[tuple[int, int], int]) -> list[Issue]:
    """The findings of the pivot's pairs, those about one thing together, in the order in which they come.
    `passage_of` is the passage of each paragraph of each version."""
    groups: list[list[Seen]] = []
    for other in pairs.others:
        for seen in pairs.seen(pairs.pivot, other):
            same = [group for group in groups if any(_one_thing(seen, s, pairs, passage_of) for s in group)]
            groups = [group for group in groups if group not in same]
            groups.append([*(s for group in same for s in group), seen])
    return [Issue(tuple(group)) for group in groups]


def _one_thing(one: Seen, other: Seen, pairs: Pairs, passage_of: dict[tuple[int, int], int]) -> bool:
    if one.family != other.family or one.target == other.target:
        return False
    here, there = one.own, other.own
    shared = here.keys() & there.keys()
    if shared:
        return any(overlap(here[version], there[version]) for version in shared)
    # Each in a version of its own, which the pivot lacks: do these two have it in common?
    if len(here) != 1 or len(there) != 1:
        return False
    (left, one_place), (right, other_place) = *here.items(), *there.items()
    if pairs.pivot in (left, right):
        return False
    return _same_value(one, other) and (
        _same_passage(left, one_place, right, other_place, pairs, passage_of)
        and pairs.agree(one.family, left, one_place, right)
    )


def _same_value(one: Seen, other: Seen) -> bool:
    """Figures and dates are told apart by their values; what has none is by its place alone."""
    values = [seen.finding.evidence.get("target") for seen in (one, other)]
    return values[0] == values[1]


def _same_passage(
    left: int,
    one: Location,
    right: int,
    other: Location,
    pairs: Pairs,
    passage_of: dict[tuple[int, int], int],
) -> bool:
    if set(_passages(left, one, passage_of)) & set(_passages(right, other, passage_of)):
        return True
    for link in pairs.report(left, right).links:
        sides = (link.source, link.target) if pairs.order.index(left) < pairs.order.index(right) else (
            link.target, link.source)  # fmt: skip
        if set(sides[0]) & set(one.paragraphs) and set(sides[1]) & set(other.paragraphs):
            return True
    return False


def _passages(version: int, place: Location, passage_of: dict[tuple[int, int], int]) -> Iterator[int]:
    for paragraph in place.paragraphs:
        if (version, paragraph) in passage_of:
            yield passage_of[version, paragraph]


def passages_at(version: int, place: Location, passage_of: dict[tuple[int, int], int]) -> Sequence[int]:
    """The passages that a place of a version stands in."""
    return tuple(dict.fromkeys(_passages(version, place, passage_of)))
