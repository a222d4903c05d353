"""Markdown: the blocks of a text, and the plain words of a block.

The blocks are markdown-it-py's, a port of the reference algorithm that keeps line numbers: lazy
continuation, nested lists and HTML blocks have too many rules for a reader of our own. It gives no
columns, but each paragraph without its markers, which is enough to find where that starts. Its inline
tokens have no positions at all; hence `strip_inline`, which is ours.
"""

from __future__ import annotations

import html
import html.entities
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from mlcheck.data import Block, BlockKind, Span
from mlcheck.read.blocks import INVISIBLE, line_spans, make_block

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["markdown_blocks", "markdown_comments", "strip_inline"]


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in order and disjoint.

    Thematic breaks, link definitions, comments and the line under a table's head are in none. A list
    item of several paragraphs is several blocks, and so is an HTML block of several lines of words.
    """
    page = _Page(text)
    return tuple(block for block in _blocks(page) if block.span.start < block.span.end)


def markdown_comments(text: str) -> tuple[Span, ...]:
    """Where a Markdown text has HTML comments, in order: `<!--` to `-->`, both included.

    Those that stand alone and those inside a paragraph; not what looks like one in code, in the front
    matter, or after a backslash.
    """
    page = _Page(text)
    found = {span for token in _parse(page, page.front_matter()) for span in _html_comments(page, token)}
    for block in _blocks(page):
        if block.kind not in ("code", "matter"):
            start = block.span.start
            stripper = _Stripper(text[start : block.span.end])
            stripper.strip()
            found |= {Span(start + first, start + stop) for first, stop in stripper.comments}
    return tuple(sorted(found))


class _Page:
    """A Markdown text by lines, which count from 0 here."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = line_spans(text)
        self.parsed = [_as_parsed(text[line.start : line.end]) for line in self.lines]
        """What the parser is given; each line ends with the last character of the original."""

    def block(self, kind: BlockKind, start: int, end: int) -> Block:
        return make_block(self.text, self.lines, Span(start, end), kind)

    def offset(self, line: int, column: int) -> int:
        """The place in the text of a column of a line as it was parsed."""
        return self.lines[line].end - len(self.parsed[line]) + column

    def front_matter(self) -> int:
        """How many lines the front matter takes, fences included; 0 where there is none."""
        closing = _FENCES.get(self.parsed[0].rstrip(), ())
        for number, line in enumerate(self.parsed[1:], 1):
            if line.rstrip() in closing:
                entries = (entry for entry in self.parsed[1:number] if entry and not entry.startswith("#"))
                # No key: prose between two thematic breaks.
                return number + 1 if _KEY.match(next(entries, "")) else 0
        return 0


_FENCES = {"---": ("---", "..."), "+++": ("+++",)}
_KEY = re.compile(r"""\s*(?:["']?[\w.-]+["']?\s*[:=]|\[)""")
_FOOTNOTE = re.compile(r"([ \t>]*)\[\^")


def _as_parsed(line: str) -> str:
    # The parser has a narrower idea of white space than the rest of us, and none of a BOM.
    if not line.strip(INVISIBLE):
        return ""
    line = line.removeprefix("\ufeff").replace("\0", "\ufffd")
    # To it, a footnote that is one word long is a link definition, and would vanish.
    return _FOOTNOTE.sub(r"\1^^", line, count=1) if _FOOTNOTE.match(line) else line


# Blocks -------------------------------------------------------------------------------------------

_FOOTNOTE_MARK = re.compile(r"[ \t>]*\[\^[^\]\s]+\]:[ \t]*")
_NUMBER = re.compile(r"\d{1,9}[.)][ \t]*$")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_ROW_MARK = re.compile(r"[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*[\s>]*\|?")
_MOST_NESTED = 100  # what lies deeper is dropped; the parser's own limit, 20, is a list of ten levels


def _parse(page: _Page, skipped: int) -> list[Token]:
    # Here and not above: who reads plain text does not pay for it.
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MOST_NESTED}).enable("table")
    parser.disable(["inline", "text_join"])
    return parser.parse("\n".join([""] * skipped + page.parsed[skipped:]))


def _blocks(page: _Page) -> Iterator[Block]:
    matter = page.front_matter()
    if matter:
        yield page.block("matter", page.lines[1].start, page.lines[matter - 2].end)
    kinds: list[BlockKind] = ["text"]  # of the containers that are open, the innermost last
    lists: list[_ListStyle] = []
    tokens = _parse(page, matter)
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
                yield _row(page, _lines(token).start)
            case "fence" | "code_block":
                yield _code(page, token)
            case "html_block":
                yield from _html(page, _lines(token))


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


def _lines(token: Token) -> range:
    first, stop = token.map or (0, 0)
    return range(first, stop)


def _extent(page: _Page, inline: Token) -> tuple[int, range]:
    """Where the content of a paragraph or heading starts in the text, and the lines that it takes."""
    top = inline.content.partition("\n")[0].rstrip()
    rows = _lines(inline)
    # Not always the first line: one that is blank to Python, and not to the parser, is cut off.
    first = next((row for row in rows if page.parsed[row].rstrip().endswith(top)), rows.start)
    start = page.offset(first, len(page.parsed[first].rstrip()) - len(top))
    return start, range(first, first + inline.content.count("\n") + 1)


def _paragraph(page: _Page, inline: Token, kind: BlockKind, keeps_number: bool) -> Iterator[Block]:
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


def _heading(page: _Page, inline: Token, markup: str) -> Block:
    if not markup.startswith("#"):
        start, rows = _extent(page, inline)
        return page.block("heading", start, page.lines[rows[-1]].end)
    row = _lines(inline).start
    line = page.parsed[row]
    start = page.offset(row, line.find(inline.content, line.index(markup) + len(markup)))
    return page.block("heading", start, start + len(inline.content))


def _row(page: _Page, row: int) -> Block:
    line = page.lines[row]
    mark = _ROW_MARK.match(page.text, line.start, line.end)
    start = mark.end() if mark else line.start
    cells = page.text[start : line.end].rstrip(INVISIBLE)
    if cells.endswith("|") and not cells.endswith("\\|"):
        cells = cells[:-1]
    is_empty = not cells.strip("|" + INVISIBLE)
    return page.block("table", start, start if is_empty else start + len(cells))


def _code(page: _Page, token: Token) -> Block:
    rows = _lines(token)
    if token.type == "fence":
        inside = token.content.removesuffix("\n").count("\n") + 1 if token.content else 0
        rows = range(rows.start + 1, rows.start + 1 + inside)
    start = page.lines[rows[0]].start if rows else 0
    return page.block("code", start, page.lines[rows[-1]].end if rows else start)


# HTML blocks --------------------------------------------------------------------------------------

_NO_PROSE = re.compile(r"[\s>]*<(?:(?:script|style|pre|textarea|svg)\b|\?|!(?!--))", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_COMMENT_OR_TAG = re.compile(_COMMENT.pattern + r"|</?[A-Za-z][^<>]*>", re.DOTALL)
_NOT_NEWLINE = re.compile(r"[^\r\n]")
_WORD = re.compile(r"\w")


def _html(page: _Page, rows: range) -> Iterator[Block]:
    """The words between the tags, as a line that begins with a tag starts them; without any, code.

    Copy out of an editing system has `<p>` and `<figcaption>`, and a sentence in one of these is as
    much a part of the text as another: passed over, it would be called missing on the other side.
    """
    start, end = page.lines[rows[0]].start, page.lines[rows[-1]].end
    raw = page.text[start:end]
    bare = _COMMENT_OR_TAG.sub(lambda match: _NOT_NEWLINE.sub(" ", match[0]), raw)
    if _NO_PROSE.match(raw) or not _WORD.search(bare):
        if _COMMENT.sub("", raw).strip(" \t\r\n>-+*"):  # the marks of a quotation or a list
            yield page.block("code", start, end)
        return
    for first, stop in _runs(page, rows, bare, start):
        yield page.block("text", first, stop)


def _html_comments(page: _Page, token: Token) -> Iterator[Span]:
    if token.type != "html_block":
        return
    rows = _lines(token)
    start = page.lines[rows[0]].start
    raw = page.text[start : page.lines[rows[-1]].end]
    if not _NO_PROSE.match(raw):
        yield from (Span(start + m.start(), start + m.end()) for m in _COMMENT.finditer(raw))


def _runs(page: _Page, rows: range, bare: str, origin: int) -> Iterator[tuple[int, int]]:
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


# Inline markup ------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"\\|`+|<|&|!?\[|\]|\*+|_+|~+|https?://|[\r\n]")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_QUOTE_MARK = re.compile(r"[ \t]*(?:>[ \t]*)+")
_NOTE = re.compile(r"!?\[\^[^\[\]\s]+\]")
_TARGET = re.compile(
    r"""\(\s*(?:<[^<>\r\n]*>|(?:\\.|[^\s()\\])*(?:\((?:\\.|[^\s()\\])*\)(?:\\.|[^\s()\\])*)*)"""
    r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)"""
)
_REFERENCE = re.compile(r"\[(?!\^)[^\[\]]*\](?!\()")
_LETTER = re.compile(r"[^\W\d_]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ADDRESS = re.compile(r"https?://[^\s<>\[\]()*`]*[^\s<>\[\]()*`_~.,:;!?'\"]")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>")
# Known names only: `x <y and y> z` is prose, and `<name>` a gap to be filled in. The first group part
# words: without them `one<br>two` would be one word.
_TAG = re.compile(
    r"</?(?:(?P<parting>br|dd|div|dt|h[1-6r]|li|p|t[dhr])|a|abbr|b|bdi|bdo|big|cite|code|del|details|dfn|dl|em"
    r"|figcaption|figure|font|i|img|ins|kbd|mark|nobr|ol|picture|q|rp|rt|ruby|s|samp|small|source|span|strike"
    r"|strong|sub|summary|sup|table|tbody|thead|time|tt|u|ul|var|video|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def strip_inline(text: str) -> tuple[str, list[int]]:
    """A block's words without its inline markup, and for each character its offset in `text`.

    Gone are the marks of emphasis, code and strikethrough, the targets of links and images (their
    words stay), angle brackets around addresses, HTML tags and comments, footnote numbers, and the
    `>` of a quotation's further lines; escapes and entities become what they stand for. Offsets never
    decrease; those of an entity's characters are its start.

    To be used on whole blocks: emphasis may span sentences. Link definitions are not at hand, so that
    `[words]` alone stays as it is, and `[words][label]` counts as a link where the words have letters.

    >>> strip_inline("a **b** [c](d)")
    ('a b c', [0, 1, 4, 7, 9])
    """
    return _Stripper(text).strip()


@dataclass(slots=True)
class _Run:
    """A run of `*`, `_` or `~`; what is left of it lies between `start` and `end`."""

    char: str
    start: int
    end: int
    opens: bool
    closes: bool
    both: bool
    """Stands inside a word, where either would do."""
    origin: int = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.origin, self.size = self.start, self.end - self.start

    def matches(self, closer: _Run) -> bool:
        """The reference algorithm's rule: `**a*b**` has no emphasis from its second run."""
        by_three = (self.both or closer.both) and (self.size + closer.size) % 3 == 0
        both = self.size % 3 == 0 and closer.size % 3 == 0
        return self.char == closer.char and (not by_three or both)


class _Stripper:
    """One pass over the special characters collects edits; they are applied at the end.

    Links and emphasis follow the reference algorithm (a stack of brackets, a stack of runs), which is
    linear and reads stray asterisks as asterisks. Where we differ, we keep more of what prose has.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[tuple[int, int, str]] = []
        self.runs: list[_Run] = []
        self.brackets: list[tuple[re.Match[str], int]] = []
        """Each with the number of runs that stand before it."""
        self.last_comment_end = text.rfind("-->")
        self.comments: list[tuple[int, int]] = []

    def strip(self) -> tuple[str, list[int]]:
        handlers: dict[str, Callable[[re.Match[str]], int]] = {
            "\\": self._escape,
            "`": self._code,
            "<": self._angle,
            "&": self._entity,
            "!": self._open,
            "[": self._open,
            "]": self._close,
            "h": self._address,
            "\r": self._newline,
            "\n": self._newline,
        }
        at = 0
        while match := _SPECIAL.search(self.text, at):
            at = handlers.get(match[0][0], self._run)(match)
        self._settle(0)
        return self._apply()

    def _apply(self) -> tuple[str, list[int]]:
        pieces: list[str] = []
        offsets: list[int] = []
        at = 0
        for start, end, instead in sorted(self.edits):
            pieces += (self.text[at:start], instead)
            offsets += (*range(at, start), *[start] * len(instead))
            at = end
        offsets += range(at, len(self.text))
        return "".join(pieces) + self.text[at:], offsets

    def _cut(self, start: int, end: int, instead: str = "") -> int:
        self.edits.append((start, end, instead))
        return end

    def _escape(self, match: re.Match[str]) -> int:
        following = self.text[match.end() : match.end() + 1]
        if following in _PUNCTUATION:
            return self._cut(match.start(), match.end()) + 1
        if following in ("\r", "\n"):
            return self._cut(match.start(), match.end())
        return match.end()

    def _code(self, match: re.Match[str]) -> int:
        places = self._ticks[len(match[0])]
        index = bisect_left(places, match.end())
        if index == len(places):
            return match.end()
        inner = self.text[match.end() : places[index]]
        pad = 1 if inner.strip() and inner[0] == inner[-1] == " " else 0
        self._cut(match.start(), match.end() + pad)
        return self._cut(places[index] - pad, places[index] + len(match[0]))

    @cached_property
    def _ticks(self) -> defaultdict[int, list[int]]:
        """Where the runs of backticks are, by their length."""
        places: defaultdict[int, list[int]] = defaultdict(list)
        for match in re.finditer("`+", self.text):
            places[len(match[0])].append(match.start())
        return places

    def _angle(self, match: re.Match[str]) -> int:
        start = match.start()
        if self.text.startswith("<!--", start) and start < self.last_comment_end:
            end = self.text.index("-->", start) + len("-->")
            self.comments.append((start, end))
            return self._cut(start, end)
        if link := _AUTOLINK.match(self.text, start):
            self._cut(start, match.end())
            return self._cut(link.end() - 1, link.end())
        if tag := _TAG.match(self.text, start):
            return self._cut(start, tag.end(), " " if tag["parting"] else "")
        return match.end()

    def _entity(self, match: re.Match[str]) -> int:
        entity = _ENTITY.match(self.text, match.start())
        if entity and (entity[0][1] == "#" or entity[0][1:] in html.entities.html5):
            return self._cut(match.start(), entity.end(), html.unescape(entity[0]))
        return match.end()

    def _address(self, match: re.Match[str]) -> int:
        address = _ADDRESS.match(self.text, match.start())
        return address.end() if address else match.end()

    def _newline(self, match: re.Match[str]) -> int:
        mark = _QUOTE_MARK.match(self.text, match.end())
        return self._cut(match.end(), mark.end()) if mark else match.end()

    def _open(self, match: re.Match[str]) -> int:
        if note := _NOTE.match(self.text, match.start()):
            return self._cut(match.end() - 1, note.end())
        self.brackets.append((match, len(self.runs)))
        return match.end()

    def _close(self, match: re.Match[str]) -> int:
        if not self.brackets:
            return match.end()
        opener, runs = self.brackets.pop()
        target = _TARGET.match(self.text, match.end()) or self._reference(opener, match)
        if not target:
            return match.end()
        self._settle(runs)
        self._cut(opener.start(), opener.end())
        return self._cut(match.start(), target.end())

    def _reference(self, opener: re.Match[str], closer: re.Match[str]) -> re.Match[str] | None:
        """`[words][label]`, but not the footnotes `[1][2]` nor the index `a[i][j]`."""
        before = self.text[max(0, opener.start() - 1) : opener.start()]
        if before.isalnum() or before == "]":
            return None
        # Looked for in some words only, as nested brackets would make this quadratic.
        near = min(closer.start(), opener.end() + 200)
        words = _LETTER.search(self.text, opener.end(), near)
        return _REFERENCE.match(self.text, closer.end()) if words else None

    def _run(self, match: re.Match[str]) -> int:
        start, end, char = match.start(), match.end(), match[0][0]
        before, after = self.text[start - 1 : start] or " ", self.text[end : end + 1] or " "
        left, right = _flanks(before, after), _flanks(after, before)
        if char == "_":
            opens, closes = left and (not right or _is_mark(before)), right and (not left or _is_mark(after))
        elif char == "*":
            # Not in the reference: `2*3*4` and `f**k` are no emphasis. Chinese has no spaces to go by.
            opens, closes = left and not (_is_spaced(before) and _is_spaced(after)), right
        else:
            opens, closes = left and len(match[0]) == 2, right and len(match[0]) == 2
        if opens or closes:
            self.runs.append(_Run(char, start, end, opens, closes, both=left and right))
        return end

    def _settle(self, first: int) -> None:
        """Pair the runs from the one numbered `first`, and forget them."""
        opened: list[_Run] = []
        floors: dict[tuple[str, bool, int], int] = {}
        for closer in self.runs[first:]:
            kind = (closer.char, closer.both, closer.size % 3)
            while closer.closes and closer.start < closer.end:
                index = _find_opener(opened, closer, floors.get(kind, -1))
                if index is None:
                    # What found none once need not look again: this keeps the whole linear.
                    floors[kind] = opened[-1].origin if opened else -1
                    break
                del opened[index + 1 :]
                self._pair(opened[index], closer)
                if opened[index].start == opened[index].end:
                    opened.pop()
            if closer.opens and closer.start < closer.end:
                opened.append(closer)
        del self.runs[first:]

    def _pair(self, opener: _Run, closer: _Run) -> None:
        size = min(2, opener.end - opener.start, closer.end - closer.start)
        opener.end -= size
        self._cut(opener.end, opener.end + size)
        closer.start = self._cut(closer.start, closer.start + size)


def _find_opener(opened: list[_Run], closer: _Run, floor: int) -> int | None:
    for index in range(len(opened) - 1, -1, -1):
        if opened[index].origin <= floor:
            return None
        if opened[index].matches(closer):
            return index
    return None


def _flanks(outside: str, inside: str) -> bool:
    """Whether a run stands at the edge of a word; `outside` and `inside` are its neighbours.

    Not in the reference: a Chinese or Japanese character outside counts as a space, as else
    `他说**“好”**。` keeps its asterisks.
    """
    if inside.isspace():
        return False
    return not _is_mark(inside) or outside.isspace() or _is_mark(outside) or not _is_spaced(outside)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _is_spaced(char: str) -> bool:
    """Letters and digits of scripts that put spaces between words."""
    return char.isalnum() and not "\u2e80" <= char <= "\u9fff"
