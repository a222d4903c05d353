"""What the alignment says about doubtful paragraphs: without a counterpart, they are furniture.

The models may pair a share line with whatever else is left over, such as the last
paragraph that the other version lacks. Such a link diverges. Reported, it would point at the share
line; so it is opened first.
"""

from __future__ import annotations

from dataclasses import replace

from mlcheck.align.evidence import OPEN_FROM, Evidence
from mlcheck.align.similarity import Pair
from mlcheck.data import Alignment, Document, Encoded, Link

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
    """The alignment without the links of doubtful paragraphs that found no counterpart; in their
    documents these have the role `furniture`."""
    source = _lone(alignment.paragraphs, 0, alignment.source.document)
    target = _lone(alignment.paragraphs, 1, alignment.target.document)
    if not source and not target:
        return alignment
    left, right = _demote(alignment.source, source), _demote(alignment.target, target)
    return replace(
        alignment,
        source=left,
        target=right,
        sentences=tuple(
            link
            for link in alignment.sentences
            if not _is_in(link.source, source, left.document)
            and not _is_in(link.target, target, right.document)
        ),
        paragraphs=tuple(
            link
            for link in alignment.paragraphs
            if not (link.similarity is None and (set(link.source) & source or set(link.target) & target))
        ),
    )


def _lone(links: tuple[Link, ...], side: int, document: Document) -> set[int]:
    nulls = [i for link in links if link.similarity is None for i in (link.source, link.target)[side]]
    return {i for i in nulls if document.paragraphs[i].doubtful}


def _is_in(sentences: tuple[int, ...], paragraphs: set[int], document: Document) -> bool:
    return any(document.sentences[i].paragraph in paragraphs for i in sentences)


def _demote(encoded: Encoded, paragraphs: set[int]) -> Encoded:
    document = encoded.document
    changed = tuple(replace(p, role="furniture") if p.index in paragraphs else p for p in document.paragraphs)
    return replace(encoded, document=replace(document, paragraphs=changed))
