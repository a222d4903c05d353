"""A Markdown text by its lines: its front matter, and what markdown-it-py makes of the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mlcheck.data import Block, BlockKind, Role, Span
from mlcheck.read.lines import line_spans, make_block
from mlcheck.text import BLANK

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Page", "lines_of", "parse"]

_MOST_NESTED = 100  # what lies deeper is dropped; the parser's own limit, 20, is a list of ten levels
_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_KEY = re.compile(r"""\s*(?:["']?[\w.-]+["']?\s*[:=]|\[)""")
_JSON_KEY = re.compile(r'\s*"[^"]+"\s*:')
_FOOTNOTE = re.compile(r"([ \t>]*)\[\^")


class Page:
    """A Markdown text by lines, which count from 0 here."""

    def __init__(self, text: str, *, mdx: bool = False) -> None:
        self.text = text
        self.mdx = mdx
        """MDX has no code that is only indented: its tags are."""
        self.lines = line_spans(text)
        self.parsed = [_as_parsed(text[line.start : line.end]) for line in self.lines]
        """What the parser is given; each line ends with the last character of the original."""

    def block(self, kind: BlockKind, start: int, end: int, *, role: Role | None = None) -> Block:
        """The block from one offset to another, without the white space at its edges."""
        block = make_block(self.text, self.lines, Span(start, end), kind)
        return block if role is None else replace(block, role=role)

    def offset(self, line: int, column: int) -> int:
        """The place in the text of a column of a line as it was parsed."""
        return self.lines[line].end - len(self.parsed[line]) + column

    def front_matter(self) -> int:
        """How many lines the front matter takes, fences included; 0 where there is none."""
        if self.parsed[0].strip() == "{":
            closed = next((n for n, line in enumerate(self.parsed) if line.rstrip() == "}"), -1)
            return closed + 1 if closed > 0 and _JSON_KEY.match(self.parsed[1]) else 0
        closing = _FENCES.get(self.parsed[0].rstrip(), ())
        for number, line in enumerate(self.parsed[1:], 1):
            if line.rstrip() in closing:
                entries = (entry for entry in self.parsed[1:number] if entry and not entry.startswith("#"))
                # No key: prose between two thematic breaks.
                return number + 1 if _KEY.match(next(entries, "")) else 0
        return 0


def _as_parsed(line: str) -> str:
    # The parser has a narrower idea of white space than the rest of us, and none of a BOM.
    if not line.strip(BLANK):
        return ""
    line = line.removeprefix("\ufeff").replace("\0", "\ufffd")
    # To it, a footnote that is one word long is a link definition, and would vanish.
    return _FOOTNOTE.sub(r"\1^^", line, count=1) if _FOOTNOTE.match(line) else line


def parse(page: Page, skipped: int) -> list[Token]:
    """The tokens of markdown-it-py for what comes after the first `skipped` lines, which stay blank."""
    # Here and not above: who reads plain text does not pay for it.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTED}).enable("table")
    parser.disable(["inline", "text_join", *(["code"] if page.mdx else [])])
    return parser.parse("\n".join([""] * skipped + page.parsed[skipped:]))


def lines_of(token: Token) -> range:
    """The lines that a token takes."""
    first, stop = token.map or (0, 0)
    return range(first, stop)
