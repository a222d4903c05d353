"""Calls of a site's templates, as in `{{< note >}}` and `{% highlight ruby %}`: they are no text.

Sites that are built with Hugo, Jekyll and the like have them on lines of their own, around text and without
any. What stands between two calls that say so is code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from mlcheck.data import Block, Span
from mlcheck.read.lines import shortened
from mlcheck.text import BLANK

__all__ = ["without_templates"]

_CALL = r"(?:\{\{.*?\}\}|\{%.*?%\})"
_LINE = re.compile(rf"[ \t>]*{_CALL}(?:[ \t]*{_CALL})*[ \t]*(?:\r\n?|\n|\Z)")
_LAST_LINE = re.compile(rf"(?:\r\n?|\n)[ \t>]*{_CALL}(?:[ \t]*{_CALL})*[ \t]*\Z")
_CODE = re.compile(
    r"\{%-?\s*(?P<liquid>highlight|raw|codeblock)\b[^%]*%\}.*?\{%-?\s*end(?P=liquid)\s*-?%\}"
    r"|\{\{[<%]\s*(?P<hugo>highlight)\b.*?[>%]\}\}.*?\{\{[<%]\s*/\s*(?P=hugo)\s*[>%]\}\}",
    re.DOTALL,
)


def without_templates(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a text without the lines that are calls, and with the listings between calls as code.
    What is nothing but calls is in no block, as a comment is in none."""
    if "{{" not in text and "{%" not in text:
        return blocks
    code = [Span(*match.span()) for match in _CODE.finditer(text)]
    starts = [span.start for span in code]
    return tuple(part for block in blocks for part in _parts(text, block, code, starts))


def _parts(text: str, block: Block, code: list[Span], starts: list[int]) -> Iterator[Block]:
    if block.kind in ("code", "matter"):
        yield block
        return
    start, end = block.span
    at = bisect_right(starts, start) - 1
    if at >= 0 and start < code[at].end:
        yield replace(block, kind="code")
        return
    listing = starts[at + 1] if at + 1 < len(starts) and starts[at + 1] < end else end
    yield from _words(text, block, start, listing)
    if listing < end:
        yield shortened(text, replace(block, kind="code"), listing, end)


def _words(text: str, block: Block, start: int, end: int) -> Iterator[Block]:
    """What is left of a stretch without the calls on its first and last lines."""
    while match := _LINE.match(text, start, end):
        start = match.end()
    while match := _LAST_LINE.search(text, start, end):
        end = match.start()
    start += len(text[start:end]) - len(text[start:end].lstrip(BLANK + ">"))
    end = start + len(text[start:end].rstrip(BLANK))
    if start < end:
        yield shortened(text, block, start, end)
