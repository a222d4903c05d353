"""The outcome for one pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from mlcheck.data.findings import Finding, Note, Skip
from mlcheck.data.links import JudgeId, Link
from mlcheck.data.rows import Row, as_table, rows, summary
from mlcheck.data.text import Document, Span
from mlcheck.data.vectors import EncoderId

__all__ = [
    "FactMark",
    "Report",
    "ReportError",
    "Scorecard",
    "Verdict",
    "WordDifference",
]

Verdict = Literal["consistent", "inconsistent", "unrelated", "error"]


class WordDifference(NamedTuple):
    """A word, its place in the document, and how far its meaning is missing from the other version:
    0 (it stands there) to 1 (it does not). The figure ranks words and is no probability that an
    editor would agree: on pages that people marked, one word in eight differs."""

    span: Span
    difference: float


class FactMark(NamedTuple):
    """A fact where it stands in the document, and what it is: a `Kind` of `mlcheck.facts`, such as
    `number`. Facts may overlap: a quotation holds names."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportError:
    """Why a pair could not be checked."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """What the findings of a pair weigh for the length of its text, in the terms of MQM: penalty points, and
    these a thousand words. Accepted findings weigh nothing."""

    words: int
    """Words of the side that is counted, without what is not compared."""
    counted: Literal["source", "target"]
    critical: int
    """How many findings count as critical: those of severity `error`."""
    major: int
    minor: int
    penalty: float
    """Absolute penalty total: each finding's weight, added up."""
    per_thousand: float | None
    """Penalty a thousand words; None where there are no words."""
    limit: float
    """The most of it that passes."""
    passed: bool

    @property
    def score(self) -> float | None:
        """Overall quality score, 100 where nothing is wrong; below 0 becomes 0."""
        return None if self.per_thousand is None else max(0.0, 100 - self.per_thousand / 10)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report:
    """The outcome for one pair. `source` and `target` are None only where `error` is not."""

    id: str
    verdict: Verdict
    divergence: float | None
    """Probability, 0 to 1, that some content of one is missing from or different in the other."""
    encoder: EncoderId | None
    source: Document | None
    target: Document | None
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skip, ...] = ()
    notes: tuple[Note, ...] = ()
    error: ReportError | None = None
    words: tuple[tuple[WordDifference, ...], tuple[WordDifference, ...]] | None = None
    """The words of the source and of the target; None where nobody asked, or the encoder has none."""
    judge: JudgeId | None = None
    """None where no judge was asked."""
    facts: tuple[tuple[FactMark, ...], tuple[FactMark, ...]] | None = None
    """The facts of the source and of the target, in the order of the text; None where nobody asked."""
    shades: tuple[tuple[WordDifference, ...], tuple[WordDifference, ...]] | None = None
    """Of the words of the source and of the target those that differ so much that a page shades them; None
    where nobody asked, or the encoder has no words."""
    scorecard: Scorecard | None = None
    """None where the pair could not be checked."""
    changed: Literal["source", "target"] | None = None
    """The only version that changed since a revision; None where both did, or nobody asked."""

    def __repr__(self) -> str:
        return summary(self)

    def _repr_html_(self) -> str:
        """A small table for notebooks; what texts say in it is escaped."""
        return as_table(self)

    def to_rows(self) -> list[Row]:
        """A dict for each finding, with the columns of the formats `csv`, `tsv` and `xlsx`."""
        return rows(self)
