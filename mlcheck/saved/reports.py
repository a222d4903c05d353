"""From the fields of a saved report to the nouns that reporters take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from mlcheck.data import (
    Change,
    ChangeKind,
    ChangeStatus,
    EncoderId,
    FactMark,
    Finding,
    JudgeId,
    Link,
    Location,
    Note,
    PairName,
    Passage,
    Report,
    ReportError,
    Scorecard,
    Skip,
    Span,
    Suppression,
    WordDifference,
)
from mlcheck.errors import UsageError
from mlcheck.saved.documents import SavedDocument, saved_document
from mlcheck.saved.raw import raw_reports

__all__ = ["read_reports", "report_of"]

Fields = Mapping[str, Any]


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


_SIDES = ("source", "target")


def report_of(fields: Fields) -> Report:
    """The report that `as_dict` has made these fields of. Raises `KeyError`, `TypeError` and the
    like where they are none."""
    saved = _documents(fields)
    source, target = (*saved, None, None)[:2]
    error = fields["error"]
    if error is None and target is None:
        raise ValueError("checked, and no documents")
    together = "passages" in fields
    return Report(
        id=_text(fields["id"]),
        verdict=_one_of(fields["verdict"], ("consistent", "inconsistent", "unrelated", "error")),
        divergence=_number_or_none(fields["divergence"]),
        encoder=_identity(EncoderId, fields["model"]),
        judge=_identity(JudgeId, fields["judge"]),
        source=source.document if source else None,
        target=target.document if target else None,
        links=tuple(map(_link, fields["links"])),
        findings=tuple(_finding(finding, saved) for finding in fields["findings"]),
        skipped=tuple(map(_skip, fields["skipped"])),
        notes=tuple(Note(code=_text(n["code"]), message=_text(n["message"])) for n in fields["notes"]),
        error=ReportError(code=_text(error["code"]), message=_text(error["message"])) if error else None,
        words=_words("words", fields["documents"], saved),
        shades=_words("shades", fields["documents"], saved),
        facts=_facts(fields["documents"], saved),
        scorecard=Scorecard(**_card(fields["scorecard"])) if fields.get("scorecard") else None,
        versions=tuple(each.document for each in saved) if together else (),
        passages=tuple(_passage(passage) for passage in fields["passages"]) if together else (),
        changes=tuple(_change(c, saved) for c in fields["changes"]) if "changes" in fields else None,
        changed=_one_of(fields["changed"], _SIDES) if fields.get("changed") else None,
    )


def _documents(fields: Fields) -> list[SavedDocument]:
    """The documents, with all that stands in them."""
    places = [_sides(finding) for finding in fields["findings"]]
    places += [(change["new"], change["target"]) for change in fields.get("changes", ())]
    return [
        saved_document(document, [place for own in places if (place := own[side]) is not None])
        for side, document in enumerate(fields["documents"])
    ]


def _sides(finding: Fields) -> Sequence[Fields | None]:
    """The places of a finding, in the order of the documents."""
    places: Sequence[Fields | None] = finding.get("places") or (finding["source"], finding["target"])
    return places


def _link(link: Fields) -> Link:
    return Link(
        source=tuple(map(int, link["source"])),
        target=tuple(map(int, link["target"])),
        similarity=_number_or_none(link["similarity"]),
        divergence=_number_or_none(link["divergence"]),
        moved=bool(link["moved"]),
    )


def _passage(passage: Fields) -> Passage:
    return Passage(
        paragraphs=tuple(tuple(map(int, own)) for own in passage["paragraphs"]),
        missing=tuple(map(int, passage["missing"])),
        differs=tuple(map(int, passage["differs"])),
    )


def _change(change: Fields, saved: Sequence[SavedDocument]) -> Change:
    old = change["old"]
    return Change(
        kind=_one_of(change["kind"], get_args(ChangeKind)),
        old=None if old is None else _old_place(old),
        new=_location(change["new"], saved[0]),
        target=_location(change["target"], saved[1]),
        status=_one_of(change["status"], get_args(ChangeStatus)),
        confidence=float(change["confidence"]),
    )


def _old_place(fields: Fields) -> Location:
    """A place in the older source, of which a report has the words alone."""
    text, line = _text(fields["text"]), int(fields["line"])
    return Location(
        paragraphs=tuple(map(int, fields["paragraphs"])),
        span=Span(0, len(text)),
        line=line,
        column=1,
        end_line=line,
        end_column=1,
        text=text,
    )


def _finding(finding: Fields, saved: Sequence[SavedDocument]) -> Finding:
    suppressed = finding["suppressed"]
    if not any(_sides(finding)):
        raise ValueError("a finding without a place")
    together = "places" in finding
    places = tuple(_location(*side) for side in zip(_sides(finding), saved, strict=True))
    source, target = (None, None) if together else places
    return Finding(
        rule=_text(finding["rule"]),
        severity=_one_of(finding["severity"], ("error", "warning", "info")),
        mqm=_text(finding["mqm"]),
        message=_text(finding["message"]),
        source=source,
        target=target,
        confidence=float(finding["confidence"]),
        evidence=dict(finding["evidence"]),
        fingerprint=_text(finding["fingerprint"]),
        suppressed=None if suppressed is None else Suppression(**_suppression(suppressed)),
        versions=tuple(map(int, finding["versions"])) if together else (),
        places=places if together else (),
        pairs=tuple(_pair_name(pair) for pair in finding["pairs"]) if together else (),
    )


def _pair_name(fields: Fields) -> PairName:
    return PairName(
        source=int(fields["source"]), target=int(fields["target"]), fingerprint=_text(fields["fingerprint"])
    )


def _location(place: Fields | None, saved: SavedDocument) -> Location | None:
    if place is None:
        return None
    paragraphs = tuple(map(int, place["paragraphs"]))
    if not all(0 <= paragraph < len(saved.document.paragraphs) for paragraph in paragraphs):
        raise ValueError("a place in a paragraph that is not there")
    return Location(
        paragraphs=paragraphs,
        span=saved.span(int(place["start"]), int(place["end"])),
        line=int(place["line"]),
        column=int(place["column"]),
        end_line=int(place["end_line"]),
        end_column=int(place["end_column"]),
        text=_text(place["text"]),
        place=_text(place.get("place", "")),
        segment=None if place.get("segment") is None else _text(place["segment"]),
    )


def _skip(skip: Fields) -> Skip:
    return Skip(rule=_text(skip["rule"]), reason=_text(skip["reason"]), off=bool(skip.get("off", False)))


def _suppression(fields: Fields) -> dict[str, Any]:
    return {
        "by": _one_of(fields["by"], ("baseline", "comment", "sidecar")),
        "decision": _one_of(fields["decision"], ("accepted", "dismissed")),
        "reason": _text(fields["reason"]),
        "where": _text(fields["where"]),
    }


def _card(fields: Fields) -> dict[str, Any]:
    numbers = ("words", "critical", "major", "minor", "penalty", "limit")
    return {
        **{name: _number(fields[name]) for name in numbers},
        "counted": _one_of(fields["counted"], _SIDES),
        "per_thousand": _number_or_none(fields["per_thousand"]),
        "passed": bool(fields["passed"]),
    }


def _identity(kind: Any, fields: Fields | None) -> Any:
    if fields is None:
        return None
    return kind(**{name: _text(fields[name]) for name in ("name", "revision", "sha256")})


def _words(name: str, documents: list[Fields], saved: list[SavedDocument]) -> Any:
    """Differences of words of all documents; None where the report has none."""
    if len(saved) < 2 or not all(name in document for document in documents):
        return None
    return tuple(
        tuple(
            WordDifference(each.span(int(start), int(end)), _number(value))
            for start, end, value in fields[name]
        )
        for fields, each in zip(documents, saved, strict=True)
    )


def _facts(documents: list[Fields], saved: list[SavedDocument]) -> Any:
    if len(saved) != 2 or not all("facts" in document for document in documents):
        return None
    return tuple(
        tuple(FactMark(each.span(int(start), int(end)), kind) for start, end, kind in fields["facts"])
        for fields, each in zip(documents, saved, strict=True)
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return value


def _number_or_none(value: Any) -> Any:
    return None if value is None else _number(value)


def _one_of(value: Any, known: tuple[str, ...]) -> Any:
    if value not in known:
        raise ValueError
    return value
