"""A text cut into what may belong to numbers: words, digits and symbols.

Not by `text.tokens`, whose tokens are folded and never hold a space: here `1 000` is one token, digits of
every script are ASCII beforehand, and `M` is not `m`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlcheck.data import Span
from mlcheck.facts.numbers.digits import MAX_DIGITS, SPACES, read_digits
from mlcheck.facts.numbers.han import HAN_NUMBER
from mlcheck.text import UNSEEN

__all__ = ["HAN_TOKEN", "KOREAN_NUMBER", "KOREAN_TOKEN", "TOKEN", "Token", "number_tokens", "plain_text"]


# Vowels of Indic scripts are marks, which belong to the word; the signs of currencies among them do not.
_SIGNS = (
    "\u0300-\u036f\u0591-\u05bd\u0900-\u0963\u0970-\u09f1\u09fc-\u0af0\u0af2-\u0bf8\u0bfa-\u0dff"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
)
_WORD_LETTER = "[^\\W0-9_½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
# Every repetition is over disjoint classes or bounded, so that matching is linear in the text.
_TOKENS = (
    rf"(?P<grouped>[0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}}){{1,6}}(?![0-9])(?:[.,٫][0-9]{{1,18}}(?![0-9]))?)"
    r"|(?P<digits>[0-9]+(?:[.,'’٫٬·][0-9]+)*)"
    r"|(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    rf"|(?P<word>{_WORD_LETTER}+(?:[{_SIGNS}]{_WORD_LETTER}*)*)"
    r"|(?P<symbol>[%‰٪$€£¥¢₠-⃏﹩＄￡￥°℃℉№])"
)
TOKEN = re.compile(_TOKENS)
# 3천500만, 1만 2500: digits and scales in turns, as in Chinese, with spaces between them.
KOREAN_NUMBER = re.compile(
    r"[0-9]+(?:[.,][0-9]+)*(?: ?(?:[백천]?[만억조]|[백천])(?: ?[0-9]+(?:,[0-9]+)*(?= ?[백천만억조]))?)+"
)
_KOREAN_HAN = (
    r"[0-9]+(?:[.,][0-9]+)*(?: ?(?:[百千]?[万億兆]|[百千])(?: ?[0-9]+(?:,[0-9]+)*(?= ?[百千万億兆]))?)+"
    r"(?:(?: ?[0-9]{3,4}|[0-9]{1,2})(?![0-9.,]))?"
)
KOREAN_TOKEN = re.compile(rf"(?P<han>{_KOREAN_HAN})|{_TOKENS}")
# Without spaces between words, each letter is a token.
_LETTER = "\u3005-\u30ff\u3400-\u9fff"
HAN_TOKEN = re.compile(
    rf"(?P<han>第?{HAN_NUMBER})|(?P<letter>[{_LETTER}])|{_TOKENS.replace('[^', f'[^{_LETTER}')}"
)

# What is not seen, and what Arabic may leave out: the tatweel and the signs of vowels; and selectors of how a
# character is shown.
_IGNORED = re.compile(f"[{UNSEEN}\u0640\u064b-\u0652\u0670\u2065\ufe0e\ufe0f]")
_DIGITS = re.compile("[0-9]+")
_LEFT_ALONE = re.compile(
    r"https?://[!-~]+"
    r"|www\.[!-~]+"
    r"|[#@][\w.]*[^\W0-9][\w.]*"
    r"|(?<![0-9])[0-9]++(?:\.[0-9]++){2,}"
)
_SPACE = "[ \u00a0\u202f./\u2010\u2011\u2013-]"
_PHONE = re.compile(
    # +7 (495) 123-45-67, (212) 555-0123, 8 (495) …, 030/12345678, 00 49 30 …
    r"(?<![0-9.,])(?<![0-9][ \u00a0\u202f])"
    r"(?:\+[0-9]{1,15}|\+?\([0-9]{1,5}\)|00?[1-9][0-9]{0,3}|[0-9] ?\([0-9]{2,5}\))"
    rf"(?:(?:{_SPACE}|(?<=\)))(?:{_SPACE})?\(?[0-9]{{1,8}}\)?(?![0-9.,][0-9])){{1,8}}"
    rf"(?:/[0-9]{{1,4}}(?![0-9]))?"
    r"|(?<![0-9.,])\+[0-9]{9,15}(?:/[0-9]{1,4})?(?![0-9])"
    # 212-555-0123
    r"|(?<![0-9.,-])[0-9]{3}-[0-9]{3}-[0-9]{2}-?[0-9]{2}(?![0-9-])"
)
_CODE = re.compile(
    # IBAN and ISBN.
    r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])"
    r"|ISBN(?:-1[03])?:? ?[0-9][0-9 -]{8,16}[0-9X]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number in digits or a symbol; `low` is lower case, `start` and `end` are places in the plain
    text."""

    kind: str
    start: int
    end: int
    low: str
    raw: str


def plain_text(text: str) -> tuple[str, list[int] | None]:
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


def number_tokens(
    plain: str, low: str, places: list[int] | None, taken: list[Span], pattern: re.Pattern[str]
) -> list[Token]:
    """The tokens that may belong to numbers; those of addresses, telephone numbers and `taken` not.

    `low` is the plain text in lower case, `places` where its characters stand in the text that `taken` is
    of, as `plain_text` gives it.
    """
    shut = _left_alone(plain, places, taken)
    tokens, k, over = [], 0, 0
    for match in pattern.finditer(plain):
        start, end = match.span()
        while k < len(shut) and shut[k][0] < end:
            over = max(over, shut[k][1])
            k += 1
        if start < over:
            continue
        kind = match.lastgroup or ""
        kind = "word" if kind == "letter" else kind
        raw = match.group()
        if kind == "digits" and len(raw) < 4 * MAX_DIGITS and not read_digits(raw, False):
            # A list without spaces ("1,2,3"), feet and inches (5'10): each for itself.
            tokens += [
                Token(kind, start + m.start(), start + m.end(), m.group(), m.group())
                for m in _DIGITS.finditer(raw)
            ]
            continue
        tokens.append(Token(kind, start, end, low[start:end], raw))
    return tokens


def _left_alone(plain: str, places: list[int] | None, taken: list[Span]) -> list[tuple[int, int]]:
    """Where no number is looked for: addresses, versions, telephone numbers, and what is taken."""
    shut = [(m.start(), m.end()) for m in _LEFT_ALONE.finditer(plain) if _is_address(m.group())]
    shut += [(m.start(), m.end()) for m in _PHONE.finditer(plain) if sum(map(str.isdigit, m.group())) >= 7]
    shut += [(m.start(), m.end()) for m in _CODE.finditer(plain)]
    shut += list(_mails(plain))
    if taken:
        where = range(len(plain)) if places is None else places
        shut += _within(where, taken)
    return sorted(shut)


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
    return [(bisect_left(where, span.start), bisect_left(where, span.end)) for span in taken]
