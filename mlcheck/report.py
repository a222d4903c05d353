"""What follows from findings: the verdict, the exit status, and the names that findings keep across runs."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:  # data.py loads numpy, which nothing here needs
    from mlcheck.data import Document, Finding, Location, Report, Sentence, Severity, Verdict

__all__ = [
    "SEVERITIES",
    "FailOn",
    "agreement",
    "exit_status",
    "fails",
    "fingerprint",
    "is_unrelated",
    "verdict",
    "with_fingerprints",
    "worst_first",
]

FailOn = Literal["error", "warning", "info", "never"]

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "info")
"""Worst first."""

# 64 bits: among a million findings, two that differ meet by chance with a probability of 3 in 100 million.
_HEX_DIGITS = 16


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
        place = finding.source or finding.target
        return SEVERITIES.index(finding.severity), place.span.start if place else 0

    return sorted(findings, key=order)


def agreement(report: Report) -> tuple[int, int]:
    """How many paragraphs agree, and of how many: those with a counterpart and no finding of `warning` or
    above, in the baseline or not.

    A link counts as many paragraphs as its longer side has. So an added paragraph counts as one, and the
    sum stays near the number of paragraphs that an editor sees.
    """
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


def fingerprint(
    rule: str,
    source_text: str | None,
    target_text: str | None,
    around: tuple[str | None, str | None] = (None, None),
) -> str:
    """A short name for a finding: 16 hexadecimal digits, the same wherever in its text it stands.

    Built from the rule and the two texts, without regard to case, white space or Unicode normal form; an
    absent side (None) differs from an empty one. Lines and offsets are left out, because a paragraph added
    at the top would move them all, and every finding of a baseline would come back as new.

    `around` is for a finding inside sentences: the sentences it stands in. A `12` alone would stand for
    every lost 12 of the text, those of next year too; nobody has accepted them.

    >>> fingerprint("number-mismatch", "12  ferries", None)
    '4a9f63c1d5b6d749'
    >>> fingerprint("number-mismatch", "12 Ferries", None)
    '4a9f63c1d5b6d749'
    """
    parts = [rule, _folded(source_text), _folded(target_text)]
    if around != (None, None):
        parts += map(_folded, around)
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:_HEX_DIGITS]


def _folded(text: str | None) -> str | None:
    if text is None:
        return None
    # Folding case can undo composition (U+0390, for one), hence the second NFC.
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(folded.split())


def with_fingerprints(
    findings: Iterable[Finding], source: Document | None = None, target: Document | None = None
) -> tuple[Finding, ...]:
    """The findings of one report, in their order, each with a fingerprint of its own.

    `source` and `target` tell the sentences around findings that stand inside one. Where two findings have
    the same rule, texts and sentences, the second gets `-2`, the third `-3`: a baseline that accepts one of
    them must not accept all.
    """
    sides = _sentences(source), _sentences(target)
    seen: Counter[str] = Counter()
    named = []
    for finding in findings:
        places = finding.source, finding.target
        one, two = (place.text if place else None for place in places)
        left, right = (_around(place, side) for place, side in zip(places, sides, strict=True))
        name = fingerprint(finding.rule, one, two, (left, right))
        seen[name] += 1
        suffix = f"-{seen[name]}" if seen[name] > 1 else ""
        named.append(replace(finding, fingerprint=name + suffix))
    return tuple(named)


def _sentences(document: Document | None) -> Mapping[int, list[Sentence]]:
    """A document's sentences by their paragraph."""
    by_paragraph: defaultdict[int, list[Sentence]] = defaultdict(list)
    for sentence in document.sentences if document else ():
        by_paragraph[sentence.paragraph].append(sentence)
    return by_paragraph


def _around(place: Location | None, sentences: Mapping[int, list[Sentence]]) -> str | None:
    """The sentences that a place is a part of; None where it takes them whole."""
    if place is None:
        return None
    start, end = place.span
    near = [s for index in place.paragraphs for s in sentences.get(index, ())]
    touched = [s for s in near if s.span.start < end and start < s.span.end]
    if all(start <= s.span.start and s.span.end <= end for s in touched):
        return None
    return " ".join(s.text for s in touched)
