"""Numbers: digits, number words, percentages, money and measures, whatever way a language writes them."""

from __future__ import annotations

from mlcheck.facts.numbers.han import small_han
from mlcheck.facts.numbers.reader import numbers
from mlcheck.facts.numbers.units import MEASURES, convert, kin, same_measure, units_agree

__all__ = ["MEASURES", "convert", "kin", "numbers", "same_measure", "small_han", "units_agree"]
