"""Languages by their names, as people head a column: `English`, `Русский`, `немецкий`, `Español (MX)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from mlcheck.languages.cldr import is_known, locale
from mlcheck.languages.codes import base
from mlcheck.languages.load import codes

__all__ = ["code_named"]

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_BRACKETS = re.compile(r"\s*[(\[（]\s*([^()\[\]（）]*?)\s*[)\]）]\s*")
_LONGEST = 60


def code_named(text: str) -> str | None:
    """The code of a language that is named by its code, or by its name in any language that mlcheck knows;
    one in brackets wins (`Source (en-GB)`). None where that is no language.

    >>> code_named("pt_BR"), code_named("Englisch"), code_named("Zieltext [de]"), code_named("Status")
    ('pt-BR', 'en', 'de', None)
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    brackets = _BRACKETS.search(text)
    before = _BRACKETS.sub(" ", text).strip()
    if brackets:
        inside = _one(brackets[1])
        return inside or _one(before)
    return _one(text)


def _one(text: str) -> str | None:
    if _CODE.fullmatch(text) and is_known(text):
        return text.replace("_", "-")
    return _names("en").get(text.casefold()) or _all_names().get(text.casefold())


@cache
def _names(code: str) -> Mapping[str, str]:
    found = locale(code)
    names = {} if found is None else found.languages
    known = set(codes())
    return {
        name.casefold(): own.replace("_", "-")
        for own, name in names.items()
        if base(own) in known and len(name) > 1
    }


@cache
def _all_names() -> Mapping[str, str]:
    """By their names in all languages. Takes half a second, once, and only where a name is not English."""
    found: dict[str, str] = {}
    for code in codes():
        for name, own in _names(code).items():
            found.setdefault(name, own)
    return found
