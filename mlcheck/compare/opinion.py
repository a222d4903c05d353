"""A rule's finding, and what the judge says of its place: a second opinion.

A rule that knows what it is looking for, such as a name in another's place, and a judge that reads both
sides are wrong about different things. Each question has a logistic model over the log odds of both, fitted
by `training/fit/judged.py`. (Runs of words without counterpart, and negations, were tried as well: with a
second opinion as many were found as without.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mlcheck.data import Alignment, Judgement, Link, Span
from mlcheck.judge import bounded, coefficients
from mlcheck.statistics import log_odds, logistic

__all__ = ["OPINION", "Place", "judge_fitted", "opinion", "with_judge"]

Place = tuple[int, int, Span]
"""Side (0 is the source), sentence, and a stretch of its text."""
OPINION = ("own", "judge", "words")


def judge_fitted(alignment: Alignment, question: str) -> bool:
    """Is there a judge with an opinion on that question? Of a single link it may still have none."""
    return question in coefficients(alignment.judge)


def with_judge(
    alignment: Alignment, link: Link, question: str, probability: float, places: Sequence[Place]
) -> float | None:
    """The probability of a finding on some places of a link, 0 to 1, with the judge's opinion; None
    where it has none, because it was not fitted or has not read this link: then the rule's own figure
    and own limit hold."""
    weights = coefficients(alignment.judge).get(question)
    if weights is None:
        return None
    features = opinion(alignment.judgement(link), link, log_odds(probability), places)
    return None if features is None else logistic(features, weights)


def opinion(
    judged: Judgement | None, link: Link, own: float, places: Sequence[Place]
) -> dict[str, float] | None:
    """`OPINION`: the rule's log odds, the judge's logit, and the mean log odds of the words in those places;
    None where the link was not judged."""
    if judged is None:
        return None
    values = [value for place in places for value in _words(link, judged, place)]
    return {
        "own": own,
        "judge": bounded(judged.logit),
        "words": float(np.mean(values)) if values else 0.0,
    }


def _words(link: Link, judged: Judgement, place: Place) -> list[float]:
    side, number, span = place
    sentences = link.sides[side]
    if judged.words is None or number not in sentences:
        return []
    own = judged.words[side][sentences.index(number)]
    inside = (own.spans[:, 0] < span.end) & (own.spans[:, 1] > span.start)
    return [log_odds(float(value)) for value in own.values[inside]]
