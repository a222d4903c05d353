"""What it finds
    A passage that was translated, and yet does not say the same in some detail: a "not" is lost, a
    word has become its opposite, a clause is gone, somebody else is named. The judge, a small model
    that reads both versions side by side, is all but certain that the two differ, and the message
    quotes the words that it means, where it can tell. It speaks only of sentences of which no other
    rule has warned, because the others can say what is wrong.

Why it matters
    The page is complete and the sentence reads well, so nobody stops at the one word that makes it
    say something else.

Example
    Source: "The minister did not sign the agreement."
    Target: "Министр подписал соглашение."

Known to be wrong when
    the translator left a detail out on purpose, explained one, or used a figure of speech: the judge
    sees that the two differ, not that they may. Where one side negates and the other may say so in another
    way ("less beautiful" for "not as beautiful"), it is not heard. The words that it quotes are a hint; read
    the whole sentence. It reads numbers and dates badly, and other rules read them well. Without a judge
    (with `--judge none`, or with another model than e5-small and no judge named) the rule is skipped.
    Passages that are too long for the judge are not looked at, nor, in a text of more than some 1500
    passages, those in which nothing else is in doubt; the report says how many.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.phrases import numbered, paragraph_of, severity_of, version
from mlcheck.checks.reversals import asks, lost_negation, said_otherwise
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.segments import is_label
from mlcheck.compare import Evidence, Passage
from mlcheck.data import Alignment, Document, JudgedWords, Link
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_WORDS = 10
"""Words that a message quotes of a side at most."""

_NAMES_TOO = 0.5
"""Probability that a name was exchanged, from which the judge is not alone in its doubt: more likely than
not. Set by hand."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each link whose judgement is sure enough. What a judge says that nobody has measured on
    faithful news is information: it may find a difference in every free translation."""
    alignment, fitted = evidence.alignment, evidence.judge_fitted("flawed")
    for passage in evidence.passages:
        link = passage.link
        judged = alignment.judgement(link)
        if judged is None or judged.probability < settings.flawed or is_label(alignment, link):
            continue
        lost = [fact for fact in (lost_negation(passage, side) for side in (0, 1)) if fact is not None]
        if lost and _is_said(evidence, passage):
            continue
        alone = (
            not lost and (judged.before or 0.0) < settings.flawed_beside and not _has_exchange(evidence, link)
        )
        if (alone or alignment.joins_headlines(link)) and judged.probability < settings.flawed_sure:
            continue
        quoted = _alike(evidence, link, _quoted(alignment, link, judged.words, settings))
        document = alignment.source.document
        place = numbered(paragraph_of(document, link.source), document)
        words = " and ".join(f"“{text}”" for text in quoted if text)
        yield Draft(
            message=f"{place}: {version(alignment, 1)} does not say the same here"
            + (f": {words}" if words else ""),
            severity=severity_of(judged.probability, settings.flawed_sure) if fitted else "info",
            confidence=judged.probability,
            source=link.source,
            target=link.target,
            only_if_silent=True,
            evidence={
                "judged": judged.probability,
                "logit": judged.logit,
                "divergence": link.divergence,
                **{side: text for side, text in zip(("source", "target"), quoted, strict=True) if text},
            },
        )


def _has_exchange(evidence: Evidence, link: Link) -> bool:
    """Do the names of a link look exchanged, too, though not surely enough to be reported for that alone?"""
    return any(
        exchange.probability >= _NAMES_TOO
        for exchange in evidence.exchanges
        if exchange.source_sentence in link.source
    )


def _is_said(evidence: Evidence, passage: Passage) -> bool:
    """May a negation of one side be said in another way opposite, or be none? The judge takes "not as
    beautiful" and "less beautiful" for a lost negation: of 21 findings on faithful documents 13 were of that
    kind."""
    if asks(evidence.alignment, passage):
        return True
    if evidence.matching is None:
        return False
    return any(
        fact is not None and said_otherwise(evidence.alignment, evidence.matching, passage, side, fact)
        for side, fact in ((side, lost_negation(passage, side)) for side in (0, 1))
    )


def _quoted(
    alignment: Alignment,
    link: Link,
    words: tuple[tuple[JudgedWords, ...], tuple[JudgedWords, ...]] | None,
    settings: CheckSettings,
) -> tuple[str, str]:
    """The stretch of each side that differs most, empty where no word is marked. A stretch goes on over
    one word that is not marked, and ends before two."""
    if words is None:
        return "", ""
    limit = settings.word_differs
    return (
        _most(alignment.source.document, link.source, words[0], limit),
        _most(alignment.target.document, link.target, words[1], limit),
    )


def _alike(evidence: Evidence, link: Link, quoted: tuple[str, str]) -> tuple[str, str]:
    """What may be told in one breath: not a figure with a name, and not two names that are none in the
    other's place: who reads “Ilham” and “Blinken” takes one for the other."""
    one, two = (text.strip("()[]{}") for text in quoted)
    if not (one and two):
        return one, two
    figures = [any(map(str.isdigit, text)) for text in (one, two)]
    if figures[0] != figures[1] and any(map(_is_name, (one, two))):
        return "", ""
    exchanges = {
        (exchange.source_text, exchange.target_text)
        for exchange in evidence.exchanges
        if exchange.source_sentence in link.source
    }
    if all(map(_is_name, (one, two))) and (one, two) not in exchanges:
        return "", ""
    return one, two


def _is_name(text: str) -> bool:
    """Is it one word with a capital?"""
    return " " not in text and text[:1].isupper()


def _most(
    document: Document, sentences: tuple[int, ...], words: tuple[JudgedWords, ...], limit: float
) -> str:
    """The stretch of some sentences that has the greatest sum, the first of equals; empty where none is."""
    best = 0.0, ""
    for number, judged in zip(sentences, words, strict=True):
        for found in _stretches(document.sentences[number].text, judged, limit):
            if found[0] > best[0]:
                best = found
    return best[1]


def _stretches(text: str, judged: JudgedWords, limit: float) -> Iterator[tuple[float, str]]:
    """(sum of the values, text) of each stretch; of a long one the text of its first words."""
    marked = [k for k, value in enumerate(judged.values.tolist()) if value >= limit]
    runs: list[list[int]] = []
    for k in marked:
        if runs and k - runs[-1][-1] <= 2:
            runs[-1].append(k)
        else:
            runs.append([k])
    for run in runs:
        last = min(run[-1], run[0] + _WORDS - 1)
        quoted = text[judged.spans[run[0], 0] : judged.spans[last, 1]]
        more = " …" if last < run[-1] else ""
        yield float(judged.values[run].sum()), quoted + more


def _skip(alignment: Alignment) -> str | None:
    return None if alignment.judge else "no judge has read the passages"


def _partial(alignment: Alignment) -> str | None:
    links = sum(1 for link in alignment.sentences if link.source and link.target)
    unread = links - len(alignment.judgements)
    if not unread:
        return None
    return f"the judge has not read {unread} of {links} passages: the text, or a passage, is too long"


RULE = Rule(
    name="meaning-mismatch",
    summary="A passage does not say the same as its counterpart in some detail",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
    skip=lambda evidence, _: _skip(evidence.alignment),
    partial=lambda evidence, _: _partial(evidence.alignment),
)
