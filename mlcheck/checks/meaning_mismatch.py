"""What it finds
    A passage that was translated, but does not say the same in some detail: a negation lost, a word
    turned into its opposite, a clause cut off, another name. A judge, a small model that reads both
    sides together, says so, and points at the words. It speaks where no other rule has a reason to.

Why it matters
    One word that is wrong leaves the page complete and the sentence smooth, and turns it round.

Example
    Source: "The minister did not sign the agreement."
    Target: "Министр подписал соглашение."

Known to be wrong when
    the translator left a detail out, put one in, or said it in a figure of speech: the judge sees that
    the two differ, and not that they may. Numbers and dates it reads badly, and other rules read them
    well. Without the judge (`--judge none`, or another model than e5-small) the rule is skipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import numbered, paragraph_of, severity_of, version
from mlcheck.data import Alignment, JudgedWords, Link
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_WORDS = 10
"""Words that a message quotes of a side."""


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each link whose judgement is sure enough."""
    for link in alignment.sentences:
        judged = alignment.judgement(link)
        if judged is None or judged.probability < settings.flawed:
            continue
        quoted = _quoted(alignment, link, judged.words, settings)
        place = numbered(paragraph_of(alignment.source.document, link.source))
        words = " and ".join(f"“{text}”" for text in quoted if text)
        yield Draft(
            message=f"{place}: {version(alignment, 1)} does not say the same here"
            + (f": {words}" if words else ""),
            severity=severity_of(judged.probability, settings.flawed_sure),
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


def _quoted(
    alignment: Alignment,
    link: Link,
    words: tuple[tuple[JudgedWords, ...], tuple[JudgedWords, ...]] | None,
    settings: CheckSettings,
) -> tuple[str, str]:
    """The stretch of each side that differs most, from its first marked word to its last without more
    than one word between that is not; empty where none is marked."""
    if words is None:
        return "", ""
    found = []
    for side, own in ((alignment.source, words[0]), (alignment.target, words[1])):
        sentences = link.source if side is alignment.source else link.target
        best: tuple[float, str] = (0.0, "")
        for number, judged in zip(sentences, own, strict=True):
            text = side.document.sentences[number].text
            best = max(best, *_stretches(text, judged, settings.word_differs), key=lambda one: one[0])
        found.append(best[1])
    return found[0], found[1]


def _stretches(text: str, judged: JudgedWords, limit: float) -> Iterator[tuple[float, str]]:
    """(sum of the values, text) of runs of marked words."""
    yield 0.0, ""
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
    return None if alignment.judgements else "no judge has read the passages"


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
    skip=lambda alignment, _: _skip(alignment),
    partial=lambda alignment, _: _partial(alignment),
)
