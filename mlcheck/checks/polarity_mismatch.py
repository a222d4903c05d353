"""What it finds
    A negation in one version of a sentence where the other has none, while the word that it negates
    is there and nothing opposite is anything like the negation.

Why it matters
    A lost "not" turns a sentence round and leaves every other word in its place.

Example
    Source: "The minister did not sign the agreement."
    Target: "Министр подписал соглашение."

Known to be wrong when
    the other version negates by a verb or an adjective far from any negation ("refused", "unable",
    "failed"). Most lost negations are not found: it speaks only where it is fairly sure. In Turkish and
    Azerbaijani a negated verb clears the other version of a "not", and is never missed itself.
    Languages that negate by a verb's ending and have no list of such endings (Japanese), or no list
    of negation words, are skipped, and so are models without vectors for words.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mlcheck.checks.facts_drafts import one_sided, place_of
from mlcheck.checks.phrases import limits, version, without_words
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence, near
from mlcheck.data import Alignment
from mlcheck.facts import Fact, negates_in_verbs
from mlcheck.languages import name
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each link of one sentence with one, of which only one negates, unless the other
    says it in another way."""
    alignment, every = evidence.alignment, evidence.passages
    for at, passage in enumerate(every):
        link = passage.link
        if not len(link.source) == len(link.target) == 1:
            continue
        for side in (0, 1):
            strong = [f for f in passage.facts[side] if f.kind == "negation" and not f.weak]
            if strong and not any(f.kind == "negation" for f in near(every, at, 1 - side)):
                like, negated = _matches(alignment, link.source[0], link.target[0], side, strong[0])
                if like < settings.negation_like and negated >= settings.negated:
                    message = (
                        f"{place_of(alignment, passage, side)} says “{strong[0].text}”, and "
                        f"{version(alignment, 1 - side)} has no negation here"
                    )
                    yield one_sided(passage, side, strong[0], message, settings.fact_doubtful, warning=True)


def _matches(alignment: Alignment, source: int, target: int, side: int, fact: Fact) -> tuple[float, float]:
    """How like the negation, and the word after it, the likest words opposite are, -1 to 1; where a
    negation is said in another way ("refused", "rather than"), some word is like it."""
    pairs = [(alignment.source.words, source), (alignment.target.words, target)]
    (own, i), (other, j) = pairs[side], pairs[1 - side]
    assert own is not None
    assert other is not None
    rows = own.rows((i,)).tolist()
    at = next((row for row in rows if own.spans[row, 1] > fact.span.start), None)
    after = next((row for row in rows if own.spans[row, 0] >= fact.span.end), None)
    if at is None or after is None:
        return 1.0, 0.0
    like, negated = other.cosines(other.rows((j,)), own, np.array([at, after])).max(axis=0)
    return float(like), float(negated)


def _skip(alignment: Alignment) -> str | None:
    languages = sorted({d.language for d in alignment.documents})
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
    skip=lambda evidence, _: _skip(evidence.alignment),
)
