"""What checking makes: findings, and what there is to say beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mlcheck.data.text import Span

__all__ = [
    "Finding",
    "Location",
    "Note",
    "OneSided",
    "Severity",
    "Skip",
    "Suppression",
]

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a document: lines and columns of the file, for people; and for machines the paragraphs and
    the `span` in the document's text. A container has no lines, and those are of the text taken out of it."""

    paragraphs: tuple[int, ...]
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    place: str = ""
    """Where it stands in a file that has no lines: `page 3`, `table 1, row 2, cell 3`."""
    segment: str | None = None
    """The key of a segment or string, in a file of these."""

    @property
    def has_lines(self) -> bool:
        """Do line and column lead to it? Those of a container are of no file that anybody could open;
        subtitles and mails have lines, and say the cue or the part besides."""
        return not self.place or self.place.startswith(("cue ", "part "))


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
    """One thing that is wrong, or worth knowing. At least one location is not None."""

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
