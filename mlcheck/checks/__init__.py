"""The checker's room: an alignment in, findings out.

`RULES` is the order in which rules speak. A place is explained once, by the first rule that has
something to say about it: a paragraph left in English is untranslated, not also divergent.
"""

from __future__ import annotations

from mlcheck.checks import (
    added_detail,
    added_paragraph,
    added_sentence,
    divergent_passage,
    duplicated_paragraph,
    missing_detail,
    missing_paragraph,
    missing_sentence,
    moved_paragraph,
    unrelated_documents,
    untranslated,
)
from mlcheck.checks.place import locate
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.unrelated_documents import unrelated
from mlcheck.data import Alignment, Finding, Skip
from mlcheck.settings import CheckSettings

__all__ = ["RULES", "Rule", "check", "unrelated"]

RULES: tuple[Rule, ...] = (
    unrelated_documents.RULE,
    untranslated.RULE,
    duplicated_paragraph.RULE,
    divergent_passage.RULE,
    missing_paragraph.RULE,
    missing_sentence.RULE,
    added_paragraph.RULE,
    added_sentence.RULE,
    moved_paragraph.RULE,
    missing_detail.RULE,
    added_detail.RULE,
)


def check(
    alignment: Alignment, settings: CheckSettings | None = None
) -> tuple[tuple[Finding, ...], tuple[Skip, ...]]:
    """What all rules find, in their order, and which could not run."""
    settings = settings or CheckSettings()
    findings: list[Finding] = []
    skipped: list[Skip] = []
    explained: set[tuple[int, int]] = set()
    for rule in RULES:
        reason = rule.skip(alignment)
        if reason is not None:
            skipped.append(Skip(rule=rule.name, reason=reason))
            continue
        limit = rule.partial(alignment)
        if limit is not None:
            skipped.append(Skip(rule=rule.name, reason=limit))
        for draft in list(rule.check(alignment, settings)):
            places = {(0, i) for i in draft.source} | {(1, j) for j in draft.target}
            if not places & explained:
                findings.append(_finding(rule, draft, alignment))
                if draft.source_span is None and draft.target_span is None:
                    explained |= places | draft.explains
    return tuple(findings), tuple(skipped)


def _finding(rule: Rule, draft: Draft, alignment: Alignment) -> Finding:
    return Finding(
        rule=rule.name,
        severity=draft.severity,
        mqm=rule.mqm,
        message=draft.message,
        source=locate(
            alignment.source.document,
            draft.source,
            whole=draft.whole_paragraphs,
            inside=draft.source_span,
        ),
        target=locate(
            alignment.target.document,
            draft.target,
            whole=draft.whole_paragraphs,
            inside=draft.target_span,
        ),
        confidence=draft.confidence,
        evidence=draft.evidence,
    )
