"""The blocks of a Markdown text.

They are markdown-it-py's, a port of the reference algorithm that keeps line numbers: lazy
continuation, nested lists and HTML blocks have too many rules for a reader of our own. It gives no
columns, but each paragraph without its markers, which is enough to find where that starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from mlcheck.data import Block, BlockKind
from mlcheck.read.markdown.attributes import without_attributes
from mlcheck.read.markdown.html_blocks import html_blocks
from mlcheck.read.markdown.matter import matter_blocks
from mlcheck.read.markdown.page import Page, lines_of, parse
from mlcheck.read.markdown.templates import without_templates
from mlcheck.text import BLANK

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["blocks_of", "markdown_blocks"]

_FOOTNOTE_MARK = re.compile(r"[ \t>]*\[\^[^\]\s]+\]:[ \t]*")
_NUMBER = re.compile(r"\d{1,9}[.)][ \t]*$")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_ROW_MARK = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*[\s>]*\|?")


def blocks_of(page: Page) -> Iterator[Block]:
    """The blocks in order; some of them are empty."""
    matter = page.front_matter()
    if matter:
        yield from matter_blocks(page, matter)
    kinds: list[BlockKind] = ["text"]  # of the containers that are open, the innermost last
    lists: list[_ListStyle] = []
    tokens = parse(page, matter)
    for index, token in enumerate(tokens):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append(_list_style(tokens, index, kinds[-1]))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                kinds.append(lists[-1].kind)
            case "blockquote_open":
                kinds.append("quote")
            case "list_item_close" | "blockquote_close":
                kinds.pop()
            case "paragraph_open":
                keeps_number = bool(lists) and lists[-1].keeps_numbers
                yield from _paragraph(page, tokens[index + 1], kinds[-1], keeps_number)
            case "heading_open":
                yield _heading(page, tokens[index + 1], token.markup)
            case "tr_open":
                yield _row(page, lines_of(token).start)
            case "fence" | "code_block":
                yield _code(page, token)
            case "html_block":
                yield from html_blocks(page, lines_of(token))


def markdown_blocks(text: str, *, mdx: bool = False) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in order and disjoint; with `mdx`, of one whose scripts are blanked out.

    Thematic breaks, link definitions, comments, calls of templates, attributes and the line under a table's
    head are in none. A list item of several paragraphs is several blocks, and so is an HTML block of several
    lines of words.
    """
    page = Page(text, mdx=mdx)
    blocks = tuple(block for block in blocks_of(page) if block.span.start < block.span.end)
    return without_attributes(text, without_templates(text, blocks))


class _ListStyle(NamedTuple):
    kind: BlockKind
    keeps_numbers: bool


def _list_style(tokens: list[Token], index: int, outside: BlockKind) -> _ListStyle:
    """To the format, `28. April 2025` begins a list; to us, the number of what may be a date is text.

    That is the case of a list that does not start at 0 or 1; one that has a single item is no list.
    """
    opener = tokens[index]
    if opener.type == "bullet_list_open":
        return _ListStyle("list", False)
    after = map(tokens.__getitem__, range(index + 1, len(tokens)))  # no slice: it would copy the rest
    inside = takewhile(lambda token: token.level > opener.level, after)
    if sum(token.type == "list_item_open" and token.level == opener.level + 1 for token in inside) == 1:
        return _ListStyle(outside, True)
    return _ListStyle("list", int(opener.attrGet("start") or 0) > 1)


def _extent(page: Page, inline: Token) -> tuple[int, range]:
    """Where the content of a paragraph or heading starts in the text, and the lines that it takes."""
    top = inline.content.partition("\n")[0].rstrip()
    rows = lines_of(inline)
    # Not always the first line: one that is blank to Python, and not to the parser, is cut off.
    first = next((row for row in rows if page.parsed[row].rstrip().endswith(top)), rows.start)
    start = page.offset(first, len(page.parsed[first].rstrip()) - len(top))
    return start, range(first, first + inline.content.count("\n") + 1)


def _paragraph(page: Page, inline: Token, kind: BlockKind, keeps_number: bool) -> Iterator[Block]:
    """One block, or one for each footnote where notes stand on lines that follow each other."""
    start, rows = _extent(page, inline)
    before = page.text[page.lines[rows[0]].start : start]
    if keeps_number and (number := _NUMBER.search(before)):
        start -= len(number[0])
    elif kind == "list" and (task := _TASK.match(page.text, start)):
        start = task.end()
    heads = [page.lines[row].start for row in rows[1:]]
    notes = [head for head in heads if _FOOTNOTE_MARK.match(page.text, head)]
    for begin, end in pairwise([start, *notes, page.lines[rows[-1]].end]):
        mark = _FOOTNOTE_MARK.match(page.text, begin)
        yield page.block(kind, mark.end() if mark else begin, end)


def _heading(page: Page, inline: Token, markup: str) -> Block:
    if not markup.startswith("#"):
        start, rows = _extent(page, inline)
        return page.block("heading", start, page.lines[rows[-1]].end)
    row = lines_of(inline).start
    line = page.parsed[row]
    start = page.offset(row, line.find(inline.content, line.index(markup) + len(markup)))
    return page.block("heading", start, start + len(inline.content))


def _row(page: Page, row: int) -> Block:
    line = page.lines[row]
    mark = _ROW_MARK.match(page.text, line.start, line.end)
    start = mark.end() if mark else line.start
    cells = page.text[start : line.end].rstrip(BLANK)
    if cells.endswith("|") and not cells.endswith("\\|"):
        cells = cells[:-1]
    is_empty = not cells.strip("|" + BLANK)
    return page.block("table", start, start if is_empty else start + len(cells))


def _code(page: Page, token: Token) -> Block:
    rows = lines_of(token)
    if token.type == "fence":
        inside = token.content.removesuffix("\n").count("\n") + 1 if token.content else 0
        rows = range(rows.start + 1, rows.start + 1 + inside)
    start = page.lines[rows[0]].start if rows else 0
    return page.block("code", start, page.lines[rows[-1]].end if rows else start)
