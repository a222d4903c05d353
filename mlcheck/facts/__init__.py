"""Facts, comparable across languages: numbers, dates and times, names, quotations, negations, and
who is named as the source. Useful without the rest of mlcheck.

>>> from mlcheck.facts import compare, extract
>>> one, two = extract("Five ministers met on April 28.", "en"), extract("6 министров, 28 апреля.", "ru")
>>> [(d.sort, d.source.text, d.target.text) for d in compare(one, two)]
[('different', 'Five', '6')]
"""

from __future__ import annotations

from mlcheck.data import Document, FactMark
from mlcheck.facts.attribution import attributions
from mlcheck.facts.compare import Difference, agree, compare, explain, lone
from mlcheck.facts.dates import conflict, dates
from mlcheck.facts.fact import Fact, Kind, Value
from mlcheck.facts.name_match import Exchange, exchanged
from mlcheck.facts.names import names
from mlcheck.facts.negation import negates_in_verbs, negations
from mlcheck.facts.numbers import numbers
from mlcheck.facts.quotes import quotes
from mlcheck.languages import FIRST_CLASS

__all__ = [
    "FIRST_CLASS",
    "Difference",
    "Exchange",
    "Fact",
    "Kind",
    "Value",
    "agree",
    "compare",
    "conflict",
    "exchanged",
    "explain",
    "extract",
    "lone",
    "marks",
    "negates_in_verbs",
]


def extract(text: str, language: str) -> tuple[Fact, ...]:
    """All facts of a text, in order.

    `language` is a BCP 47 code. Of one that is not in `FIRST_CLASS` only figures, CLDR's names of
    days and months, names by their form, and quotation marks are known. A number in a date, or in a
    name (COP29), is part of that.
    """
    found = dates(text, language)
    taken = [fact.span for fact in found]
    named = names(text, language)
    taken += [fact.span for fact in named if _is_coded(fact.text)]
    found += named + numbers(text, language, taken)
    found += quotes(text, language) + negations(text, language) + attributions(text, language)
    return tuple(sorted(found, key=lambda fact: (fact.span, fact.kind)))


def marks(document: Document) -> tuple[FactMark, ...]:
    """The facts of a document where they stand in it, in order, each paragraph read in its own language.

    Weak ones are left out: "one" and "He" are facts only where a counterpart makes them that.
    """
    spoken = [paragraph.language or document.language for paragraph in document.paragraphs]
    found = (
        FactMark(sentence.place(*fact.span), fact.kind)
        for sentence in document.sentences
        for fact in extract(sentence.text, spoken[sentence.paragraph])
        if not fact.weak
    )
    return tuple(sorted(found))


def _is_coded(name: str) -> bool:
    """Does a name have figures that belong to a word of it (COP29, F-16), so that no number stands
    there? The number of "Boeing 737" can be compared as one."""
    return any(character.isdigit() for character in name) and " " not in name
