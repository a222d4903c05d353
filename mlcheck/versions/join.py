"""From the reports of pairs to one report of all versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from mlcheck.checks import place_in
from mlcheck.data import Document, Finding, Location, PairName, Passage, Report, Span, WordDifference
from mlcheck.report import fingerprint, verdict, worst_first
from mlcheck.versions.issues import LONE, Issue, issues
from mlcheck.versions.odd import Split, split
from mlcheck.versions.pairs import Ask, Pairs
from mlcheck.versions.passages import joined
from mlcheck.versions.wording import message

__all__ = ["join_versions"]

_SEVERITIES = ("error", "warning", "info")
PassageOf = dict[tuple[int, int], int]
Said = TypeVar("Said")


def join_versions(ask: Ask, order: Sequence[int], *, reference: int | None, id: str) -> Report:
    """One report of several versions.

    `ask` gives the report of two of them by their numbers; `order` is all of them as `canonical` has them;
    `reference` is the version that the others are held against, or None: then the first of the order is, and
    is no more right than the others. Errors are those of `ask`.
    """
    pairs = Pairs(ask, order, order[0] if reference is None else reference)
    documents = tuple(pairs.document(version) for version in range(len(order)))
    known = _passage_of(joined(pairs))
    found = [
        (issue, split(issue, pairs, _having(issue, pairs, known), reference))
        for issue in issues(pairs, known)
    ]
    groups = joined(pairs)  # anew: pairs that were asked for meanwhile tell of more
    passage_of = _passage_of(groups)
    findings = _named(worst_first(_finding(i, s, pairs, documents, groups, passage_of) for i, s in found))
    reports = pairs.reports()
    first = pairs.report(pairs.pivot, pairs.others[0])
    return Report(
        id=id,
        verdict=verdict(findings, related=all(report.verdict != "unrelated" for report in reports)),
        divergence=max((r.divergence for r in reports if r.divergence is not None), default=None),
        encoder=first.encoder,
        judge=first.judge,
        source=documents[0],
        target=documents[1],
        findings=findings,
        skipped=_once(skip for report in reports for skip in report.skipped),
        notes=_once(note for report in reports for note in report.notes),
        words=_words(pairs),
        versions=documents,
        passages=tuple(_passage(k, group, findings, passage_of) for k, group in enumerate(groups)),
    )


def _words(pairs: Pairs) -> tuple[tuple[WordDifference, ...], ...] | None:
    """The words of each version: how far a word's meaning is missing from the version that lacks it most."""
    found: list[dict[Span, float]] = [{} for _ in pairs.order]
    for other in pairs.others:
        words = pairs.report(pairs.pivot, other).words
        if words is None:
            return None
        for version, own in zip((pairs.pivot, other), words, strict=True):
            for span, difference in own:
                found[version][span] = max(difference, found[version].get(span, 0.0))
    return tuple(tuple(WordDifference(*word) for word in sorted(own.items())) for own in found)


def _once(values: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(dict.fromkeys(values))


def _passage_of(groups: Sequence[Sequence[tuple[int, ...]]]) -> PassageOf:
    return {
        (version, paragraph): number
        for number, group in enumerate(groups)
        for version, paragraphs in enumerate(group)
        for paragraph in paragraphs
    }


def _passages(issue: Issue, passage_of: PassageOf) -> set[int]:
    return {
        passage_of[version, paragraph]
        for version, place in issue.own.items()
        for paragraph in place.paragraphs
        if (version, paragraph) in passage_of
    }


def _having(issue: Issue, pairs: Pairs, passage_of: PassageOf) -> list[int]:
    """The versions that have a passage in which an issue stands."""
    here = _passages(issue, passage_of)
    return sorted({version for (version, _), passage in passage_of.items() if passage in here})


def _finding(
    issue: Issue,
    split: Split,
    pairs: Pairs,
    documents: Sequence[Document],
    groups: Sequence[Sequence[tuple[int, ...]]],
    passage_of: PassageOf,
) -> Finding:
    findings = [seen.finding for seen in issue.seen]
    surest = max(findings, key=lambda finding: finding.confidence)
    accepted = [finding.suppressed for finding in findings if finding.suppressed is not None]
    lone = issue.lone and issue.family in LONE
    rule = issue.family.replace("missing-", "added-") if lone and split.added else issue.family
    mqm = surest.mqm
    if lone:
        mqm = "accuracy/addition" if split.added else "accuracy/omission"
    placed = dict(issue.own if lone else issue.placed)
    here = sorted(_passages(issue, passage_of))
    for version, document in enumerate(documents):
        absent = version in (split.right if split.added else split.odd) if lone else False
        if version not in placed and not absent:
            paragraphs = tuple(p for passage in here for p in groups[passage][version])
            if paragraphs:
                placed[version] = _whole(document, paragraphs)
    return replace(
        surest,
        rule=rule,
        mqm=mqm,
        severity=min((f.severity for f in findings), key=_SEVERITIES.index),
        message=message(issue, split, pairs, documents),
        source=None,
        target=None,
        suppressed=accepted[0] if len(accepted) == len(findings) else None,
        versions=split.odd,
        places=tuple(placed.get(version) for version in range(len(documents))),
        pairs=tuple(PairName(source=s.source, target=s.target, fingerprint=s.finding.fingerprint)
                    for s in issue.seen),
    )  # fmt: skip


def _whole(document: Document, paragraphs: tuple[int, ...]) -> Location:
    spans = [document.paragraphs[paragraph].span for paragraph in paragraphs]
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    return place_in(document, span, paragraphs)


def _named(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each with a fingerprint of its own, from those that it has in pairs."""
    named: list[Finding] = []
    taken: dict[str, int] = {}
    for finding in findings:
        mark = fingerprint(finding.rule, " ".join(sorted({p.fingerprint for p in finding.pairs})), None)
        taken[mark] = taken.get(mark, 0) + 1
        named.append(replace(finding, fingerprint=f"{mark}-{taken[mark]}" if taken[mark] > 1 else mark))
    return tuple(named)


def _passage(
    number: int, group: Sequence[tuple[int, ...]], findings: Sequence[Finding], passage_of: PassageOf
) -> Passage:
    differs = {
        version
        for finding in findings
        if finding.severity != "info"
        for version in finding.versions
        for place in finding.places
        if place and any(passage_of.get((_version(finding, place), p)) == number for p in place.paragraphs)
    }
    return Passage(
        paragraphs=tuple(group),
        missing=tuple(v for v, paragraphs in enumerate(group) if not paragraphs),
        differs=tuple(sorted(v for v in differs if group[v])),
    )


def _version(finding: Finding, place: Location) -> int:
    return next(version for version, other in enumerate(finding.places) if other is place)
