"""Reports as workflow commands of GitHub Actions: annotations on the lines of a pull request.
`docs/formats/github.md` is its manual."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import Final

from mlcheck.data import Finding, Report, Severity, Side
from mlcheck.report import SEVERITIES, is_unrelated, worst_first
from mlcheck.reporters.phrases import counts, how_many, name_of, shortened, verdicts
from mlcheck.reporters.places import where
from mlcheck.text import safe_line

__all__ = ["to_github"]

_COMMANDS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}
_MOST: Final = 10
"""Annotations of a kind that GitHub shows of a step. The lines of the log are not limited."""
_EXCERPT: Final = 160


def to_github(reports: Sequence[Report]) -> str:
    """A line for each finding that nobody has accepted, worst first, and one that counts them all.

    The count is a notice, and stands before those of `info`: GitHub shows the first ten notices of a step.
    """
    lines: dict[Severity, list[str]] = {severity: [] for severity in SEVERITIES}
    for report in reports:
        lines["error"] += _failures(report)
        for finding in worst_first(report.findings):
            if not finding.baselined:
                lines[finding.severity].append(_annotation(report, finding))
    summary = _command("notice", _summary(reports, lines), title="mlcheck")
    return "".join(f"{line}\n" for line in [*lines["error"], *lines["warning"], summary, *lines["info"]])


def _failures(report: Report) -> Iterable[str]:
    """What fails a pair and is no finding."""
    if report.error:
        yield _command("error", report.error.message, title=f"mlcheck: {report.id}: not checked")
    elif is_unrelated(report) and not any(
        f.rule == "unrelated-documents" and f.severity == "error" for f in report.findings
    ):
        message = f"{name_of(report)}: the two texts are not versions of one item"
        yield _command("error", message, title="mlcheck: unrelated")


def _annotation(report: Report, finding: Finding) -> str:
    sides = zip(("source", "target"), report.sides(finding), strict=True)
    # What is missing has a place in the source alone; everything else is best mended in the target, unless it
    # was the source that changed: GitHub shows annotations on what a pull request changes.
    ordered = list(sides) if report.changed == "source" else reversed(list(sides))
    placed = [(name, side) for name, side in ordered if side.place]
    message = "\n".join([finding.message, *(_words(name, side) for name, side in placed)])
    place = _place(placed[0][1]) if placed else {}
    return _command(_COMMANDS[finding.severity], message, **place, title=f"mlcheck: {finding.rule}")


def _words(name: str, side: Side) -> str:
    document, place = side
    if place is None:
        return ""
    words = shortened(place.text, _EXCERPT)
    return f"{name.capitalize()}, {where(document.path, place, column=False)}: {words}"


def _place(side: Side) -> dict[str, str]:
    document, place = side
    if place is None:
        return {}
    at: dict[str, str | int] = {"file": PurePath(document.file).as_posix()}
    if place.has_lines:
        at |= {"line": place.line, "endLine": place.end_line}
        if place.line == place.end_line:  # GitHub refuses columns of a place of several lines
            at |= {"col": place.column, "endColumn": place.end_column}
    return {name: str(value) for name, value in at.items()}


def _summary(reports: Sequence[Report], lines: dict[Severity, list[str]]) -> str:
    if not reports:
        return "Nothing was checked"
    found = counts(f for report in reports for f in report.findings) or "no findings"
    hidden = any(len(of_a_kind) > _MOST for of_a_kind in lines.values())
    return (
        f"{how_many(reports)}: {verdicts(reports)}; {found}"
        + f". GitHub shows {_MOST} annotations of a kind; the log has them all" * hidden
    )


def _command(command: str, message: str, **properties: str) -> str:
    """`::command name=value,…::message`, in which no value and no message can end its field or its line."""
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {named}::{_data(message)}"


def _data(text: str) -> str:
    # Percent first: what comes after it makes more of them. The order and the letters are GitHub's.
    lines = [safe_line(line).replace("%", "%25") for line in text.split("\n")]
    return "%0A".join(lines)


def _property(text: str) -> str:
    return safe_line(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
