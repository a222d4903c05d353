"""What the findings of a pair come to: the verdict, their order, and how much of the texts agrees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mlcheck.data import Finding, Report, Severity, Verdict

__all__ = ["SEVERITIES", "agreement", "verdict", "worst_first"]

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")
"""Worst first."""


def verdict(findings: Iterable[Finding], *, related: bool) -> Verdict:
    """The verdict on a pair that could be checked.

    Findings of severity `info` leave a pair consistent. Findings in the baseline count: the texts differ,
    whether or not somebody has accepted it. Only `exit_status` lets them pass.
    """
    if not related:
        return "unrelated"
    return "consistent" if all(f.severity == "info" for f in findings) else "inconsistent"


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by severity, then from the top of the source down, or of the target where they have
    no place in the source; equals stay in their order."""

    def order(finding: Finding) -> tuple[int, int]:
        place = finding.first_place
        return SEVERITIES.index(finding.severity), place.span.start if place else 0

    return sorted(findings, key=order)


def agreement(report: Report) -> tuple[int, int]:
    """How many paragraphs agree, and of how many: those with a counterpart and no finding of `warning` or
    above, in the baseline or not. Of several versions: how many of their passages agree.

    A link counts as many paragraphs as its longer side has. So an added paragraph counts as one, and the
    sum stays near the number of paragraphs that an editor sees.
    """
    if report.versions:
        agreeing = sum(not passage.missing and not passage.differs for passage in report.passages)
        return agreeing, len(report.passages)
    doubted = {
        (side, index)
        for finding in report.findings
        if finding.severity != "info"
        for side, place in (("source", finding.source), ("target", finding.target))
        for index in (place.paragraphs if place else ())
    }
    agreeing = total = 0
    for link in report.links:
        paragraphs = {("source", i) for i in link.source} | {("target", i) for i in link.target}
        size = max(len(link.source), len(link.target))
        total += size
        if link.source and link.target and not paragraphs & doubted:
            agreeing += size
    return agreeing, total
