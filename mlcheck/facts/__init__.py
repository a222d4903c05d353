"""Facts of one text: numbers, dates and times, names, quotations, negations, and who is named as the
source, in a form that does not depend on the language. Useful without the rest of mlcheck; `mlcheck.compare`
has what compares those of two texts.

>>> from mlcheck.facts import extract
>>> [(fact.kind, fact.value) for fact in extract("6 министров встретились 28 апреля.", "ru")]
[('number', ('6',)), ('date', ('', '4', '28'))]
"""

from __future__ import annotations

import re

from mlcheck.facts.attribution import attributions
from mlcheck.facts.dates import conflict, dates
from mlcheck.facts.entities import Entity, EntityKind, cities_hinted, entities, short_signs
from mlcheck.facts.fact import Fact, Kind, Value
from mlcheck.facts.name_tables import is_common, known_names
from mlcheck.facts.names import names
from mlcheck.facts.nations import related
from mlcheck.facts.negation import negates_in_verbs, negations, turns
from mlcheck.facts.notices import Notice, notices, notices_known
from mlcheck.facts.numbers import MEASURES, convert, numbers, same_measure, unit_class, units_agree
from mlcheck.facts.opposites import Meaning, Pole, opposites_in, poles
from mlcheck.facts.quotes import quotes
from mlcheck.languages import FIRST_CLASS

__all__ = [
    "FIRST_CLASS",
    "MEASURES",
    "Entity",
    "EntityKind",
    "Fact",
    "Kind",
    "Meaning",
    "Notice",
    "Pole",
    "Value",
    "cities_hinted",
    "conflict",
    "convert",
    "entities",
    "extract",
    "is_common",
    "known_names",
    "names",
    "negates_in_verbs",
    "notices",
    "notices_known",
    "opposites_in",
    "poles",
    "related",
    "same_measure",
    "short_signs",
    "turns",
    "unit_class",
    "units_agree",
]


_QUARTER = re.compile(r"[QT][1-4]|[1-4][QT]")
"""A quarter of a year, for which others write a word."""


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


def _is_coded(name: str) -> bool:
    """Does a name have figures that belong to a word of it (COP29, F-16), so that no number stands
    there? The number of "Boeing 737" can be compared as one."""
    return any(character.isdigit() for character in name) and " " not in name and not _QUARTER.fullmatch(name)
