"""What CLDR has of a language, by babel: names, script, calendar and signs of numbers.

babel is imported when something is asked for. Before 2.19 it had a fault that made an answer depend on
which language was asked for before: after Azerbaijani, the stand-alone months of French were Azerbaijani.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from mlcheck.languages.codes import base, is_code, parts

if TYPE_CHECKING:
    from babel import Locale

__all__ = [
    "Calendar",
    "calendar",
    "decimal_sign",
    "group_sign",
    "is_known",
    "likely_script",
    "locale",
    "name",
]

_CODES = {"tl": "fil"}
"""Codes that CLDR has for languages whose usual code is another."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """CLDR's calendar of a language: context (`format`, `stand-alone`) to width (`wide`, `abbreviated`,
    `narrow`) to number to name. Months count from 1, weekdays from 0, which is Monday."""

    months: Mapping[str, Mapping[str, Mapping[int, str]]] = field(default_factory=dict)
    weekdays: Mapping[str, Mapping[str, Mapping[int, str]]] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    """Patterns of a date by their length: `short`, `medium`, `long`."""
    parts_of_day: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words for `am`, `pm`, `night`, `midday`, and for `noon` and `midnight`."""


def locale(code: str) -> Locale | None:
    """babel's locale of the language of a BCP 47 tag; None where CLDR has none, or it is no tag."""
    return _locale(base(code)) if is_code(code) else None


@cache
def _locale(language: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(_CODES.get(language, language))
    except (UnknownLocaleError, ValueError):
        return None


def is_known(code: str) -> bool:
    """Does CLDR know the language of a BCP 47 tag?"""
    return locale(code) is not None


def name(code: str) -> str:
    """The language's name in English, as exactly as the code says (Norwegian Bokmål); the code itself
    where CLDR has none."""
    from babel import Locale, UnknownLocaleError

    if not is_code(code):
        return code
    own = code.replace("_", "-").split("-")[0].lower()
    try:
        return Locale(_CODES.get(own, own)).get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        found = locale(code)
        return (found.get_display_name("en") if found else None) or code


def likely_script(code: str) -> str:
    """The script in which a language is written most, in the tag's region if it has one; empty where
    CLDR does not say."""
    from babel.core import get_global

    language, _, region = parts(code)
    tags: Mapping[str, str] = get_global("likely_subtags")
    for tag in (f"{language}_{region}", language):
        found = tags.get(tag, "").split("_")
        if len(found) > 1:
            return found[1]
    return ""


@cache
def calendar(code: str) -> Calendar:
    """The calendar of the language of a BCP 47 tag; empty where CLDR has none."""
    found = locale(code)
    if found is None:
        return Calendar()
    return Calendar(
        months=_table(found.months),
        weekdays=_table(found.days),
        patterns={
            width: str(getattr(pattern, "pattern", pattern)) for width, pattern in found.date_formats.items()
        },
        parts_of_day=_parts_of_day(found.day_periods),
    )


_PARTS_OF_DAY = {"morning": "am", "afternoon": "pm", "evening": "pm"}
"""What CLDR's periods say of an hour; the others are called as they are."""


def _parts_of_day(names: Mapping[str, Mapping[str, Mapping[str, str]]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for period, text in names.get(context, {}).get(width, {}).items():
                plain = period.rstrip("12")
                found.setdefault(_PARTS_OF_DAY.get(plain, plain), {})[text] = None
    return {part: tuple(texts) for part, texts in found.items()}


def _table(
    names: Mapping[str, Mapping[str, Mapping[int, str]]],
) -> Mapping[str, Mapping[str, Mapping[int, str]]]:
    """babel's lazy tables as plain ones."""
    return {
        context: {width: dict(names[context][width].items()) for width in names[context]} for context in names
    }


def decimal_sign(code: str) -> str:
    """The decimal sign of a language."""
    return _sign(code, "decimal", ".")


def group_sign(code: str) -> str:
    """The sign between groups of digits."""
    return _sign(code, "group", ",")


def _sign(code: str, key: str, default: str) -> str:
    found = locale(code)
    if found is None:
        return default
    signs = found.number_symbols.get("latn", {})
    return str(signs.get(key, default))
