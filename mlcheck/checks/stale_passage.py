"""What it finds
    A passage of the target that says what the source said before it was corrected: a figure, a date or
    a name of the older text, a sentence that was taken out; or a place where one that was added is not.
    Told by `mlcheck update`, and by `mlcheck check --changed REV --stale`, which know the older text.
    What was only reworded or moved is never stale, nor what the target has followed already.

Why it matters
    A correction that did not travel leaves the error standing in every other language, often for good:
    nobody reads a version again because another was mended.

Example
    Source, before: "The fire destroyed 25 houses." Now: "The fire destroyed 28 houses."
    Target: "Пожар уничтожил 25 домов."

Known to be wrong when
    the change is one of shade, without a figure, a name or a sentence that came or went; or the target
    never said the passage closely enough to tell which of the two states it follows.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """Nothing: of two texts alone nobody can tell what one of them said before."""
    return iter(())


RULE = Rule(
    name="stale-passage",
    summary="A passage has not followed a change of the source",
    mqm="accuracy/mistranslation",
    page=__doc__ or "",
    check=check,
)
