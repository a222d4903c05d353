"""A report in short: as rows of a table, as a line, and as a small table of HTML for notebooks."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from mlcheck.data.findings import Finding
from mlcheck.data.places import Location
from mlcheck.data.text import Document

if TYPE_CHECKING:
    from mlcheck.data.report import Report

__all__ = ["COLUMNS", "Row", "as_table", "rows", "summary"]

COLUMNS: Final = (
    "id",
    "rule",
    "severity",
    "confidence",
    "message",
    "source_path",
    "source_line",
    "source_text",
    "target_path",
    "target_line",
    "target_text",
    "fingerprint",
    "baselined",
)
"""The columns of a row, in their order."""

Row = dict[str, Any]
"""A finding: `COLUMNS` to texts, numbers, truth values, and None where a side has no place."""

_MOST: Final = 20
"""Findings that a notebook shows; the rest it counts. `to_rows` has all."""
_EXCERPT: Final = 120
_NOTHING: Final = "—"
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def rows(report: Report) -> list[Row]:
    """The findings of a report in their order, a dict each. Texts are as they stand in the files. Of several
    versions, the source is one that says it as most do, the target the first that the finding concerns."""
    return [_row(report, finding) for finding in report.findings]


def _row(report: Report, finding: Finding) -> Row:
    source, target = report.sides(finding)
    return {
        "id": report.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        **_side("source", *source),
        **_side("target", *target),
        "fingerprint": finding.fingerprint,
        "baselined": finding.baselined,
    }


def _side(name: str, document: Document, place: Location | None) -> Row:
    return {
        f"{name}_path": document.path,
        f"{name}_line": (place.line if place.has_lines else place.place) if place else None,
        f"{name}_text": place.text if place else None,
    }


def summary(report: Report) -> str:
    """A line: name, verdict, and how many findings of which severity."""
    return f"<Report {report.id!r}: {report.verdict}, {_found(report)}>"


def _found(report: Report) -> str:
    if report.error:
        return report.error.code
    number = Counter("accepted" if f.baselined else f.severity for f in report.findings)
    kinds = ("error", "warning", "info", "accepted")
    return ", ".join(f"{number[kind]} {kind}" for kind in kinds if number[kind]) or "no findings"


def as_table(report: Report) -> str:
    """The report as a piece of HTML without scripts and styles: a line, and a table of its findings."""
    line = f"{_safe(report.id)}: {report.verdict}, {_found(report)}"
    if report.error:
        return f"<div><p><b>{line}</b></p><p>{_safe(report.error.message)}</p></div>"
    names = ("severity", "rule", "message", "source_text", "target_text")
    head = "".join(f"<th>{name.removesuffix('_text')}</th>" for name in names)
    body = "".join(_table_row(row, names) for row in rows(report)[:_MOST])
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else ""
    more = len(report.findings) - _MOST
    rest = f"<p>and {more} more</p>" if more > 0 else ""
    return f"<div><p><b>{line}</b></p>{table}{rest}</div>"


def _table_row(row: Row, names: tuple[str, ...]) -> str:
    cells = "".join(f'<td dir="auto">{_safe(row[name] or _NOTHING)}</td>' for name in names)
    return f"<tr>{cells}</tr>"


def _safe(text: str) -> str:
    """Somebody else's words, on one line, short, and escaped."""
    text = _UNSEEN.sub(" ", text[: 4 * _EXCERPT])
    return html.escape(text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…")
