"""What aligning makes: links, and two documents joined; and what a judge says of a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from mlcheck.data.text import Document
from mlcheck.data.vectors import Encoded

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = [
    "Alignment",
    "JudgeId",
    "JudgedWords",
    "Judgement",
    "Link",
    "Links",
    "Pair",
]


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
    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The units of the source and those of the target."""
        return self.source, self.target

    @property
    def relation(self) -> str:
        """Units of the source and of the target, as in `1:2`."""
        return f"{len(self.source)}:{len(self.target)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeId:
    """What makes judgements comparable: the judge, its revision, and the SHA-256 of its weights."""

    name: str
    revision: str
    sha256: str


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
    judgements: Mapping[Pair, Judgement] = field(default_factory=lambda: _NONE)
    """Of sentence links with two sides, by their sentences; none where there is no judge."""
    judge: str | None = None
    """The SHA-256 of its weights."""

    @property
    def sides(self) -> tuple[Encoded, Encoded]:
        """The source and the target: side 0 and side 1."""
        return self.source, self.target

    @property
    def documents(self) -> tuple[Document, Document]:
        """The documents of both sides."""
        return self.source.document, self.target.document

    @property
    def has_words(self) -> bool:
        """Does the encoder give vectors for words? Without them no words can be compared."""
        return self.source.words is not None and self.target.words is not None

    def joins_headlines(self, link: Link) -> bool:
        """Does a link join the headlines of the two texts, and nothing else? Each desk writes its own, and
        names in it whom its readers know, so differences there are no flaws. A lede that is in it is held to
        what the other says."""
        alone = link.source == (0,) and link.target == (0,)
        return alone and any(d.opens_with_headline for d in self.documents)

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
