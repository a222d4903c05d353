"""Reports as JSON: the interface that other programs read. `docs/report.md` is its manual,
`schema/report.schema.json` its grammar."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from mlcheck._version import __version__
from mlcheck.data import (
    Change,
    Document,
    EncoderId,
    Finding,
    JudgeId,
    Link,
    Location,
    Paragraph,
    Report,
    Scorecard,
    Skip,
    Suppression,
    WordDifference,
)
from mlcheck.report import plain
from mlcheck.text import safe_json

__all__ = ["SCHEMA", "as_dict", "dumps", "to_json", "to_jsonl"]

SCHEMA: Final = 1
"""Number of the schema; it goes up when a field is taken away or changes its meaning."""


def to_jsonl(report: Report) -> str:
    """One report as one compact line that ends in a line feed."""
    return dumps(as_dict(report), indent=None, separators=(",", ":"))


def to_json(reports: Sequence[Report]) -> str:
    """All reports as one indented document, `{"schema": 1, "reports": [...]}`, for people and for `jq`."""
    return dumps({"schema": SCHEMA, "reports": [as_dict(r) for r in reports]}, indent=2, separators=None)


def dumps(value: dict[str, Any], *, indent: int | None, separators: tuple[str, str] | None) -> str:
    """A JSON text that ends in a line feed, and holds no character that could harm a terminal or a line."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators)
    return safe_json(text) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain dicts, lists, strings and numbers, keys in the order of the documentation.

    Floats have at most four decimals. A figure that is not finite becomes None: JSON has no NaN.
    """
    sides = report.documents
    documents = [_document(document) for document in sides]
    for fields, document, words in zip(documents, sides, report.words or (), strict=False):
        fields["words"] = _differences(document, words)
    if report.words is None:  # they hold the others
        for fields, document, words in zip(documents, sides, report.shades or (), strict=False):
            fields["shades"] = _differences(document, words)
    for fields, document, facts in zip(documents, sides, report.facts or (), strict=False):
        fields["facts"] = [(*document.in_file(fact.span), fact.kind) for fact in facts]
    error = report.error
    values = {
        "schema": SCHEMA,
        "id": report.id,
        "verdict": report.verdict,
        "divergence": report.divergence,
        "tool": {"name": "mlcheck", "version": __version__},
        "model": _model(report.encoder) if report.encoder else None,
        "judge": _model(report.judge) if report.judge else None,
        "documents": documents,
        "links": [_link(link) for link in report.links],
        **_together(report),
        "findings": [_finding(f, report) for f in report.findings],
        "skipped": [_skip(skip) for skip in report.skipped],
        "notes": [{"code": note.code, "message": note.message} for note in report.notes],
        "scorecard": _scorecard(report.scorecard) if report.scorecard else None,
        "error": {"code": error.code, "message": error.message} if error else None,
        **({"changed": report.changed} if report.changed else {}),
    }
    return {key: plain(value) for key, value in values.items()}


def _model(model: EncoderId | JudgeId) -> dict[str, Any]:
    return {"name": model.name, "revision": model.revision, "sha256": model.sha256}


def _document(document: Document) -> dict[str, Any]:
    return {
        "path": document.path,
        **({"entry": document.entry} if document.entry else {}),
        "language": document.language,
        "language_from": document.language_from,
        "encoding": document.encoding,
        "paragraphs": [_paragraph(document, p) for p in document.paragraphs],
    }


def _differences(document: Document, words: Sequence[WordDifference]) -> list[tuple[int, int, float]]:
    return [(*document.in_file(word.span), word.difference) for word in words]


def _paragraph(document: Document, paragraph: Paragraph) -> dict[str, Any]:
    span = document.in_file(paragraph.span)
    pieces = document.origin.pieces(paragraph.span) if document.origin else ()
    # One piece as long as its text is what `start` and `end` say already.
    apart = len(pieces) > 1 or any(place.end - place.start != len(paragraph.text) for _, place in pieces)
    return {
        "index": paragraph.index,
        "line": paragraph.line,
        "end_line": paragraph.end_line,
        "start": span.start,
        "end": span.end,
        "role": paragraph.role,
        "language": paragraph.language,
        "text": paragraph.text,
        **({"pieces": [(at, *place) for at, place in pieces]} if apart else {}),
        **_beside(paragraph.place, paragraph.key),
    }


def _beside(place: str, segment: str | None) -> dict[str, Any]:
    """What only some formats have: a place where there are no lines, and the key of a segment."""
    return {**({"place": place} if place else {}), **({} if segment is None else {"segment": segment})}


def _link(link: Link) -> dict[str, Any]:
    return {
        "source": link.source,
        "target": link.target,
        "relation": link.relation,
        "similarity": link.similarity,
        "divergence": link.divergence,
        "moved": link.moved,
    }


def _together(report: Report) -> dict[str, Any]:
    """What only some reports have: passages of several versions, and what changed."""
    values: dict[str, Any] = {}
    if report.versions:
        values["passages"] = [
            {"paragraphs": p.paragraphs, "missing": p.missing, "differs": p.differs} for p in report.passages
        ]
    if report.changes is not None:
        values["changes"] = [_change(change, report) for change in report.changes]
    return values


def _change(change: Change, report: Report) -> dict[str, Any]:
    return {
        "kind": change.kind,
        # Its offsets would be those of a file that is no part of the report.
        "old": None
        if change.old is None
        else {"paragraphs": change.old.paragraphs, "line": change.old.line, "text": change.old.text},
        "new": _location(change.new, report.source),
        "target": _location(change.target, report.target),
        "status": change.status,
        "confidence": change.confidence,
    }


def _places(finding: Finding, report: Report) -> dict[str, Any]:
    if not report.versions:
        return {
            "source": _location(finding.source, report.source),
            "target": _location(finding.target, report.target),
        }
    return {
        "versions": finding.versions,
        "places": [_location(*side) for side in zip(finding.places, report.versions, strict=True)],
        "pairs": [
            {"source": pair.source, "target": pair.target, "fingerprint": pair.fingerprint}
            for pair in finding.pairs
        ],
    }


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "mqm": finding.mqm,
        "message": finding.message,
        **_places(finding, report),
        "confidence": finding.confidence,
        "evidence": finding.evidence,
        "fingerprint": finding.fingerprint,
        "baselined": finding.baselined,
        "suppressed": _suppression(finding.suppressed) if finding.suppressed else None,
    }


def _skip(skip: Skip) -> dict[str, Any]:
    return {"rule": skip.rule, "reason": skip.reason, **({"off": True} if skip.off else {})}


def _scorecard(card: Scorecard) -> dict[str, Any]:
    return {
        "words": card.words,
        "counted": card.counted,
        "critical": card.critical,
        "major": card.major,
        "minor": card.minor,
        "penalty": card.penalty,
        "per_thousand": card.per_thousand,
        "score": card.score,
        "limit": card.limit,
        "passed": card.passed,
    }


def _suppression(suppressed: Suppression) -> dict[str, Any]:
    return {
        "by": suppressed.by,
        "decision": suppressed.decision,
        "reason": suppressed.reason,
        "where": suppressed.where,
    }


def _location(place: Location | None, document: Document | None) -> dict[str, Any] | None:
    if place is None:
        return None
    span = place.span if document is None else document.in_file(place.span)
    return {
        "paragraphs": place.paragraphs,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "start": span.start,
        "end": span.end,
        "text": place.text,
        **_beside(place.place, place.segment),
    }
