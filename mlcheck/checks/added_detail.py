"""What it finds
    Part of a sentence of the target, such as a clause, that has no counterpart in the passage of the
    source that its sentence is linked with. What moved to a sentence beside it is there.

Why it matters
    The sentence is there, and reads well without its clause; nobody vouches for what was put in.

Example
    Source: "The ministers will meet in Almaty in May to go on with the talks."
    Target: "The ministers will meet in Almaty in May, as the hosts had suggested, to go on with the talks."

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
    """A finding for each stretch of a sentence of the target without counterpart."""
    return details(evidence, settings, 1)


RULE = Rule(
    name="added-detail",
    summary="Part of a sentence of the target has no counterpart in the source",
    mqm="accuracy/addition",
    page=__doc__ or "",
    check=check,
    worst="warning",
    skip=lambda evidence, _: not_looked_for(evidence),
)
