"""What reports say of rules: all that there are, and those that only a report knows."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcheck.data import Report

if TYPE_CHECKING:  # it loads numpy, which nothing here needs
    from mlcheck.checks import Rule

__all__ = ["Section", "names", "rules", "sections"]


class Section(NamedTuple):
    """A part of a rule's page."""

    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its lines as one paragraph."""
        return " ".join(self.lines)


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order in which they speak."""
    from mlcheck.checks import RULES

    return RULES


def names(reports: Iterable[Report]) -> list[str]:
    """The names of all rules, then of those that only these reports know, as they first come.

    A report may be older or newer than the rules: a name that is not known here is no reason to lose it.
    """
    return list(dict.fromkeys([*(rule.name for rule in rules()), *_named(reports)]))


def _named(reports: Iterable[Report]) -> Iterator[str]:
    return (finding.rule for report in reports for finding in report.findings)


def sections(rule: Rule) -> Sequence[Section]:
    """The rule's page, cut into its sections."""
    parts = [part.partition("\n") for part in re.split(r"\n{2,}", rule.page.strip())]
    return [Section(title, tuple(textwrap.dedent(body).strip().splitlines())) for title, _, body in parts]
