"""What it finds
    A negation in one version of a sentence where the other has none, and nothing that may say it
    ("refused", "without", "less", "unhappy"). An error where the judge, who reads both sides, is sure that
    they differ; without it a warning where the negated word is there and nothing opposite is anything like
    the negation.

Why it matters
    A lost "not" turns a sentence round and leaves every other word in its place.

Example
    Source: "The minister did not sign the agreement."
    Target: "Министр подписал соглашение."

Known to be wrong when
    the other version says it by a word that no list has as one that may ("he passed up the offer"). Questions
    are left alone, in which a "not" may be mere politeness. In Turkish and Azerbaijani a negated verb clears
    the other version of a "not", and is never missed itself. Of a language that negates by a verb's ending
    and has no list of such endings (Japanese) only what it adds is seen. Languages without a list of negation
    words are skipped, and so are models without vectors for words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from mlcheck.checks.facts_drafts import one_sided, place_of
from mlcheck.checks.phrases import limits, version, without_words
from mlcheck.checks.reversals import asks, lost_negation, said_otherwise
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.segments import is_label
from mlcheck.compare import Evidence, Passage, near
from mlcheck.data import Alignment, Severity
from mlcheck.facts import Fact, negates_in_verbs
from mlcheck.languages import name
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each link of one sentence with one, of which only one negates, unless the other
    says it in another way. The judge, who reads both, makes an error of it."""
    alignment, every, matching = evidence.alignment, evidence.passages, evidence.matching
    assert matching is not None
    fitted = evidence.judge_fitted("flawed")
    for at, passage in enumerate(every):
        link = passage.link
        if not len(link.source) == len(link.target) == 1 or is_label(alignment, link):
            continue
        for side in (0, 1):
            fact = lost_negation(passage, side)
            if fact is None or not _is_seen(alignment, 1 - side):
                continue
            if asks(alignment, passage) or said_otherwise(alignment, matching, passage, side, fact):
                continue
            judged = alignment.judgement(link)
            if fitted and judged is not None and judged.probability >= settings.negation_judged:
                sure = judged.probability >= settings.negation_lost
                yield _draft(
                    alignment, passage, side, fact, judged.probability, "error" if sure else "warning"
                )
                continue
            if any(f.kind == "negation" for f in near(every, at, 1 - side)):
                continue
            like, negated = _matches(alignment, link.source[0], link.target[0], side, fact)
            if like < settings.negation_like and negated >= settings.negated:
                yield _draft(alignment, passage, side, fact, settings.fact_doubtful, "warning")


def _draft(
    alignment: Alignment, passage: Passage, side: int, fact: Fact, confidence: float, severity: Severity
) -> Draft:
    message = (
        f"{place_of(alignment, passage, side)} says “{fact.text}”, and "
        f"{version(alignment, 1 - side)} has no negation here"
    )
    return replace(one_sided(passage, side, fact, message, confidence), severity=severity)


def _is_seen(alignment: Alignment, side: int) -> bool:
    """Would a negation of a side be seen? Not in a language whose verbs carry it in endings that no list
    has."""
    return not negates_in_verbs(alignment.documents[side].language)


def _matches(alignment: Alignment, source: int, target: int, side: int, fact: Fact) -> tuple[float, float]:
    """How like the negation, and the word that it negates, the likest words opposite are, -1 to 1; where a
    negation is said in another way ("refused", "rather than"), some word is like it."""
    pairs = [(alignment.source.words, source), (alignment.target.words, target)]
    (own, i), (other, j) = pairs[side], pairs[1 - side]
    assert own is not None
    assert other is not None
    rows = own.rows((i,)).tolist()
    at = next((row for row in rows if own.spans[row, 1] > fact.span.start), None)
    after = next((row for row in rows if own.spans[row, 0] >= fact.span.end), None)
    before = next((row for row in reversed(rows) if own.spans[row, 1] <= fact.span.start), None)
    # Where the verb comes last, a negation stands behind what it negates.
    last = negates_in_verbs(alignment.documents[side].language)
    negates = before if last or after is None else after
    if at is None or negates is None:
        return 1.0, 0.0
    like, negated = other.cosines(other.rows((j,)), own, np.array([at, negates])).max(axis=0)
    return float(like), float(negated)


def _skip(alignment: Alignment) -> str | None:
    return without_words(alignment) or limits(alignment, "no list of negation words")


def _partial(alignment: Alignment) -> str | None:
    inside = sorted({name(d.language) for d in alignment.documents if negates_in_verbs(d.language)})
    return f"{' and '.join(inside)}: a negation that a verb carries is not missed" if inside else None


RULE = Rule(
    name="polarity-mismatch",
    summary="Only one version of a sentence negates",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
    skip=lambda evidence, _: _skip(evidence.alignment),
    partial=lambda evidence, _: _partial(evidence.alignment),
)
