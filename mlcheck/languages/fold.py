"""Small letters by the rules of a language: two letters i in Turkish and Azerbaijani, accents that do not
count, vowels that Arabic leaves out."""

from __future__ import annotations

import unicodedata
from functools import cache

from mlcheck.languages.load import language

__all__ = ["caseless", "fold", "lower"]

_DOTLESS = str.maketrans("İI", "iı")
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "\u0640": None}
                        | {chr(code): None for code in (*range(0x64B, 0x660), 0x670)})  # fmt: skip


@cache
def _rules(code: str) -> tuple[bool, bool]:
    writing = language(code).writing
    return writing.dotless_i, writing.accents_optional


def lower(text: str, code: str) -> str:
    """Small letters, with every character at its place: `str.lower` makes two of İ outside Turkish, and
    a wrong one of I in it."""
    if _rules(code)[0]:
        text = text.translate(_DOTLESS)
    low = text.lower()
    return low if len(low) == len(text) else "".join(letter.lower()[:1] for letter in text)


def fold(word: str, code: str) -> str:
    """A word in the form that is compared: small letters by the rules of the language, and without
    what its writers leave out (accents in French capitals, Arabic vowels, the dots of ё)."""
    dotless, unaccented = _rules(code)
    if word.isascii() and not dotless:
        return word.lower()
    word = unicodedata.normalize("NFC", word)
    if dotless:
        return word.translate(_DOTLESS).lower()
    word = word.lower()
    if unaccented:
        plain = unicodedata.normalize("NFD", word)
        return "".join(letter for letter in plain if not unicodedata.combining(letter))
    return word.replace("ё", "е").translate(_ARABIC)


def caseless(text: str) -> str:
    """A name in whatever case, of whatever language: a name in a text may be in the spelling of
    another language than the text's, so that İ and I are one letter."""
    # İ becomes i and a dot of its own, which is no letter.
    return text.casefold().replace("i\u0307", "i")
