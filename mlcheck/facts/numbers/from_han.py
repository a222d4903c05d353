"""A number in Han numerals, with what stands around it."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.facts.numbers.digits import read_digits
from mlcheck.facts.numbers.han import read_han
from mlcheck.facts.numbers.number_text import Found, NumberText
from mlcheck.facts.numbers.percent import percent_of

__all__ = ["from_han", "part_of"]

_BOTH = ("两国", "两队", "两党", "两岸", "两方", "两者", "两地", "两边", "两人")
"""These say "both" as often as "two"."""


def from_han(text: NumberText, i: int) -> Found | None:
    """The number of Han numerals at token i."""
    token = text.tokens[i]
    ordinal = token.raw.startswith("第")
    read = read_han(token.raw.removeprefix("第"))
    if read is None:
        return None
    readings, weak, single = read
    ahead = text.plain[token.start - 1 : token.start]
    after = text.plain[token.end : token.end + 2]
    if ahead and ahead in "数數几幾上每好" and not token.raw[0].isdigit():
        weak = True  # 数百 is "hundreds"
    elif (
        single and readings[0] > 1 and readings[0] < 100 and after[:1] and after[:1] in text.words.classifiers
    ):
        weak = (token.raw == "十" and after[0] == "分") or token.raw + after[:1] in _BOTH
    elif single and after in ("分之", "分の"):
        weak = False
    if ordinal:
        weak = True
    if text.words.language == "ko" and token.raw[-1] == "兆" and token.raw[:-1].isdigit():
        readings = [*readings, Fraction(int(token.raw[:-1]))]  # 조 is an article of a law, too
    part = part_of(text, i, readings[0])
    if part is not None:
        return Found(
            i, i + 2 + len(after), (part, *percent_of(part)), False, end=text.tokens[i + 1 + len(after)].end
        )
    return Found(i, i + 1, tuple(readings), weak, scale=Fraction(1), end=token.end, ordinal=ordinal)


def part_of(text: NumberText, i: int, under: Fraction) -> Fraction | None:
    """三分之二: two of three."""
    token = text.tokens[i]
    after = text.plain[token.end : token.end + 2]
    if after not in ("分之", "分の") or i + 3 >= len(text.tokens) or under < 2:
        return None
    over = text.tokens[i + 3]
    if over.start != token.end + 2:
        return None
    if over.kind == "han":
        read = read_han(over.raw)
        return read[0][0] / under if read else None
    digits = read_digits(over.raw, False) if over.kind == "digits" else []
    return digits[0] / under if digits else None
