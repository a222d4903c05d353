"""What the alignment says about doubtful paragraphs: without a counterpart, they are furniture.

The models may pair a share line with whatever else is left over, such as the last
paragraph that the other version lacks. Such a link diverges. Reported, it would point at the share
line; so it is opened first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mlcheck.align.evidence import OPEN_FROM, Evidence
from mlcheck.align.similarity import Pair
from mlcheck.data import Alignment, Document, Encoded, Link, WordTable

__all__ = ["drop_furniture", "open_furniture"]


def open_furniture(links: list[Pair], evidence: Evidence, documents: tuple[Document, Document]) -> list[Pair]:
    """The links, in order, with those opened that diverge and hold nothing but doubtful paragraphs
    on a side."""
    result: list[Pair] = []
    for a, c in links:
        doubtful = _all_doubtful(a, documents[0]) or _all_doubtful(c, documents[1])
        if a and c and doubtful and evidence.wrong(a, c) >= OPEN_FROM:
            result += [((i,), ()) for i in a] + [((), (j,)) for j in c]
        else:
            result.append((a, c))
    return result


def _all_doubtful(sentences: tuple[int, ...], document: Document) -> bool:
    return all(document.paragraphs[document.sentences[i].paragraph].doubtful for i in sentences)


def drop_furniture(alignment: Alignment) -> Alignment:
    """The alignment without the doubtful paragraphs that found no counterpart. In their documents these have
    the role `furniture`, and, as all furniture, no sentences: those after them move up, and with them their
    vectors, their words and their numbers in the links.

    A side of which nothing would be left keeps all: then it is the text, whatever it looks like.
    """
    lone = [_lone(alignment, side) for side in (0, 1)]
    if not any(lone):
        return alignment
    source, target = _Kept.of(alignment.source, lone[0]), _Kept.of(alignment.target, lone[1])
    return replace(
        alignment,
        source=source.encoded(),
        target=target.encoded(),
        sentences=tuple(
            replace(link, source=source.renumbered(link.source), target=target.renumbered(link.target))
            for link in alignment.sentences
            if source.has(link.source) and target.has(link.target)
        ),
        # A paragraph without counterpart is in a link of its own.
        paragraphs=tuple(
            link
            for link in alignment.paragraphs
            if lone[0].isdisjoint(link.source) and lone[1].isdisjoint(link.target)
        ),
    )


def _lone(alignment: Alignment, side: int) -> set[int]:
    """The doubtful paragraphs of a side that have no counterpart."""
    document = (alignment.source, alignment.target)[side].document
    nulls = [i for link in alignment.paragraphs if link.similarity is None for i in _of(link, side)]
    found = {i for i in nulls if document.paragraphs[i].doubtful}
    return found if any(s.paragraph not in found for s in document.sentences) else set()


def _of(link: Link, side: int) -> tuple[int, ...]:
    return link.target if side else link.source


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is left of a document without some of its paragraphs."""

    whole: Encoded
    dropped: set[int]
    numbers: dict[int, int]
    """New numbers of the sentences that stay, by their old ones, in order."""

    @classmethod
    def of(cls, whole: Encoded, dropped: set[int]) -> _Kept:
        stay = [s.index for s in whole.document.sentences if s.paragraph not in dropped]
        return cls(whole, dropped, {old: new for new, old in enumerate(stay)})

    def has(self, sentences: tuple[int, ...]) -> bool:
        return all(i in self.numbers for i in sentences)

    def renumbered(self, sentences: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(self.numbers[i] for i in sentences)

    def encoded(self) -> Encoded:
        if not self.dropped:
            return self.whole
        document, words, rows = self.whole.document, self.whole.words, list(self.numbers)
        paragraphs = tuple(
            replace(p, role="furniture") if p.index in self.dropped else p for p in document.paragraphs
        )
        sentences = tuple(replace(document.sentences[old], index=new) for old, new in self.numbers.items())
        return replace(
            self.whole,
            document=replace(document, paragraphs=paragraphs, sentences=sentences),
            vectors=self.whole.vectors[rows],
            words=None if words is None else _words_of(words, rows),
        )


def _words_of(table: WordTable, sentences: list[int]) -> WordTable:
    """The words of some sentences. Weights stay: how common a word is, the whole page has shown."""
    counts = np.diff(table.starts)[sentences]
    rows = np.concatenate([np.arange(table.starts[i], table.starts[i + 1]) for i in sentences])
    return WordTable(
        starts=np.concatenate([[0], np.cumsum(counts)]),
        spans=table.spans[rows],
        vectors=table.vectors[rows],
        weights=table.weights[rows],
    )
