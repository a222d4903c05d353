"""A number that is another, or has changed places with one beside it."""

from __future__ import annotations

import random
import re
from collections import defaultdict

from training.judge.plant.quads import Edits
from training.judge.texts import Row

__all__ = ["exchange_numbers", "number"]

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,   ]\d{3}(?!\d)|[.,]\d+)*(?!\w)")


def _numbers(text: str) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for m in _NUMBER.finditer(text):
        found["".join(c for c in m.group() if c.isdigit())].append(m.span())
    return found


def _put_digits(old: str, digits: str) -> str:
    left = iter(digits)
    return "".join(next(left) if c.isdigit() else c for c in old)


def _shared_numbers(row: Row) -> dict[str, dict[str, tuple[int, int]]]:
    """Digits, to their place in each language that has them once."""
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for language, text in row.texts.items():
        for digits, places in _numbers(text).items():
            if len(places) == 1:
                found[digits][language] = places[0]
    return found


def number(row: Row, rng: random.Random) -> Edits | None:
    found = {d: where for d, where in _shared_numbers(row).items() if "en" in where or len(where) > 1}
    if not found:
        return None
    digits = rng.choice(sorted(found))
    new = digits
    while new == digits:
        way = rng.random()
        if way < 0.6 or len(digits) == 1:
            at = 0 if len(digits) == 1 else rng.randrange(max(1, len(digits) - (rng.random() < 0.7)))
            new = digits[:at] + rng.choice("123456789") + digits[at + 1 :]
        elif way < 0.75:
            new = "".join(rng.sample(digits, len(digits)))
            if len(set(digits)) == 1 or new.startswith("0"):
                new = digits[:-1] + rng.choice("0123456789")
        else:
            new = rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in digits[1:])
    return {
        language: [(*span, _put_digits(row.texts[language][slice(*span)], new))]
        for language, span in found[digits].items()
    }


def exchange_numbers(row: Row, rng: random.Random) -> Edits | None:
    found = sorted(_shared_numbers(row).items())
    pairs = [
        (a, b)
        for k, a in enumerate(found)
        for b in found[k + 1 :]
        if len(a[0]) == len(b[0]) and len(a[1].keys() & b[1].keys()) > 0
    ]
    if not pairs:
        return None
    (one, at), (two, there) = rng.choice(pairs)
    return {
        language: [
            (*at[language], _put_digits(row.texts[language][slice(*at[language])], two)),
            (*there[language], _put_digits(row.texts[language][slice(*there[language])], one)),
        ]
        for language in at.keys() & there.keys()
    }
