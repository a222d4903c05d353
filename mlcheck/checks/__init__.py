"""The checker's room: evidence in, findings out.

`RULES` is the order in which rules speak. A place is explained once, by the first rule that has
something to say about it: a paragraph left in English is untranslated, not also divergent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mlcheck.checks import (
    added_detail,
    added_paragraph,
    added_sentence,
    attribution_mismatch,
    correction_mismatch,
    date_mismatch,
    dateline_mismatch,
    divergent_passage,
    duplicated_paragraph,
    embargo_mismatch,
    headline_mismatch,
    markup_mismatch,
    meaning_mismatch,
    missing_detail,
    missing_paragraph,
    missing_sentence,
    missing_version,
    moved_paragraph,
    name_mismatch,
    number_mismatch,
    one_side_changed,
    opposite_mismatch,
    polarity_mismatch,
    quote_mismatch,
    stale_passage,
    status_mismatch,
    term_mismatch,
    unrelated_documents,
    untranslated,
    weekday_mismatch,
)
from mlcheck.checks.missing_version import missing_version as lacks_version
from mlcheck.checks.one_side_changed import one_side_changed as changed_alone
from mlcheck.checks.phrases import numbered
from mlcheck.checks.place import Lines, locate, place_in
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.unrelated_documents import unrelated
from mlcheck.compare import Evidence
from mlcheck.data import Alignment, Finding, Skip, Span
from mlcheck.settings import CheckSettings

__all__ = [
    "EVERY_RULE",
    "RULES",
    "STALE_PASSAGE",
    "Rule",
    "changed_alone",
    "check",
    "lacks_version",
    "locate",
    "numbered",
    "place_in",
    "unrelated",
]

RULES: tuple[Rule, ...] = (
    unrelated_documents.RULE,
    status_mismatch.RULE,
    embargo_mismatch.RULE,
    correction_mismatch.RULE,
    untranslated.RULE,
    duplicated_paragraph.RULE,
    headline_mismatch.RULE,
    divergent_passage.RULE,
    missing_paragraph.RULE,
    missing_sentence.RULE,
    added_paragraph.RULE,
    added_sentence.RULE,
    missing_detail.RULE,
    added_detail.RULE,
    dateline_mismatch.RULE,
    term_mismatch.RULE,
    name_mismatch.RULE,
    number_mismatch.RULE,
    weekday_mismatch.RULE,
    date_mismatch.RULE,
    quote_mismatch.RULE,
    polarity_mismatch.RULE,
    opposite_mismatch.RULE,
    attribution_mismatch.RULE,
    meaning_mismatch.RULE,
    moved_paragraph.RULE,
    markup_mismatch.RULE,
    missing_version.RULE,
    one_side_changed.RULE,
)

STALE_PASSAGE: Rule = stale_passage.RULE
EVERY_RULE: tuple[Rule, ...] = (*RULES, STALE_PASSAGE)
"""Also the rules whose findings come from elsewhere, as two texts alone do not show what they tell."""


def check(
    evidence: Evidence, settings: CheckSettings | None = None
) -> tuple[tuple[Finding, ...], tuple[Skip, ...]]:
    """What all rules find, in their order, and which could not run."""
    settings = settings or CheckSettings()
    findings: list[Finding] = []
    skipped: list[Skip] = []
    explained: set[tuple[int, int]] = set()
    stretches: defaultdict[tuple[int, int], list[Span]] = defaultdict(list)
    lines = (Lines.of(evidence.alignment.documents[0]), Lines.of(evidence.alignment.documents[1]))
    told: set[tuple[int, int]] = set()
    for rule in RULES:
        reason = rule.skip(evidence, settings)
        if reason is not None:
            skipped.append(Skip(rule=rule.name, reason=reason))
            continue
        limit = rule.partial(evidence, settings)
        if limit is not None:
            skipped.append(Skip(rule=rule.name, reason=limit))
        for draft in list(rule.check(evidence, settings)):
            places = {(0, i) for i in draft.source} | {(1, j) for j in draft.target}
            inside = [
                (side, sentences[0], span)
                for side, sentences, span in (
                    (0, draft.source, draft.source_span),
                    (1, draft.target, draft.target_span),
                )
                if span is not None
            ]
            if places & explained or any(_is_within(place, stretches) for place in inside):
                continue
            if draft.only_if_silent and places & told:
                continue
            if draft.severity != "info":
                told |= places
            findings.append(_finding(rule, draft, evidence.alignment, lines))
            if inside or draft.source_at or draft.target_at:
                for side, sentence, span in inside:
                    stretches[side, sentence].append(span)
            else:
                explained |= places | draft.explains
    return tuple(findings), tuple(skipped)


def _is_within(place: tuple[int, int, Span], stretches: Mapping[tuple[int, int], Sequence[Span]]) -> bool:
    """Does it lie in a stretch of its sentence that was reported: a number in a clause that is gone?"""
    side, sentence, span = place
    return any(
        known.start <= span.start and span.end <= known.end for known in stretches.get((side, sentence), ())
    )


def _finding(rule: Rule, draft: Draft, alignment: Alignment, lines: tuple[Lines, Lines]) -> Finding:
    sides = zip(
        alignment.documents,
        (draft.source, draft.target),
        (draft.source_span, draft.target_span),
        (draft.source_at, draft.target_at),
        draft.paragraphs,
        lines,
        strict=True,
    )
    source, target = (
        locate(
            document,
            sentences,
            whole=draft.whole_paragraphs,
            inside=span,
            at=at if paragraph is None else document.paragraphs[paragraph].span,
            lines=own,
        )
        for document, sentences, span, at, paragraph, own in sides
    )
    return Finding(
        rule=rule.name,
        severity=draft.severity,
        mqm=rule.mqm,
        message=draft.message,
        source=source,
        target=target,
        confidence=draft.confidence,
        evidence=draft.evidence,
    )
