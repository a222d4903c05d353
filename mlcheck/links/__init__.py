"""The room of links alone, for `mlcheck align`: between which units, and how they are written.

    links = aligned(checker, source, target, "sentence", ("en", "ru"))
    text = WRITERS["tmx"](links)

A unit without counterpart has no place in some formats: `left_out` says how many are not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from mlcheck.data import Links
from mlcheck.links import tmx, xliff
from mlcheck.links.lines import lines
from mlcheck.links.rows import to_jsonl, to_tsv
from mlcheck.links.tmx import to_tmx
from mlcheck.links.units import aligned
from mlcheck.links.xliff import to_xliff

__all__ = ["WRITERS", "aligned", "left_out", "lines", "to_jsonl", "to_tmx", "to_tsv", "to_xliff"]

WRITERS: Final[Mapping[str, Callable[[Links], str]]] = {
    "jsonl": to_jsonl,
    "tsv": to_tsv,
    "tmx": to_tmx,
    "xliff": to_xliff,
}
"""Names as `--format` knows them."""


def left_out(links: Links, format: str) -> tuple[int, int]:
    """How many units of the source and of the target are not in the links written in `format`, because it
    has no place for what has no counterpart; blank units are not counted."""
    if format == "tmx":
        return tmx.left_out(links)
    return (0, xliff.left_out(links)) if format == "xliff" else (0, 0)
