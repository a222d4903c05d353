"""Parts in percent."""

from __future__ import annotations

from fractions import Fraction

__all__ = ["percent_of"]


def percent_of(share: Fraction) -> list[Fraction]:
    """A share in percent, and rounded as texts do: a third is 33 or 33.3 percent."""
    exact = share * 100
    if exact.denominator == 1:
        return [exact]
    return [Fraction(round(exact)), Fraction(round(exact * 10), 10)]
