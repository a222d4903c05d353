"""What it finds
    With `--changed` or `--staged`, a pair of which only one version changed. It is a note by default, as the
    findings say whether the change matters. With `one-sided` in the configuration it is a finding, which
    can fail a build.

Why it matters
    A page that was corrected in one language goes on saying the old thing in the others, and nobody sees it.

Example
    `guide.md` changed since main.
    `guide.de.md` did not.

Known to be wrong when
    the change is one that the other version does not need: a typo, a word, a link of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.place import locate
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Document, Finding, OneSided, Span
from mlcheck.settings import CheckSettings

__all__ = ["RULE", "one_side_changed"]


def one_side_changed(changed: Document, what: OneSided) -> Finding:
    """The finding that only one version of a pair changed, which stands at its top."""
    place = locate(changed, (), at=Span(0, 0))
    return Finding(
        rule=RULE.name,
        severity=RULE.worst,
        mqm=RULE.mqm,
        message=what.message,
        source=place if what.side == "source" else None,
        target=place if what.side == "target" else None,
        confidence=1.0,
        evidence={"changed": what.side},
    )


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """Nothing: two texts do not show it. `one_side_changed` is called where git has said so."""
    return iter(())


RULE = Rule(
    name="one-side-changed",
    summary="Only one version changed",
    mqm="accuracy",
    page=__doc__ or "",
    check=check,
    worst="warning",
)
