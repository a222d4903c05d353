"""The rules' own pages, as parts of the page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Part", "RulePage", "rule_pages"]


class Part(NamedTuple):
    """A part of a rule's page; an example is `lines` that stay apart, else one paragraph."""

    title: str
    lines: tuple[str, ...]


class RulePage(NamedTuple):
    """A rule's own page."""

    name: str
    summary: str
    parts: tuple[Part, ...]


def rule_pages() -> dict[str, RulePage]:
    """The page of each rule, by its name."""
    from mlcheck.checks import EVERY_RULE

    return {rule.name: RulePage(rule.name, rule.summary, tuple(_parts(rule.page))) for rule in EVERY_RULE}


def _parts(text: str) -> Iterator[Part]:
    for part in text.strip().split("\n\n"):
        title, _, body = part.partition("\n")
        lines = textwrap.dedent(body).strip().splitlines()
        yield Part(title, tuple(lines) if title == "Example" else (" ".join(lines),))
