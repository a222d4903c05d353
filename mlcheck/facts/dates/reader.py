"""Goes through the tokens of a text for dates in words, weekdays, times and periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mlcheck.facts.dates.clock import Clock, Time
from mlcheck.facts.dates.digits import YEARS, fact_of, is_valid
from mlcheck.facts.dates.periods import period_at
from mlcheck.facts.dates.words import Found, Words
from mlcheck.facts.fact import Fact, Kind, Value
from mlcheck.text import Token

__all__ = ["Reader"]

_SURE_YEARS = range(1900, 2100)
"""Years that a number after a month is; others may be of people: "in May 1500 people"."""
_MAQAF = "\u05be"
"""Joins a Hebrew preposition to digits: 13 ל־14."""
_LISTED = 6
"""Days before one month: `3, 5 and 7 May`."""


@dataclass(slots=True)
class Reader:
    """Goes through the tokens of a text once, and looks a few of them back and ahead."""

    text: str
    tokens: Sequence[Token]
    words: Words
    facts: list[Fact]
    done: int = 0
    """Tokens before this one are part of a fact."""
    short: list[tuple[int, Found]] = field(default_factory=list)
    dated: dict[int, int] = field(default_factory=dict)
    """Of each date, its first token and the one after it."""

    def read(self) -> list[Fact]:
        """The facts that it was given, which are dates in digits, and all others, in no order."""
        taken = [fact.span for fact in sorted(self.facts, key=lambda fact: fact.span)]
        clock = Clock(self.tokens, self.words)
        next_taken = 0
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            while next_taken < len(taken) and taken[next_taken].end <= token.start:
                next_taken += 1
            if next_taken < len(taken) and taken[next_taken].start < token.end:
                # A date in digits is also a place beside which `Mon` is a weekday.
                first = at
                while at < len(self.tokens) and self.tokens[at].start < taken[next_taken].end:
                    at += 1
                self.dated[first] = at
                self.done = at
                continue
            at = max(at + 1, self._at(at, clock))
        self._short_weekdays()
        return self.facts

    def _at(self, at: int, clock: Clock) -> int:
        """Takes what begins at a token; gives the token after it."""
        time = clock.in_words(at, self.done)
        if time is not None:
            return self._time(time, clock)
        name = self.words.at(self.tokens, at)
        if name is not None:
            kind = name.name.kind
            if kind == "month":
                return self._month(at, name)
            if kind == "weekday":
                return self._weekday(at, name)
            if kind == "day":
                self._add("period", at, name.end, [("day", str(name.name.number))], weak=True)
            else:
                self._add("time", at, name.end, [(str(name.name.number), "0", "")], weak=True)
            return name.end
        time = clock.in_digits(at, self.done)
        if time is not None:
            return self._time(time, clock)
        period = period_at(self.tokens, at, self.words, self.done)
        if period is not None:
            self._add("period", period.start, period.end, period.readings, weak=period.weak)
            return period.end
        return at

    def _time(self, time: Time, clock: Clock) -> int:
        """Takes a time, and the hour before it that it says to be one."""
        first = clock.first_of_span(time, self.done)
        for one in (first, time):
            if one is not None:
                self._add("time", one.start, one.end, one.readings, weak=one.weak)
        return time.end

    def _add(self, kind: Kind, start: int, end: int, readings: Sequence[Value], *, weak: bool) -> None:
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        self.facts.append(fact_of(kind, self.text, first, last, readings, weak=weak))
        self.done = max(self.done, end)

    # Weekdays

    def _weekday(self, at: int, name: Found) -> int:
        if name.name.sure == 0:
            self.short.append((at, name))
            return name.end
        weak = name.name.sure == 1 or self._is_doubtful(at, name)
        if name.name.sure == 2 and weak and name.name.doubtful:
            # A doubtful name is sure beside a date: `28 Nisan 2024 Pazar`.
            self.short.append((at, name))
            return name.end
        self._add("weekday", at, name.end, [(str(name.name.number),)], weak=weak)
        return name.end

    def _is_doubtful(self, at: int, name: Found) -> bool:
        before = self.tokens[at - 1] if at else None
        if before is not None and before.text == "-" and at > 1:
            before = self.tokens[at - 2]  # mid-May
        after = self.tokens[name.end] if name.end < len(self.tokens) else None
        if self.words.phrases["not_before"].before(self.tokens, at) is not None:
            return True
        if self.words.phrases["not_after"].at(self.tokens, name.end) is not None:
            return True
        if not name.name.doubtful:
            return False
        return not (
            (before is not None and self.words.is_in(before, "before"))
            or (after is not None and self.words.is_in(after, "after"))
        )

    def _short_weekdays(self) -> None:
        """Short names, where they stand beside a date: `Mon, April 28`, `28.04.2024 (So.)`."""
        ends = set(self.dated.values())
        for at, name in self.short:
            after = self._skipped(name.end, 1)
            before = self._skipped(at - 1, -1) + 1
            if after in self.dated or before in ends:
                self._add("weekday", at, name.end, [(str(name.name.number),)], weak=False)
            elif name.name.sure or (not name.name.capital and self.words.weekdays_short_alone):
                self._add("weekday", at, name.end, [(str(name.name.number),)], weak=True)

    def _skipped(self, at: int, step: int) -> int:
        for _ in range(2):
            if 0 <= at < len(self.tokens) and self.tokens[at].text in (",", ".", "(", ")"):
                at += step
        return at

    # Dates

    def _month(self, at: int, name: Found) -> int:
        month = name.name.number
        start, days = self._days_before(at)
        end = self._double_name(name)
        if self._is(end, ".") and name.name.sure == 0:
            end += 1
        if not days and (self.words.day_after or self.words.suffixed_day_after):
            end, days = self._days_after(end)
        year_end, year, sure_year = self._year_after(end, dated=bool(days))
        if year is None and (self.words.year_before or not self.words.year_last):
            start, year = self._year_before(start)
            sure_year = True
        else:
            end = year_end
        if name.name.sure == 0 and not days and year is None:
            # "on Sept." is left where the day was cut off.
            if self.words.capital and end > name.end:
                self._add("date", at, end, [("", str(month), "")], weak=True)
            return end
        bad = [day for _, _, day in days if not is_valid(year, month, day)]
        if bad:
            self.done = max(self.done, end)
            return end
        number = str(month)
        said = "" if year is None else str(year)
        for first, last, day in days[:-1]:
            self._add("date", first, last, [(said, number, str(day))], weak=False)
        day_said = str(days[-1][2]) if days else ""
        first = start if len(days) < 2 else (days[-1][0] if days[-1][0] < at else at)
        readings = [(said, number, day_said)]
        if year is not None and not sure_year:
            readings.append(("", number, day_said))
        if days and days[-1][0] > at and len(days) > 1:
            self.dated[start] = end
            self._readd_first(at, days, said, number)
            return end
        weak = not days and year is None and (name.name.sure < 2 or self._is_doubtful(at, name))
        self._add("date", first, end, readings, weak=weak)
        self.dated[start] = end
        return end

    def _readd_first(self, at: int, days: Sequence[tuple[int, int, int]], year: str, month: str) -> None:
        """`April 28-30`: the month goes with the first day, which was added without it."""
        del self.facts[-(len(days) - 1) :]
        first = True
        for begin, end, day in days:
            self._add("date", at if first else begin, end, [(year, month, str(day))], weak=False)
            first = False

    def _double_name(self, name: Found) -> int:
        """Arabic papers name a month twice, نيسان/أبريل or نيسان (أبريل): the token after both."""
        end = name.end
        if self.words.double_months and (self._is(end, "/") or self._is(end, "(")) and (
            end + 1 < len(self.tokens)
        ):  # fmt: skip
            second = self.words.at(self.tokens, end + 1)
            if second is not None and second.name[:2] == name.name[:2]:
                return second.end + (1 if self._is(second.end, ")") else 0)
        return end

    def _is(self, at: int, text: str) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].text == text

    def _near(self, at: int) -> bool:
        """Does nothing stand between a token and the one before it?"""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end

    def _day(self, at: int) -> int | None:
        if 0 <= at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == "d" and len(token.text) <= 2 and 1 <= int(token.text) <= 31:
                return int(token.text)
        return None

    def _suffixed_before(self, end: int) -> int:
        """The token of the number that ends before `end`: of `28th`, `28-го`, `28.`, `1er`, `28'i`."""
        at = end - 1
        if at < max(self.done, 1):
            return at
        token = self.tokens[at]
        if token.kind == "w" and len(token.text) <= 4 and self._near(at):
            if self.tokens[at - 1].kind == "d":
                return at - 1
            if self.tokens[at - 1].text in ("-", "'") and self._near(at - 1):
                return at - 2
        if (token.text == "." and self.words.day_dot) or token.text in ("º", "°"):
            return at - 1 if self._near(at) else at
        return at

    def _suffixed_after(self, at: int) -> int:
        """The token after a number's suffix, if the number before `at` has one."""
        if at < len(self.tokens) and self._near(at):
            token = self.tokens[at]
            if token.kind == "w" and len(token.text) <= 4:
                return at + 1
            if (
                token.text in ("-", "'")
                and at + 1 < len(self.tokens)
                and self._near(at + 1)
                and self.tokens[at + 1].kind == "w"
                and len(self.tokens[at + 1].text) <= 6
                and self.words.at(self.tokens, at + 1) is None  # May 5-June 7
            ):
                return at + 2
        return at

    def _days_before(self, at: int) -> tuple[int, list[tuple[int, int, int]]]:
        """The days before a month, each as its tokens and its number, and where the first begins."""
        start = self._of_before(at)
        number = self._suffixed_before(start)
        day = self._day(number) if number >= self.done else None
        if day is None:
            return at, []
        days = [(number, at, day)]
        start = number
        for _ in range(_LISTED):
            joined = start - 1
            if joined < self.done + 1:
                break
            token = self.tokens[joined]
            if token.text == _MAQAF and self.words.is_in(self.tokens[joined - 1], "joiners"):
                joined -= 1
                token = self.tokens[joined]
            if not (token.text in ("-", "/") or self.words.is_in(token, "joiners") or
                    (token.text == "," and len(days) > 1)):  # fmt: skip
                break
            number = self._suffixed_before(self._of_before(joined))
            earlier = self._day(number) if number >= self.done else None
            if earlier is None or earlier >= days[0][2]:
                break
            days.insert(0, (number, joined, earlier))
            start = number
        return start, days

    def _of_before(self, at: int) -> int:
        """Skips `of`, `de`, `d'` before a token."""
        if at - 1 >= self.done and at >= 1:
            token = self.tokens[at - 1]
            if token.text == "'" and at >= 2 and self.words.is_in(self.tokens[at - 2], "of"):
                return at - 2
            if self.words.is_in(token, "of"):
                return at - 1
        return at

    def _days_after(self, at: int) -> tuple[int, list[tuple[int, int, int]]]:
        suffixed = self.words.suffixed_day_after
        number = self._suffixed_after(at) if suffixed else at
        if number < len(self.tokens) and (
            self.words.is_in(self.tokens[number], "month_words") or self._is(number, "the")
        ):
            number += 1  # "May the 5th", "may ayının 5-i"
        day = self._day(number)
        if day is None:
            return at, []
        end = self._suffixed_after(number + 1)
        days = [(number, end, day)]
        with_suffix = end > number + 1
        for _ in range(_LISTED):
            signed = self._is(end, "-") or self._is(end, "/")
            worded = end < len(self.tokens) and self.words.is_in(self.tokens[end], "joiners")
            number = end + 1 if signed or worded else end
            later = self._day(number)
            if later is None or later <= days[-1][2] or not (signed or worded or suffixed):
                break
            last = self._suffixed_after(number + 1)
            after = self.tokens[last] if last < len(self.tokens) else None
            # "April 28 and 30 people", "April 28 and 30 May": the second number goes on.
            if suffixed:
                if last == number + 1:
                    break
            elif not signed and after is not None and after.kind == "w":
                break
            days.append((number, last, later))
            end = last
            with_suffix = True
        return (at, []) if suffixed and not with_suffix else (end, days)

    def _year_after(self, at: int, *, dated: bool) -> tuple[int, int | None, bool]:
        """The year after a month or a day: the token after it, the year, and whether it is sure."""
        number = at
        if self._is(number, ",") and (dated or self.words.year_after_comma):
            number += 1
        marked = number > at
        if number < len(self.tokens) and self.words.is_in(self.tokens[number], "of"):
            number += 1
            marked = True
            if self._is(number, "'"):
                number += 1
        year = self._year(number)
        if year is None:
            return at, None, False
        end = number + 1
        suffixed = self._suffixed_after(end)
        if suffixed > end and self._is(end, "s"):
            return at, None, False
        end = suffixed
        if end < len(self.tokens) and self.words.is_in(self.tokens[end], "year"):
            end += 1
            marked = True
        return end, year, dated or marked or year in _SURE_YEARS

    def _year(self, at: int) -> int | None:
        if 0 <= at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == "d" and len(token.text) == 4 and int(token.text) in YEARS:
                return int(token.text)
        return None

    def _year_before(self, at: int) -> tuple[int, int | None]:
        """`2024-cü ilin aprelində`, `2024 yılının Nisan ayında`."""
        number = at - 1
        if number >= self.done and number >= 0 and self.words.is_in(self.tokens[number], "year"):
            number -= 1
        number = self._suffixed_before(number + 1)
        year = self._year(number) if number >= self.done else None
        return (at, None) if year is None else (number, year)
