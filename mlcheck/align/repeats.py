"""A sentence that stands several times in a row, where the other version says it once: machine translation
stutters. A block swallows the copies, because each says nothing new; or all are left alone, because none fits
better than the next. The first has the link then, and the others are without counterpart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlcheck.align.evidence import OPEN_FROM, Evidence
from mlcheck.align.similarity import Pair
from mlcheck.data import Document

__all__ = ["open_repeats"]

_SURE = 0.95
"""Confidence of the copies' nulls."""
_LETTERS = 12
"""Letters from which what stands twice is no call or chant ("No! No!"); where a letter is a syllable or a
word, half as many."""

Sentences = tuple[int, ...]


def open_repeats(
    links: Sequence[Pair], evidence: Evidence, documents: tuple[Document, Document]
) -> tuple[list[Pair], dict[Pair, float]]:
    """The links, in order, with the copies set free that the other side does not have; and the nulls of
    those, with their confidence."""
    result: list[Pair] = list(links)
    nulls: dict[Pair, float] = {}
    for side, document in enumerate(documents):
        # Runs come in order. A sentence's link stands at `places`, and by `shift` further on.
        places = {i: number for number, link in enumerate(result) for i in link[side]}
        shift = 0
        for run in _runs(document):
            touched = sorted({places[i] + shift for i in run if i in places})
            found = _once(result, side, run, touched, evidence)
            if found is None:
                continue
            numbers, kept = found
            copies = [_pair(side, (i,), ()) for i in run if i not in kept[side]]
            at, end = min(numbers), max(numbers) + 1
            rest = [result[number] for number in range(at, end) if number not in numbers]
            instead = [kept, *copies, *rest]
            result[at:end] = instead
            shift += len(instead) - (end - at)
            for number, link in enumerate(instead, at):
                places.update(dict.fromkeys(link[side], number - shift))
            nulls |= dict.fromkeys(copies, _SURE)
    return result, nulls


def _once(
    links: Sequence[Pair], side: int, run: Sentences, touched: Sequence[int], evidence: Evidence
) -> tuple[set[int], Pair] | None:
    """Of the links, in some of which, `touched`, a run stands: the numbers of those in whose place another
    comes, that of the first copies, and this; None where the other side repeats itself as well, or says
    nothing of the kind."""
    own = set(run)
    if own != {i for number in touched for i in links[number][side]}:
        return None  # A block with more than the copies, or one of these has moved.
    filled = [number for number in touched if links[number][1 - side]]
    numbers = filled or _facing(links, 1 - side, touched)
    opposite = tuple(sorted(i for number in numbers for i in links[number][1 - side]))
    if not opposite or len(opposite) >= len(run):
        return None
    kept = _pair(side, run[: _times(evidence, side, run, opposite)], opposite)
    if len(kept[side]) == len(run) or evidence.wrong(*kept) >= OPEN_FROM:
        return None
    return {*touched, *numbers}, kept


def _facing(links: Sequence[Pair], side: int, numbers: Sequence[int]) -> list[int]:
    """The nulls of a side that stand in one gap with those of the other side that have these numbers."""
    first, last = numbers[0], numbers[-1]
    while first > 0 and not (links[first - 1][0] and links[first - 1][1]):
        first -= 1
    while last + 1 < len(links) and not (links[last + 1][0] and links[last + 1][1]):
        last += 1
    return [number for number in range(first, last + 1) if links[number][side]]


def _times(evidence: Evidence, side: int, run: Sentences, opposite: Sentences) -> int:
    """How often sentences of the other side can say, by their length, what one of the copies says."""
    similarity = evidence.similarity
    sides = similarity.source, similarity.target
    expansion = similarity.expansion if side == 0 else 1 / similarity.expansion
    said = sum(float(sides[1 - side].lengths[i]) for i in opposite) * expansion
    return max(round(said / float(sides[side].lengths[run[0]])), len(opposite))


def _pair(side: int, own: Sentences, opposite: Sentences) -> Pair:
    return (opposite, own) if side else (own, opposite)


def _runs(document: Document) -> Iterator[Sentences]:
    """Sentences of one paragraph that follow each other and have one wording."""
    run: list[int] = []
    last = ""
    for sentence in document.sentences:
        form = "".join(c for c in sentence.text.casefold() if c.isalnum())
        before = document.sentences[run[-1]].paragraph if run else None
        if form == last and before == sentence.paragraph:
            run.append(sentence.index)
            continue
        if len(run) > 1 and _is_long(last):
            yield tuple(run)
        run, last = [sentence.index], form
    if len(run) > 1 and _is_long(last):
        yield tuple(run)


def _is_long(form: str) -> bool:
    return len(form) >= (_LETTERS if max(form, default="") < "\u2e80" else _LETTERS // 2)
