"""The outcome for one pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from mlcheck.data.findings import Finding, Note, Skip
from mlcheck.data.links import JudgeId, Link
from mlcheck.data.text import Document, Span
from mlcheck.data.vectors import EncoderId
from mlcheck.data.versions import Change, Passage

__all__ = [
    "FactMark",
    "Report",
    "ReportError",
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
