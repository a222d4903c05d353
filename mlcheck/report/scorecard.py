"""What findings weigh for the length of a text, in the terms of MQM (Multidimensional Quality Metrics)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

from mlcheck.data import Document, Finding, Scorecard, Severity
from mlcheck.languages import language
from mlcheck.report.figures import plain
from mlcheck.settings import ScorecardSettings

__all__ = ["scorecard", "total"]

_A_THOUSAND: Final = 1000
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ.,:/-][^\W_]+)*")
"""Letters and figures, with signs inside: `well-known`, `d'avril` and `4.2` are a word each, as word
processors count."""
_LETTERS: Final = 2
"""Letters that count as a word where words are not set apart by spaces: most Chinese words have one or two.
It is a convention, and nothing that was measured here."""


def scorecard(
    findings: Sequence[Finding],
    source: Document,
    target: Document,
    settings: ScorecardSettings,
    *,
    more: Sequence[Document] = (),
) -> Scorecard:
    """The card of a pair: `error` is critical, `warning` major, `info` minor. The words are those of
    `settings.words`, without page furniture and code. Of several versions, `source` is the one that the
    others are held against, `target` and `more`; the words are as many as those of their pairs."""
    targets = [target, *more]
    counted = [source] * len(targets) if settings.words == "source" else targets
    number = Counter(finding.severity for finding in findings if not finding.baselined)
    return _card(number, sum(map(_words, counted)), settings.words, settings)


def total(cards: Sequence[Scorecard]) -> Scorecard | None:
    """The card of several pairs as if they were one text, by the limit of the first; None for none."""
    if not cards:
        return None
    first, words = cards[0], sum(card.words for card in cards)
    penalty = plain(float(sum(card.penalty for card in cards)))
    rate = plain(_A_THOUSAND * penalty / words) if words else None
    return Scorecard(
        words=words,
        counted=first.counted,
        critical=sum(card.critical for card in cards),
        major=sum(card.major for card in cards),
        minor=sum(card.minor for card in cards),
        penalty=penalty,
        per_thousand=rate,
        limit=first.limit,
        passed=_passes(penalty, rate, first.limit),
    )


def _card(
    number: Counter[Severity], words: int, counted: Literal["source", "target"], settings: ScorecardSettings
) -> Scorecard:
    penalty = plain(
        float(
            number["error"] * settings.critical
            + number["warning"] * settings.major
            + number["info"] * settings.minor
        )
    )
    rate = plain(_A_THOUSAND * penalty / words) if words else None
    return Scorecard(
        words=words,
        counted=counted,
        critical=number["error"],
        major=number["warning"],
        minor=number["info"],
        penalty=penalty,
        per_thousand=rate,
        limit=plain(float(settings.limit)),
        passed=_passes(penalty, rate, settings.limit),
    )


def _passes(penalty: float, rate: float | None, limit: float) -> bool:
    return penalty == 0 if rate is None else rate <= limit


def _words(document: Document) -> int:
    """Words of what is compared."""
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.compared]
    if language(document.language).spaced:
        return sum(len(_WORD.findall(text)) for text in texts)
    return sum(-(-sum(map(str.isalnum, text)) // _LETTERS) for text in texts)
