"""What a judgement and the cheap evidence say of a link, as figures of one logistic model."""

from __future__ import annotations

import math

from mlcheck.data import Judgement, Link

__all__ = ["FIGURES", "bounded", "figures", "log_odds"]

FIGURES = ("divergence", "wrong", "judge", "several")
_MOST = 8.0
"""Log odds beyond which more says no more."""


def figures(link: Link, judgement: Judgement) -> dict[str, float]:
    """Log odds of the link's own probabilities, the judge's logit, and whether the link has several
    sentences on a side: the judge was trained on few of those."""
    return {
        "divergence": log_odds(link.divergence or 0.0),
        "wrong": log_odds(link.wrong or 0.0),
        "judge": bounded(judgement.logit),
        "several": float(max(len(link.source), len(link.target)) > 1),
    }


def log_odds(probability: float) -> float:
    """Between -8 and 8, whatever the probability."""
    p = min(max(probability, 1e-9), 1 - 1e-9)
    return bounded(math.log(p / (1 - p)))


def bounded(logit: float) -> float:
    """The logit, between -8 and 8."""
    return max(-_MOST, min(logit, _MOST))
