"""Words, numbers and signs of a text, as the rules for dates, negations and sources see them; those for
numbers cut otherwise (`facts/numbers/tokens.py`)."""

from __future__ import annotations

import re
from typing import NamedTuple

from mlcheck.languages import fold
from mlcheck.text.invisible import UNSEEN

__all__ = ["Token", "tokens"]

_MARKS = "\u0300-\u036f\u0640\u064b-\u065f\u0670\u0483-\u0487"
# Apostrophes are signs, not letters: `d'avril`, `Nisan'da` and `Monday's` fall into their parts.
_TOKEN = re.compile(rf"(\d+)((?:[.,:/]\d+)+)?|((?:[^\W\d_\u02bc]|[{_MARKS}])+)|(\S)")
_SIGNS = str.maketrans("’ʼ‘`–—‑−，、،：（）", "''''----,,,:()")


class Token(NamedTuple):
    """`kind` is `d` (digits alone), `n` (digits with signs between, as `22:40`), `w` (a word) or `p`
    (one sign). `text` is folded; `capital` says whether it begins with a capital."""

    kind: str
    text: str
    start: int
    end: int
    capital: bool


def tokens(text: str, language: str) -> list[Token]:
    """The tokens of a text, in order; `language` is a base code."""
    found = []
    for match in _TOKEN.finditer(text):
        digits, rest, word, sign = match.groups()
        start, end = match.span()
        if word:
            found.append(Token("w", fold(word, language), start, end, word[0].isupper()))
        elif digits:
            found.append(Token("n" if rest else "d", match[0], start, end, False))
        elif sign not in UNSEEN:
            found.append(Token("p", sign.translate(_SIGNS), start, end, False))
    return found
