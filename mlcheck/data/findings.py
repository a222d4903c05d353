"""What checking makes: findings, and what there is to say beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mlcheck.data.places import Location
from mlcheck.data.versions import PairName

__all__ = [
    "Finding",
    "Note",
    "OneSided",
    "Severity",
    "Skip",
    "Suppression",
]

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Somebody has accepted a finding: it is shown as that, and does not fail a build."""

    by: Literal["baseline", "comment", "sidecar"]
    """A baseline file; a comment in the text; a file beside the text."""
    reason: str
    where: str
    """The file that says so, with a line where there is one, as in `terms.md:12`."""
    decision: Literal["accepted", "dismissed"] = "accepted"
    """It is so, and may stay; or the finding is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, or worth knowing. At least one location is not None: of `source` and
    `target`, or of `places` in a report of several versions."""

    rule: str
    severity: Severity
    mqm: str
    message: str
    source: Location | None
    target: Location | None
    confidence: float
    """Probability, 0 to 1, that an editor would agree."""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    """The figures behind it; JSON-serialisable, keys and values both."""
    fingerprint: str = ""
    suppressed: Suppression | None = None
    versions: tuple[int, ...] = ()
    """Of several versions, by number: those that lack it, or are the odd ones out."""
    places: tuple[Location | None, ...] = ()
    """Of several versions: where each says it."""
    pairs: tuple[PairName, ...] = ()
    """Of several versions: what it is called where they are checked in pairs."""

    @property
    def first_place(self) -> Location | None:
        """The place in the source, else in the target; of several versions, in the first that has one."""
        return self.source or self.target or next((place for place in self.places if place), None)

    @property
    def baselined(self) -> bool:
        """Is it accepted, by a baseline or by a note in or beside the text?"""
        return self.suppressed is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A rule that could not run, and why: neither a finding nor a pass."""

    rule: str
    reason: str
    off: bool = False
    """Because somebody wants it so: nothing to tell them each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSided:
    """Only one version of a pair changed: the other may have been forgotten."""

    side: Literal["source", "target"]
    """The one that changed."""
    message: str
    """What changed, since when, and what did not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that the reader of a report should know and that is no finding."""

    code: str
    message: str
