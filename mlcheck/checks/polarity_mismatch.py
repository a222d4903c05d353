"""What it finds
    A negation in one version where its counterpart has none. As information: languages negate in
    different places, and "few" may stand for "not many".

Why it matters
    A lost "not" turns a sentence round and leaves every other word in its place.

Example
    Source: "The minister did not sign the agreement."
    Target: "Министр подписал соглашение."

Known to be wrong when
    a negation is said by a verb or an adjective ("refused", "unable"). Languages that negate by a
    verb's ending (Azerbaijani, Japanese, Turkish) or have no list of negation words are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.facts import limits, near, passages
from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import numbered, paragraph_of, version
from mlcheck.data import Alignment
from mlcheck.facts import Fact, negates_in_verbs
from mlcheck.languages import name
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """An information for each link of one sentence with one, of which only one negates."""
    every = passages(alignment)
    for at, passage in enumerate(every):
        link = passage.link
        if not len(link.source) == len(link.target) == 1:
            continue
        for side in (0, 1):
            strong = [f for f in passage.facts[side] if f.kind == "negation" and not f.weak]
            if strong and not any(f.kind == "negation" for f in near(every, at, 1 - side)):
                yield _draft(alignment, link.source, link.target, side, strong[0], settings)


def _draft(
    alignment: Alignment,
    source: tuple[int, ...],
    target: tuple[int, ...],
    side: int,
    fact: Fact,
    settings: CheckSettings,
) -> Draft:
    document = (alignment.source, alignment.target)[side].document
    place = numbered(paragraph_of(document, (source, target)[side]))
    return Draft(
        message=f"{place} of {version(alignment, side)} says “{fact.text}”, and "
        f"{version(alignment, 1 - side)} has no negation here",
        severity="info",
        confidence=settings.fact_lone,
        source=source,
        target=target,
        source_span=None if side else fact.span,
        target_span=fact.span if side else None,
        evidence={"negation": fact.text},
    )


def _skip(alignment: Alignment) -> str | None:
    languages = sorted({d.language for d in (alignment.source.document, alignment.target.document)})
    inside = [name(language) for language in languages if negates_in_verbs(language)]
    if inside:
        return f"{' and '.join(inside)}: verbs carry the negation"
    return limits(alignment, "no list of negation words")


RULE = Rule(
    name="polarity-mismatch",
    summary="Only one version of a sentence negates",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
    skip=_skip,
)
