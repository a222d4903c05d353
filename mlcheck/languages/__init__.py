"""Language codes and names."""

from __future__ import annotations

from typing import Literal

__all__ = ["base", "direction", "is_known", "name"]


def base(code: str) -> str:
    """The language of a BCP 47 tag: `zh-Hant-TW` gives `zh`."""
    return code.replace("_", "-").split("-")[0].lower()


def name(code: str) -> str:
    """The language's name in English, or the code where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(base(code)).get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code


def is_known(code: str) -> bool:
    """Does CLDR know the language of a BCP 47 tag?"""
    from babel import Locale, UnknownLocaleError

    try:
        Locale(base(code))
    except (UnknownLocaleError, ValueError):
        return False
    return True


def direction(code: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written: as the script of its tag is (`az-Arab` is `rtl`), else by CLDR,
    and `ltr` where that has nothing."""
    from babel import Locale, UnknownLocaleError

    for part in code.replace("_", "-").split("-")[1:]:
        if len(part) == 4 and part.isalpha():
            return "rtl" if part.title() in _RIGHT_TO_LEFT else "ltr"
    try:
        return "rtl" if Locale(base(code)).character_order == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "ltr"


_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
"""Scripts of living languages; CLDR gives the order of a script only where it has a language in it."""
