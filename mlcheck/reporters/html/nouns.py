"""What the page is made of: plain nouns that the templates write down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

from mlcheck.data import Finding, Report, Severity, Verdict
from mlcheck.languages import name
from mlcheck.report import SEVERITIES
from mlcheck.reporters.html.grid import Grid
from mlcheck.reporters.html.pieces import Run
from mlcheck.reporters.html.rules import RulePage

__all__ = ["VERDICTS", "Card", "Column", "Excerpt", "Fold", "Gap", "Item", "Page", "Passage", "Place"]

VERDICTS: Final[Mapping[Verdict, str]] = {
    "consistent": "Consistent",
    "inconsistent": "Inconsistent",
    "unrelated": "Unrelated",
    "error": "Not checked",
}


class Passage(NamedTuple):
    """A paragraph of a column. `whole` are the findings that stand on all of it, by number;
    `opens` those of them that begin with it."""

    key: str
    number: int | None
    role: str
    language: str | None
    direction: str
    partners: str
    moved: bool
    lone: bool
    whole: tuple[int, ...]
    opens: tuple[int, ...]
    runs: tuple[Run, ...]


class Fold(NamedTuple):
    """Paragraphs that are not compared, folded away; `summary` is how they begin."""

    paragraphs: tuple[Passage, ...]
    summary: str


class Gap(NamedTuple):
    """Where paragraphs of the other version would stand, did they have a counterpart."""

    key: str
    message: str
    excerpt: str
    language: str
    direction: str


class Column(NamedTuple):
    """One version: what stands in it from top to bottom."""

    side: Literal["source", "target"]
    path: str
    language: str
    language_name: str
    detected: bool
    direction: str
    blocks: tuple[Passage | Fold | Gap, ...]


class Place(NamedTuple):
    """Where a finding stands in a version, and how it begins there."""

    side: str
    language: str
    direction: str
    where: str
    excerpt: str


class Card(NamedTuple):
    """A finding in the list; `sure` is its confidence."""

    number: int
    finding: Finding
    message: str
    sure: str
    summary: str
    places: tuple[Place, ...]
    evidence: tuple[tuple[str, str], ...]


class Excerpt(NamedTuple):
    """Some words of a text."""

    text: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A pair: `columns` is empty where it could not be checked."""

    key: str
    title: str
    headline: Excerpt | None
    group: str
    """What its row in the index stands beside: the other languages of the same text."""
    report: Report
    verdict: str
    line: str
    agreeing: int | None
    """Of a hundred paragraphs those that agree; None where nothing is compared."""
    card: str
    """The scorecard in a line, empty where there is none."""
    columns: tuple[Column, ...]
    cards: tuple[Card, ...]
    """By number."""
    counts: Mapping[Severity, int]
    accepted: int
    rules: tuple[tuple[str, int], ...]
    data: Mapping[str, Any]
    """What the scripts need beside the markup: the joins, and what a baseline says of each finding."""
    grid: Grid | None = None
    """Of several versions, in place of two columns."""

    @property
    def listed(self) -> tuple[Card, ...]:
        """Errors, then warnings, each in the order of the text."""
        grave = [card for card in self.cards if card.finding.severity != "info"]
        return tuple(sorted(grave, key=lambda card: SEVERITIES.index(card.finding.severity)))

    @property
    def remarks(self) -> tuple[Card, ...]:
        """What is for information."""
        return tuple(card for card in self.cards if card.finding.severity == "info")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its versions."""
        return tuple(document.language for document in self.report.documents)

    def gravest(self, numbers: Sequence[int]) -> Severity:
        """The gravest severity of some findings."""
        return min((self.cards[n - 1].finding.severity for n in numbers), key=SEVERITIES.index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All of it. There is an index where there is more than one item, or none."""

    title: str
    items: tuple[Item, ...]
    rules: tuple[RulePage, ...]
    line: str
    marks: Mapping[str, Any]
    """A baseline without entries, and no item that somebody has reviewed: a page that is saved has more."""
    models: tuple[str, ...]
    """The encoders that compared the texts, then the judges that read them, and their revisions."""

    @property
    def index(self) -> bool:
        """Is there a table of items?"""
        return len(self.items) != 1

    @property
    def verdicts(self) -> tuple[tuple[str, str], ...]:
        """The verdicts that there are, and what they are called."""
        there = {item.report.verdict for item in self.items}
        return tuple((verdict, word) for verdict, word in VERDICTS.items() if verdict in there)

    @property
    def languages(self) -> tuple[tuple[str, str], ...]:
        """The languages that there are, by name."""
        codes = {code for item in self.items for code in item.languages}
        return tuple(sorted(((code, name(code)) for code in codes), key=lambda pair: pair[1]))

    @property
    def found(self) -> tuple[str, ...]:
        """The rules that have found something."""
        return tuple(sorted({rule for item in self.items for rule, _ in item.rules}))
