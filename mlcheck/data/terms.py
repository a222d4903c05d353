"""What a glossary holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mlcheck.data.findings import Severity

__all__ = [
    "Glossary",
    "Term",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What a desk has decided to call a thing: how it may be called in each language, and how not.

    Keys are BCP 47 codes. The names of `wanted` stand in the order of preference. `forbidden` are names
    of the same thing, and never those of `wanted`.
    """

    wanted: Mapping[str, tuple[str, ...]]
    forbidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    id: str = ""
    note: str = ""
    match_case: bool | None = None
    """Does case matter? None: in acronyms only."""
    severity: Severity | None = None
    """Of its findings; None is what the rule says."""
    where: str = ""
    """The file and the line that it is from, as in `terms.csv:12`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glossary:
    """Terms, each of a thing of its own. It is equal only to itself, so that what is made of its terms
    can be kept: ten thousand take a second."""

    terms: tuple[Term, ...] = ()
