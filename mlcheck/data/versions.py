"""What several versions have together, and what changed between two states of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from mlcheck.data.places import Location

__all__ = ["NO_REFERENCE", "Change", "ChangeKind", "ChangeStatus", "PairName", "Passage"]

NO_REFERENCE: Final = "none"
"""In place of the language of a reference: no version is more right than the others."""

ChangeKind = Literal["changed", "added", "removed", "moved", "wording"]
ChangeStatus = Literal["followed", "stale", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What the versions of an item have in one place: paragraph numbers for each version, in their order;
    none where a version has no counterpart."""

    paragraphs: tuple[tuple[int, ...], ...]
    missing: tuple[int, ...] = ()
    """The versions without counterpart."""
    differs: tuple[int, ...] = ()
    """The versions of which a finding says that they say something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairName:
    """What a finding of several versions is called where two of them are checked as a pair: a baseline knows
    it by that, so that one accepted in a pair is accepted here too."""

    source: int
    target: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a passage between two states of a text, and whether another version has followed.

    `old` is None for what was added, `new` for what was removed. `target` is where the other version says it,
    or None. `wording` and `moved` change nothing that another version would have to follow.
    """

    kind: ChangeKind
    old: Location | None
    new: Location | None
    target: Location | None
    status: ChangeStatus
    confidence: float
    """Probability, 0 to 1, that the status is right."""
