"""Facts, comparable across languages: numbers, dates and times, names, quotations, negations, and
who is named as the source. Useful without the rest of mlcheck."""

from __future__ import annotations

from mlcheck.facts.fact import Fact, Kind, Value

__all__ = ["Fact", "Kind", "Value"]
