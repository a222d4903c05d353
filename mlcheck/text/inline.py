"""Inline Markdown: a block's plain words, without its marks, and where each of them stands.

Ours, because the tokens of markdown-it-py have no positions inside a block.
"""

from __future__ import annotations

import html
import html.entities
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from mlcheck.data import Mark, Span

__all__ = ["inline_comments", "inline_marks", "strip_inline"]

_SPECIAL = re.compile(r"\\|`+|<|&|!?\[|\]|\*+|_+|~+|https?://|[\r\n]")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_QUOTE_MARK = re.compile(r"[ \t]*(?:>[ \t]*)+")
_NOTE = re.compile(r"!?\[\^[^\[\]\s]+\]")
# Possessive, as a run of spaces could else be shared out in as many ways as it is long, each of which fails.
_PLACE = r"(?:\\.|[^\s()\\])"
_TARGET = re.compile(
    # Sites name a page by a call of their templates: [words]({% link a.md %}).
    r"""\(\s*+(?:\{%[^%\r\n]*+%\}|\{\{[^{}\r\n]*+\}\})\s*+\)|"""
    rf"""\((?:\s*+(?:<[^<>\r\n]*+>|(?=[^\s)]){_PLACE}*+(?:\({_PLACE}*+\){_PLACE}*+)*+))?"""
    r"""(?:\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?+\s*+\)"""
)
_REFERENCE = re.compile(r"\[(?!\^)[^\[\]]*\](?!\()")
_LETTER = re.compile(r"[^\W\d_]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ADDRESS = re.compile(
    r"https?://[^\s<>\[\]()*`，。、；：！？（）「」『』《》【】]*[^\s<>\[\]()*`_~.,:;!?'\"，。、；：！？（）「」『』《》【】]"
)
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+)>")
# Known names only: `x <y and y> z` is prose, and `<name>` a gap to be filled in. The first group part
# words: without them `one<br>two` would be one word.
_TAG = re.compile(
    r"</?(?:(?P<parting>br|dd|div|dt|h[1-6r]|li|p|t[dhr])|a|abbr|b|bdi|bdo|big|cite|code|del|details|dfn|dl|em"
    r"|figcaption|figure|font|i|img|ins|kbd|mark|nobr|ol|picture|q|rp|rt|ruby|s|samp|small|source|span|strike"
    r"|strong|sub|summary|sup|table|tbody|thead|time|tt|u|ul|var|video|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


_TAG_PLACE = re.compile(
    r"""<(?P<name>a|i)(?:mg)?\s[^<>]*?\b(?:href|src)\s*=\s*(?:"(?P<double>[^"<>]*)"|'(?P<single>[^'<>]*)')""",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\s")
_Kind = Literal["link", "image", "code", "footnote"]


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


def inline_comments(text: str) -> list[tuple[int, int]]:
    """Where a block's words have HTML comments, in order: offsets of `<!--`, and of what follows `-->`."""
    stripper = _Stripper(text)
    stripper.strip()
    return stripper.comments


def inline_marks(text: str) -> list[Mark]:
    """The links, images, code spans and footnote numbers of a block, in order, each from its first character
    to its last. The value of a link or an image is its address; `[words][label]` has `[label]`."""
    stripper = _Stripper(text)
    stripper.strip()
    return sorted(stripper.marks, key=lambda mark: mark.span)


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
        self.marks: list[Mark] = []

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
        kept: list[str] = []
        offsets: list[int] = []
        at = 0
        for start, end, instead in sorted(self.edits):
            kept += (self.text[at:start], instead)
            offsets += (*range(at, start), *[start] * len(instead))
            at = end
        offsets += range(at, len(self.text))
        return "".join(kept) + self.text[at:], offsets

    def _cut(self, start: int, end: int, instead: str = "") -> int:
        self.edits.append((start, end, instead))
        return end

    def _mark(self, kind: _Kind, value: str, start: int, end: int) -> None:
        self.marks.append(Mark(kind, value, Span(start, end)))

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
        self._mark("code", inner.strip(), match.start(), places[index] + len(match[0]))
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
            self._mark("link", link[0][1:-1], start, link.end())
            return self._cut(link.end() - 1, link.end())
        if tag := _TAG.match(self.text, start):
            if place := _TAG_PLACE.match(tag[0]):
                kind: _Kind = "image" if place["name"] in "Ii" else "link"
                self._mark(kind, html.unescape(place["double"] or place["single"] or ""), start, tag.end())
            return self._cut(start, tag.end(), " " if tag["parting"] else "")
        return match.end()

    def _entity(self, match: re.Match[str]) -> int:
        entity = _ENTITY.match(self.text, match.start())
        if entity and (entity[0][1] == "#" or entity[0][1:] in html.entities.html5):
            return self._cut(match.start(), entity.end(), html.unescape(entity[0]))
        return match.end()

    def _address(self, match: re.Match[str]) -> int:
        address = _ADDRESS.match(self.text, match.start())
        if address:
            self._mark("link", address[0], *address.span())
        return address.end() if address else match.end()

    def _newline(self, match: re.Match[str]) -> int:
        mark = _QUOTE_MARK.match(self.text, match.end())
        return self._cut(match.end(), mark.end()) if mark else match.end()

    def _open(self, match: re.Match[str]) -> int:
        if note := _NOTE.match(self.text, match.start()):
            self._mark("footnote", "", *note.span())
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
        self._mark(
            "image" if opener[0][0] == "!" else "link", _address(target[0]), opener.start(), target.end()
        )
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


def _address(target: str) -> str:
    """The address in `(address "title")`; `[label]` as it is."""
    if target[0] == "[":
        return target
    inside = target[1:-1].strip()
    if inside[:2] in ("{%", "{{"):
        return inside
    if inside[:1] == "<":
        return inside[1:].partition(">")[0]
    return html.unescape(_TITLE.split(inside, maxsplit=1)[0])


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
