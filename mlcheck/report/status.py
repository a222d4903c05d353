"""Whether a run passed: which findings fail it, and the exit status that says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from mlcheck.data import Finding, Report
from mlcheck.report.verdicts import SEVERITIES

__all__ = ["FailOn", "exit_status", "fails", "is_unrelated"]

FailOn = Literal["error", "warning", "info", "never"]


def exit_status(reports: Iterable[Report], fail_on: FailOn) -> int:
    """The exit status of a run: 0 passed, 1 findings at or above `fail_on`, 2 could not check.

    No reports at all is 2: nothing checked is never a pass. The status of many reports is the largest of
    their own, so a run that streams can keep a running maximum, starting from none.
    """
    statuses = [_status(report, fail_on) for report in reports]
    return max(statuses, default=2)


def _status(report: Report, fail_on: FailOn) -> int:
    if report.verdict == "error":
        return 2
    if fail_on == "never":
        return 0
    return int(any(fails(f, fail_on) for f in report.findings) or is_unrelated(report))


def fails(finding: Finding, fail_on: FailOn) -> bool:
    """Whether the finding alone makes a run fail. An accepted one does not.

    A pair whose verdict is `unrelated` fails too, whatever the severity of its findings: see `is_unrelated`.
    """
    if fail_on == "never" or finding.baselined:
        return False
    return SEVERITIES.index(finding.severity) <= SEVERITIES.index(fail_on)


def is_unrelated(report: Report) -> bool:
    """Whether the verdict `unrelated` stands: a baseline accepts it by accepting its finding."""
    accepted = any(f.rule == "unrelated-documents" and f.baselined for f in report.findings)
    return report.verdict == "unrelated" and not accepted
