"""Reports as SARIF 2.1.0, which code scanning and editors read. `docs/formats/sarif.md` is its manual.

The section signs below are those of the standard, OASIS SARIF 2.1.0 plus Errata 01.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from mlcheck._version import __version__
from mlcheck.data import Document, EncoderId, Finding, JudgeId, Location, Report, Severity, Side, Suppression
from mlcheck.report import exit_status, plain, worst_first
from mlcheck.reporters.phrases import numbers
from mlcheck.reporters.places import spoken
from mlcheck.reporters.rules import names, rules, sections
from mlcheck.reporters.to_json import dumps

if TYPE_CHECKING:  # it loads numpy, which nothing here needs
    from mlcheck.checks import Rule

__all__ = ["to_sarif", "uri_of"]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"  # what GitHub and most others call the folder that relative paths start from
_LEVELS: Final[Mapping[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}

Json = dict[str, Any]


def to_sarif(reports: Sequence[Report], *, nothing_passes: bool = False) -> str:
    """All reports as one SARIF log with one run, indented. It holds no clock and no absolute path that nobody
    has typed; the same reports give the same bytes. A run without reports has failed, unless
    `nothing_passes`."""
    indices = {name: index for index, name in enumerate(names(reports))}
    paths = {path: index for index, path in enumerate(_paths(reports))}
    run = {
        "tool": {"driver": _driver(list(indices))},
        "invocations": [_invocation(reports, indices, nothing_passes)],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that mlcheck was started in."}}},
        "artifacts": [_artifact(document, paths) for document in _documents(reports)],
        "columnKind": "unicodeCodePoints",
        # A lone carriage return ends a line too: mlcheck counts lines as editors do.
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [
            _result(report, finding, indices, paths)
            for report in reports
            for finding in worst_first(report.findings)
        ],
        "properties": {"pairs": [_pair(report) for report in reports]},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return dumps(plain(log), indent=2, separators=None)


# The tool


def _driver(known: Sequence[str]) -> Json:
    here = {rule.name: rule for rule in rules()}
    described = [_rule(here[name]) if name in here else {"id": name} for name in known]
    return {"name": "mlcheck", "version": __version__, "rules": described}


def _rule(rule: Rule) -> Json:
    finds = next((part.text for part in sections(rule)), rule.summary)
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": finds},
        "help": {"text": rule.page.strip(), "markdown": _page(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.worst]},
        # No `precision`: it is measured by language pair (benchmarks/README.md), not by rule.
        "properties": {"mqm": rule.mqm, "tags": ["translation", rule.mqm]},
    }


def _page(rule: Rule) -> str:
    parts = [f"**{rule.name}**: {rule.summary}."]
    for section in sections(rule):
        # The lines of an example are a side each.
        example = "> " + "\\\n> ".join(section.lines)
        parts += [f"**{section.title}**", example if section.title == "Example" else section.text]
    return "\n\n".join(parts)


# The run


def _invocation(reports: Sequence[Report], indices: Mapping[str, int], nothing_passes: bool) -> Json:
    notifications = [notification for report in reports for notification in _notifications(report, indices)]
    if not reports:
        notifications = [
            _notification("note" if nothing_passes else "error", "nothing", "Nothing was checked", {})
        ]
    passed = exit_status(reports, "never") == 0
    return {
        "executionSuccessful": passed or (nothing_passes and not reports),
        "toolExecutionNotifications": notifications,
    }


def _notifications(report: Report, indices: Mapping[str, int]) -> Iterator[Json]:
    pair = {"pair": report.id}
    if report.error:
        yield _notification("error", report.error.code, f"{report.id}: {report.error.message}", pair)
    for note in report.notes:
        yield _notification("note", note.code, f"{report.id}: {note.message}", pair)
    for skip in report.skipped:
        skipped = _notification(
            "note", "skipped", f"{report.id}: {skip.rule} did not run: {skip.reason}", pair
        )
        if skip.rule in indices:
            skipped["associatedRule"] = {"id": skip.rule, "index": indices[skip.rule]}
        yield skipped


def _notification(level: str, code: str, text: str, properties: Json) -> Json:
    return {
        "descriptor": {"id": code},
        "level": level,
        "message": {"text": _message(text)},
        "properties": properties,
    }


def _pair(report: Report) -> Json:
    """What SARIF has no place for: the outcome for the pair as a whole."""
    return {
        "id": report.id,
        "verdict": report.verdict,
        "divergence": report.divergence,
        "documents": [uri_of(d.file) for d in report.documents],
        "model": _model(report.encoder),
        "judge": _model(report.judge),
    }


def _model(model: EncoderId | JudgeId | None) -> Json | None:
    return {"name": model.name, "revision": model.revision, "sha256": model.sha256} if model else None


# Files


def _documents(reports: Sequence[Report]) -> list[Document]:
    """Each file once: that of the first report that read it. A version that is missing is no file."""
    found: dict[str, Document] = {}
    for report in reports:
        for document in report.documents:
            if document.text:
                found.setdefault(document.file, document)
    return list(found.values())


def _paths(reports: Sequence[Report]) -> list[str]:
    return [document.file for document in _documents(reports)]


def _artifact(document: Document, paths: Mapping[str, int]) -> Json:
    return {
        "location": _file(document.file, paths),
        "roles": ["analysisTarget"],
        "properties": {"language": document.language},
    }


def _file(path: str, paths: Mapping[str, int]) -> Json:
    uri = uri_of(path)
    based = {} if uri.startswith("file:") else {"uriBaseId": _ROOT}
    return {"uri": uri, **based, "index": paths[path]}


def uri_of(path: str, *, windows: bool = os.name == "nt") -> str:
    """A path as a URI: relative as it is, absolute with the scheme `file`; all but ASCII percent-encoded.

    With `windows`, a backslash separates folders, and `C:` and `\\\\server` begin absolute paths; without,
    they are characters of names.
    """
    pure = PureWindowsPath(path) if windows else PurePosixPath(path)
    encoded = quote(_bytes(pure.as_posix()), safe="/")
    if not pure.is_absolute():
        return encoded
    if pure.drive.startswith("\\\\"):
        return f"file:{encoded}"
    if pure.drive:
        return f"file:///{encoded.replace('%3A', ':', 1)}"
    return f"file:///{encoded.lstrip('/')}"  # two slashes at the start would name a server


def _bytes(path: str) -> bytes:
    """The bytes of a path, as the file system has them; a surrogate that stands for none is replaced."""
    return re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", path).encode("utf-8", "surrogateescape")


# A result


def _result(report: Report, finding: Finding, indices: Mapping[str, int], paths: Mapping[str, int]) -> Json:
    sides = list(zip(("source", "target"), report.sides(finding), strict=True))
    # In the version at fault, if the finding has a place there: the target. What is missing has one in the
    # source alone.
    placed = [(name, side) for name, side in reversed(sides) if side.place]
    first, others = placed[:1], placed[1:]
    text = _message(finding.message)
    # GitHub shows a related location only where the message leads to it, by its id (§3.11.6).
    text += "".join(f" ([the {name}]({number}))" for number, (name, _) in enumerate(others, start=1))
    return {
        "ruleId": finding.rule,
        "ruleIndex": indices[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [_location(side, paths) for _, side in first],
        "relatedLocations": [
            {"id": number, **_location(side, paths), "message": {"text": f"In the {name}"}}
            for number, (name, side) in enumerate(others, start=1)
        ],
        "partialFingerprints": {"mlcheck/v1": finding.fingerprint},
        # Empty and not absent, which would mean that nobody knows (§3.27.23). No `baselineState`: the file
        # that mlcheck calls a baseline lists what is accepted, and not an earlier run.
        "suppressions": [_suppression(finding.suppressed)] if finding.suppressed else [],
        "rank": 100 * finding.confidence,
        "properties": {
            "pair": report.id,
            "mqm": finding.mqm,
            "confidence": finding.confidence,
            "evidence": finding.evidence,
        },
    }


def _message(text: str) -> str:
    """Words that are somebody else's as text of a message, in which braces hold arguments (§3.11.5) and
    `[words](place)` is a link (§3.11.6)."""
    doubled = text.replace("{", "{{").replace("}", "}}")
    return doubled.replace("](", "]\N{WORD JOINER}(")


def _location(side: Side, paths: Mapping[str, int]) -> Json:
    place = side.place
    physical: Json = {"artifactLocation": _file(side.document.file, paths)}
    if place is None:
        return {"physicalLocation": physical}
    location: Json = {"physicalLocation": {**physical, "region": _region(side.document, place)}}
    called = [spoken(place), f"¶{numbers(place.paragraphs)}" if place.paragraphs else ""]
    if any(called):
        location["logicalLocations"] = [{"name": name, "kind": "paragraph"} for name in called if name]
    return location


def _region(document: Document, place: Location) -> Json:
    span = document.in_file(place.span)
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
    }


def _suppression(suppressed: Suppression) -> Json:
    return {
        "kind": "inSource" if suppressed.by == "comment" else "external",
        "status": "accepted",
        "justification": suppressed.reason,
        "properties": {
            "by": suppressed.by,
            "decision": suppressed.decision,
            "where": suppressed.where,
        },
    }
