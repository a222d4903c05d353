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

from collections.abc import Sequence

from mlcheck.data import Span
from mlcheck.facts.fact import Fact
from mlcheck.facts.numbers.digits import shown
from mlcheck.facts.numbers.from_digits import from_digits
from mlcheck.facts.numbers.from_han import from_han
from mlcheck.facts.numbers.from_words import from_words
from mlcheck.facts.numbers.number_text import Found, NumberText
from mlcheck.facts.numbers.ranges import ranged
from mlcheck.facts.numbers.shares import every_nth, shared
from mlcheck.facts.numbers.tokens import Token, number_tokens, plain_text
from mlcheck.facts.numbers.units_beside import sure_amount, with_unit
from mlcheck.facts.numbers.wholes import joined
from mlcheck.facts.numbers.words import lower, number_words, pattern_of, whole
from mlcheck.languages import base

__all__ = ["numbers"]


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
    plain, places = plain_text(text)
    plain = whole(plain, code)
    low = lower(plain, code)
    tokens = number_tokens(plain, low, places, sorted(taken), pattern_of(code))
    cut = NumberText(plain, tokens, number_words(code))
    return [_fact(text, places, tokens, one) for one in joined(cut, _read(cut))]


def _fact(text: str, places: list[int] | None, tokens: Sequence[Token], found: Found) -> Fact:
    """The number as a fact of the text, in which the plain text's characters stand at `places`."""
    start, end = tokens[found.first].start, found.end
    span = Span(start, end) if places is None else Span(places[start], places[end - 1] + 1)
    values = tuple(dict.fromkeys((shown(value),) for value in found.readings))
    return Fact(
        kind="number",
        span=span,
        text=text[span.start : span.end],
        readings=values,
        unit=found.unit,
        weak=found.weak,
        ordinal=found.ordinal,
        parts=tuple(_fact(text, places, tokens, part) for part in found.parts),
    )


def _read(text: NumberText) -> list[Found]:
    """All numbers, in order."""
    found: list[Found] = []
    i = 0
    while i < len(text.tokens):
        number = _number(text, i)
        if number is None:
            i += 1
            continue
        number = with_unit(text, number, found[-1].last if found else 0)
        if number.weak:
            number = every_nth(text, sure_amount(text, number))
        if found:
            number, found[-1] = ranged(text, found[-1], number)
            number, found[-1] = shared(text, found[-1], number)
        found.append(number)
        i = number.last
    return found


def _number(text: NumberText, i: int) -> Found | None:
    """The number that starts at token i."""
    token = text.tokens[i]
    lasting = text.phrase(i, text.words.durations, "'’") if token.kind in ("word", "han") else None
    if lasting is not None:
        (readings, unit), last = lasting
        return Found(i, last, readings, weak=not unit, unit=unit, end=text.tokens[last - 1].end)
    if token.kind in ("digits", "grouped", "vulgar"):
        return from_digits(text, i)
    if token.kind == "han":
        return from_han(text, i)
    if token.kind == "word":
        return from_words(text, i)
    return None
