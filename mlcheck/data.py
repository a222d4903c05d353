"""The nouns. Every step of the pipeline takes some of these and returns others; none has behaviour
beyond what follows from its own fields.

Offsets are code points of the decoded text as it was read (`RawText.text`, `Document.text`),
half-open; lines and columns count from 1, paragraphs and sentences from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = [
    "Alignment",
    "Block",
    "BlockKind",
    "Document",
    "Encoded",
    "EncoderId",
    "FactMark",
    "Finding",
    "Glossary",
    "JudgeId",
    "JudgedWords",
    "Judgement",
    "Link",
    "Links",
    "Location",
    "Note",
    "Pair",
    "Paragraph",
    "RawText",
    "Report",
    "ReportError",
    "Role",
    "Sentence",
    "Severity",
    "Skip",
    "Span",
    "Suppression",
    "Term",
    "Verdict",
    "WordDifference",
    "WordTable",
    "Words",
]

BlockKind = Literal["text", "heading", "list", "quote", "table", "code", "matter"]
Role = Literal[
    "headline",
    "lede",
    "body",
    "dateline",
    "byline",
    "caption",
    "quote",
    "list",
    "table",
    "furniture",
    "code",
]
Severity = Literal["error", "warning", "info"]
Verdict = Literal["consistent", "inconsistent", "unrelated", "error"]


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the text that its format sets apart: a paragraph, a heading, a list item.

    `span` leaves out white space and the markers of the format (`#`, `-`, `>`) at its start.
    """

    span: Span
    line: int
    end_line: int
    kind: BlockKind = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A file after reading: its characters, and the blocks that its format shows."""

    path: str
    """As the user named it; never made absolute, so that reports do not depend on the machine."""
    text: str
    encoding: str
    encoding_guessed: bool
    markdown: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a document; `text` is the document's text in `span`, unchanged."""

    index: int
    span: Span
    line: int
    end_line: int
    text: str
    role: Role
    language: str | None = None
    """The paragraph's own language where it is clear, else None."""
    doubtful: bool = False
    """Looks like page furniture; is that if it turns out to have no counterpart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence; `text` is what is compared: NFC, white space folded, inline markup gone."""

    index: int
    paragraph: int
    span: Span
    text: str
    places: tuple[Span, ...] | None = None
    """Where each character of `text` stands in the document. None where they stand there one after
    another from `span.start`, as in most sentences."""

    def place(self, start: int, end: int) -> Span:
        """Where `text[start:end]`, which is not empty, stands in the document."""
        if self.places is None:
            return Span(self.span.start + start, self.span.start + end)
        return Span(self.places[start].start, self.places[end - 1].end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text cut into paragraphs and sentences. Furniture and code have no sentences."""

    path: str
    text: str
    encoding: str
    encoding_guessed: bool
    language: str
    language_from: Literal["given", "detected"]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]

    @property
    def opens_with_headline(self) -> bool:
        """Is the first line a headline: marked as one, or without a full stop, be it a paragraph of its
        own or run into the first?"""
        first = self.sentences[0]
        return self.paragraphs[first.paragraph].role == "headline" or first.text[-1].isalnum()


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderId:
    """What makes vectors comparable: model, revision, and the SHA-256 of the weights."""

    name: str
    revision: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeId:
    """What makes judgements comparable: the judge, its revision, and the SHA-256 of its weights."""

    name: str
    revision: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a sentence: `spans` (k, 2) int64 in the sentence's `text`, half-open, in order;
    `vectors` (k, dimensions) float16, as the model gives them."""

    spans: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTable:
    """The words of a document, sentence by sentence. Those of sentence i are rows `starts[i]` to
    `starts[i + 1]`; each has one or more.

    `spans` (words, 2) lie in their sentence's `text`, half-open. `vectors` (words, dimensions) are
    less the document's mean, which holds its language, have length 1, and are rounded to 127ths:
    int8, from which a product is quick, and off by some .003. `weights` (words,) float32 are above
    0: words that stand in many sentences count less.
    """

    starts: npt.NDArray[np.int64]
    spans: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.int8]
    weights: npt.NDArray[np.float32]


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
class Encoded:
    """A document and its sentences' vectors: (sentences, dimensions) float32, rows of length 1.

    `words` is None where the model has no vectors for words.
    """

    document: Document
    vectors: npt.NDArray[np.float32]
    encoder: EncoderId
    words: WordTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Units of the source that say the same as units of the target; one side may be empty.

    `similarity` is 0 (no more alike than chance) to 1 (the same). `divergence` is the probability,
    0 to 1, that the two sides do not say the same in every detail, as people would judge it; `wrong`
    the probability that they are no counterparts at all, and say something else. A clause left out
    raises the first and not the second. All three are None exactly when a side is empty (a null link).
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    similarity: float | None = None
    divergence: float | None = None
    wrong: float | None = None
    confidence: float | None = None
    """Probability, 0 to 1, that the link is right: of a null link, that there is no counterpart."""
    moved: bool = False
    """Crosses the order that most of the text keeps."""

    @property
    def relation(self) -> str:
        """Units of the source and of the target, as in `1:2`."""
        return f"{len(self.source)}:{len(self.target)}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class JudgedWords:
    """What a judge says of the words of one sentence: `spans` (k, 2) int64 in the sentence's `text`,
    half-open, in order; `values` (k,) float32, 0 to 1, how likely the other side lacks a word or has
    something else in its place. Spans are those of the encoder's words."""

    spans: npt.NDArray[np.int64]
    values: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judgement:
    """What a judge says of two linked passages, read side by side. Equal only to itself."""

    probability: float
    """0 to 1, that they do not say the same."""
    logit: float
    """The same before calibration, without bounds."""
    words: tuple[tuple[JudgedWords, ...], tuple[JudgedWords, ...]] | None = None
    """Of the source's sentences and of the target's; None where the judge judges passages only."""
    before: float | None = None
    """The link's divergence by the evidence without the judge; None where the judge changed nothing."""


Pair = tuple[tuple[int, ...], tuple[int, ...]]
"""The sentences of a link's source and target."""
_NONE: Mapping[Pair, Judgement] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alignment:
    """Two documents joined. Every sentence is in exactly one of `sentences`, every paragraph that
    is neither furniture nor code in exactly one of `paragraphs`. It is equal only to itself."""

    source: Encoded
    target: Encoded
    sentences: tuple[Link, ...]
    paragraphs: tuple[Link, ...]
    relatedness: float
    """Probability, 0 to 1, that the two texts are versions of one item."""
    encode: Callable[[Sequence[str]], npt.NDArray[np.float32]] | None = None
    """The encoder of both: vectors of further texts, (texts, dimensions), rows of length 1. A rule may
    have to compare a part of a sentence alone. Costs some 2 ms a short text, so ask seldom."""
    judgements: Mapping[Pair, Judgement] = field(default_factory=lambda: _NONE)
    """Of sentence links with two sides, by their sentences; none where there is no judge."""
    judge: str | None = None
    """The SHA-256 of its weights."""

    def judgement(self, link: Link) -> Judgement | None:
        """Of one of `sentences`; None where it was not judged."""
        return self.judgements.get((link.source, link.target))


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Links between the units of two texts, and what those units say.

    `unit` is `paragraph`, `sentence` or `line`. `source` and `target` hold the text of every unit
    of a side, those in no link too, so that a number in a link is an index. A line is as it stands
    in the file, without its end; other units are as they are compared: NFC, white space folded,
    inline markup gone. `languages` are BCP 47 codes, as given or as detected.
    """

    unit: str
    links: tuple[Link, ...]
    languages: tuple[str, str]
    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a document, for people (lines, columns) and for machines (span)."""

    paragraphs: tuple[int, ...]
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """Somebody has accepted a finding: it is shown as that, and does not fail a build."""

    by: Literal["baseline", "comment", "sidecar"]
    """A baseline file; a comment in the text; a file beside the text."""
    reason: str
    where: str
    """The file that says so, with a line where there is one, as in `terms.md:12`."""
    decision: Literal["accepted", "dismissed"] = "accepted"
    """It is so, and may stay; or the finding is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, or worth knowing. At least one location is not None."""

    rule: str
    severity: Severity
    mqm: str
    message: str
    source: Location | None
    target: Location | None
    confidence: float
    """Probability, 0 to 1, that an editor would agree."""
    evidence: Mapping[str, Any] = field(default_factory=dict)
    """The figures behind it; JSON-serialisable, keys and values both."""
    fingerprint: str = ""
    suppressed: Suppression | None = None

    @property
    def baselined(self) -> bool:
        """Is it accepted, by a baseline or by a note in or beside the text?"""
        return self.suppressed is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A rule that could not run, and why: neither a finding nor a pass."""

    rule: str
    reason: str
    off: bool = False
    """Because somebody wants it so: nothing to tell them each time."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that the reader of a report should know and that is no finding."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportError:
    """Why a pair could not be checked."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
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
