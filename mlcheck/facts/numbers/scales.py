"""Digits and the scale after them: "5 million", "2½ million", "2 million 300 thousand"."""

from __future__ import annotations

from fractions import Fraction

from mlcheck.facts.numbers.digits import SPACES, read_digits
from mlcheck.facts.numbers.from_words import number_words_at
from mlcheck.facts.numbers.number_text import NumberText

__all__ = ["with_scale"]

_ONE = Fraction(1)
_ANY_SCALE = tuple(map(Fraction, (10**3, 10**6, 10**9, 10**4, 10**5, 10**7, 10**8)))
"""Of what a number may be so many: thousands, 万, lakhs and the rest."""


def with_scale(
    text: NumberText, readings: list[Fraction], i: int, end: int, depth: int = 2
) -> tuple[list[Fraction], Fraction, int, int]:
    """Digits and the scale after them: "5 million", "1,5 Mio.", "5 min 300", "2½ million"."""
    scale = _ONE
    if not text.near(i):
        return readings, scale, i, end
    half = text.phrase(i, text.words.halves)
    part = text.phrase(i, text.words.words)
    if half:
        readings = [value + half[0] for value in readings]
        i, end = half[1], text.tokens[half[1] - 1].end
    elif part and part[0].role == "part" and part[0].value < Fraction(1, 2):
        grown = [value * part[0].value for value in readings]
        return grown, scale, part[1], text.tokens[part[1] - 1].end
    while text.near(i) and scale < 10**9:
        step = number_words_at(text, i, after_digits=True)
        if step is None:
            unsure = _unsure_scale(text, i)
            if unsure is None:
                break
            scale *= unsure
            return [v * scale for v in readings] + readings, scale, i + 1, text.tokens[i].end
        if len(step[0]) > 1:
            break
        word, after = step[0][0], step[1]
        if word.role not in ("scale", "short") and not (word.role == "number" and word.value == 100):
            break
        if word.role == "short" and text.tokens[i].raw == "m" and text.gap(i):
            break  # `5 m` with a space is five metres
        scale *= word.value
        i, end = after, text.tokens[after - 1].end
        if word.role == "short" and len(text.tokens[i - 1].raw) == 1:
            # 5m may be metres, 4K a screen.
            return [v * scale for v in readings] + readings, scale, i, end
    if scale is _ONE:
        if text.words.open_scale and text.tokens[i].kind == "word" and text.gap(i):
            readings = [*readings, *(v * power for power in _ANY_SCALE for v in readings)]
        return readings, scale, i, end
    more = text.phrase(i, text.words.halves) if text.near(i) else None
    if more:
        readings, i = [value + more[0] for value in readings], more[1]
        end = text.tokens[i - 1].end
    grown = [value * scale for value in readings]
    if depth and text.near(i) and text.gap(i)[:1] in tuple(SPACES):
        grown, i, end = _smaller(text, grown, scale, i, end, depth - 1)
    return grown, scale, i, end


def _unsure_scale(text: NumberText, i: int) -> Fraction | None:
    """The scale that the word at token i begins with: a form that nobody has written down, or, where no spaces
    part words, a scale with the next words."""
    known, token = text.words, text.tokens[i]
    if not known.scale_stems or token.kind != "word":
        return None
    for end in range(len(token.low), max(0, len(token.low) - known.scale_endings - 1), -1):
        if token.low[:end] in known.scale_stems:
            return known.scale_stems[token.low[:end]]
    return None


def _smaller(
    text: NumberText, grown: list[Fraction], scale: Fraction, i: int, end: int, depth: int
) -> tuple[list[Fraction], int, int]:
    """`2 million 300 thousand`, `5 min 300`."""
    if text.tokens[i].kind not in ("digits", "grouped"):
        return grown, i, end
    rest = read_digits(text.tokens[i].raw, text.words.comma)[:1]
    if not rest or rest[0].denominator != 1 or len(text.tokens[i].raw) > 3:
        return grown, i, end
    nested, inner, last, stop = with_scale(text, rest, i + 1, text.tokens[i].end, depth)
    if nested[0] >= scale or (inner == 1 and scale != 1000):
        return grown, i, end
    return [grown[0] + nested[0]], last, stop
