"""Numbers: digits, number words, percentages, money and measures, whatever way a language writes them."""

from __future__ import annotations

from mlcheck.facts.numbers.han import small_han
from mlcheck.facts.numbers.reader import numbers
from mlcheck.facts.numbers.units import MEASURES, convert, same_measure, unit_class, units_agree

__all__ = ["MEASURES", "convert", "numbers", "same_measure", "small_han", "unit_class", "units_agree"]
