"""Headlines that hang on to a lede: what a headline says stands in the lede too."""

from __future__ import annotations

from mlcheck.align.evidence import Evidence
from mlcheck.align.similarity import Pair
from mlcheck.data import Document

__all__ = ["free_headlines", "join_headlines", "lone_headlines", "pair_headlines"]

_MISSING = 0.95
"""Confidence that a headline is missing when the other version has none: what speaks against it is
the lede, which says the same."""


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


def pair_headlines(
    links: list[Pair], moved: list[Pair], evidence: Evidence, documents: tuple[Document, Document]
) -> tuple[list[Pair], list[Pair]]:
    """The links in order and those that moved, with headline joined to headline where one of them took the
    other's lede, and left its own lede and the other headline with nothing.

    A headline is often nearer to the other lede, which tells more, than to the other headline.
    """
    if not all(_headed(document) for document in documents):
        return links, moved
    for side in (0, 1):
        took = next((link for link in (*links, *moved) if link[side] == (0,) and link[1 - side]), None)
        nulls = [_pair(side, (), (0,)), _pair(side, (1,), ())]
        if took is None or not all(null in links for null in nulls):
            continue
        if took[1 - side][0] != 1:  # the lede, and nothing from further down
            continue
        rest = [link for link in links if link != took and link not in nulls]
        lede = _completed(side, took[1 - side], rest, evidence, documents[1 - side])
        gone = {_pair(side, (), (j,)) for j in lede}
        rest = [link for link in rest if link not in gone]
        return [((0,), (0,)), _pair(side, (1,), lede), *rest], [link for link in moved if link != took]
    return links, moved


def join_headlines(links: list[Pair], evidence: Evidence) -> list[Pair]:
    """The links, in order, with what is left over beside the link of the ledes put into it, where the other
    version has run headline and lede into one sentence: as much longer as what is left over is long."""
    for side in (0, 1):
        while True:
            opening = next((k for k in links if k[side] and k[1 - side][:1] == (0,)), None)
            if opening is None:
                break
            own = opening[side]
            beside = [k for k in (own[0] - 1, own[-1] + 1) if _pair(side, (k,), ()) in links]
            more = next((k for k in beside if _belongs(k, side, opening, evidence)), None)
            if more is None:
                break
            null, joined = (
                _pair(side, (more,), ()),
                _pair(side, tuple(sorted((*own, more))), opening[1 - side]),
            )
            links = [joined if link == opening else link for link in links if link != null]
    return links


def _belongs(one: int, side: int, link: Pair, evidence: Evidence) -> bool:
    """Does a sentence beside a link belong to it, and make it no less right?"""
    whole = tuple(sorted((*link[side], one)))
    if not evidence.needed(side, whole, one, link[1 - side]):
        return False
    return evidence.wrong(*_pair(side, whole, link[1 - side])) <= evidence.wrong(*link)


def _headed(document: Document) -> bool:
    first = document.sentences[0]
    alone = len(document.sentences) > 1 and document.sentences[1].paragraph != first.paragraph
    return alone and document.paragraphs[first.paragraph].role == "headline"


def _completed(
    side: int, lede: tuple[int, ...], links: list[Pair], evidence: Evidence, document: Document
) -> tuple[int, ...]:
    """The lede with the sentences after it in its paragraph that have no counterpart, as long as they make it
    more like the other."""
    while True:
        after = lede[-1] + 1
        if _pair(side, (), (after,)) not in links:
            return lede
        if document.sentences[after].paragraph != document.sentences[lede[-1]].paragraph:
            return lede
        longer = (*lede, after)
        if evidence.wrong(*_pair(side, (1,), longer)) > evidence.wrong(*_pair(side, (1,), lede)):
            return lede
        lede = longer


def _pair(side: int, own: tuple[int, ...], other: tuple[int, ...]) -> Pair:
    return (other, own) if side else (own, other)


def lone_headlines(
    links: list[Pair], evidence: Evidence, documents: tuple[Document, Document]
) -> dict[Pair, float]:
    """The null of a headline that only one of the documents has, with its confidence, if the lede after it
    is said in full without it. Where the other version has run the two together it is not, and nothing is
    sure."""
    heads = tuple(document.opens_with_headline for document in documents)
    if heads[0] == heads[1]:
        return {}
    side = 0 if heads[0] else 1
    null: Pair = ((0,), ()) if side == 0 else ((), (0,))
    follows = next((link for link in links if link[side] and link[side][0] == 1 and link[1 - side]), None)
    if null not in links or follows is None:
        return {}
    redundant = evidence.redundant(side, (0, *follows[side]), 0, follows[1 - side])
    return {null: _MISSING} if redundant else {}
