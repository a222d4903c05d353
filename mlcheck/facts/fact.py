"""What a fact is: something in a text that a faithful translation keeps, in a form that does not
depend on the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mlcheck.data import Span

__all__ = ["Fact", "Kind", "Value"]

Kind = Literal["number", "date", "weekday", "period", "time", "name", "quote", "negation", "attribution"]
Value = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A typed, normalised fact and its place: `text[span.start:span.end]` of the text it is from.

    `readings` are the values it may have, the likeliest first: two facts agree where they share
    one. `1.500` in a German text is first 1500, then 1.5. A value is a tuple of strings, whose
    meaning follows from the kind:

    - `number`: the plain decimal form, without an exponent, without zeros at its end (`1500000`,
      `1.5`); fractions that have no such form as `1/3`. A year that stands alone is a number.
    - `date`: year, month, day (`2024`, `4`, `28`), `` where one is not said. A date has a month.
    - `weekday`: `1` (Monday) to `7`.
    - `period`: `decade`, `century` and the like, and which one: (`decade`, `1990`), (`century`, `19`).
    - `time`: hour, minute in 24 hours (`22`, `40`), and the zone as minutes from UTC, or ``.
    - `name`: as it stands.
    - `quote`, `negation`, `attribution`: as it stands.
    """

    kind: Kind
    span: Span
    text: str
    readings: tuple[Value, ...]
    unit: str = ""
    """Of numbers: `percent`, `percent-point`, an ISO 4217 code (`EUR`), a CLDR unit without its
    category (`kilometer`), or nothing."""
    weak: bool = False
    """Also a common word, or said in one language where another leaves it out ("one", "a couple",
    "first"). It can stand for a fact on the other side, and is never missing itself."""

    ordinal: bool = False
    """Of numbers in words: is it one of a row, as "third" is?"""
    parts: tuple[Fact, ...] = ()
    """Of a measure in two units, the number of each: "6 feet 2 inches" are 74 inches, and 6 and 2."""

    @property
    def value(self) -> Value:
        """The likeliest reading."""
        return self.readings[0]
