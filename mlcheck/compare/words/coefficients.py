"""The weights of the logistic models of this room, as `coefficients.json` has them."""

from __future__ import annotations

from mlcheck.statistics import read_coefficients

__all__ = ["coefficients", "is_fitted"]


def coefficients(question: str) -> dict[str, float]:
    """Weights by figure, and `intercept`: of `difference` (a word differs),
    `judged` (the same, where a judge has read the passages), `unmatched` (a word's
    counterpart is gone), `run` (a run of words is a detail left out) or `tested` (the same, when the
    encoder was asked of the sentence without it)."""
    found: dict[str, float] = read_coefficients("mlcheck.compare.words")[question]
    return found


def is_fitted(question: str) -> bool:
    """Are there weights for that question? Those of `judged` come with the judge."""
    return question in read_coefficients("mlcheck.compare.words")
