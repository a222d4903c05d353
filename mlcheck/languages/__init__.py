"""What is known of a language, in one place: its record, and its code.

`language(code)` gives the record of any language; what is known beyond CLDR stands in `CODE.toml`, a file a
language, in one notation for the forms of words (`notation.py`). `docs/language-files.md` says what each key
means. `every(section)` gives a section of all files, for what is asked before the language is known.

Nothing is read, and babel is not imported, before a language is asked for.

>>> language("zh-TW").spaced, language("nb") is language("no"), fold("ISPARTA", "tr")
(False, True, 'ısparta')
"""

from __future__ import annotations

from typing import Literal

from mlcheck.languages.cldr import Calendar, is_known, locale, name
from mlcheck.languages.codes import base, is_code, normalise
from mlcheck.languages.fold import caseless, fold, lower
from mlcheck.languages.load import codes, every, language
from mlcheck.languages.named import code_named
from mlcheck.languages.record import (
    Background,
    Detection,
    Endings,
    Language,
    Numbers,
    Page,
    Quotes,
    Sentences,
)
from mlcheck.languages.scripts import KATAKANA, UNSPACED

__all__ = [
    "FIRST_CLASS",
    "KATAKANA",
    "UNSPACED",
    "Background",
    "Calendar",
    "Detection",
    "Endings",
    "Language",
    "Numbers",
    "Page",
    "Quotes",
    "Sentences",
    "base",
    "caseless",
    "code_named",
    "codes",
    "direction",
    "every",
    "fold",
    "is_code",
    "is_known",
    "language",
    "locale",
    "lower",
    "name",
    "normalise",
]

FIRST_CLASS = ("en", "ru", "az", "tr", "de", "fr", "es", "it", "uk", "zh", "ja", "ar")
"""Languages whose words of numbers, dates, negations and names somebody has written down."""


def direction(code: str) -> Literal["ltr", "rtl"]:
    """Which way a text is written: as the script of its tag is (`az-Arab` is `rtl`), else the language's
    own, and `ltr` where nothing is known."""
    return language(code).direction
