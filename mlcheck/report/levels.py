"""What a desk makes of findings: which rules are off, and how severe a flaw is. Rules find; this decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mlcheck.data import Finding
from mlcheck.settings import RuleLevel

__all__ = ["decide"]


def decide(findings: Iterable[Finding], levels: Mapping[str, RuleLevel]) -> tuple[Finding, ...]:
    """The findings that stand, in their order, each as severe as its rule's level says.

    A level is `off`, a severity, or `auto`, the rule's own choice; a rule without one is `auto`. A rule that
    is off has run all the same: it explains its place, which the rules after it would otherwise report.
    """
    decided = []
    for finding in findings:
        level = levels.get(finding.rule, "auto")
        if level == "auto":
            decided.append(finding)
        elif level != "off":
            decided.append(replace(finding, severity=level))
    return tuple(decided)
