"""Language codes and names."""

from __future__ import annotations

__all__ = ["base", "is_known", "name"]


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
