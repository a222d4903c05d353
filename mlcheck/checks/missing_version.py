"""What it finds
    A text that lacks a version: in a language that `require` names, or, where it names none, in one that
    half of the translated texts of the folder or of the pattern have; the source may be what is missing,
    too. It is told by `mlcheck check` without files, by `--changed` where the text or its version was
    added, removed or renamed, and in batches of folders.

Why it matters
    A page that was added or renamed in one language only leads the other readers nowhere.

Example
    `guide.md` is there.
    `guide.de.md` is not.

Known to be wrong when
    a text is meant for the readers of one language. `optional` lists such texts, and `ignore-file` in
    the text itself says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from mlcheck.checks.place import locate
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Document, Finding, Span
from mlcheck.languages import name
from mlcheck.settings import CheckSettings

__all__ = ["RULE", "missing_version"]


def missing_version(there: Document, absent: Document, side: int) -> Finding:
    """The finding that a document has no version; `absent` is an empty document with the language and the
    path that it would have, and would be the one of `side`, 0 or 1."""
    # At the top of the file, without its words: whoever has accepted it need not do so again for a new title.
    place = locate(there, (), at=Span(0, 0))
    file = PurePath(there.path).name
    # A version of which nobody can say where it would be is called as the text itself is.
    expected = "" if absent.path == there.path else f" ({PurePath(absent.path).as_posix()} is not there)"
    return Finding(
        rule=RULE.name,
        severity=RULE.worst,
        mqm=RULE.mqm,
        message=f"{file} has no {name(absent.language)} version{expected}",
        source=place if side == 1 else None,
        target=place if side == 0 else None,
        confidence=1.0,
        evidence={"language": absent.language},
    )


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """Nothing: both versions are there. `missing_version` is called where one is not."""
    return iter(())


RULE = Rule(
    name="missing-version",
    summary="A text has no version in a language",
    mqm="accuracy/omission",
    page=__doc__ or "",
    check=check,
    worst="warning",
)
