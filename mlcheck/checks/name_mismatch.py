"""What it finds
    A name of a person, a place or an organisation that has another in its place in the other version.
    States with their peoples and languages, cities of 100,000 inhabitants or more, capitals and well-known
    organisations are looked up, in whatever form the language gives them: where two different ones of a
    kind stand for each other, and neither has its counterpart there or in the passages beside, that is an
    error. So is another figure in a name (COP28, COP29). All other names are compared by their sound in
    any script and by the encoder; that is a warning. A name that is left out, a capital for its state, a
    surname for a full name, or a title or a pronoun for a name, is no finding.

Why it matters
    Somebody else is said to have done it.

Example
    Source: "The ministers will meet in Almaty."
    Target: "Министры встретятся в Астане."

Known to be wrong when
    a version calls somebody by another of their names ("the Blues" for Chelsea), or means another place
    of the same name. Many exchanged names are not found: it speaks only where it is fairly sure, and
    names that may be several things (Georgia, Korea, a word beside another with a capital) are any of
    them. Models without vectors for words are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.phrases import numbered, version, without_words
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.settings import CheckSettings

__all__ = ["EXCHANGE_ASKED", "RULE"]

EXCHANGE_ASKED = 0.3
"""Probability without the judge from which its opinion counts."""


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each name that has another in its place."""
    alignment, least = evidence.alignment, settings.exchanged
    if evidence.judge_fitted("name"):
        least = min(least, EXCHANGE_ASKED)
    for exchange in evidence.exchanges:
        probability, limit = (
            (exchange.probability, settings.exchanged)
            if exchange.judged is None
            else (exchange.judged, settings.exchanged_judged)
        )
        if not exchange.known and (exchange.probability < least or probability < limit):
            continue
        document = alignment.source.document
        place = numbered([document.sentences[exchange.source_sentence].paragraph], document)
        yield Draft(
            message=f"{place}: “{exchange.source_text}” is “{exchange.target_text}” in "
            f"{version(alignment, 1)}",
            severity="error" if exchange.known else "warning",
            confidence=probability,
            source=(exchange.source_sentence,),
            target=(exchange.target_sentence,),
            source_span=exchange.source,
            target_span=exchange.target,
            evidence={"source": exchange.source_text, "target": exchange.target_text},
        )


RULE = Rule(
    name="name-mismatch",
    summary="A name is another in the other version",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
    skip=lambda evidence, _: without_words(evidence.alignment),
)
