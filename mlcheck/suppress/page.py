"""The marks in a report's page that an editor saved together with them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from mlcheck.errors import UsageError

__all__ = ["is_page", "marks_of_page"]

_START: Final = re.compile(r"\s*<!doctype html", re.IGNORECASE)
_MARKS: Final = re.compile(r'<script type="application/json" id="marks">(.*?)</script>', re.DOTALL)
"""It stands in the head, before anything of a text; and what is a text's own is escaped."""
_NONE: Final = re.compile(r'"entries":\s*\[\]')


def is_page(text: str) -> bool:
    """Is a file that was named as a baseline a page?"""
    return _START.match(text) is not None


def marks_of_page(text: str, path: Path) -> str:
    """The marks, as the text of a baseline. Raises `UsageError` for a page of something else, and for one
    that has none."""
    found = _MARKS.search(text)
    if found is None:
        raise UsageError(
            f"{path}: is a page, but no report of this mlcheck; name a baseline, or make it anew"
        )
    if _NONE.search(found[1]):
        raise UsageError(f"{path}: has no marks in it; open it, mark findings, and save it with its marks")
    return found[1]
