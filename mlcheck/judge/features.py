"""What a judgement and the cheap evidence say of a link, as features of one logistic model."""

from __future__ import annotations

from mlcheck.data import Judgement, Link
from mlcheck.statistics import log_odds

__all__ = ["FEATURES", "bounded", "features"]

FEATURES = ("divergence", "wrong", "judge", "several")
_MOST_LOGIT = 16.0
"""A judge's logit beyond which more says no more. The judge is the surer of itself: of 96
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


def bounded(logit: float) -> float:
    """The logit, between -16 and 16."""
    return max(-_MOST_LOGIT, min(logit, _MOST_LOGIT))
