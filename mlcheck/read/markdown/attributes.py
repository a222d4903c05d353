"""Attributes that kramdown, pandoc and the like take off a block: `## Licences {#licences}`, `{: .lead}`.

They name anchors and classes for the page that is made. Read as text, an anchor in another script would be
a sentence that only one version has.
"""

from __future__ import annotations

import re

from mlcheck.data import Block
from mlcheck.read.lines import shortened
from mlcheck.text import BLANK

__all__ = ["without_attributes"]

_LIST = r"\{(?::|[#.](?=[^\s{}.#]))[^{}\n]*\}"
_LAST = re.compile(rf"(?<!\\){_LIST}\Z")
_FIRST = re.compile(rf"{_LIST}[ \t]*(?:\r\n?|\n|\Z)")


def without_attributes(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a text without the attributes that they end with, or that stand on a line above them.
    What is nothing but attributes is in no block."""
    if "{:" not in text and "{#" not in text and "{." not in text:
        return blocks
    cut = (block if block.kind in ("code", "matter") else _without(text, block) for block in blocks)
    return tuple(block for block in cut if block.span.start < block.span.end)


def _without(text: str, block: Block) -> Block:
    start, end = block.span
    # The last ones first: where nothing else is in the block, that leaves it empty.
    while match := _LAST.search(text, max(start, text.rfind("{", start, end)), end):
        end = start + len(text[start : match.start()].rstrip(BLANK))
    while match := _FIRST.match(text, start, end):
        start = match.end()
    return block if block.span == (start, end) else shortened(text, block, start, end)
