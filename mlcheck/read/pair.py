"""The two texts of a pair."""

from __future__ import annotations

from pathlib import Path

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.files import named

__all__ = ["Text", "refuse_same"]

Text = str | Path | RawText
"""A path; or a text that was read already (`mlcheck.read.read_text` makes one of a string)."""


def refuse_same(source: Text, target: Text) -> None:
    """Raise `InputError` where a file, or an entry of one, is given twice."""
    if isinstance(source, RawText) or isinstance(target, RawText):
        return
    one, other = named(source), named(target)
    try:
        same = one.entry == other.entry and one.file.samefile(other.file)
    except (OSError, ValueError):  # one is not there, or no path at all: reading it tells
        return
    if same:
        raise InputError(f"{source}: the same file twice; give the two versions to compare")
