"""The reports of pairs of versions, each asked for once and only when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mlcheck.data import NO_REFERENCE, Document, Finding, Location, Report
from mlcheck.errors import UsageError
from mlcheck.languages import base, normalise

__all__ = ["Ask", "Pairs", "Seen", "canonical", "overlap", "reference_of"]

Ask = Callable[[int, int], Report]
"""The report of two versions, by their numbers: the source and the target."""

_OWN_RATIO = 1.5
_OWN_SLACK = 20
"""A finding stands on both its places where neither is longer than so many times the other, and so many
characters: a figure opposite a figure. Where a figure stands opposite a whole sentence, the sentence is only
where the figure would be."""

_FAMILIES = {
    "added-paragraph": "missing-paragraph",
    "added-sentence": "missing-sentence",
    "added-detail": "missing-detail",
}
"""What is missing on one side is added on the other."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A finding of a pair, and where it stands in these two versions."""

    finding: Finding
    source: int
    target: int

    @property
    def family(self) -> str:
        """The rule, whichever side it is seen from."""
        return _FAMILIES.get(self.finding.rule, self.finding.rule)

    @property
    def placed(self) -> dict[int, Location]:
        """Its places by version."""
        both = {self.source: self.finding.source, self.target: self.finding.target}
        return {version: place for version, place in both.items() if place is not None}

    @property
    def own(self) -> dict[int, Location]:
        """The places that it stands on, without one that only says where something would be."""
        placed = self.placed
        most = _OWN_RATIO * min(len(place.text) for place in placed.values()) + _OWN_SLACK
        return {version: place for version, place in placed.items() if len(place.text) <= most}

    def other(self, version: int) -> int:
        """The other version of its pair."""
        return self.target if version == self.source else self.source


def canonical(documents: Sequence[tuple[str, str]]) -> list[int]:
    """Versions by number in an order that does not depend on theirs, from the language and the text of each:
    English first, as most tables know it best."""
    return sorted(range(len(documents)), key=lambda v: (documents[v][0].split("-")[0] != "en", documents[v]))


def reference_of(named: str | None, languages: Sequence[str]) -> int | None:
    """The number of the version that is the reference: the first, the one in the language that is `named`, or
    None for `none`. Raises `UsageError` where no version is in that language."""
    if named is None:
        return 0
    if named == NO_REFERENCE:
        return None
    exact = [v for v, code in enumerate(languages) if normalise(code) == normalise(named)]
    near = [v for v, code in enumerate(languages) if base(code) == base(named)]
    if not exact and not near:
        there = ", ".join(languages)
        raise UsageError(f"--reference {named}: no version is in that language; there are {there}, or none")
    return (exact or near)[0]


class Pairs:
    """The pairs of some versions. One of them, the pivot, is held against each of the others."""

    def __init__(self, ask: Ask, order: Sequence[int], pivot: int) -> None:
        """`order` is the versions as `canonical` has them."""
        self._ask, self.order, self.pivot = ask, order, pivot
        self._known: dict[tuple[int, int], Report] = {}
        self.others = [version for version in order if version != pivot]
        for other in self.others:
            self.report(pivot, other)

    def report(self, one: int, other: int) -> Report:
        """The report of two versions; its source is the pivot, or the one that comes first in the order."""
        key = self._key(one, other)
        if key not in self._known:
            self._known[key] = self._ask(*key)
        return self._known[key]

    def _key(self, one: int, other: int) -> tuple[int, int]:
        if self.pivot in (one, other):
            return self.pivot, other if one == self.pivot else one
        first, second = sorted((one, other), key=self.order.index)
        return first, second

    def reports(self) -> list[Report]:
        """All that were asked for, those of the pivot first."""
        return list(self._known.values())

    def document(self, version: int) -> Document:
        """A version as its pair with the pivot has it."""
        report = self.report(self.pivot, self.others[0] if version == self.pivot else version)
        document = report.source if version == self.pivot else report.target
        assert document is not None
        return document

    def seen(self, one: int, other: int) -> list[Seen]:
        """The findings of two versions."""
        key = self._key(one, other)
        return [Seen(finding, *key) for finding in self.report(*key).findings]

    def links(self) -> Iterator[tuple[int, int, tuple[int, ...], tuple[int, ...]]]:
        """Two versions and the paragraphs that say the same in both, for all pairs that were asked for."""
        for (one, other), report in self._known.items():
            for link in report.links:
                if link.source and link.target:
                    yield one, other, link.source, link.target

    def agree(self, family: str, one: int, place: Location, other: int) -> bool:
        """Do two versions agree on a place of the first? They do where their pair has no finding of that
        family there."""
        return not any(
            overlap(where, place)
            for seen in self.seen(one, other)
            if seen.family == family and (where := seen.placed.get(one)) is not None
        )


def overlap(one: Location, other: Location) -> bool:
    """Have two places of a version a character in common?"""
    return one.span.start < other.span.end and other.span.start < one.span.end
