"""A number that is written in words, or in Roman numerals."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.facts.numbers.compound import MAX_WORD, numerals_inside, unit_inside
from mlcheck.facts.numbers.number_text import Found, NumberText
from mlcheck.facts.numbers.run import Run
from mlcheck.facts.numbers.words import Word
from mlcheck.facts.roman import roman_value

__all__ = ["from_words", "number_words_at"]

_ROMAN = range(2, 6)
"""Letters of a Roman numeral that may be a number."""


def from_words(text: NumberText, i: int) -> Found | None:
    """A number that is written in words."""
    step = number_words_at(text, i)
    if step is None:
        return _roman(text, i)
    tail = ""
    run = Run(text.words)
    weak, ended = True, False
    at = i
    end = text.tokens[i].end
    while step is not None and not ended:
        words, after, ended = step
        if not run.take_all(words):
            break
        weak = weak and all(word.weak or word.role in ("ordinal", "link") for word in words)
        at, end = after, text.tokens[after - 1].end
        if ended:
            tail = unit_inside(text.tokens[at - 1].low, text.words)
        if run.closed or not text.near(at):
            break
        half = text.phrase(at, text.words.halves)
        if half and run.take(Word("and_half", half[0])):
            at, end = half[1], text.tokens[half[1] - 1].end
            if not text.near(at):
                break
        link = text.tokens[at].low in text.words.links
        if link and text.near(at + 1):
            step = number_words_at(text, at + 1)
            if step is None or not run.may_link(step[0]):
                break
            run.linked = True
        else:
            step = number_words_at(text, at) or _scale_after_filler(text, at)
            run.linked = False
    if at == i or run.value is None:
        return None
    value = run.value
    if run.only_scale and any(text.tokens[k].low not in text.words.bare for k in range(i, at)):
        weak = True
    if run.ordinal or run.part or value in (0, 1):
        weak = True
    readings = [value, *run.others]
    return Found(i, at, tuple(readings), weak, tail, run.scale, end, ordinal=run.ordinal)


def _scale_after_filler(text: NumberText, i: int) -> tuple[list[Word], int, bool] | None:
    """The scale of "six autres millions", at the token that stands before it."""
    if text.tokens[i].low not in text.words.fillers or not text.near(i + 1):
        return None
    step = number_words_at(text, i + 1)
    return step if step is not None and [word.role for word in step[0]] == ["scale"] else None


def number_words_at(
    text: NumberText, i: int, after_digits: bool = False
) -> tuple[list[Word], int, bool] | None:
    """The number words at token i (several in a German compound), the token after them, and
    whether a word such as "jährig" ended them."""
    if i >= len(text.tokens) or text.tokens[i].kind != "word":
        return None
    token = text.tokens[i]
    if after_digits and token.raw in text.words.cased:
        for words, meaning in text.words.words.first.get(token.raw, ()):
            if len(words) == 1 and meaning.role == "short":
                return [meaning], i + 1, False
    match = text.phrase(i, text.words.words)
    if match and match[0].role != "short":
        return [match[0]], match[1], False
    link = next((one for one in text.words.joined_links if token.low.startswith(one)), "")
    if link:
        match = text.phrase(i, text.words.words, skip=len(link))
        if match and match[0].role != "short":
            return [Word("link", Fraction(0)), match[0]], match[1], False
    if text.words.compound and 3 < len(token.low) <= MAX_WORD:
        parts = numerals_inside(token.low, text.words)
        if parts:
            return parts[0], i + 1, parts[1]
    return None


def _roman(text: NumberText, i: int) -> Found | None:
    """II as in World War II: the other side may have a digit or a word for it."""
    raw = text.tokens[i].raw
    value = roman_value(raw) if len(raw) in _ROMAN else None
    if value is None:
        return None
    return Found(i, i + 1, (Fraction(value),), True, end=text.tokens[i].end)
