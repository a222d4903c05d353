"""What it finds
    A date, month, weekday, decade, century or time of day of a passage that is another in its
    counterpart. As information only: one that a version leaves out.

Why it matters
    Readers of the two versions turn up on different days.

Example
    Source: "The talks begin on April 28."
    Target: "Переговоры начнутся 27 апреля."

Known to be wrong when
    a version gives a time in another zone without saying so. Dates of calendars other than the Hijri,
    the Persian, the Buddhist and the eras of East Asia are not converted.
    In languages without data, only what the calendar of CLDR calls months and weekdays is seen.
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

_KINDS: tuple[Kind, ...] = ("date", "weekday", "period", "time")


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each date or time that differs, and an information for what is left out."""
    yield from drafts(evidence, _KINDS, settings)


RULE = Rule(
    name="date-mismatch",
    summary="A date or time is another in the other version",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
    partial=lambda evidence, _: limits(
        evidence.alignment, "names of months and days by their dictionary form only"
    ),
)
