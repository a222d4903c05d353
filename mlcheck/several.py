"""More than a pair at once: all versions of an item, and a correction that another version has to follow.

Both are made of pairs, each of which takes the way that `pipeline.py` shows; a sentence that several of them
share is encoded once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, permutations

from mlcheck.checks import check as run_checks
from mlcheck.data import Document, RawText, Report
from mlcheck.outcome import Suppress, report
from mlcheck.pipeline import Checker
from mlcheck.read import Text, refuse_same
from mlcheck.report import rounded, scorecard
from mlcheck.segment import joined_alike, language_code, segment
from mlcheck.settings import Settings
from mlcheck.update import Version, edits, followed, with_changes
from mlcheck.versions import canonical, join_versions, reference_of

__all__ = ["check_update", "check_versions"]


def check_versions(
    checker: Checker,
    texts: Sequence[Text],
    *,
    languages: Sequence[str | None] | None = None,
    reference: str | None = None,
    id: str | None = None,
    words: bool = False,
    settings: Settings | None = None,
    suppress: Suppress | None = None,
) -> Report:
    """Check all versions of an item at once. `reference` is the language of the version that the others are
    held against, or `none`; None is the first. Further, and errors, as in `Checker.check`."""
    settings = settings or checker.settings
    raw = _read(checker, texts)
    codes = [language_code(code) for code in languages or [None] * len(raw)]
    spoken = _languages(raw, codes)

    def ask(one: int, other: int) -> Report:
        return checker.check(
            raw[one],
            raw[other],
            languages=(codes[one], codes[other]),
            words=words,
            settings=settings,
            suppress=suppress,
        )

    order = canonical([(code, text.text) for code, text in zip(spoken, raw, strict=True)])
    first = reference_of(reference, spoken)
    joined = join_versions(ask, order, reference=first, id=id or " ".join(text.path for text in raw))
    pivot = order[0] if first is None else first
    others = [document for version, document in enumerate(joined.versions) if version != pivot]
    return _weighed(joined, joined.versions[pivot], others, settings)


def check_update(
    checker: Checker,
    old: Text,
    new: Text,
    target: Text,
    *,
    languages: Sequence[str | None] = (None, None, None),
    id: str | None = None,
    words: bool = False,
    facts: bool = False,
    settings: Settings | None = None,
    suppress: Suppress | None = None,
) -> Report:
    """Check the new state of a text and another version of it, with what changed since the old state and
    whether that version has followed. Further, and errors, as in `Checker.check`."""
    settings = settings or checker.settings
    raw = _read(checker, (old, new, target))
    codes = [language_code(code) for code in languages]
    # Both states are in one language, whatever either looks like beside the other.
    spoken = _languages(raw, codes)
    between, _ = checker.evidence((raw[0], raw[1]), spoken[:2])
    before, _ = checker.evidence((raw[0], raw[2]), (codes[0], codes[2]))
    after, tools = checker.evidence((raw[1], raw[2]), (codes[1], codes[2]), words=words or facts)
    checked = run_checks(after, settings.check)
    old_version = Version(before, run_checks(before, settings.check)[0])
    new_version = Version(after, checked[0])
    found = edits(between, run_checks(between, settings.check)[0])
    pair = report(
        checked,
        after,
        settings,
        (raw[1], raw[2]),
        id=id,
        judge=tools.judge.id if tools.judge else None,
        notes=tools.notes,
        words=words,
        facts=facts,
    )
    changes = followed(found, between, old_version, new_version)
    made = with_changes(pair, changes, new_version, settings)
    if suppress is not None:
        made = _accepted(made, pair, (raw[1], raw[2]), suppress)
    return _weighed(made, made.documents[0], made.documents[1:], settings)


def _accepted(made: Report, pair: Report, texts: tuple[RawText, RawText], suppress: Suppress) -> Report:
    """The report of an update with what somebody has accepted; also of what a stale passage explains, so that
    nobody is told that such an entry matches nothing."""
    names = {finding.fingerprint for finding in made.findings}
    explained = [finding for finding in pair.findings if finding.fingerprint not in names]
    silent = frozenset(skip.rule for skip in made.skipped)
    findings, notes = suppress(texts, (*made.findings, *explained), silent)
    return replace(made, findings=findings[: len(made.findings)], notes=(*made.notes, *notes))


def _weighed(report: Report, source: Document, others: Sequence[Document], settings: Settings) -> Report:
    """The report with its scorecard, and its figures rounded."""
    first, *more = others
    card = scorecard(report.findings, source, first, settings.scorecard, more=more)
    return rounded(replace(report, scorecard=card))


def _read(checker: Checker, texts: Sequence[Text]) -> list[RawText]:
    """The texts, with the lines of a paragraph in one block in all of them where they are so in one."""
    for one, other in combinations(texts, 2):
        refuse_same(one, other)
    raw = [checker.text(text) for text in texts]
    for a, b in permutations(range(len(raw)), 2):
        raw[a], raw[b] = joined_alike(raw[a], raw[b])
    return raw


def _languages(raw: Sequence[RawText], codes: Sequence[str | None]) -> list[str]:
    return [segment(text, code).language for text, code in zip(raw, codes, strict=True)]
