"""Figures of a report, as exact as they are written: one rounding, at the source, so that a report that was
saved and read again says in every format what it said at first."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from mlcheck.data import Change, Finding, Link, Report, WordDifference

__all__ = ["plain", "rounded"]

_DECIMALS: Final = 4
"""More would be noise: no probability here is known to a thousandth."""

Words = tuple[tuple[WordDifference, ...], ...]


def plain(value: Any) -> Any:
    """The value with its floats rounded to four decimals; those that are not finite become None. Tuples
    become lists."""
    if isinstance(value, float):
        # Adding 0.0 turns -0.0 into 0.0.
        return round(value, _DECIMALS) + 0.0 if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def rounded(report: Report) -> Report:
    """The report with all its figures rounded to four decimals."""
    return replace(
        report,
        divergence=plain(report.divergence),
        links=tuple(map(_link, report.links)),
        findings=tuple(map(_finding, report.findings)),
        words=_words(report.words),
        shades=_words(report.shades),
        changes=None if report.changes is None else tuple(map(_change, report.changes)),
    )


def _link(link: Link) -> Link:
    return replace(link, similarity=plain(link.similarity), divergence=plain(link.divergence))


def _finding(finding: Finding) -> Finding:
    return replace(finding, confidence=plain(finding.confidence), evidence=plain(finding.evidence))


def _change(change: Change) -> Change:
    return replace(change, confidence=plain(change.confidence))


def _words(words: Words | None) -> Words | None:
    if words is None:
        return None
    return tuple(tuple(w._replace(difference=plain(w.difference)) for w in side) for side in words)
