"""Numbers: digits, number words, percentages, money and measures, whatever way a language writes
them.

The text is cut into digits, words and symbols in one pass. A number starts at digits or at a
number word of the language's vocabulary (`[numbers]` in its data file) and takes on what follows:
further number words, a scale ("million"), a unit. Chinese and Japanese, which do not part words,
have a reader of their own for Han numerals (`han.py`).

A grammar for each language (as ICU's spell-out rules, read backwards) was rejected: one rule,
"a smaller number may follow where the larger one has zeros", reads them all, and the few words
that follow no rule are written out in the data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from mlcheck.data import Span
from mlcheck.facts.fact import Fact
from mlcheck.facts.numbers.han import read_han
from mlcheck.facts.numbers.run import Run
from mlcheck.facts.numbers.words import (
    HAN,
    HAN_TOKEN,
    SPACES,
    TOKEN,
    NumberWords,
    Phrases,
    Word,
    lower,
    number_words,
    whole,
)
from mlcheck.languages import base

__all__ = ["numbers"]

T = TypeVar("T")

MAX_DIGITS = 18
"""Longer strings of digits without separators are identifiers, or noise: no story counts in them."""
MAX_WORD = 60
"""Letters of a word that is looked at from inside; the longest German numerals in use have 50."""
MAX_PHRASE = 6
"""Words of a name of a unit or of a number in the tables that are looked up together."""

_IGNORED = re.compile(
    "[\u00ad\u061c\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]"
)
_HYPHENS = "-\u2010\u2011"
_DASHES = _HYPHENS + "\u2012\u2013\u2014\u2212~～〜"

_LEFT_ALONE = re.compile(
    r"https?://[!-~]+"
    r"|www\.[!-~]+"
    r"|[#@][\w.]*[^\W0-9][\w.]*"
    r"|(?<![0-9])[0-9]++(?:\.[0-9]++){2,}"
)
_PHONE = re.compile(
    r"(?<![0-9])(?:\+[0-9]{1,4}|\+?\([0-9]{1,5}\)|0[1-9][0-9]{0,3}|[0-9] ?\([0-9]{2,5}\))"
    r"(?:[ \u00a0\u202f-]\(?[0-9]{2,4}\)?(?![0-9])){2,7}"
)
_BOTH = ("两国", "两队", "两党", "两岸", "两方", "两者", "两地", "两边", "两人")
"""These say "both" as often as "two"."""
_COUNTED = {"per-ten": (10, False, "percent"), "decade": (10, True, ""), "dozen": (12, True, "")}
"""Units that are numbers themselves: how many, whether the number before them stays a reading, and
the unit then. "Two decades" is "20 years" elsewhere, or "two decades" again."""
_ROMAN = re.compile(r"(?=[IVX]{2,5}$)X{0,3}(IX|IV|V?I{0,3})$")


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the text: `low` is lower case, `start` and `end` are places in the plain text."""

    kind: str
    start: int
    end: int
    low: str
    raw: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A number that was read, from token `first` to token `last` (half-open)."""

    first: int
    last: int
    readings: tuple[Fraction, ...]
    weak: bool
    unit: str = ""
    scale: Fraction = Fraction(1)
    end: int = 0


def numbers(text: str, language: str, taken: Sequence[Span] = ()) -> list[Fact]:
    """The numbers of a text, in order, as facts of kind `number`.

    `language` is a BCP 47 code; one without a data file has its digits read, and percent signs and
    symbols of currencies. A number that touches a span in `taken` (a date, a time, a name) is left
    out. Spans count code points of `text`.

    The unit is `percent`, `percent-point`, an ISO 4217 code, a CLDR unit, or empty. Plain dollars
    are `USD`, plain pounds `pound`: whoever compares should ask `units.units_agree`, not equality.
    Scores and ranges give two numbers. A digit that is part of a name (COP29, F-16) is weak.
    Telephone numbers, versions, addresses and very long strings of digits are left alone. Never
    raises; takes time linear in the text.
    """
    code = base(language)
    plain, places = _plain(text)
    plain = whole(plain, code)
    tables = number_words(code)
    low = lower(plain, code)
    tokens = _tokens(plain, low, places, sorted(taken), HAN_TOKEN if code in HAN else TOKEN)
    reader = _Reader(plain, tokens, tables)
    found = reader.read()
    facts = [
        _fact(text, plain, places, tokens[f.first].start, f.end, f.readings, f.unit, f.weak) for f in found
    ]
    return facts


def _fact(
    text: str,
    plain: str,
    places: list[int] | None,
    start: int,
    end: int,
    readings: Sequence[Fraction],
    unit: str,
    weak: bool,
) -> Fact:
    span = Span(start, end) if places is None else Span(places[start], places[end - 1] + 1)
    values = tuple(dict.fromkeys((_shown(value),) for value in readings))
    return Fact(
        kind="number", span=span, text=text[span.start : span.end], readings=values, unit=unit, weak=weak
    )


def _shown(value: Fraction) -> str:
    """The plain decimal form, or `a/b` where there is none."""
    under = value.denominator
    if under == 1:
        return str(value.numerator)
    twos = fives = 0
    while under % 2 == 0:
        under, twos = under // 2, twos + 1
    while under % 5 == 0:
        under, fives = under // 5, fives + 1
    if under != 1:
        return f"{value.numerator}/{value.denominator}"
    after = max(twos, fives)
    digits = str(abs(value.numerator) * 10**after // value.denominator).rjust(after + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-after]}.{digits[-after:]}"


def _plain(text: str) -> tuple[str, list[int] | None]:
    """The text with ASCII digits and without marks that are not seen, and where each of its
    characters stands in `text` (None: where it stands here)."""
    if text.isascii():
        return text, None
    chars = []
    for char in text:
        if "0" <= char <= "9" or char.isascii():
            chars.append(char)
        elif char.isdecimal():
            chars.append(str(unicodedata.decimal(char)))
        elif "！" <= char <= "～":
            chars.append(chr(ord(char) - 0xFEE0))
        else:
            chars.append(char)
    plain = "".join(chars)
    if not _IGNORED.search(plain):
        return plain, None
    kept = [i for i, char in enumerate(plain) if not _IGNORED.match(char)]
    return "".join(plain[i] for i in kept), kept


def _tokens(
    plain: str, low: str, places: list[int] | None, taken: list[Span], pieces: re.Pattern[str]
) -> list[_Token]:
    """The pieces that may belong to numbers; those of addresses, telephone numbers and `taken` not."""
    shut = [(m.start(), m.end()) for m in _LEFT_ALONE.finditer(plain) if _is_address(m.group())]
    shut += [(m.start(), m.end()) for m in _PHONE.finditer(plain) if sum(map(str.isdigit, m.group())) >= 7]
    shut += list(_mails(plain))
    if taken:
        where = range(len(plain)) if places is None else places
        shut += _within(where, taken)
    shut.sort()
    tokens, k, over = [], 0, 0
    for match in pieces.finditer(plain):
        start, end = match.span()
        while k < len(shut) and shut[k][0] < end:
            over = max(over, shut[k][1])
            k += 1
        if start < over:
            continue
        kind = match.lastgroup or ""
        kind = "word" if kind == "letter" else kind
        raw = match.group()
        if kind == "digits" and len(raw) < 4 * MAX_DIGITS and not _digits(raw, False):
            # A list without spaces ("1,2,3"), feet and inches (5'10): each for itself.
            tokens += [
                _Token(kind, start + m.start(), start + m.end(), m.group(), m.group())
                for m in re.finditer("[0-9]+", raw)
            ]
            continue
        tokens.append(_Token(kind, start, end, low[start:end], raw))
    return tokens


def _is_address(matched: str) -> bool:
    """`1.500.000` is a number, `1.2.3` and `28.04.2024` are not."""
    if not matched[0].isdigit():
        return True
    first, *rest = matched.split(".")
    return not (0 < len(first) <= 3 and all(len(part) == 3 for part in rest))


def _mails(plain: str) -> Iterator[tuple[int, int]]:
    at = plain.find("@")
    while at >= 0:
        start, end = at, at + 1
        while start > 0 and (plain[start - 1].isalnum() or plain[start - 1] in "._+-"):
            start -= 1
        while end < len(plain) and (plain[end].isalnum() or plain[end] in "._-"):
            end += 1
        if start < at and end > at + 1:
            yield start, end
        at = plain.find("@", max(end, at + 1))


def _within(where: Sequence[int], taken: list[Span]) -> list[tuple[int, int]]:
    """Spans of the text as spans of the plain text."""
    from bisect import bisect_left

    return [(bisect_left(where, span.start), bisect_left(where, span.end)) for span in taken]


# --- Reading ------------------------------------------------------------------------------------


class _Reader:
    """Reads the tokens of one text from left to right, each of them a bounded number of times."""

    def __init__(self, plain: str, tokens: list[_Token], tables: NumberWords) -> None:
        self.plain = plain
        self.tokens = tokens
        self.tables = tables

    def read(self) -> list[_Found]:
        """All numbers, in order."""
        found: list[_Found] = []
        i = 0
        while i < len(self.tokens):
            number = self.number(i)
            if number is None:
                i += 1
                continue
            number = self.with_unit(number, found[-1].last if found else 0)
            if found:
                number, found[-1] = self.ranged(found[-1], number)
            found.append(number)
            i = number.last
        return found

    def gap(self, i: int) -> str:
        """What stands before token i."""
        start = self.tokens[i - 1].end if i else 0
        return self.plain[start : self.tokens[i].start]

    def near(self, i: int, also: str = "") -> bool:
        """Is token i joined to the one before by a space, a hyphen, or nothing?"""
        if i >= len(self.tokens) or i == 0:
            return False
        gap = self.gap(i)
        return len(gap) <= 2 and all(c in SPACES or c in _HYPHENS or c in also for c in gap)

    def phrase(self, i: int, phrases: Phrases[T], also: str = "", skip: int = 0) -> tuple[T, int] | None:
        """The meaning of the longest phrase at token i, and the token after it. The first `skip`
        letters are left out."""
        if i >= len(self.tokens):
            return None
        for words, meaning in phrases.first.get(self.tokens[i].low[skip:], ()):
            n = len(words)
            if n == 1 or (
                i + n <= len(self.tokens)
                and all(
                    _same(self.tokens[i + k].low, words[k]) and self.near(i + k, also) for k in range(1, n)
                )
            ):
                return meaning, i + n
        return None

    def word(self, i: int, after_digits: bool = False) -> tuple[list[Word], int, bool] | None:
        """The number words at token i (several in a German compound), the token after them, and
        whether a word such as "jährig" ended them."""
        if i >= len(self.tokens) or self.tokens[i].kind != "word":
            return None
        token = self.tokens[i]
        if after_digits and token.raw in self.tables.cased:
            for words, meaning in self.tables.words.first.get(token.raw, ()):
                if len(words) == 1 and meaning.role == "short":
                    return [meaning], i + 1, False
        match = self.phrase(i, self.tables.words)
        if match and match[0].role != "short":
            return [match[0]], match[1], False
        link = next((one for one in self.tables.joined_links if token.low.startswith(one)), "")
        if link:
            match = self.phrase(i, self.tables.words, skip=len(link))
            if match and match[0].role != "short":
                return [Word("link", Fraction(0)), match[0]], match[1], False
        if self.tables.compound and 3 < len(token.low) <= MAX_WORD:
            parts = self.inside(token.low)
            if parts:
                return parts[0], i + 1, parts[1]
        return None

    def inside(self, word: str) -> tuple[list[Word], bool] | None:
        """The numerals of which a word is made, and whether something else ends it."""
        pieces, links, tails = self.tables.pieces, self.tables.links, self.tables.after_pieces
        longest = 14
        # ways[k]: the fewest pieces that make word[:k]; the fewest, so that "siebzehn" is one.
        ways: dict[int, list[Word]] = {0: []}
        best: tuple[list[Word], bool] | None = None
        for at in range(len(word)):
            if at not in ways:
                continue
            if at and any(word.startswith(tail, at) for tail in tails):
                best = ways[at], True
            for end in range(at + 1, min(len(word), at + longest) + 1):
                piece = word[at:end]
                if piece in pieces:
                    grown = [*ways[at], pieces[piece]]
                elif at and piece in links:
                    grown = [*ways[at], Word("link", Fraction(0))]
                else:
                    continue
                if end not in ways or len(grown) < len(ways[end]):
                    ways[end] = grown
        if len(word) in ways and len(ways[len(word)]) > 1:
            return ways[len(word)], False
        return best if best and best[0] and best[0][-1].role != "link" else None

    # One number

    def number(self, i: int) -> _Found | None:
        """The number that starts at token i."""
        token = self.tokens[i]
        if token.kind in ("digits", "grouped", "vulgar"):
            return self.from_digits(i)
        if token.kind == "han":
            return self.from_han(i)
        if token.kind == "word":
            return self.from_words(i)
        return None

    def from_han(self, i: int) -> _Found | None:
        token = self.tokens[i]
        ordinal = token.raw.startswith("第")
        read = read_han(token.raw.removeprefix("第"))
        if read is None:
            return None
        readings, weak, single = read
        ahead = self.plain[token.start - 1 : token.start]
        after = self.plain[token.end : token.end + 2]
        if ahead and ahead in "数數几幾上每好" and not token.raw[0].isdigit():
            weak = True  # 数百 is "hundreds"
        elif (
            single
            and readings[0] > 1
            and readings[0] < 100
            and after[:1]
            and after[:1] in self.tables.classifiers
        ):
            weak = (token.raw == "十" and after[0] == "分") or token.raw + after[:1] in _BOTH
        elif single and after in ("分之", "分の"):
            weak = False
        if ordinal:
            weak = True
        part = self.part_of(i, readings[0])
        if part is not None:
            return _Found(i, i + 2 + len(after), (part,), False, end=self.tokens[i + 1 + len(after)].end)
        return _Found(i, i + 1, tuple(readings), weak, scale=Fraction(1), end=token.end)

    def part_of(self, i: int, under: Fraction) -> Fraction | None:
        """三分之二: two of three."""
        token = self.tokens[i]
        after = self.plain[token.end : token.end + 2]
        if after not in ("分之", "分の") or i + 3 >= len(self.tokens) or under < 2:
            return None
        over = self.tokens[i + 3]
        if over.start != token.end + 2:
            return None
        if over.kind == "han":
            read = read_han(over.raw)
            return read[0][0] / under if read else None
        digits = _digits(over.raw, False) if over.kind == "digits" else []
        return digits[0] / under if digits else None

    def from_digits(self, i: int) -> _Found | None:
        token = self.tokens[i]
        if token.kind == "vulgar":
            readings = [Fraction(unicodedata.numeric(token.raw)).limit_denominator(10)]
        else:
            readings = _digits(token.raw, self.tables.comma)
        if not readings:
            return None
        nxt = i + 1
        follower = self.tokens[nxt] if nxt < len(self.tokens) else None
        gap = self.gap(nxt) if follower else "."
        if follower and follower.kind == "vulgar" and gap in ("", " ") and token.kind != "vulgar":
            readings = [readings[0] + Fraction(unicodedata.numeric(follower.raw)).limit_denominator(10)]
            nxt += 1
        elif follower and follower.kind == "digits" and gap in ("/", "⁄") and token.kind == "digits":
            ratio = _fraction(token.raw, follower.raw)
            if ratio is not None and not self.slashed(nxt + 1):
                readings, nxt = ratio, nxt + 1
        part = self.part_of(i, readings[0])
        if part is not None:
            return _Found(i, i + 4, (part,), False, end=self.tokens[i + 3].end)
        glued = self.glued_before(i)
        sign = self.plain[token.start - 1 : token.start]
        if sign in ("-", "\u2212") and not glued:
            ahead = self.plain[token.start - 2 : token.start - 1] if token.start > 1 else " "
            if ahead == "" or ahead in SPACES or ahead in "(\"'«“":
                # Words say it too ("5 degrees below zero"), so the number without its sign stays.
                readings = [-value for value in readings] + readings
        weak = glued
        readings, scale, last, end = self.grow(readings, nxt, self.tokens[nxt - 1].end)
        if scale == 1:
            after = self.tokens[last] if last < len(self.tokens) else None
            if after and after.kind == "word" and after.start == self.tokens[last - 1].end:
                weak = weak or self.glued_after(last)
        return _Found(i, last, tuple(readings), weak, scale=scale, end=end)

    def slashed(self, i: int) -> bool:
        """Is there a third part, as in 1/2/2020?"""
        return i < len(self.tokens) and self.gap(i) == "/" and self.tokens[i].kind == "digits"

    def glued_before(self, i: int) -> bool:
        """Do letters of a name stand right before, as in COP29 and F-16?"""
        start = self.tokens[i].start
        if start == 0:
            return False
        char = self.plain[start - 1]
        if char in _HYPHENS and start > 1:
            char = self.plain[start - 2]
        if not _is_letter(char):
            return False
        ahead = self.tokens[i - 1] if i else None
        return not (ahead and ahead.end == start and self.currency_before(i, 0))

    def glued_after(self, i: int) -> bool:
        """Is the word right after digits more than an ending or a unit?"""
        token = self.tokens[i]
        if not _is_letter(token.low[0]) or token.low in self.tables.endings:
            return False
        return self.phrase(i, self.tables.units) is None

    def grow(
        self, readings: list[Fraction], i: int, end: int, depth: int = 2
    ) -> tuple[list[Fraction], Fraction, int, int]:
        """Digits and the scale after them: "5 million", "1,5 Mio.", "5 min 300", "2½ million"."""
        scale = Fraction(1)
        if i < len(self.tokens) and self.near(i):
            half = self.phrase(i, self.tables.halves)
            part = self.phrase(i, self.tables.words)
            if half:
                readings = [value + half[0] for value in readings]
                i, end = half[1], self.tokens[half[1] - 1].end
            elif part and part[0].role == "part" and part[0].value < Fraction(1, 2):
                grown = [value * part[0].value for value in readings]
                return grown, scale, part[1], self.tokens[part[1] - 1].end
        while self.near(i) and scale < 10**9:
            step = self.word(i, after_digits=True)
            if step is None or len(step[0]) > 1:
                break
            word, after, _ = step[0][0], step[1], step[2]
            if word.role not in ("scale", "short") and not (word.role == "number" and word.value == 100):
                break
            if word.role == "short" and self.tokens[i].raw == "m" and self.gap(i):
                break  # `5 m` with a space is five metres
            scale *= word.value
            i, end = after, self.tokens[after - 1].end
            if word.role == "short" and len(self.tokens[i - 1].raw) == 1:
                # 5m may be metres, 4K a screen.
                return [v * scale for v in readings] + readings, scale, i, end
        if scale == 1:
            return readings, scale, i, end
        more = self.phrase(i, self.tables.halves) if self.near(i) else None
        if more:
            readings, i = [value + more[0] for value in readings], more[1]
            end = self.tokens[i - 1].end
        grown = [value * scale for value in readings]
        if depth and self.near(i) and self.gap(i)[:1] in tuple(SPACES):
            grown, i, end = self.smaller(grown, scale, i, end, depth - 1)
        return grown, scale, i, end

    def smaller(
        self, grown: list[Fraction], scale: Fraction, i: int, end: int, depth: int
    ) -> tuple[list[Fraction], int, int]:
        """`2 million 300 thousand`, `5 min 300`."""
        if self.tokens[i].kind not in ("digits", "grouped"):
            return grown, i, end
        rest = _digits(self.tokens[i].raw, self.tables.comma)[:1]
        if not rest or rest[0].denominator != 1 or len(self.tokens[i].raw) > 3:
            return grown, i, end
        nested, inner, last, stop = self.grow(rest, i + 1, self.tokens[i].end, depth)
        if nested[0] >= scale or (inner == 1 and scale != 1000):
            return grown, i, end
        return [grown[0] + nested[0]], last, stop

    def from_words(self, i: int) -> _Found | None:
        """A number that is written in words."""
        step = self.word(i)
        if step is None:
            return self.roman(i)
        tail = ""
        run = Run(self.tables)
        weak, ended = True, False
        at = i
        end = self.tokens[i].end
        while step is not None and not ended:
            words, after, ended = step
            if not run.take_all(words):
                break
            weak = weak and all(word.weak or word.role in ("ordinal", "link") for word in words)
            at, end = after, self.tokens[after - 1].end
            if ended:
                tail = self.tail_unit(self.tokens[at - 1].low)
            if run.closed or not self.near(at):
                break
            half = self.phrase(at, self.tables.halves)
            if half and run.take(Word("and_half", half[0])):
                at, end = half[1], self.tokens[half[1] - 1].end
                if not self.near(at):
                    break
            link = self.tokens[at].low in self.tables.links
            if link and self.near(at + 1):
                step = self.word(at + 1)
                if step is None or not run.may_link(step[0]):
                    break
                run.linked = True
            else:
                step = self.word(at)
                run.linked = False
        if at == i or run.value is None:
            return None
        value = run.value
        if run.only_scale and any(self.tokens[k].low not in self.tables.bare for k in range(i, at)):
            weak = True
        if run.ordinal or run.part or value in (0, 1):
            weak = True
        readings = [value, *run.others]
        return _Found(i, at, tuple(readings), weak, tail, run.scale, end)

    def tail_unit(self, word: str) -> str:
        """The unit inside a compound: "двухметровый"."""
        for tail in self.tables.after_pieces:
            at = word.find(tail, 2)
            if at > 0:
                unit = self.tables.units.stem(word[at:], 9)
                if unit is not None:
                    return unit
        return ""

    def roman(self, i: int) -> _Found | None:
        """II as in World War II: the other side may have a digit or a word for it."""
        raw = self.tokens[i].raw
        if not _ROMAN.match(raw):
            return None
        value = {"X": 10, "I": 1, "V": 5}
        total = 0
        for one, after in zip(raw, raw[1:] + " ", strict=True):
            total += -value[one] if value.get(after, 0) > value[one] else value[one]
        return _Found(i, i + 1, (Fraction(total),), True, end=self.tokens[i].end)

    # Units and ranges

    def with_unit(self, number: _Found, floor: int) -> _Found:
        """The number with the unit before or after it."""
        unit, last, end = number.unit, number.last, number.end
        at = number.last
        before = self.currency_before(number.first, floor)
        if at < len(self.tokens) and self.unit_gap(at):
            match = self.unit_at(at)
            if match is None and self.tokens[at].low in self.tables.of and self.near(at + 1, "'’"):
                match = self.unit_at(at + 1)
            if match:
                unit, last = match
                end = self.tokens[last - 1].end
                if unit in _COUNTED:
                    many, kept, unit = _COUNTED[unit]
                    counted = tuple(many * value for value in number.readings)
                    readings = (*counted, *number.readings) if kept else counted
                    return _Found(number.first, last, readings, number.weak, unit, number.scale, end)
        # "$5 million" and "yüzde 5 puan": what stands after says more of percentages, less of money.
        if before and (before != "percent" or not unit):
            unit = before
        return _Found(number.first, last, number.readings, number.weak, unit, number.scale, end)

    def unit_gap(self, i: int) -> bool:
        gap = self.gap(i).removeprefix(".").removeprefix("'").removeprefix("’")
        return len(gap) <= 2 and all(c in SPACES or c in _HYPHENS for c in gap)

    def unit_at(self, i: int) -> tuple[str, int] | None:
        match = self.phrase(i, self.tables.units, "/.'’")
        if match:
            return match
        token = self.tokens[i]
        if token.kind == "word":
            unit = self.tables.units.stem(token.low, 9)
            if unit is not None:
                return unit, i + 1
        return None

    def currency_before(self, i: int, floor: int) -> str:
        """The unit before token i, at or after token `floor`."""
        if i <= floor or not self.near_before(i):
            return ""
        for n in (3, 2, 1):
            start = i - n
            if start < floor:
                continue
            match = self.phrase(start, self.tables.before, ".")
            if match and match[1] == i:
                return match[0]
        return ""

    def near_before(self, i: int) -> bool:
        gap = self.gap(i)
        return len(gap) <= 2 and all(c in SPACES or c in ".-\u2212" for c in gap)

    def ranged(self, one: _Found, other: _Found) -> tuple[_Found, _Found]:
        """What two numbers next to each other give each other, last first: in "5-7 million euros"
        the five has the scale and the unit too, and in 2019-20 the 20 is also 2020."""
        between = self.plain[one.end : self.tokens[other.first].start]
        if len(between) > 16:
            return other, one
        bare = between.strip(SPACES)
        dash = bare != "" and all(c in _DASHES for c in bare)
        if bare in ("/", "-", "–") and between == bare:
            year = one.readings[0]
            short = self.plain[self.tokens[other.first].start : other.end]
            if year.denominator == 1 and 1000 <= year < 2200 and len(short) == 2 and short.isdigit():
                whole = year - year % 100 + int(short)
                if whole > year:
                    other = _replace(other, readings=(*other.readings, whole))
        if not dash and bare not in self.tables.ranges:
            return other, one
        readings = one.readings
        if one.scale == 1 and other.scale != 1 and max(readings) < 1000:
            readings = (*readings, *(value * other.scale for value in readings))
        unit = one.unit or other.unit
        if dash and not other.unit:
            other = _replace(other, unit=one.unit)
        return other, _replace(one, readings=readings, unit=unit)


def _replace(number: _Found, readings: tuple[Fraction, ...] | None = None, unit: str | None = None) -> _Found:
    return _Found(
        number.first,
        number.last,
        number.readings if readings is None else readings,
        number.weak,
        number.unit if unit is None else unit,
        number.scale,
        number.end,
    )


def _is_letter(char: str) -> bool:
    """A letter of a script that parts words by spaces and has no prefixes that join digits."""
    return char.isalpha() and not (
        "\u2e80" <= char <= "\uffef" or "\u0590" <= char <= "\u07ff" or "\u0e00" <= char <= "\u109f"
    )


def _same(word: str, form: str) -> bool:
    return word == form or (form[-1] == "*" and word.startswith(form[:-1]))


def _digits(raw: str, comma: bool) -> list[Fraction]:
    """What digits with separators may mean, the likeliest first; nothing where they are no number."""
    raw = raw.translate({0x2019: "'"})
    for space in SPACES:
        raw = raw.replace(space, "'")
    parts = re.split(r"[.,'٫٬·]", raw)
    seps = re.findall(r"[.,'٫٬·]", raw)
    if any(len(part) > MAX_DIGITS for part in parts) or len(parts) > 8:
        return []
    if not seps:
        return [Fraction(int(raw))]
    whole = Fraction(int("".join(parts)))
    grouped = (
        1 <= len(parts[0]) <= 3
        and parts[0] != "0"
        and (
            all(len(part) == 3 for part in parts[1:])
            or (len(parts) > 2 and len(parts[-1]) == 3 and all(len(part) == 2 for part in parts[1:-1]))
        )
    )
    last = Fraction(int("".join(parts)), 10 ** len(parts[-1]))
    if len(set(seps)) == 1:
        sep = seps[0]
        if len(seps) > 1:
            return [whole] if grouped else []
        if sep in ".,·٫" and not grouped:
            return [last]
        if sep == "٫":
            return [last]
        if sep in "'٬":
            return [whole] if grouped else []
        decimal = sep == "·" or (sep == ",") == comma
        if int(parts[1]) == 0:
            return [whole]  # no one writes 100.000 for a hundred
        return [last, whole] if decimal else [whole, last]
    *groups, point = seps
    if len(set(groups)) != 1 or point in "'٬":
        return []
    if not (1 <= len(parts[0]) <= 3 and all(2 <= len(part) <= 3 for part in parts[1:-1])):
        return []
    return [last]


def _fraction(over: str, under: str) -> list[Fraction] | None:
    """1/2 and 3/4 are parts; 24/7 and 9/11 are not."""
    if len(over) > 2 or len(under) > 2 or not (over + under).isdigit():
        return None
    a, b = int(over), int(under)
    return [Fraction(a, b)] if 0 < a < b <= 10 else None
