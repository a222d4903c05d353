"""What states and organisations are called in a language, in forms that endings can be put to.

Names of states and languages are CLDR's; what CLDR has not stands in the sections `names.nations` and
`names.bodies` of a language's file, and `names.derived` says how adjectives and peoples are made of states'
names: Австрия, австрийский.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from mlcheck.languages import caseless, fold, locale
from mlcheck.languages import language as record
from mlcheck.text import dictionary_forms, term_keys

__all__ = ["Form", "derived_from", "first_keys", "flat_forms", "is_flat", "related"]

Key = tuple[int, str]

_STATE_OF = {
    "kk": "KZ", "tr": "TR", "ru": "RU", "az": "AZ", "hy": "AM", "ka": "GE", "uk": "UA", "be": "BY",
    "de": "DE", "fr": "FR", "it": "IT", "es": "ES", "pt": "PT", "pl": "PL", "zh": "CN", "ja": "JP",
    "ko": "KR/KP", "el": "GR", "nl": "NL", "sv": "SE", "da": "DK", "fi": "FI", "hu": "HU", "cs": "CZ",
    "sk": "SK", "sl": "SI", "hr": "HR", "sr": "RS", "ro": "RO", "bg": "BG", "mk": "MK", "sq": "AL",
    "bs": "BA", "et": "EE", "lv": "LV", "lt": "LT", "is": "IS", "ga": "IE", "mt": "MT", "vi": "VN",
    "th": "TH", "km": "KH", "lo": "LA", "my": "MM", "mn": "MN", "ne": "NP", "ky": "KG", "uz": "UZ",
    "tk": "TM", "tg": "TJ", "id": "ID", "ms": "MY", "fa": "IR", "no": "NO", "en": "GB/GB-ENG",
}  # fmt: skip
"""The state, or states, of those whose language is called as they are."""
_NO_STATE = frozenset(("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ"))
_WITHIN = {
    "GB-ENG": "GB", "GB-SCT": "GB", "GB-WLS": "GB", "GB-NIR": "GB", "HK": "CN", "MO": "CN", "TW": "CN",
    "GL": "DK", "FO": "DK", "PR": "US", "XK": "RS", "PS": "IL", "EC.": "EU", "EP.": "EU", "ECB.": "EU",
    "WHO.": "UN", "UNESCO.": "UN", "UNICEF.": "UN", "UNHCR.": "UN", "ILO.": "UN", "IAEA.": "UN",
    "ICJ.": "UN", "EUROPOL.": "EU",
}  # fmt: skip
"""What is a part of which, so that one may be named for the other. Organisations end in a full stop here."""
_SHORTEST_FLAT = 2
_ACRONYM = 6
_STEM = 3
"""Letters of a state's name that an adjective keeps."""


@dataclass(frozen=True, slots=True)
class Form:
    """One name of a state or an organisation, in a dictionary's form."""

    kind: str
    """`nation` or `body`."""
    words: tuple[str, ...]
    keys: tuple[frozenset[Key], ...]
    codes: frozenset[str]
    capital: bool
    acronym: bool
    place: bool
    """Is it CLDR's name of a state, and no word for those who belong to it?"""


def related(one: str, two: str, kind: str) -> bool:
    """Are two codes of a kind the same, or one a part of the other?"""
    if one == two:
        return True
    end = "." if kind == "body" else ""
    return _WITHIN.get(one + end) == two or _WITHIN.get(two + end) == one


def is_flat(language: str) -> bool:
    """Are names looked for wherever they stand, because no space ends them?"""
    return not record(language).apart


@cache
def first_keys(language: str) -> Mapping[Key, tuple[Form, ...]]:
    """Forms by each key of their first word. `language` is a base code."""
    found: dict[Key, list[Form]] = {}
    for form in _forms(language):
        for key in sorted(form.keys[0]):
            found.setdefault(key, []).append(form)
    return {key: tuple(forms) for key, forms in found.items()}


@cache
def flat_forms(language: str) -> Mapping[str, tuple[str, frozenset[str]]]:
    """Kind and codes by name, for languages that `is_flat`."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for kind, name, codes in _names(language):
        if len(name) >= _SHORTEST_FLAT:
            before = found.get(name)
            found[name] = kind, codes if before is None else codes | before[1]
    return found


def _forms(language: str) -> Iterator[Form]:
    every: dict[tuple[str, tuple[str, ...]], tuple[str, frozenset[str]]] = {}
    for kind, name, codes in _names(language):
        words = tuple("".join(c if c.isalnum() else " " for c in name).split())
        if words:
            key = kind, tuple(fold(word, language) for word in words)
            # One name of several states is any of them.
            before = every.get(key, (name, frozenset()))
            every[key] = before[0], before[1] | codes
    states = _states(language)
    for (kind, words), (name, codes) in every.items():
        yield Form(
            kind=kind,
            words=words,
            keys=tuple(term_keys(word, language) for word in words),
            codes=codes,
            capital=name[:1].isupper(),
            acronym=name.isupper() and len(name) <= _ACRONYM and name.isalpha(),
            place=len(words) == 1 and words[0] in states,
        )


def _names(language: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Kind, name, codes."""
    own = record(language).names
    for table, kind in ((own.nations, "nation"), (own.bodies, "body")):
        for codes, names in table.items():
            for name in names:
                yield kind, name, frozenset(codes.split("/"))
    written = {caseless(name) for names in own.nations.values() for name in names}
    clear = locale(language)
    if clear is None:
        return
    for code, name in clear.languages.items():
        states = _STATE_OF.get(code)
        if states and caseless(name) not in written:
            yield "nation", name, frozenset(states.split("/"))
    for code, name in clear.territories.items():
        if code in _NO_STATE or not code.isalpha():
            continue
        # Notes in brackets are CLDR's own: Myanmar (Burma).
        plain = name.split(" (")[0].split("（")[0].split("(")[0]
        if caseless(plain) not in written:
            yield "nation", plain, frozenset((code,))


@lru_cache(maxsize=20_000)
def derived_from(word: str, language: str) -> frozenset[str]:
    """Codes of the states of which a word may be the adjective or the people: австрийских. `word` is folded,
    `language` a base code."""
    patterns = record(language).names.derived
    states = _states(language) if patterns else {}
    if not patterns:
        return frozenset()
    forms = dictionary_forms(word, language)
    if not any(form[:_STEM] in _starts(language) for form in forms):
        return frozenset()
    found: set[str] = set()
    prefixed = bool(record(language).endings.prefixes)
    for form in forms:
        # An ending has to stand in the text; what is written in front is no part of the name.
        shown = form if prefixed else word
        for ends, others in patterns:
            for other in others:
                stem = form.removesuffix(other)
                # What is left of the ending in the text has to show it: George is nobody from Georgien.
                seen = stem + (other[:-2] if len(other) > 2 else other)
                if other and stem != form and len(stem) >= _STEM and shown.startswith(seen):
                    found.update(states[stem + end] for end in ends if stem + end in states)
    return frozenset(found)


@cache
def _states(language: str) -> Mapping[str, str]:
    own = locale(language)
    if own is None:
        return {}
    return {
        fold(name, language): code
        for code, name in own.territories.items()
        if code.isalpha() and code not in _NO_STATE and name.isalpha()
    }


@cache
def _starts(language: str) -> frozenset[str]:
    return frozenset(name[:_STEM] for name in _states(language))
