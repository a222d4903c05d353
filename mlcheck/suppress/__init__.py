"""The suppressor's room: findings that somebody has accepted, in a baseline, in the text or beside it.

`suppressor` makes the function that `Checker.check` takes. `read_baseline` and `baseline_text` are the way
from and to a baseline's file; `add`, `merge` and `prune` keep it, from reports that `read_pairs` reads. No
clock here: today comes from the command line, so that a run can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from mlcheck.data import Finding, Note, RawText, Suppression
from mlcheck.suppress.baseline import Baseline, Entry, Pairs, baseline_text, read_baseline
from mlcheck.suppress.ignores import SIDECAR, Ignore, accepted_by, comment_ignores, sidecar_ignores
from mlcheck.suppress.keep import add, merge, prune
from mlcheck.suppress.messages import shortened
from mlcheck.suppress.written import CheckedPair, FoundFinding, read_pairs
from mlcheck.wording import count

__all__ = [
    "EXPIRED",
    "SIDECAR",
    "UNUSED",
    "Baseline",
    "CheckedPair",
    "Entry",
    "FoundFinding",
    "Suppress",
    "add",
    "baseline_text",
    "merge",
    "prune",
    "read_baseline",
    "read_pairs",
    "suppressor",
]

Suppress = Callable[
    [tuple[RawText, RawText], tuple[Finding, ...], frozenset[str]],
    tuple[tuple[Finding, ...], tuple[Note, ...]],
]
"""What `suppressor` makes: the two texts, the findings and the rules that were silent, to the findings, some
now accepted, and notes about what accepts nothing."""

UNUSED = "baseline-unused"
"""The code of the note that entries of a baseline match nothing any more."""

EXPIRED = "baseline-expired"
"""The code of the note that entries of a baseline are past their last day."""

_NAMED = 3  # entries that a note names; the rest it counts


def suppressor(
    baseline: Baseline | None,
    *,
    rules: Collection[str],
    today: date,
    shared: Collection[str] = frozenset(),
    beside: bool = True,
) -> Suppress:
    """The function that marks what is accepted: by an ignore in either text or beside it, or else by the
    baseline. `rules` are the names of all rules; `today` says which entries have expired. `shared` are the
    paths of texts that are part of other pairs too: an ignore there may be about another pair, so it is not
    said to match nothing. Without `beside` no file is looked for beside a text: its name is then only a name.

    The function takes the two texts, the findings with their fingerprints, and the rules that were silent
    (off, or unable to run): an entry for one of these is not said to match nothing. It raises `UsageError`
    for an ignore that is not well formed, with its line.
    """
    pairs = Pairs(baseline) if baseline else None

    def suppress(
        texts: tuple[RawText, RawText], findings: tuple[Finding, ...], silent: frozenset[str]
    ) -> tuple[tuple[Finding, ...], tuple[Note, ...]]:
        unshared = frozenset(text.path for text in texts if text.path not in shared)
        sides = [
            (*comment_ignores(text, rules), *(sidecar_ignores(text, rules) if beside else ()))
            for text in texts
        ]
        by_ignore, unused = accepted_by(sides, findings)
        by_entry, left = _accepted_by_entries(pairs, texts, findings, today)
        where = baseline.path if baseline else ""
        marked = tuple(
            replace(finding, suppressed=one or _by_baseline(two, where)) if one or two else finding
            for finding, one, two in zip(findings, by_ignore, by_entry, strict=True)
        )
        notes = [
            *_unused_ignores([i for i in unused if i.path in unshared], silent),
            *_unused_entries(left, silent, where, today),
        ]
        return marked, tuple(notes)

    return suppress


def _accepted_by_entries(
    pairs: Pairs | None, texts: tuple[RawText, RawText], findings: Sequence[Finding], today: date
) -> tuple[list[Entry | None], list[Entry]]:
    """For each finding the entry that accepts it, and the entries about these texts that accept nothing."""
    if pairs is None:
        return [None] * len(findings), []
    fingerprints = [finding.fingerprint for finding in findings]
    matched, left = pairs.match(texts[0].path, texts[1].path, fingerprints)
    expired = [entry for entry in matched if entry and entry.has_expired(today)]
    live = [None if entry is None or entry.has_expired(today) else entry for entry in matched]
    return live, [*expired, *left]


def _by_baseline(entry: Entry | None, where: str) -> Suppression | None:
    if entry is None:
        return None
    return Suppression(by="baseline", decision=entry.decision, reason=entry.reason, where=where)


def _unused_ignores(unused: Sequence[Ignore], silent: frozenset[str]) -> list[Note]:
    return [
        Note(
            code="ignore-unused",
            message=f"{ignore.where}: ignores {', '.join(ignore.rules)}, of which nothing was found there; "
            "remove it if it is no longer needed",
        )
        for ignore in unused
        if not silent & set(ignore.rules)
    ]


def _unused_entries(left: Sequence[Entry], silent: frozenset[str], where: str, today: date) -> list[Note]:
    expired = [entry for entry in left if entry.has_expired(today)]
    gone = [entry for entry in left if not entry.has_expired(today) and entry.rule not in silent]
    notes = []
    if expired:
        which = _listed(expired, lambda entry: f"{_named(entry)} on {entry.expires}")
        notes.append(Note(code=EXPIRED, message=f"{where}: {_count(expired)} no longer valid: {which}"))
    if gone:
        end = f"mlcheck baseline prune removes {'it' if len(gone) == 1 else 'them'}"
        message = f"{where}: {_count(gone)} matching nothing any more: {_listed(gone, _named)}; {end}"
        notes.append(Note(code=UNUSED, message=message))
    return notes


def _count(entries: Sequence[Entry]) -> str:
    return count(len(entries), "entry", "entries")


def _named(entry: Entry) -> str:
    return f"{entry.rule} “{shortened(entry.excerpt)}”"


def _listed(entries: Sequence[Entry], shown: Callable[[Entry], str]) -> str:
    more = len(entries) - _NAMED
    return ", ".join([*map(shown, entries[:_NAMED]), *([f"and {more} more"] if more > 0 else [])])
