"""What it finds
    A number of a passage that is another in its counterpart, or that counts something else there.
    Digits, number words, scales, currencies and units are compared by value: "five" is "5",
    "1.5 million" is "1,5 млн". So are numbers that have changed places: in a sentence, between two
    sentences, in a result, or in a table. As information only: numbers of which the other version has
    no form anywhere. Nothing is said of what is rounded, or converted to another unit.

Why it matters
    A changed figure is the error that readers quote.

Example
    Source: "Five principles underlie the treaty."
    Target: "В основе договора лежат 6 принципов."

Known to be wrong when
    a version counts otherwise (a dozen, a score; a season named by one of its years), or an idiom
    has a number in it. In languages without data of their own, short number words are known for
    doubtful only, and inflected ones are not seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.facts_drafts import drafts
from mlcheck.checks.phrases import limits
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.facts import Kind
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]

_KINDS: tuple[Kind, ...] = ("number",)


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each number that differs, and an information for what is left out."""
    yield from drafts(evidence, _KINDS, settings)


RULE = Rule(
    name="number-mismatch",
    summary="A number is another in the other version",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
    partial=lambda evidence, _: limits(evidence.alignment, "number words in part"),
)
