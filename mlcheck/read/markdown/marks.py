"""What of a Markdown text has to be the same in its versions, whatever their words: addresses, code,
headings by their levels, notes and calls."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from mlcheck.data import Block, Mark, Span, is_compared
from mlcheck.read.calls import call_spans, without_texts
from mlcheck.text import inline_marks

__all__ = ["markdown_marks"]

_LEVEL = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*(#{1,6})(?=[ \t])")
_UNDERLINE = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t>]*(=|-)")
_DEFINITION = re.compile(
    r"^[ \t>]{0,3}\[(?!\^)(?P<label>[^\[\]\r\n]{1,200})\]:[ \t]*<?(?P<address>[^\s<>]+)", re.MULTILINE
)
_LABEL = re.compile(r"[^\[\]]+")


def markdown_marks(text: str, blocks: Sequence[Block]) -> tuple[Mark, ...]:
    """The marks of a text that has these blocks, in order. Those of furniture are none."""
    defined = {_label(found["label"]): found["address"] for found in _DEFINITION.finditer(text)}
    marks: list[Mark] = []
    for block in blocks:
        if block.kind == "code":
            marks.append(Mark("code", text[slice(*block.span)], block.span))
        elif block.kind != "matter" and (block.role is None or is_compared(block.role)):
            marks += _inside(text, block, defined)
    starts = [block.span.start for block in blocks]
    for start, end in call_spans(text):
        at = bisect_right(starts, start) - 1
        inside = blocks[at].kind if at >= 0 and start < blocks[at].span.end else None
        if inside not in ("code", "matter"):
            marks.append(Mark("placeholder", without_texts(text[start:end]), Span(start, end)))
    return tuple(sorted(marks, key=lambda mark: (mark.span, mark.kind)))


def _inside(text: str, block: Block, defined: dict[str, str]) -> Iterator[Mark]:
    start = block.span.start
    if block.kind == "heading" and (level := _level(text, block)):
        yield Mark("heading", level, block.span)
    for kind, value, place in inline_marks(text[start : block.span.end]):
        if value[:1] == "[" and kind in ("link", "image"):
            label = _LABEL.search(value) or _LABEL.search(text, start + place.start)
            value = defined.get(_label(label[0]) if label else "", value)
            if value[:1] == "[":
                continue  # not a link: nothing says where to
        if value[:2] in ("{%", "{{"):
            continue  # a call, which is a placeholder
        yield Mark(kind, value, Span(start + place.start, start + place.end))


def _level(text: str, block: Block) -> str:
    begin = max(text.rfind("\n", 0, block.span.start), text.rfind("\r", 0, block.span.start)) + 1
    if found := _LEVEL.match(text, begin, block.span.start):
        return str(len(found[1]))
    under = _UNDERLINE.match(text, block.span.end)
    return {"=": "1", "-": "2"}[under[1]] if under else ""


def _label(label: str) -> str:
    return " ".join(label.casefold().split())
