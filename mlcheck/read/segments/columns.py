"""Which columns of a table hold the two versions, by the names in its first row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlcheck.languages import code_named

__all__ = ["Columns", "columns_of", "is_open"]

_SOURCE = frozenset(["source", "source text", "original"])
_TARGET = frozenset(["target", "target text", "translation"])
_STATE = frozenset(["state", "status"])
_BESIDE = frozenset(["id", "no", "key", "nr", "#", "comment", "comments", "note", "notes"]) | _STATE
"""Names of other columns, some of which are codes of languages too."""
_OPEN = frozenset(["new", "initial", "untranslated", "not translated", "needs-translation", "fuzzy", "todo"])


class Columns(NamedTuple):
    """The columns of the source, the target and the state, which may be none, and their languages."""

    source: int
    target: int
    state: int | None
    languages: tuple[str | None, str | None]
    others: tuple[str, ...]
    """Further versions, which are not read."""


def columns_of(header: Sequence[str]) -> Columns | None:
    """The columns of a table with this first row; None where it does not name two versions.

    >>> columns_of(["ID", "English", "Русский", "Kommentar"])[:4]
    (1, 2, None, ('en', 'ru'))
    """
    names = [" ".join(cell.split()).casefold() for cell in header]
    plain = [name.partition("(")[0].partition("[")[0].strip() for name in names]
    codes = [None if name in _BESIDE else code_named(cell) for name, cell in zip(names, header, strict=True)]
    source = next((n for n, name in enumerate(plain) if name in _SOURCE), None)
    target = next((n for n, name in enumerate(plain) if name in _TARGET and n != source), None)
    spoken = [n for n, code in enumerate(codes) if code is not None]
    if source is None and target is None and len(spoken) < 2:
        # With no other language beside, `id` is Indonesian, and `no` Norwegian.
        codes = [code or (code_named(cell) if cell in ("id", "no") else None) for code, cell in
                 zip(codes, header, strict=True)]  # fmt: skip
        spoken = [n for n, code in enumerate(codes) if code is not None]
    rest = [n for n in spoken if n not in (source, target)]
    if source is None:
        source = rest.pop(0) if rest else None
    if target is None:
        target = rest.pop(0) if rest else None
    if source is None or target is None:
        return None
    state = next((n for n, name in enumerate(names) if name in _STATE), None)
    return Columns(
        source, target, state, (codes[source], codes[target]), tuple(header[n].strip() for n in rest)
    )


def is_open(state: str) -> bool:
    """Does a cell of that column say that the row is not translated yet?"""
    return state.strip().casefold() in _OPEN
