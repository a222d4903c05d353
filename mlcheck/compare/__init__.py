"""The room that compares: two aligned texts in, `Evidence` out, all that rules want to know of them. It is
the last one that may ask a model. Facts of passages that say the same can be compared alone:

>>> from mlcheck.compare import compare_facts
>>> from mlcheck.facts import extract
>>> one, two = extract("Five ministers met on April 28.", "en"), extract("6 министров, 28 апреля.", "ru")
>>> [(d.sort, d.source.text, d.target.text) for d in compare_facts(one, two)]
[('different', 'Five', '6')]
"""

from __future__ import annotations

from mlcheck.compare.agreement import agree, unmatched
from mlcheck.compare.beside import rest_is_beside
from mlcheck.compare.evidence import Evidence, compare
from mlcheck.compare.facts import Difference, classify, compare_facts
from mlcheck.compare.form import FormDifference, form_differences
from mlcheck.compare.name_match import Exchange, exchanged
from mlcheck.compare.passage import Found, Passage, near
from mlcheck.compare.protocol import Encode
from mlcheck.compare.quoted import may_be_quoted
from mlcheck.compare.words import Matching, Run

__all__ = [
    "Difference",
    "Encode",
    "Evidence",
    "Exchange",
    "FormDifference",
    "Found",
    "Matching",
    "Passage",
    "Run",
    "agree",
    "classify",
    "compare",
    "compare_facts",
    "exchanged",
    "form_differences",
    "may_be_quoted",
    "near",
    "rest_is_beside",
    "unmatched",
]
