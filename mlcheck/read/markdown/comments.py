"""The HTML comments of a Markdown text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlcheck.data import Span
from mlcheck.read.markdown.blocks import blocks_of
from mlcheck.read.markdown.html_blocks import COMMENT, NO_PROSE
from mlcheck.read.markdown.page import Page, lines_of, parse
from mlcheck.text import inline_comments

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["markdown_comments"]


def markdown_comments(text: str) -> tuple[Span, ...]:
    """Where a Markdown text has HTML comments, in order: `<!--` to `-->`, both included.

    Those that stand alone and those inside a paragraph; not what looks like one in code, in the front
    matter, or after a backslash.
    """
    page = Page(text)
    found = {span for token in parse(page, page.front_matter()) for span in _html_comments(page, token)}
    for block in blocks_of(page):
        if block.kind not in ("code", "matter"):
            start = block.span.start
            inside = inline_comments(text[start : block.span.end])
            found |= {Span(start + first, start + stop) for first, stop in inside}
    return tuple(sorted(found))


def _html_comments(page: Page, token: Token) -> Iterator[Span]:
    if token.type != "html_block":
        return
    rows = lines_of(token)
    start = page.lines[rows[0]].start
    raw = page.text[start : page.lines[rows[-1]].end]
    if not NO_PROSE.match(raw):
        yield from (Span(start + m.start(), start + m.end()) for m in COMMENT.finditer(raw))
