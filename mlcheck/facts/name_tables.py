"""Names that sound says nothing of: countries, their languages and peoples, some cities, acronyms.

Countries, languages and cities are CLDR's, under the names that it has for them in either language.
What CLDR has not (Dutch, the UN) is in the `[names]` section of a language's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from mlcheck.languages import caseless, locale
from mlcheck.languages import language as record

__all__ = ["is_common", "known_names"]

_STEM = 4
"""Letters that a word and a form have in common at least, for the word to be an inflected or derived
form of it: Russia, Russians; Россия, российский."""
_ENDING = 3
"""Letters of a form that an ending may replace."""
_LONGER = 5
"""Letters by which a word may be longer than the form it is from."""

Forms = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]


def known_names(text: str, words: list[tuple[int, int]], language: str) -> list[frozenset[str]]:
    """For each of `words` (start, end in `text`), codes of what it names or is part of the name of:
    `DE` for a country or its people, `de` for a language, a CLDR zone for a city, an acronym. Empty
    where nothing is known. `language` is a base code such as `ru`."""
    found: list[set[str]] = [set() for _ in words]
    if _is_joined(language):
        for form, code in _flat(language):
            at = text.find(form)
            while at >= 0:
                for k, (start, end) in enumerate(words):
                    if start < at + len(form) and end > at:
                        found[k].add(code)
                at = text.find(form, at + 1)
        return [frozenset(codes) for codes in found]
    tokens = [caseless(text[start:end]) for start, end in words]
    forms = _forms(language)
    for k, token in enumerate(tokens):
        best = 0.0
        codes: list[tuple[str, int]] = []
        for parts, code in forms.get(token[:_STEM], ()):
            if k + len(parts) > len(tokens):
                continue
            fits = [_fit(tokens[k + n], part) for n, part in enumerate(parts)]
            if min(fits) <= 0:
                continue
            # The form that has most in common: Australian is not from Austria.
            score = sum(fits)
            if score > best:
                best, codes = score, []
            if score == best:
                codes.append((code, len(parts)))
        for code, count in codes:
            for n in range(count):
                found[k + n].add(code)
    return [frozenset(codes) for codes in found]


@lru_cache(maxsize=50_000)
def is_common(word: str, language: str) -> bool:
    """Is a word with a capital one that versions translate or leave out, though it be part of a name:
    Court, Minister, South; a month, a day? It is not missed. `language` is a base code."""
    word = caseless(word)
    stems = _common(language)
    # Верховн-ого: what an ending adds is short, and in English no more than a plural's.
    most = record(language).names.common_ending
    return word in stems or any(word[:size] in stems for size in range(max(4, len(word) - most), len(word)))


@cache
def _common(language: str) -> frozenset[str]:
    own = set(record(language).names.common)
    calendar = record(language).calendar
    for table in (calendar.months, calendar.weekdays):
        for width in ("wide", "abbreviated"):
            for name in table.get("stand-alone", {}).get(width, {}).values():
                name = caseless(name).strip(".")
                own.add(name if len(name) < 5 else name.rstrip("ьйя"))
    return frozenset(own)


def _is_joined(language: str) -> bool:
    """Are words not set apart, or have articles and prepositions in front?"""
    own = record(language)
    return not own.spaced or own.writing.clitics


def _fit(word: str, form: str) -> float:
    """How much of a form a word has, 0 where it is no form of it."""
    if word == form:
        return len(form) + 1.0
    common = 0
    for one, two in zip(word, form, strict=False):
        if one != two:
            break
        common += 1
    enough = common >= max(_STEM, len(form) - _ENDING) and len(word) <= len(form) + _LONGER
    return float(common) if enough else 0.0


@cache
def _flat(language: str) -> tuple[tuple[str, str], ...]:
    least = record(language).names.shortest
    return tuple(sorted({(form, code) for form, code in _all(language) if len(form) >= least}))


@cache
def _forms(language: str) -> Forms:
    table: dict[str, dict[tuple[tuple[str, ...], str], None]] = {}
    for form, code in sorted(set(_all(language))):
        parts = tuple("".join(c if c.isalnum() else " " for c in caseless(form)).split())
        if parts and (len(parts[0]) > 1 or len(parts) > 1):
            table.setdefault(parts[0][:_STEM], {})[parts, code] = None
    return {stem: tuple(entries) for stem, entries in table.items()}


def _all(language: str) -> list[tuple[str, str]]:
    """Forms in a language, and what each names."""
    from babel import Locale

    found: list[tuple[str, str]] = []
    own = locale(language)
    if own is None:
        return found
    found += [(name, code) for code, name in own.territories.items()]
    for code, name in own.languages.items():
        if len(code) <= 3:
            found += [(name, code), *((name, territory) for territory in _territory_of(code))]
    zones = own.time_zones
    for zone in map(str, Locale("ru").time_zones):
        city = zones[zone].get("city") if zone in zones else None
        if city is None and not _is_joined(language) and not zone.startswith(("Etc", "Antarctica")):
            city = zone.rsplit("/", 1)[-1].replace("_", " ")
        if city:
            found.append((str(city), zone))
    names = record(language).names
    for table in (names.acronyms, names.peoples):
        for code, forms in table.items():
            found += [(form, code) for form in forms]
    # Notes in brackets are CLDR's own: Myanmar (Burma).
    return [(form.split(" (")[0], code) for form, code in found if form]


@cache
def _territory_of(code: str) -> tuple[str, ...]:
    """The country whose people is called by a language's name. Not so for English."""
    from babel.core import get_global
    from babel.languages import get_official_languages

    territory = str(get_global("likely_subtags").get(code, "")).rpartition("_")[2]
    official = get_official_languages(territory) if len(territory) == 2 else ()
    return (territory,) if official and official[0] == code and code != "en" else ()
