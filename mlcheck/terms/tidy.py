"""A name in a glossary, as it is kept."""

from __future__ import annotations

import unicodedata

from mlcheck.errors import UsageError
from mlcheck.segment import clean

__all__ = ["clean_name"]

_LONGEST = 300
"""Characters of a name. What is longer is a cell whose quotes are wrong."""


def clean_name(where: str, text: str) -> str:
    """A name in the form in which texts are compared: NFC, white space folded, invisible characters
    gone; empty where nothing is left. Raises `UsageError` for what is too long, or has no letter,
    figure or symbol in it."""
    if len(text) > _LONGEST:
        raise UsageError(f"{where}: a name of {len(text)} characters ({text[:30]!r}…); check the quotes")
    name = clean(text, 0).text.strip()
    if name and not any(unicodedata.category(character)[0] in "LNS" for character in name):
        raise UsageError(f"{where}: {name!r} has no letter and no figure; write a name, or leave it empty")
    return name
