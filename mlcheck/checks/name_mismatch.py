"""What it finds
    A name of a person, a place or an organisation that has another in its place in the other
    version. Names are compared by their sound in any script, by what CLDR and a short list know of
    countries, peoples and acronyms, and by the encoder. A name that is left out, or for which a title
    or a pronoun stands, is no finding.

Why it matters
    Somebody else is said to have done it.

Example
    Source: "The ministers will meet in Almaty."
    Target: "Министры встретятся в Астане."

Known to be wrong when
    a version calls somebody by another of their names ("the Blues" for Chelsea). Many exchanged
    names are not found: it speaks only where it is fairly sure. Models without vectors for words are
    skipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.rule import Draft, Rule
from mlcheck.checks.words import numbered, version, without_words
from mlcheck.data import Alignment
from mlcheck.facts import exchanged
from mlcheck.judge.opinion import is_seconded, seconded
from mlcheck.settings import CheckSettings

__all__ = ["EXCHANGE_ASKED", "RULE"]

EXCHANGE_ASKED = 0.3
"""Probability by the rule's own figures from which the judge is asked."""


def check(alignment: Alignment, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each name that has another in its place."""
    least = settings.exchanged
    if is_seconded(alignment, "name"):
        least = min(least, EXCHANGE_ASKED)
    for exchange in exchanged(alignment, least):
        places = [
            (0, exchange.source_sentence, exchange.source),
            (1, exchange.target_sentence, exchange.target),
        ]
        numbered_name = any(map(str.isdigit, exchange.source_text))  # COP28: the judge reads no figures
        second = None if numbered_name else seconded(alignment, "name", exchange.probability, places)
        probability, limit = (
            (exchange.probability, settings.exchanged)
            if second is None
            else (second, settings.exchanged_judged)
        )
        if probability < limit:
            continue
        document = alignment.source.document
        place = numbered([document.sentences[exchange.source_sentence].paragraph])
        yield Draft(
            message=f"{place}: “{exchange.source_text}” is “{exchange.target_text}” in "
            f"{version(alignment, 1)}",
            severity="warning",
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
    worst="warning",
    skip=lambda alignment, _: without_words(alignment),
)
