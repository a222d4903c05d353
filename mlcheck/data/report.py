"""The outcome for one pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from mlcheck.data.findings import Finding, Note, Skip
from mlcheck.data.links import JudgeId, Link
from mlcheck.data.places import Location
from mlcheck.data.rows import Row, as_table, rows, summary
from mlcheck.data.text import Document, Span
from mlcheck.data.vectors import EncoderId
from mlcheck.data.versions import Change, Passage

__all__ = [
    "FactMark",
    "Report",
    "ReportError",
    "Scorecard",
    "Side",
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


class Side(NamedTuple):
    """One side of a finding: the place, or None where the finding is that there is none."""

    document: Document
    place: Location | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Report:
    """The outcome for one pair, or for several versions of an item, of which `source` and `target` are the
    first two then. These are None only where `error` is not."""

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
    words: tuple[tuple[WordDifference, ...], ...] | None = None
    """The words of each document; None where nobody asked, or the encoder has none."""
    judge: JudgeId | None = None
    """None where no judge was asked."""
    facts: tuple[tuple[FactMark, ...], tuple[FactMark, ...]] | None = None
    """The facts of the source and of the target, in the order of the text; None where nobody asked."""
    shades: tuple[tuple[WordDifference, ...], ...] | None = None
    """Of the words of the source and of the target those that differ so much that a page shades them; None
    where nobody asked, or the encoder has no words."""
    scorecard: Scorecard | None = None
    """None where the pair could not be checked."""
    changed: Literal["source", "target"] | None = None
    """The only version that changed since a revision; None where both did, or nobody asked."""

    versions: tuple[Document, ...] = ()
    """All documents in order, where there are more than two."""
    passages: tuple[Passage, ...] = ()
    """What the versions have, in reading order; in place of `links`."""
    changes: tuple[Change, ...] | None = None
    """What changed in the source since an older state of it; None where nobody asked."""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents of the report, in order; those that could be read."""
        pair = tuple(document for document in (self.source, self.target) if document is not None)
        return self.versions or pair

    def sides(self, finding: Finding) -> tuple[Side, Side]:
        """The documents of a finding, each with its place in it, or None. Of several versions: first the one
        that says it as most do, then the first that the finding concerns. Raises `ValueError` for a report
        without documents."""
        if self.source is None or self.target is None:
            raise ValueError(f"{self.id}: findings without documents")
        if not self.versions:
            return Side(self.source, finding.source), Side(self.target, finding.target)
        sides = [Side(*side) for side in zip(self.versions, finding.places, strict=True)]
        odd = finding.versions[0]
        others = [side for v, side in enumerate(sides) if v not in finding.versions]
        others = others or [side for v, side in enumerate(sides) if v != odd]
        return next((side for side in others if side.place), others[0]), sides[odd]

    def __repr__(self) -> str:
        return summary(self)

    def _repr_html_(self) -> str:
        """A small table for notebooks; what texts say in it is escaped."""
        return as_table(self)

    def to_rows(self) -> list[Row]:
        """A dict for each finding, with the columns of the formats `csv`, `tsv` and `xlsx`."""
        return rows(self)
