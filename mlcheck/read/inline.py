"""Inline markup of texts that are read line by line: a block's lines become pieces without it, and marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from mlcheck.data import MarkKind, Span
from mlcheck.read.extract import Piece

__all__ = ["Inline", "Row", "marked"]


class Row(NamedTuple):
    """What of a line belongs to a block, by its place in the file."""

    start: int
    end: int


class Inline(NamedTuple):
    """What stays of a stretch of markup: the part of the match from `start` to `end`, which is a mark of
    `kind`, if it is one."""

    start: int
    end: int
    kind: MarkKind | None = None
    value: str = ""


def marked(
    text: str, rows: Sequence[Row], pattern: re.Pattern[str], read: Callable[[re.Match[str]], Inline]
) -> tuple[list[Piece], list[tuple[MarkKind, str, int, int]]]:
    """The pieces of a block of these lines, and its marks; `read` says what is left of each match."""
    local = "\n".join(text[row.start : row.end] for row in rows)
    starts, at = [], 0
    for row in rows:
        starts.append(at)
        at += row.end - row.start + 1
    pieces: list[Piece] = []
    marks: list[tuple[MarkKind, str, int, int]] = []
    length = 0

    def keep(first: int, stop: int) -> None:
        nonlocal length
        while first < stop:
            k = bisect_right(starts, first) - 1
            row, offset = rows[k], first - starts[k]
            if offset == row.end - row.start:  # the line end
                after = rows[k + 1].start if k + 1 < len(rows) else row.end
                pieces.append(Piece("\n", Span(row.end, after)))
                first, length = first + 1, length + 1
                continue
            size = min(stop - first, row.end - row.start - offset)
            place = Span(row.start + offset, row.start + offset + size)
            pieces.append(Piece(local[first : first + size], place))
            first, length = first + size, length + size

    at = 0
    for found in pattern.finditer(local):
        keep(at, found.start())
        inline = read(found)
        begin = length
        keep(inline.start, inline.end)
        if inline.kind is not None:
            marks.append((inline.kind, inline.value, begin, length))
        at = found.end()
    keep(at, len(local))
    return pieces, marks
