"""What it finds
    A negation in one version of a sentence where the other has none, while the word that it negates
    is there. A warning where nothing opposite is anything like the negation, else information. Where a
    judge has read the passages it is asked too, and what both make likely is a warning.

Why it matters
    A lost "not" turns a sentence round and leaves every other word in its place.

Example
    Source: "The minister did not sign the agreement."
    Target: "Министр подписал соглашение."

Known to be wrong when
    the other version negates by a verb or an adjective far from any negation ("refused", "unable",
    "failed"). Most lost negations are not found: it speaks only where it is fairly sure. Languages
    that negate by a verb's ending (Azerbaijani, Japanese, Turkish) or have no list of negation words
    are skipped, and so are models without vectors for words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mlcheck.checks.facts import Passage, limits, near, passages
from mlcheck.checks.facts_drafts import one_sided, place_of
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import version, without_words
from mlcheck.data import Alignment
from mlcheck.facts import Fact, negates_in_verbs
from mlcheck.judge.opinion import Place, seconded
from mlcheck.languages import name
from mlcheck.settings import CheckSettings

__all__ = ["RULE", "candidates"]

_STEEP = 8.0


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each link of one sentence with one, of which only one negates, unless the other
    says it in another way."""
    for found in candidates(alignment):
        second = seconded(alignment, "negation", found.probability, found.places)
        if second is not None:
            told = sure = second >= settings.negation_judged
            confidence = second
        else:
            told = found.like < settings.negation_like and found.negated >= settings.negated
            sure = found.like < settings.negation_unlike and found.negated >= settings.negated_sure
            confidence = settings.fact_doubtful if sure else settings.fact_lone
        if told:
            message = (
                f"{place_of(alignment, found.passage, found.side)} says “{found.fact.text}”, and "
                f"{version(alignment, 1 - found.side)} has no negation here"
            )
            yield one_sided(found.passage, found.side, found.fact, message, confidence, warning=sure)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A negation that the other side of a link has not: how `like` it anything opposite is, and how like
    the word that it negates, -1 to 1."""

    passage: Passage
    side: int
    fact: Fact
    like: float
    negated: float

    @property
    def probability(self) -> float:
        """Rises with the second and falls with the first; a figure for the judge's model, not calibrated."""
        return 1 / (1 + math.exp(-_STEEP * (self.negated - self.like)))

    @property
    def places(self) -> list[Place]:
        """Where the negation stands."""
        return [(self.side, self.passage.owner(self.side, self.fact), self.fact.span)]


def candidates(alignment: Alignment) -> Iterator[Candidate]:
    """The negations without counterpart, however doubtful, in links of one sentence with one."""
    every = passages(alignment)
    for at, passage in enumerate(every):
        link = passage.link
        if not len(link.source) == len(link.target) == 1:
            continue
        for side in (0, 1):
            strong = [f for f in passage.facts[side] if f.kind == "negation" and not f.weak]
            if strong and not any(f.kind == "negation" for f in near(every, at, 1 - side)):
                like, negated = _matches(alignment, link.source[0], link.target[0], side, strong[0])
                yield Candidate(passage, side, strong[0], like, negated)


def _matches(alignment: Alignment, source: int, target: int, side: int, fact: Fact) -> tuple[float, float]:
    """How like the negation, and the word after it, the likest words opposite are, -1 to 1; where a
    negation is said in another way ("refused", "rather than"), some word is like it."""
    pairs = [(alignment.source.words, source), (alignment.target.words, target)]
    (own, i), (other, j) = pairs[side], pairs[1 - side]
    assert own is not None
    assert other is not None
    rows = range(own.starts[i], own.starts[i + 1])
    at = next((row for row in rows if own.spans[row, 1] > fact.span.start), None)
    after = next((row for row in rows if own.spans[row, 0] >= fact.span.end), None)
    if at is None or after is None:
        return 1.0, 0.0
    opposite = other.vectors[other.starts[j] : other.starts[j + 1]].astype(np.float32)
    like, negated = (opposite @ own.vectors[[at, after]].astype(np.float32).T).max(axis=0) / 127**2
    return float(like), float(negated)


def _skip(alignment: Alignment) -> str | None:
    languages = sorted({d.language for d in (alignment.source.document, alignment.target.document)})
    inside = [name(language) for language in languages if negates_in_verbs(language)]
    if inside:
        return f"{' and '.join(inside)}: verbs carry the negation"
    return without_words(alignment) or limits(alignment, "no list of negation words")


RULE = Rule(
    name="polarity-mismatch",
    summary="Only one version of a sentence negates",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
    worst="warning",
    skip=lambda alignment, _: _skip(alignment),
)
