"""Keeping a baseline: what a report adds to it, and what has no place in it any more."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from mlcheck.suppress.baseline import Baseline, Decision, Entry, Pairs, exists, posix, real
from mlcheck.suppress.match import match
from mlcheck.suppress.written import CheckedPair, FoundFinding

__all__ = ["add", "merge", "prune"]


def add(
    baseline: Baseline,
    checked: Iterable[CheckedPair],
    *,
    reason: str,
    today: date,
    decision: Decision = "accepted",
    expires: date | None = None,
    wanted: Callable[[FoundFinding], bool] = lambda finding: True,
) -> tuple[Baseline, tuple[Entry, ...]]:
    """The baseline with an entry for each finding that is `wanted` and has none; and the new entries.

    Entries that are there keep their reasons. One that has expired is replaced if its finding is wanted.
    """
    known = Pairs(baseline)
    new: dict[tuple[str, str, str], Entry] = {}
    renewed: set[Entry] = set()
    for pair in checked:
        findings = [finding for finding in pair.findings if not finding.ignored]
        matched, _ = known.match(pair.source, pair.target, [f.fingerprint for f in findings])
        for finding, entry in zip(findings, matched, strict=True):
            if not wanted(finding) or (entry and not entry.has_expired(today)):
                continue
            if entry:
                renewed.add(entry)
            fresh = Entry(
                fingerprint=finding.fingerprint,
                rule=finding.rule,
                reason=reason,
                decision=decision,
                source=_from_baseline(pair.source, baseline),
                target=_from_baseline(pair.target, baseline),
                excerpt=finding.excerpt,
                expires=expires,
            )
            new[fresh.source, fresh.target, fresh.fingerprint] = fresh
    kept = [entry for entry in baseline.entries if entry not in renewed]
    # A report that was made by hand may name a finding twice; a baseline may not.
    kept = [entry for entry in kept if (entry.source, entry.target, entry.fingerprint) not in new]
    return replace(baseline, entries=(*kept, *new.values())), tuple(new.values())


def merge(baseline: Baseline, saved: Baseline, *, today: date) -> tuple[Baseline, tuple[Entry, ...]]:
    """The baseline with the entries of another that it lacks, such as the marks that a page saved; and those.

    Entries that are there keep their reasons, unless they have expired.
    """
    known = Pairs(baseline)
    new: list[Entry] = []
    replaced: set[Entry] = set()
    for entry in saved.entries:
        source, target = (_from_here(path, saved) for path in (entry.source, entry.target))
        same = [e for e in known.of(source, target) if e.fingerprint == entry.fingerprint]
        if any(not e.has_expired(today) for e in same):
            continue
        replaced.update(same)
        one, two = (_from_baseline(path, baseline) for path in (source, target))
        new.append(replace(entry, source=one, target=two))
    kept = tuple(entry for entry in baseline.entries if entry not in replaced)
    return replace(baseline, entries=(*kept, *new)), tuple(new)


def prune(
    baseline: Baseline, checked: Iterable[CheckedPair], *, today: date
) -> tuple[Baseline, tuple[Entry, ...]]:
    """The baseline without the entries that have expired, and without those that match nothing in the
    reports of their pair; and what was removed. An entry stays where no report is about its pair, or where
    its rule could not run there: nobody knows then."""
    pairs = Pairs(baseline)
    gone = {entry for entry in baseline.entries if entry.has_expired(today)}
    found: defaultdict[tuple[Entry, ...], list[str]] = defaultdict(list)
    skipped: defaultdict[tuple[Entry, ...], set[str]] = defaultdict(set)
    for pair in checked:
        entries = pairs.of(pair.source, pair.target)
        found[entries] += [finding.fingerprint for finding in pair.findings]
        skipped[entries] |= pair.skipped
    for entries, fingerprints in found.items():
        _, left = match(entries, fingerprints)
        gone |= {entry for entry in left if entry.rule not in skipped[entries]}
    kept = tuple(entry for entry in baseline.entries if entry not in gone)
    return replace(baseline, entries=kept), tuple(e for e in baseline.entries if e in gone)


def _from_here(path: str, saved: Baseline) -> str:
    """A path of a baseline from the folder that the command runs in. A page that saved it knows no other;
    any other baseline means its own folder."""
    rooted = str(Path(saved.root) / path)
    beside = real(rooted, Path(saved.path).parent)
    return beside if exists(beside) else posix(rooted)


def _from_baseline(path: str, baseline: Baseline) -> str:
    """The path from the baseline's root, so that it is right wherever a command runs; as it is where no
    such file is, as in a report from elsewhere."""
    file = real(path)
    if not exists(file):
        return posix(path)
    try:
        return posix(os.path.relpath(file, real(str(baseline.folder))))
    except ValueError:  # on another drive
        return posix(path)
