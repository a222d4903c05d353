"""Reports that were written as JSON, as far as a baseline needs them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mlcheck.errors import UsageError
from mlcheck.saved import raw_reports

__all__ = ["CheckedPair", "FoundFinding", "read_pairs"]

_EXCERPT = 80  # characters of the text that an entry keeps, for people


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFinding:
    """A finding of a report."""

    fingerprint: str
    rule: str
    excerpt: str
    ignored: bool
    """By a comment in the text or a file beside it: needs no entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPair:
    """A pair that could be checked: paths as in the report, findings, rules that could not run."""

    source: str
    target: str
    findings: tuple[FoundFinding, ...]
    skipped: frozenset[str]


def read_pairs(text: str, where: str) -> tuple[CheckedPair, ...]:
    """The pairs of a report in `json` or `jsonl` that could be checked; `where` names it in messages.

    Raises `UsageError` for what is no report, and for a report of another version.
    """
    reports = [report for _, report in raw_reports(text, where)]
    try:
        return tuple(pair for report in reports if report["error"] is None for pair in _pairs(report))
    except (KeyError, TypeError, ValueError):
        raise UsageError(f"{where}: lacks what a report of mlcheck has; write it anew with -f json") from None


def _pairs(report: dict[str, Any]) -> Iterator[CheckedPair]:
    """The pair of a report; of one of several versions, the pairs of which it has findings."""
    if "passages" not in report:
        yield _pair(report)
        return
    paths = [_string(document["path"]) for document in report["documents"]]
    found: dict[tuple[str, str], list[FoundFinding]] = {}
    for finding in report["findings"]:
        for pair in finding["pairs"]:
            key = paths[pair["source"]], paths[pair["target"]]
            place = next(place for place in finding["places"] if place)
            own = {**finding, "source": place, "target": None, "fingerprint": pair["fingerprint"]}
            found.setdefault(key, []).append(_finding(own))
    skipped = frozenset(_string(skip["rule"]) for skip in report["skipped"])
    for (source, target), findings in found.items():
        yield CheckedPair(source=source, target=target, findings=tuple(findings), skipped=skipped)


def _pair(report: dict[str, Any]) -> CheckedPair:
    source, target = (_string(document["path"]) for document in report["documents"])
    return CheckedPair(
        source=source,
        target=target,
        findings=tuple(_finding(finding) for finding in report["findings"]),
        skipped=frozenset(_string(skip["rule"]) for skip in report["skipped"]),
    )


def _finding(finding: dict[str, Any]) -> FoundFinding:
    place = finding["source"] or finding["target"]
    by = finding["suppressed"]
    return FoundFinding(
        fingerprint=_string(finding["fingerprint"]),
        rule=_string(finding["rule"]),
        excerpt=_string(place["text"])[:_EXCERPT],
        ignored=by is not None and by["by"] != "baseline",
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
