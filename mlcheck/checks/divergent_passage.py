"""What it finds
    A passage whose counterpart, by its place, says something else, or not the same by far. Either
    two sentences are linked and the evidence is against it, or they differ beyond what a free
    translation does, or a few sentences on each side stand in one place and have nothing to do with
    each other.

Why it matters
    The page looks complete, and tells two groups of readers two different things.

Example
    Source: "Demarcation of the border has begun, the president said."
    Target: "Airlines were invited to open routes to the capital."

Known to be wrong when
    a sentence was rendered very freely, as proverbs are. Of titles, items of lists and other short lines,
    which mostly are, it speaks only where all is against the link. Single changed words, numbers and names
    are beyond it: whole sentences are compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.gaps import gaps
from mlcheck.checks.phrases import numbered, paragraph_of, severity_of, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.segments import EXCHANGED, exchanged, is_free_segment
from mlcheck.compare import Evidence, rest_is_beside
from mlcheck.data import Alignment, Document, Link
from mlcheck.languages import language
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


_HAN = 3
"""Letters that say as much as a character where words are not set apart."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each link that diverges, and for each replacement.

    Two probabilities are asked (`align/evidence.py`): that the link is wrong, and that its sides do
    not say the same in every detail. Faithful news is free in details, so the second must be all but
    certain.
    """
    alignment = evidence.alignment
    for link in exchanged(alignment):
        yield Draft(
            message=f"{_message(alignment, link.source)}, what another segment says",
            severity=severity_of(EXCHANGED, settings.error_from),
            confidence=EXCHANGED,
            source=link.source,
            target=link.target,
            evidence={"similarity": link.similarity, "divergence": link.divergence, "wrong": link.wrong},
        )
    for link in alignment.sentences:
        if link.wrong is None or link.divergence is None:
            continue
        differs = _differs(alignment, link, settings)
        if (differs or link.wrong >= settings.wrong) and not _is_free(evidence, link, settings):
            # Where only details are certain to differ it is for a person to weigh.
            in_detail = link.divergence * settings.detail_worth if differs else 0.0
            yield Draft(
                message=_message(alignment, link.source),
                severity=severity_of(link.wrong, settings.error_from),
                confidence=max(link.wrong, in_detail),
                source=link.source,
                target=link.target,
                evidence={
                    "similarity": link.similarity,
                    "divergence": link.divergence,
                    "wrong": link.wrong,
                },
            )
    for gap in gaps(alignment, settings):
        if gap.replaced:
            yield Draft(
                message=_message(alignment, gap.source),
                severity=severity_of(gap.confidence, settings.error_from),
                confidence=gap.confidence,
                source=gap.source,
                target=gap.target,
                evidence={"sentences": [len(gap.source), len(gap.target)]},
            )


def _differs(alignment: Alignment, link: Link, settings: CheckSettings) -> bool:
    """Is it all but certain that the two sides do not say the same in every detail?"""
    assert link.divergence is not None
    judged = alignment.judgement(link)
    before = None if judged is None else judged.before
    if judged is None or before is None or alignment.joins_headlines(link):
        return link.divergence >= settings.divergent
    heard = judged.probability >= settings.judge_heard
    return link.divergence >= settings.divergent_judged or (before >= settings.divergent and heard)


def _is_free(evidence: Evidence, link: Link, settings: CheckSettings) -> bool:
    """Is it more likely a free rendering, or a doubtful link, than another text?"""
    assert link.wrong is not None
    alignment = evidence.alignment
    judged = alignment.judgement(link)
    if is_free_segment(alignment, link):
        return True
    if link.wrong >= settings.error_from:
        return False
    if max(_length(document, own) for document, own in zip(alignment.documents, link.sides, strict=True)) < (
        settings.short
    ):
        return True
    joined = len(link.source) + len(link.target) > 2
    heard = settings.joined_heard if joined else settings.judge_heard
    if judged is not None and judged.probability < heard:
        return True
    return rest_is_beside(alignment, link)


def _length(document: Document, sentences: tuple[int, ...]) -> int:
    """Characters; a Han character is as much as `_HAN` letters."""
    size = 1 if language(document.language).spaced else _HAN
    return size * sum(len(document.sentences[i].text) for i in sentences)


def _message(alignment: Alignment, sentences: tuple[int, ...]) -> str:
    place = numbered(paragraph_of(alignment.source.document, sentences), alignment.source.document)
    return f"{place}: {version(alignment, 1)} says something else here"


RULE = Rule(
    name="divergent-passage",
    summary="A passage says something else than its counterpart",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
)
