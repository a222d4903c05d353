"""HTML blocks of a Markdown text: the words between the tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.data import Block
from mlcheck.read.calls import handed_texts
from mlcheck.read.markdown.page import Page

__all__ = ["COMMENT", "NO_PROSE", "html_blocks"]

NO_PROSE = re.compile(r"[\s>]*<(?:(?:script|style|pre|textarea|svg)\b|\?|!(?!--))", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_COMMENT_OR_TAG = re.compile(COMMENT.pattern + r"|</?[A-Za-z][^<>]*>", re.DOTALL)
_NOT_NEWLINE = re.compile(r"[^\r\n]")
_WORD = re.compile(r"\w")


def html_blocks(page: Page, rows: range) -> Iterator[Block]:
    """The words between the tags, as a line that begins with a tag starts them; without any, code.

    Copy out of an editing system has `<p>` and `<figcaption>`, and a sentence in one of these is as
    much a part of the text as another: passed over, it would be called missing on the other side.
    """
    start, end = page.lines[rows[0]].start, page.lines[rows[-1]].end
    raw = page.text[start:end]
    bare = _COMMENT_OR_TAG.sub(lambda match: _NOT_NEWLINE.sub(" ", match[0]), raw)
    if NO_PROSE.match(raw) or not _WORD.search(bare):
        handed = [] if NO_PROSE.match(raw) else [*handed_texts(page.text, start, end)]
        for _, place, _ in handed:
            yield page.block("text", *place, role="caption")
        if not handed and COMMENT.sub("", raw).strip(" \t\r\n>-+*"):  # the marks of a quotation or a list
            yield page.block("code", start, end)
        return
    for first, stop in _runs(page, rows, bare, start):
        yield page.block("text", first, stop)


def _runs(page: Page, rows: range, bare: str, origin: int) -> Iterator[tuple[int, int]]:
    run: tuple[int, int] | None = None
    for row in rows:
        line = page.lines[row]
        words = bare[line.start - origin : line.end - origin]
        has_words = bool(_WORD.search(words))
        begins = page.text[line.start : line.end].lstrip(" \t>").startswith("<")
        if run and (begins or not has_words):
            yield run
            run = None
        if has_words:
            left = line.start + len(words) - len(words.lstrip(" \t>"))
            run = (run[0] if run else left, line.start + len(words.rstrip()))
    if run:
        yield run
