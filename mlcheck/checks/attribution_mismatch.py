"""What it finds
    A source that one version names ("according to the ministry", "agency X reports") and the other
    does not, in that passage or beside it: no word there is like it in meaning or in sound, whatever verb
    stands with it. As information: an agency that takes over a report puts its own name there.

Why it matters
    Who says so is part of what is said.

Example
    Source: "Prices fell by a tenth, according to the Ministry of Finance."
    Target: "Цены упали на десятую часть."

Known to be wrong when
    a version names the source in a verb or a title that is not in its list, or once for several
    paragraphs. Languages without such a list are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from mlcheck.checks.facts_drafts import one_sided, place_of
from mlcheck.checks.phrases import limits, version
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence, Passage, near
from mlcheck.data import Alignment
from mlcheck.facts import Fact
from mlcheck.languages import language
from mlcheck.settings import CheckSettings
from mlcheck.text import alike

__all__ = ["RULE"]

_WORDS = re.compile(r"\w{4,}|[^\W\da-z]{3,}")
_MOST_WORDS = 1000
"""Words opposite that are compared; a passage that has more is a list."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """An information for each passage that names a source where the other side names none.

    What either side names alone, in two places, is taken for one: an agency's name ends the lede
    of one version and opens the last paragraph of the other.
    """
    alignment, every = evidence.alignment, evidence.passages
    alone: tuple[list[tuple[int, Fact]], list[tuple[int, Fact]]] = ([], [])
    for at, passage in enumerate(every):
        for side in (0, 1):
            named = [f for f in passage.facts[side] if f.kind == "attribution" and not f.weak]
            if named and not any(f.kind == "attribution" for f in near(every, at, 1 - side)):
                alone[side].append((at, named[0]))
    both = min(map(len, alone))
    for side in (0, 1):
        for at, fact in alone[side][both:]:
            if _stands_near(alignment, every, at, side, fact, settings):
                continue
            passage = every[at]
            message = (
                f"{place_of(alignment, passage, side)} names a source, “{fact.value[0]}”, and "
                f"{version(alignment, 1 - side)} none"
            )
            yield one_sided(passage, side, fact, message, settings.fact_lone)


def _stands_near(
    alignment: Alignment, every: Sequence[Passage], at: int, side: int, fact: Fact, settings: CheckSettings
) -> bool:
    """Is any word in the passage opposite, or beside it, like one of the source's, so that it may be named
    there without a phrase that we know ("AFAD said")?"""
    beside = [passage.link.sides[1 - side] for passage in every[max(at - 1, 0) : at + 2]]
    sentences = sorted({i for own in beside for i in own})
    documents = alignment.documents
    words = _WORDS.findall(fact.text)
    text = " ".join(documents[1 - side].sentences[i].text for i in sentences)
    opposite = _WORDS.findall(text)[:_MOST_WORDS]
    if words and opposite and float(alike(words, opposite).max()) >= settings.source_heard:
        return True
    own, other = alignment.sides[side].words, alignment.sides[1 - side].words
    if own is None or other is None:
        return False
    sentence = every[at].owner(side, fact)
    known = language(documents[side].language).attribution
    rows = np.array(
        [
            row
            for row in own.rows((sentence,)).tolist()
            if own.spans[row, 0] < fact.span.end
            and own.spans[row, 1] > fact.span.start
            and documents[side].sentences[sentence].text[slice(*own.spans[row])].lower()
            not in (*known.joiners, *known.stops)
        ],
        np.int64,
    )
    rivals = other.rows(sentences)[:_MOST_WORDS]
    return (
        bool(len(rows) and len(rivals))
        and float(np.max(own.cosines(rows, other, rivals))) >= settings.source_like
    )


RULE = Rule(
    name="attribution-mismatch",
    summary="Only one version names the source",
    mqm="accuracy/omission",
    page=__doc__ or "",
    check=check,
    worst="info",
    skip=lambda evidence, _: limits(evidence.alignment, "no list of words that name a source"),
)
