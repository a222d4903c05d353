"""What the alignment says about doubtful paragraphs: without a counterpart, they are furniture.

The models may pair a share line with whatever else is left over, such as the last
paragraph that the other version lacks. Such a link diverges. Reported, it would point at the share
line; so it is opened first.
"""

from __future__ import annotations

from dataclasses import replace

from mlcheck.align.evidence import Evidence
from mlcheck.align.similarity import Pair
from mlcheck.data import Alignment, Document, Encoded, Link
from mlcheck.settings import AlignSettings

__all__ = ["free_headlines", "lone_headlines", "release", "settle"]


def free_headlines(links: list[Pair], evidence: Evidence, documents: tuple[Document, Document]) -> list[Pair]:
    """The links, in order, with headlines set free that hang on to a lede.

    What a headline says stands in the lede too, so one that is missing from the other version still
    looks at home in the link of the ledes. Where only one version has a headline, it leaves that
    link if it adds nothing to it; where both have one, a lede that adds nothing to them leaves theirs.
    """
    heads = tuple(document.opens_with_headline for document in documents)
    if not any(heads):
        return links
    result: list[Pair] = []
    for a, c in links:
        own = (a, c)
        out: tuple[list[int], list[int]] = ([], [])
        both = all(heads) and 0 in a and 0 in c
        for side in (0, 1):
            if not a or not c or len(own[side]) < 2:
                continue
            lone = heads[side] and not heads[1 - side]
            suspects = [i for i in own[side] if (i == 0 and lone) or (i != 0 and both)]
            out[side].extend(
                i
                for i in suspects[: len(own[side]) - 1]
                if evidence.redundant(side, own[side], i, own[1 - side])
            )
        left = tuple(i for i in a if i not in out[0]), tuple(j for j in c if j not in out[1])
        parts = [left, *(((i,), ()) for i in out[0]), *(((), (j,)) for j in out[1])]
        result += sorted(parts, key=lambda p: (p[0] or left[0], p[1] or left[1]))
    return result


def lone_headlines(links: list[Pair], evidence: Evidence, documents: tuple[Document, Document]) -> list[Pair]:
    """The null of a headline that only one of the documents has, if the lede after it is said in full
    without it. Where the other version has run the two together it is not, and nothing is sure."""
    heads = tuple(document.opens_with_headline for document in documents)
    if heads[0] == heads[1]:
        return []
    side = 0 if heads[0] else 1
    null: Pair = ((0,), ()) if side == 0 else ((), (0,))
    follows = next((link for link in links if link[side] and link[side][0] == 1 and link[1 - side]), None)
    if null not in links or follows is None:
        return []
    return [null] if evidence.redundant(side, (0, *follows[side]), 0, follows[1 - side]) else []


def release(
    links: list[Pair], evidence: Evidence, settings: AlignSettings, documents: tuple[Document, Document]
) -> list[Pair]:
    """The links, in order, with those opened that diverge and hold nothing but doubtful paragraphs
    on a side."""
    result: list[Pair] = []
    for a, c in links:
        doubtful = _all_doubtful(a, documents[0]) or _all_doubtful(c, documents[1])
        if a and c and doubtful and evidence.wrong(a, c) >= settings.opened:
            result += [((i,), ()) for i in a] + [((), (j,)) for j in c]
        else:
            result.append((a, c))
    return result


def _all_doubtful(sentences: tuple[int, ...], document: Document) -> bool:
    return all(document.paragraphs[document.sentences[i].paragraph].doubtful for i in sentences)


def settle(alignment: Alignment) -> Alignment:
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
