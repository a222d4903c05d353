"""What the readers of numbers ask for of a language, in the form in which they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from mlcheck.languages import FIRST_CLASS, Numbers, language

__all__ = ["FIRST_CLASS", "section"]


def section(code: str, name: str) -> Mapping[str, Any]:
    """The section `numbers` of a language's record, without what it lacks, each list of words as one string
    with commas between. `code` is a base code such as `ru`."""
    if name != "numbers":
        raise ValueError(f"{name!r}: ask `language(code)` for it")
    own = language(code).numbers
    found: dict[str, Any] = {}
    for field in fields(Numbers):
        value = getattr(own, field.name)
        if isinstance(value, tuple):
            value = ", ".join(value)
        elif isinstance(value, Mapping):
            value = {key: ", ".join(words) for key, words in value.items()}
        if value and value != field.default:
            found[field.name] = value
    return found
