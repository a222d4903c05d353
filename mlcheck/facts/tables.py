"""The small data files: one a language, in `languages/`, for what CLDR does not have."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["FIRST_CLASS", "section"]

FIRST_CLASS = ("en", "ru", "az", "tr", "de", "fr", "es", "it", "uk", "zh", "ja", "ar")


def section(language: str, name: str) -> Mapping[str, Any]:
    """A section (`numbers`, `times`, `names`, `words`) of a language's file; empty without one.
    `language` is a base code such as `ru`."""
    found: Mapping[str, Any] = _file(language).get(name, {})
    return found


@cache
def _file(language: str) -> Mapping[str, Any]:
    path = files("mlcheck.facts").joinpath("languages", f"{language}.toml")
    return tomllib.loads(path.read_text("utf-8")) if language in FIRST_CLASS else {}
