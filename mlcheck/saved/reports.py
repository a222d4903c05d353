"""From the fields of a saved report to the nouns that reporters take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mlcheck.data import (
    EncoderId,
    FactMark,
    Finding,
    JudgeId,
    Link,
    Location,
    Note,
    Report,
    ReportError,
    Scorecard,
    Skip,
    Suppression,
    WordDifference,
)
from mlcheck.errors import UsageError
from mlcheck.saved.documents import SavedDocument, saved_document
from mlcheck.saved.raw import raw_reports

__all__ = ["read_reports", "report_of"]

Fields = Mapping[str, Any]

_SIDES = ("source", "target")


def read_reports(text: str, where: str) -> Iterator[Report]:
    """The reports of a text in `json` or `jsonl`, in their order; `where` names the file.

    Raises `UsageError` with the line for what is no report, or lacks what one has.
    """
    for place, fields in raw_reports(text, where):
        try:
            yield report_of(fields)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            raise UsageError(
                f"{place}: lacks what a report of mlcheck has; write it anew with -f json"
            ) from None


def report_of(fields: Fields) -> Report:
    """The report that `as_dict` has made these fields of. Raises `KeyError`, `TypeError` and the
    like where they are none."""
    saved = _documents(fields)
    source, target = (*saved, None, None)[:2]
    error = fields["error"]
    if error is None and target is None:
        raise ValueError("checked, and no documents")
    return Report(
        id=_text(fields["id"]),
        verdict=_one_of(fields["verdict"], ("consistent", "inconsistent", "unrelated", "error")),
        divergence=fields["divergence"],
        encoder=_identity(EncoderId, fields["model"]),
        judge=_identity(JudgeId, fields["judge"]),
        source=source.document if source else None,
        target=target.document if target else None,
        links=tuple(map(_link, fields["links"])),
        findings=tuple(_finding(finding, source, target) for finding in fields["findings"]),
        skipped=tuple(map(_skip, fields["skipped"])),
        notes=tuple(Note(code=_text(n["code"]), message=_text(n["message"])) for n in fields["notes"]),
        error=ReportError(code=_text(error["code"]), message=_text(error["message"])) if error else None,
        words=_words("words", fields["documents"], saved),
        shades=_words("shades", fields["documents"], saved),
        facts=_facts(fields["documents"], saved),
        scorecard=Scorecard(**_card(fields["scorecard"])) if fields.get("scorecard") else None,
        changed=_one_of(fields["changed"], _SIDES) if fields.get("changed") else None,
    )


def _documents(fields: Fields) -> list[SavedDocument]:
    """The documents, with all that stands in them."""
    return [
        saved_document(document, [f[side] for f in fields["findings"] if f[side] is not None])
        for side, document in zip(_SIDES, fields["documents"], strict=False)
    ]


def _link(link: Fields) -> Link:
    return Link(
        source=tuple(map(int, link["source"])),
        target=tuple(map(int, link["target"])),
        similarity=link["similarity"],
        divergence=link["divergence"],
        moved=bool(link["moved"]),
    )


def _finding(finding: Fields, source: SavedDocument | None, target: SavedDocument | None) -> Finding:
    suppressed = finding["suppressed"]
    if finding["source"] is None and finding["target"] is None:
        raise ValueError("a finding without a place")
    return Finding(
        rule=_text(finding["rule"]),
        severity=_one_of(finding["severity"], ("error", "warning", "info")),
        mqm=_text(finding["mqm"]),
        message=_text(finding["message"]),
        source=_location(finding["source"], source),
        target=_location(finding["target"], target),
        confidence=float(finding["confidence"]),
        evidence=dict(finding["evidence"]),
        fingerprint=_text(finding["fingerprint"]),
        suppressed=None if suppressed is None else Suppression(**_suppression(suppressed)),
    )


def _location(place: Fields | None, saved: SavedDocument | None) -> Location | None:
    if place is None:
        return None
    if saved is None:
        raise ValueError("a place without a document")
    return Location(
        paragraphs=tuple(map(int, place["paragraphs"])),
        span=saved.span(int(place["start"]), int(place["end"])),
        line=int(place["line"]),
        column=int(place["column"]),
        end_line=int(place["end_line"]),
        end_column=int(place["end_column"]),
        text=_text(place["text"]),
        place=_text(place.get("place", "")),
        segment=place.get("segment"),
    )


def _skip(skip: Fields) -> Skip:
    return Skip(rule=_text(skip["rule"]), reason=_text(skip["reason"]), off=bool(skip.get("off", False)))


def _suppression(fields: Fields) -> dict[str, Any]:
    return {name: _text(fields[name]) for name in ("by", "decision", "reason", "where")}


def _card(fields: Fields) -> dict[str, Any]:
    return {name: fields[name] for name in Scorecard.__dataclass_fields__}


def _identity(kind: Any, fields: Fields | None) -> Any:
    if fields is None:
        return None
    return kind(**{name: _text(fields[name]) for name in ("name", "revision", "sha256")})


def _words(name: str, documents: list[Fields], saved: list[SavedDocument]) -> Any:
    """Differences of words of both sides; None where the report has none."""
    if len(saved) != 2 or not all(name in document for document in documents):
        return None
    return tuple(
        tuple(WordDifference(each.span(start, end), value) for start, end, value in fields[name])
        for fields, each in zip(documents, saved, strict=True)
    )


def _facts(documents: list[Fields], saved: list[SavedDocument]) -> Any:
    if len(saved) != 2 or not all("facts" in document for document in documents):
        return None
    return tuple(
        tuple(FactMark(each.span(start, end), kind) for start, end, kind in fields["facts"])
        for fields, each in zip(documents, saved, strict=True)
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _one_of(value: Any, known: tuple[str, ...]) -> Any:
    if value not in known:
        raise ValueError
    return value
