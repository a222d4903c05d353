"""What a judgement and the cheap evidence say of a link, as features of one logistic model."""

from __future__ import annotations

import math

from mlcheck.data import Judgement, Link

__all__ = ["FEATURES", "bounded", "features", "log_odds"]

FEATURES = ("divergence", "wrong", "judge", "several")
_MOST, _MOST_LOGIT = 8.0, 16.0
"""Log odds, and a judge's logit, beyond which more says no more. The judge is the surer of itself: of 96
faithful stories 22 links were beyond 7."""


def features(link: Link, judgement: Judgement) -> dict[str, float]:
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
    return max(-_MOST, min(math.log(p / (1 - p)), _MOST))


def bounded(logit: float) -> float:
    """The logit, between -16 and 16."""
    return max(-_MOST_LOGIT, min(logit, _MOST_LOGIT))
