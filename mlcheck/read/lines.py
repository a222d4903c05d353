"""Lines of a text, and blocks made of them."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from mlcheck.data import Block, BlockKind, Span
from mlcheck.text import BLANK

__all__ = ["line_spans", "make_block", "shortened", "trim"]

_NEWLINE = re.compile(r"\r\n?|\n")


def line_spans(text: str) -> list[Span]:
    r"""The lines without their ends, which are `\n`, `\r\n` or a lone `\r`.

    >>> line_spans("a\r\nbc")
    [Span(start=0, end=1), Span(start=3, end=5)]
    """
    ends = [match.span() for match in _NEWLINE.finditer(text)]
    starts = [0, *(after for _, after in ends)]
    stops = [*(before for before, _ in ends), len(text)]
    return list(map(Span, starts, stops))


def make_block(text: str, lines: Sequence[Span], span: Span, kind: BlockKind = "text") -> Block:
    """The block in `span`, without the white space at its edges; `lines` are those of the whole text."""
    span = trim(text, span)
    return Block(
        span=span,
        line=bisect_right(lines, Span(span.start, sys.maxsize)),
        end_line=bisect_right(lines, Span(max(span.start, span.end - 1), sys.maxsize)),
        kind=kind,
    )


def shortened(text: str, block: Block, start: int, end: int) -> Block:
    """The block from one offset inside it to another, and the lines that are left of it."""
    before, after = text[block.span.start : start], text[end : block.span.end]
    return replace(
        block,
        span=Span(start, end),
        line=block.line + len(_NEWLINE.findall(before)),
        end_line=block.end_line - len(_NEWLINE.findall(after)),
    )


def trim(text: str, span: Span) -> Span:
    """The span without the white space and invisible characters at its edges.

    >>> trim("  ab ", Span(0, 5))
    Span(start=2, end=4)
    """
    inside = text[span.start : span.end]
    start = span.end - len(inside.lstrip(BLANK))
    return Span(start, max(start, span.start + len(inside.rstrip(BLANK))))
