"""How the two columns belong together: bands between linked paragraphs, and gaps where one side is empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from mlcheck.data import Document, Link, Location
from mlcheck.languages import name
from mlcheck.reporters.html.numbers import Numbers

__all__ = ["Join", "Joins", "joined"]

Kind = Literal["linked", "moved", "missing", "added"]
_LETTERS: Final = "st"
"""Keys of paragraphs are `s` or `t` and the index; of gaps the same with a `g`."""


class Join(NamedTuple):
    """A band: the keys of what it joins on either side. An empty side of the link is a gap there."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    kind: Kind
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Joins:
    """The bands, and where gaps stand."""

    joins: tuple[Join, ...] = ()
    _gaps: tuple[dict[int, tuple[str, str, int]], ...] = field(default=({}, {}))
    _of: tuple[dict[int, Join], ...] = field(default=({}, {}))
    _numbers: Numbers = field(default_factory=lambda: Numbers(()))
    _above: dict[str, int] = field(default_factory=dict)
    """The paragraph that a gap comes after, by the gap's key."""

    def gaps_below(self, side: int, index: int) -> list[tuple[str, str, int]]:
        """Key and message of the gap below a paragraph, if there is one, and the first paragraph that would
        stand there; below -1 that at the top."""
        return [self._gaps[side][index]] if index in self._gaps[side] else []

    def joined_with(self, side: int, index: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
        """Of the link that a paragraph is in: the paragraphs of the other version, and those of its own."""
        join = self._of[side].get(index)
        return (join.link.sides[1 - side], join.link.sides[side]) if join else None

    def is_lone(self, side: int, index: int) -> bool:
        """Has the paragraph no counterpart?"""
        join = self._of[side].get(index)
        return join is not None and join.kind in ("missing", "added")

    def is_moved(self, side: int, index: int) -> bool:
        """Is its counterpart elsewhere in the order?"""
        join = self._of[side].get(index)
        return join is not None and join.kind == "moved"

    def partners(self, side: int, index: int) -> str:
        """The numbers of its counterparts, as in `5, 6`."""
        join = self._of[side].get(index)
        other = (join.link.target, join.link.source)[side] if join else ()
        return ", ".join(str(self._numbers.of(1 - side, k) or "–") for k in other)

    def position(self, source: Location | None, target: Location | None) -> tuple[int, int, int]:
        """What findings are sorted by: the paragraph of the source, or the one that it would come after;
        whether it comes after; and the character, of the version that it stands in."""
        if source and source.paragraphs:
            return source.paragraphs[0], 0, source.span.start
        if not (target and target.paragraphs):
            return -1, 0, 0
        index = target.paragraphs[0]
        join = self._of[1].get(index)
        if join and join.link.source:
            return join.link.source[0], 1, target.span.start
        return self._above.get(join.source[0], -1) if join else -1, 1, target.span.start

    def nearest(self, side: int, places: tuple[Location | None, Location | None]) -> str | None:
        """The key of what a finding stands on in a version; where it has no place there, of what
        stands opposite."""
        own, other = places[side], places[1 - side]
        if own and own.paragraphs:
            return f"{_LETTERS[side]}{own.paragraphs[0]}"
        join = self._of[1 - side].get(other.paragraphs[0]) if other and other.paragraphs else None
        return (join.target, join.source)[1 - side][0] if join else None


def joined(links: Sequence[Link], documents: Sequence[Document]) -> Joins:
    """The joins of two documents; of fewer, none."""
    if len(documents) < 2:
        return Joins()
    numbers = Numbers(documents)
    gaps: tuple[dict[int, tuple[str, str, int]], ...] = ({}, {})
    gap_of: list[dict[int, str]] = [{}, {}]
    for side in (0, 1):
        for after, group in _lone(side, links).items():
            key = f"g{_LETTERS[side]}{len(gaps[side])}"
            gaps[side][after] = (
                key,
                _message(group, 1 - side, documents, numbers),
                min(group),
            )
            gap_of[1 - side] |= dict.fromkeys(group, key)
    above = {key: after for own in gaps for after, (key, _, _) in own.items()}
    joins = []
    of: tuple[dict[int, Join], ...] = ({}, {})
    for link in links:
        sides = [
            tuple(f"{_LETTERS[side]}{k}" for k in own)
            or tuple(dict.fromkeys(gap_of[1 - side][k] for k in (link.target, link.source)[side]))
            for side, own in enumerate((link.source, link.target))
        ]
        join = Join(sides[0], sides[1], _kind(link), link)
        joins.append(join)
        of[0].update(dict.fromkeys(link.source, join))
        of[1].update(dict.fromkeys(link.target, join))
    return Joins(joins=tuple(joins), _gaps=gaps, _of=of, _numbers=numbers, _above=above)


def _kind(link: Link) -> Kind:
    if not link.target:
        return "missing"
    if not link.source:
        return "added"
    return "moved" if link.moved else "linked"


def _lone(side: int, links: Sequence[Link]) -> dict[int, list[int]]:
    """What of the other version has no counterpart in this one, by the paragraph of this one that it
    would come after."""
    order = 1 if side else -1
    pairs = [(link.source, link.target)[::order] for link in links if not link.moved]
    ordered = sorted((other, own) for other, own in pairs if other)  # as the other version has them
    first = next((min(own) for _, own in ordered if own), 0)
    after, found = first - 1, dict[int, list[int]]()
    for other, own in ordered:
        if own:
            after = max(own)
        else:
            found.setdefault(after, []).extend(other)
    return found


def _message(paragraphs: Sequence[int], side: int, documents: Sequence[Document], numbers: Numbers) -> str:
    counted = [number for k in paragraphs if (number := numbers.of(side, k)) is not None]
    first, last = min(counted, default=0), max(counted, default=0)
    said = f"Paragraph {first}" if len(counted) == 1 else f"Paragraphs {first} to {last}"
    if last - first + 1 != len(counted):  # what lies between is linked elsewhere
        said = f"{len(counted)} of the paragraphs {first} to {last}"
    have = "has" if len(counted) == 1 else "have"
    return f"{said} of the {name(documents[side].language)} version {have} no counterpart here"
