"""Number words, one after the other, to a number: "a smaller number may follow where the larger one has
zeros" reads them in every language."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.facts.numbers.percent import percent_of
from mlcheck.facts.numbers.words import NumberWords, Word

__all__ = ["Run"]


class Run:
    """Number words as they add up."""

    def __init__(self, tables: NumberWords) -> None:
        self.tables = tables
        self.total = Fraction(0)
        self.now: Fraction | None = None
        self.room = 0
        self.limit: Fraction | None = None
        self.linked = False
        self.closed = False
        self.ordinal = False
        self.part = False
        self.only_scale = True
        self.scale = Fraction(1)
        self.others: list[Fraction] = []
        self.pending: Fraction | None = None

    @property
    def value(self) -> Fraction | None:
        """What has been read."""
        if self.now is None and self.limit is None:
            return None
        return self.total + (self.now or 0)

    def may_link(self, words: list[Word]) -> bool:
        """May these words follow "and" here?"""
        word = words[0]
        if word.role not in ("number", "ordinal") or word.value < 1:
            return False
        if self.now is None:
            return self.limit is not None and word.value < self.limit
        if self.tables.link_after == "ones":
            return (self.now % 100 < 20 and word.value in _TENS and self.now % 10 > 0) or (
                self.room >= 100 > word.value
            )
        if self.tables.link_after == "any":
            return word.value < self.room
        if self.tables.link_after == "tens":
            return self.room == 10 and word.value < 10
        return self.room >= 100 and word.value < self.room

    def take_all(self, words: list[Word]) -> bool:
        """Add words if the first can be added; the parts of a compound all count."""
        taken = False
        for word in words:
            if word.role == "link":
                self.linked = True
                continue
            if not self.take(word):
                return taken
            self.linked, taken = False, True
        return taken

    def take(self, word: Word) -> bool:
        """Add a word, or say that it belongs to another number."""
        value = word.value
        if self.closed:
            return False
        if word.role == "and_half":
            if self.value is None:
                return False
            # "dos millones y medio" is half a million more, "two and a half million" not.
            self.now = self.now + value if self.now is not None else value * (self.limit or 1)
            self.room = 0
            return True
        if word.role == "part":
            return self.take_part(value)
        if word.role == "part_before":
            if self.value is not None:
                return False
            self.pending = value
            self.now, self.room, self.part = value, 0, True
            return True
        if self.pending is not None:
            if word.role != "number" or self.now != self.pending:
                return False
            self.now = self.pending * value
            self.closed, self.part, self.only_scale = True, False, False
            return True
        if word.role == "ordinal":
            if not self.add(value):
                return False
            self.ordinal = True
            # "The ninth and twentieth" is one ordinal where the ones come first.
            self.closed = self.tables.link_after != "ones" or value >= 10
            return True
        if word.role == "scale":
            return self.multiply(value)
        if (
            value == 100
            and self.now is not None
            and 1 <= self.now < 100
            and self.now.denominator == 1
            and self.room <= 10
            and not self.linked
        ):
            self.now *= 100
            self.room = 100
            self.only_scale = False
            return True
        return self.add(value)

    def take_part(self, value: Fraction) -> bool:
        """ "two thirds", "half a million", a half."""
        if self.value is None:
            self.now, self.room, self.part = value, 0, True
            self.others = percent_of(value)
            return True
        most = 10 if value > Fraction(1, 100) else 1 / value
        if self.limit is None and self.now is not None and 1 <= self.now < most and value < Fraction(1, 2):
            self.now *= value
            self.others = percent_of(self.now)
            self.closed = True
            self.only_scale = False
            return True
        return False

    def add(self, value: Fraction) -> bool:
        """Take a value that is added to what was read; False where it does not fit."""
        if self.now is None:
            if self.limit is not None and value >= self.limit:
                return False
            self.now = value
            self.room = _room(value, self.tables.ten_adds)
            self.only_scale = value == 100 and self.limit is None
            return True
        if self.linked and self.tables.link_after == "ones" and value in _TENS and 0 < self.now % 100 < 10:
            self.now += value
            self.room = 0
            return True
        if not 0 < value < self.room:
            return False
        self.now += value
        self.room = min(_room(value, self.tables.ten_adds), self.room)
        self.only_scale = False
        return True

    def multiply(self, value: Fraction) -> bool:
        """Take a value that multiplies what was read; False where it does not fit."""
        if self.now is None and self.limit is None:
            self.total, self.limit, self.room = value, value, int(value)
            return True
        if self.now is not None and self.now == 0:
            return False
        if self.limit is not None and value >= self.limit:
            # "cinco mil millones": a larger scale multiplies what is there, once.
            if value == self.limit or self.scale > 1000:
                return False
            self.total = (self.total + (self.now or 0)) * value
        elif self.now is None:
            return False
        else:
            self.total += self.now * value
        self.now = None
        self.part = False
        self.others = []
        self.limit = value
        self.scale = max(self.scale, value)
        self.only_scale = False
        return True


_TENS = frozenset(Fraction(n) for n in range(20, 100, 10))


def _room(value: Fraction, ten_adds: bool) -> int:
    """Up to where a number that follows may add: 20 to below 10, 300 to below 100, 7 not at all."""
    if value.denominator != 1 or value == 0:
        return 0
    if value == 10:
        return 10 if ten_adds else 0
    zeros = len(str(value.numerator)) - len(str(value.numerator).rstrip("0"))
    return int(10**zeros) if zeros else 0
