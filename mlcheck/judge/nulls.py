"""Sentences without counterpart, and what the judge says of them.

The aligner leaves a sentence alone where its likeness to what stands around is small. That happens to
sentences that are there in other words, merged into a neighbour, or moved and said freely. The judge reads
such a sentence once more, beside what its neighbours are linked with: does it add anything? And beside each
sentence that is alone on the other side: do the two say the same?
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mlcheck.data import Alignment, Judgement, Link, Pair
from mlcheck.judge.protocol import Judge, Passages
from mlcheck.statistics import log_odds

__all__ = ["NULL_FEATURES", "null_features"]

NULL_FEATURES = ("own", "words", "gain", "twin")
ASKED_FROM = 0.3
"""Confidence of a null link from which it is looked at; below, no rule reports it."""
_TWINS = 12
"""Sentences alone on a side up to which each is compared with each of the other side's."""
_BOUNDS = {"words": (-4.0, 2.0), "gain": (-1.0, 3.0), "twin": (-4.0, 4.0)}
"""Beyond these the features say no more. The upper ones stand for what is not known."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A pair to be judged for a null link: joined with a neighbour's link, or with a twin."""

    null: int
    side: int
    passages: Passages
    at: int
    """Which sentence of its side the null is."""
    base: float | None
    """The neighbour's logit without it; None of a twin."""


def null_features(
    alignment: Alignment, judge: Judge, judgements: Mapping[Pair, Judgement]
) -> dict[int, dict[str, float]]:
    """`NULL_FEATURES` of null links, by their number in `alignment.sentences`: the log odds of their
    confidence; how much the judge marks the sentence's words beside a neighbour's counterpart, and by how
    much it makes that pair differ more (the least over both neighbours); and the logit of the likeliest
    twin, all within `_BOUNDS`. A null of which the judge has read nothing is left out, and so is one with
    linked neighbours when it could read none of them: what it did not read is no sign that it is missing."""
    asked = [
        k
        for k, link in enumerate(alignment.sentences)
        if not (link.source and link.target) and (link.confidence or 0.0) >= ASKED_FROM
    ]
    filled = [link for link in alignment.sentences if link.source and link.target]
    links = (
        {i: link for link in filled for i in link.source},
        {j: link for link in filled for j in link.target},
    )
    questions = [q for k in asked for q in _beside(alignment, k, judgements, links)]
    questions += _twins(alignment, asked)
    # A pair of twins is a question of both, and read once.
    keys = [(tuple(question.passages[0]), tuple(question.passages[1])) for question in questions]
    different = list(dict.fromkeys(keys))
    answers = dict(zip(different, judge.score(different), strict=True)) if different else {}
    unknown = {name: high for name, (_, high) in _BOUNDS.items()}
    result = {k: {"own": log_odds(alignment.sentences[k].confidence or 0.0), **unknown} for k in asked}

    read: set[int] = set()
    read_beside: set[int] = set()

    def lower(own: dict[str, float], name: str, value: float) -> None:
        own[name] = min(own[name], max(value, _BOUNDS[name][0]))

    for question, key in zip(questions, keys, strict=True):
        judged = answers[key]
        if judged is None:
            continue
        read.add(question.null)
        own = result[question.null]
        if question.base is None:
            lower(own, "twin", judged.logit)
            continue
        read_beside.add(question.null)
        lower(own, "gain", judged.logit - question.base)
        if judged.words is not None:
            values = judged.words[question.side][question.at].values
            if len(values):
                lower(own, "words", float(np.mean([log_odds(float(v)) for v in values])))
    return {
        k: own
        for k, own in result.items()
        if k in read_beside or (k in read and not _linked_neighbours(alignment.sentences[k], links))
    }


def _beside(
    alignment: Alignment,
    null: int,
    judgements: Mapping[Pair, Judgement],
    links: tuple[dict[int, Link], dict[int, Link]],
) -> list[_Question]:
    link = alignment.sentences[null]
    side = 0 if link.source else 1
    (one,) = (link.source, link.target)[side]
    halves = [half.document.sentences for half in (alignment.source, alignment.target)]
    result = []
    for other in _linked_neighbours(link, links):
        judged = judgements.get((other.source, other.target))
        own = sorted([*(other.source, other.target)[side], one])
        chosen = [other.source, other.target]
        chosen[side] = tuple(own)
        sides = [[half[i].text for i in numbers] for half, numbers in zip(halves, chosen, strict=True)]
        if judged is not None:
            result.append(_Question(null, side, (sides[0], sides[1]), own.index(one), judged.logit))
    return result


def _linked_neighbours(link: Link, links: tuple[dict[int, Link], dict[int, Link]]) -> list[Link]:
    """The links of the sentences before and after a null, where they have one."""
    side = 0 if link.source else 1
    (one,) = (link.source, link.target)[side]
    return [links[side][near] for near in (one - 1, one + 1) if near in links[side]]


def _twins(alignment: Alignment, asked: list[int]) -> list[_Question]:
    links = alignment.sentences
    one = [k for k in asked if links[k].source][:_TWINS]
    two = [k for k in asked if links[k].target][:_TWINS]
    result = []
    for k in one:
        for m in two:
            texts = (
                [alignment.source.document.sentences[i].text for i in links[k].source],
                [alignment.target.document.sentences[j].text for j in links[m].target],
            )
            result += [_Question(k, 0, texts, 0, None), _Question(m, 1, texts, 0, None)]
    return result
