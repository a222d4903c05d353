"""A measure in two units against what stands opposite: as one, or part by part."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.compare.agreement import agree
from mlcheck.compare.tantamount import converted
from mlcheck.facts import Fact

__all__ = ["settled"]

_Owned = tuple[int, Fact]
"""A fact with its sentence."""


def settled(own: Sequence[_Owned], opposite: Sequence[_Owned]) -> list[_Owned]:
    """The facts of a side of a passage. A measure in two units is one where the same measure stands opposite,
    in one or in two, or nothing like its parts; else each part counts by itself."""
    if not any(fact.parts for _, fact in own):
        return list(own)
    others = [fact for _, fact in opposite]
    found: list[_Owned] = []
    for sentence, fact in own:
        whole = not fact.parts or _is_one(fact, others)
        found += [(sentence, fact)] if whole else [(sentence, part) for part in fact.parts]
    return found


def _is_one(fact: Fact, others: Sequence[Fact]) -> bool:
    if any(agree(fact, other) or converted(fact, other) for other in others):
        return True
    if any(other.parts and other.unit == fact.unit for other in others):
        return True
    said = {reading for other in others for each in (other, *other.parts) for reading in each.readings}
    return not any(set(part.readings) & said for part in fact.parts)
