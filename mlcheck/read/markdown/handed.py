"""Texts that a Markdown page hands over: captions, titles and alternative texts in calls and tags, and those
of pictures that stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mlcheck.data import Block, Span
from mlcheck.read.calls import handed_texts
from mlcheck.read.lines import line_spans, make_block

__all__ = ["with_handed"]

_PICTURE = re.compile(r"!\[[^\[\]]*+\](?:\([^()\r\n]*+\)|\[[^\[\]]*+\])")


def with_handed(text: str, blocks: tuple[Block, ...], *, calls: Sequence[Span] = ()) -> tuple[Block, ...]:
    """The blocks of a text, with those that its calls hand over; `calls` as in `handed_texts`. A text inside a
    sentence stays in it; a listing that shows a call has no texts."""
    found = [
        replace(block, role="caption")
        if block.kind == "text" and _PICTURE.fullmatch(text, *block.span)
        else block
        for block in blocks
    ]
    if "{" not in text and "<" not in text:
        return tuple(found)
    lines: Sequence[Span] | None = None
    extra: list[Block] = []
    at = 0
    for handed in handed_texts(text, calls=calls):
        while at < len(found) and found[at].span.end <= handed.place.start:
            at += 1
        here = found[at] if at < len(found) else None
        if here is not None and here.span.start < handed.place.end:
            continue
        lines = lines or line_spans(text)
        extra.append(replace(make_block(text, lines, handed.place), role="caption"))
    if not extra:
        return tuple(found)
    return tuple(sorted([*found, *extra], key=lambda block: block.span))
