"""The aligner's room: two encoded documents in, an alignment out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mlcheck.align.confidence import relatedness
from mlcheck.align.coverage import Coverage
from mlcheck.align.dynamic import Pair, monotonic
from mlcheck.align.evidence import Evidence
from mlcheck.align.moved import rematch
from mlcheck.align.paragraphs import lift
from mlcheck.align.second import SecondPass
from mlcheck.align.settle import release, settle
from mlcheck.align.similarity import Floats, Similarity, centred, prepare
from mlcheck.data import Alignment, Document, Encoded, Link
from mlcheck.settings import AlignSettings

__all__ = ["Background", "align", "first_pass"]


_OPENED = 0.9
_MOVED = 0.95

@dataclass(frozen=True, slots=True)
class Background:
    """What is known of the two languages before the texts are read: the encoder's mean vector over
    general text in each, (d,), and how many characters the source's takes for one of the target's."""

    source: Floats
    target: Floats
    expansion: float = 1.0


def align(
    source: Encoded,
    target: Encoded,
    background: Background | None = None,
    settings: AlignSettings | None = None,
) -> Alignment:
    """Join the sentences, then the paragraphs, of two documents.

    Both hold vectors of one encoder, and at least one sentence each. Without a `background` the
    mean of both documents stands in, which serves only texts of more than a few sentences.
    """
    settings = settings or AlignSettings()
    links, evidence = first_pass(source, target, background, settings)
    weighed = SecondPass.of(
        links, evidence.similarity, evidence.coverage, (source.document, target.document)
    ).links()
    sure = dict(weighed)
    kept, moved = rematch([pair for pair, _ in weighed], evidence, settings)
    kept = release(kept, evidence, settings, (source.document, target.document))
    joined = [
        _link(pair, evidence, sure.get(pair, _OPENED), moved=False)
        if pair[0] and pair[1]
        else Link(source=pair[0], target=pair[1], confidence=sure.get(pair, _OPENED))
        for pair in kept
    ]
    joined += [_link(pair, evidence, _MOVED, moved=True) for pair in moved]
    joined.sort(key=_place)
    groups = lift(joined, source.document, target.document)
    return settle(
        Alignment(
            source=source,
            target=target,
            sentences=tuple(joined),
            paragraphs=_paragraph_links(groups, joined, source.document, target.document),
            relatedness=relatedness(joined, evidence.similarity),
        )
    )


def first_pass(
    source: Encoded, target: Encoded, background: Background | None, settings: AlignSettings
) -> tuple[list[Pair], Evidence]:
    """The dynamic program's links, and the evidence for a second look at them."""
    similarity = replace(
        _similarity(source, target, background, settings),
        headlines=_headlines(source.document, target.document),
    )
    links = monotonic(similarity, settings)
    coverage = None
    if source.words is not None and target.words is not None:
        coverage = Coverage(source, target, links)
    paragraphs = tuple(tuple(s.paragraph for s in side.document.sentences) for side in (source, target))
    return links, Evidence(similarity, coverage, (paragraphs[0], paragraphs[1]))


def _similarity(
    source: Encoded, target: Encoded, background: Background | None, settings: AlignSettings
) -> Similarity:
    left, right = source.vectors.astype(np.float64), target.vectors.astype(np.float64)
    if background is None:
        both = (left.mean(axis=0) + right.mean(axis=0)) / 2
        background = Background(both, both)
    return prepare(
        centred(left, background.source, settings.background_weight),
        centred(right, background.target, settings.background_weight),
        _lengths(source.document),
        _lengths(target.document),
        general_expansion=background.expansion,
        max_block=settings.max_block,
        floor=settings.typical_floor,
        ceiling=settings.typical_ceiling,
    )


def _lengths(document: Document) -> Floats:
    return np.array([len(sentence.text) for sentence in document.sentences], np.float64)


def _link(pair: Pair, evidence: Evidence, confidence: float, *, moved: bool) -> Link:
    a, c = pair
    divergence = evidence.divergence(a, c)
    return Link(
        source=a,
        target=c,
        similarity=min(max(evidence.similar(a, c), 0.0), 1.0),
        divergence=divergence,
        confidence=confidence,
        moved=moved,
    )


def _headlines(source: Document, target: Document) -> tuple[int, int] | None:
    """The first sentences of the headlines, where both documents have one."""
    found = [
        [s.index for s in document.sentences if document.paragraphs[s.paragraph].role == "headline"]
        for document in (source, target)
        if document.paragraphs
    ]
    return (found[0][0], found[1][0]) if len(found) == 2 and all(found) else None


def _place(link: Link) -> tuple[float, float]:
    """Reading order of the source; a link without source goes where its target stands."""
    if link.source:
        return (link.source[0], 0)
    return (float("inf"), link.target[0])


def _paragraph_links(
    groups: Sequence[Pair], links: Sequence[Link], source: Document, target: Document
) -> tuple[Link, ...]:
    found = [_paragraph_link(group, links, source, target) for group in groups]
    # Sentences that changed places inside their paragraph cross each other, and nothing else.
    return tuple(replace(link, moved=link.moved and _crosses_any(link, found)) for link in found)


def _crosses_any(link: Link, others: Sequence[Link]) -> bool:
    return any(
        (link.source < other.source) != (link.target < other.target)
        for other in others
        if other is not link and other.source and other.target
    )


def _paragraph_link(group: Pair, links: Sequence[Link], source: Document, target: Document) -> Link:
    """A paragraph link takes the mean similarity and the largest divergence of the sentence links
    inside it: one sentence that says something else is enough."""
    if not group[0] or not group[1]:
        members = [link for link in links if _within(link, group, source, target)]
        chance = max(link.confidence for link in members if link.confidence is not None)
        return Link(source=group[0], target=group[1], confidence=chance)
    inside = [
        link
        for link in links
        if link.similarity is not None
        and any(source.sentences[i].paragraph in group[0] for i in link.source)
        and any(target.sentences[j].paragraph in group[1] for j in link.target)
    ]
    divergence = max(link.divergence for link in inside if link.divergence is not None)
    sizes = [sum(len(source.sentences[i].text) for i in link.source) for link in inside]
    total = sum(
        link.similarity * size
        for link, size in zip(inside, sizes, strict=True)
        if link.similarity is not None
    )
    return Link(
        source=group[0],
        target=group[1],
        similarity=total / sum(sizes),
        divergence=divergence,
        confidence=1 - divergence,
        moved=all(link.moved for link in inside),
    )


def _within(link: Link, group: Pair, source: Document, target: Document) -> bool:
    return any(source.sentences[i].paragraph in group[0] for i in link.source) or any(
        target.sentences[j].paragraph in group[1] for j in link.target
    )
