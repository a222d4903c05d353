"""What it finds
    Part of a sentence of the source, such as a clause, that has no counterpart in the passage of the
    target that its sentence is linked with. What moved to a sentence beside it is there.

Why it matters
    The sentence is there, and reads well without its clause; a reader of the target is not told.

Example
    Source: "The ministers will meet in Almaty in May, as the hosts had suggested, to go on with the talks."
    Target: "The ministers will meet in Almaty in May to go on with the talks."

Known to be wrong when
    a passage was rendered freely, or much shorter in other words. Keeps silent about many a detail
    that is there: it speaks where a passage is also as much longer as the detail is long. Of a
    few words, and in the middle of a sentence, it finds few.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.details import details, not_looked_for
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A finding for each stretch of a sentence of the source without counterpart."""
    return details(evidence, settings, 0)


RULE = Rule(
    name="missing-detail",
    summary="Part of a sentence of the source has no counterpart in the target",
    mqm="accuracy/omission",
    page=__doc__ or "",
    check=check,
    worst="warning",
    skip=lambda evidence, _: not_looked_for(evidence),
)
