"""Findings of what another version has not followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from mlcheck.checks import STALE_PASSAGE, numbered
from mlcheck.data import Change, Finding, Location, Report
from mlcheck.languages import base, name
from mlcheck.report import decide, verdict, with_fingerprints, worst_first
from mlcheck.settings import Settings
from mlcheck.update.followed import Version, beside

__all__ = ["stale", "with_changes"]

_QUOTED = 60
"""Characters of what changed that a message repeats."""


def stale(changes: Sequence[Change], new: Version) -> Iterator[Finding]:
    """A finding for each change that the other version has not followed: on what is new, and on the place to
    edit; of what was added, that is the passage beside which it would stand."""
    for change in changes:
        if change.status == "stale":
            yield Finding(
                rule=STALE_PASSAGE.name,
                severity=STALE_PASSAGE.worst,
                mqm=STALE_PASSAGE.mqm,
                message=_message(change, new),
                source=change.new,
                target=change.target or beside(change, new),
                confidence=change.confidence,
                evidence={
                    "kind": change.kind,
                    **({"old": change.old.text} if change.old else {}),
                    **({"new": change.new.text} if change.new else {}),
                },
            )


def with_changes(report: Report, changes: tuple[Change, ...], new: Version, settings: Settings) -> Report:
    """The report of the new state and the other version, with what changed. What a stale passage explains is
    not told a second time."""
    found = decide(stale(changes, new), settings.rules)
    kept = [f for f in report.findings if not any(_explains(one, f) for one in found)]
    findings = with_fingerprints(worst_first([*found, *kept]), report.source, report.target)
    return replace(
        report,
        changes=changes,
        findings=tuple(
            replace(finding, fingerprint=_old_name(finding, kept) or finding.fingerprint)
            for finding in findings
        ),
        verdict=verdict(findings, related=report.verdict != "unrelated"),
        divergence=max(
            (value for value in (report.divergence, *(f.confidence for f in found)) if value is not None),
            default=None,
        ),
    )


def _old_name(finding: Finding, kept: Sequence[Finding]) -> str | None:
    """The fingerprint that a finding of the pair has already."""
    same = (k for k in kept if (k.rule, k.source, k.target) == (finding.rule, finding.source, finding.target))
    return next((k.fingerprint for k in same), None)


def _explains(one: Finding, other: Finding) -> bool:
    """Does a stale passage say what another finding says of the same place?"""
    sides = ((one.source, other.source), (one.target, other.target))
    shared = [(a, b) for a, b in sides if a is not None and b is not None]
    kind = one.evidence["kind"]
    if kind == "added":  # its place in the target is only beside what is missing
        shared = shared[:1] if one.source is not None and other.source is not None else []
    return bool(shared) and all(_overlap(a, b) for a, b in shared)


def _overlap(one: Location, other: Location) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _message(change: Change, new: Version) -> str:
    source, target = new.documents
    apart = base(source.language) != base(target.language)
    there = f"the {name(target.language)} version" if apart else "the target"
    here = f"the {name(source.language)} version" if apart else "the source"
    if change.kind == "added":
        assert change.new is not None
        place = numbered(list(change.new.paragraphs))
        return f"What is new in {place[0].lower()}{place[1:]} of {here} is not in {there}"
    assert change.target is not None
    assert change.old is not None
    place = f"{numbered(list(change.target.paragraphs))} of {there}"
    if change.new is None:
        return f"{place} says what was taken out of {here}"
    one, other = _what_changed(change.old.text, change.new.text)
    if not one or not other or max(len(one), len(other)) > _QUOTED:
        return f"{place} says what {here} said before it was changed"
    return f"{place} says what {here} said before “{one}” became “{other}”"


def _what_changed(old: str, new: str) -> tuple[str, str]:
    """The words from the first that differs to the last, of either text."""
    one, other = old.split(), new.split()
    changed = [c for c in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if c[0] != "equal"]
    if not changed:
        return "", ""
    first, last = changed[0], changed[-1]
    return " ".join(one[first[1] : last[2]]), " ".join(other[first[3] : last[4]])
