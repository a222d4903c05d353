"""The tree of a page, as far as reading its text needs one: what stands in what.

It is made of anything, as browsers do: tags that have no end get one where the next begins, and ends of
nothing are passed over. Elements nested without end are leaves of the last that is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read.html.names import BLOCKS, IMPLIED_ENDS, SCOPES, UNREAD, VOID
from mlcheck.read.html.tokens import REFERENCE, Token, tokenize, unescape

__all__ = ["Node", "Words", "build"]

_DEEPEST = 150
"""Elements inside each other. Real pages have up to some sixty."""
_MOST = 300_000
"""Elements of a page. The HTML Standard, on one page of twelve megabytes, has some more."""
_NONE: dict[str, Any] = {}
_NO_NAMES: frozenset[str] = frozenset()
_CROSSED = {
    "table": SCOPES,
    **dict.fromkeys(("tr", "tbody", "thead", "tfoot"), frozenset(("td", "th", "caption"))),
}
"""What the end of a table, or of a part of it, ends besides."""
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Words:
    """Characters between tags, where they stand in the file."""

    place: Span


@dataclass(slots=True, eq=False)
class Node:
    """An element. `attributes` are as they read, `places` where their values stand; `letters` counts those
    inside, `linked` those of them that are in links, `links` the links."""

    name: str
    start: int
    attributes: dict[str, str] = field(default_factory=lambda: _NONE)
    places: dict[str, Span] = field(default_factory=lambda: _NONE)
    children: list[Node | Words] = field(default_factory=list)
    parent: Node | None = None
    letters: int = 0
    linked: int = 0
    links: int = 0
    end: int = 0

    def get(self, name: str) -> str:
        """An attribute's value; "" where there is none."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> frozenset[str]:
        """Its classes, in small letters."""
        return frozenset(self.get("class").lower().split())

    @property
    def nodes(self) -> Iterator[Node]:
        """The child elements."""
        return (child for child in self.children if isinstance(child, Node))

    def every(self) -> Iterator[Node]:
        """All elements inside, in the order of the page."""
        stack = [iter(self.children)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif isinstance(child, Node):
                yield child
                stack.append(iter(child.children))

    @property
    def is_hidden(self) -> bool:
        """Does it say itself that it is not shown, or not told?"""
        if not self.attributes:
            return False
        hidden = "hidden" in self.attributes and self.get("hidden").strip().lower() != "until-found"
        style = re.sub(r"\s", "", self.get("style").lower()[:500])
        unseen = "display:none" in style or "visibility:hidden" in style
        return hidden or unseen or self.get("aria-hidden").strip().lower() == "true"


def build(text: str, shown: str) -> Node:
    """The tree of a page; its root holds all. Raises `InputError` for a page of too many elements."""
    return _Builder(text, shown).root


class _Builder:
    def __init__(self, text: str, shown: str) -> None:
        self._text = text
        self._is_xml = text.lstrip("\ufeff \t\r\n").startswith("<?xml")
        self.root = Node("", 0, end=len(text))
        self._stack = [self.root]
        self._open: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        """Of those that are too deep to be opened, how many ends are to come."""
        count = 0
        for token in tokenize(text):
            if not token.name:
                self._words(token)
            elif token.is_end:
                self._end(token)
            else:
                count += 1
                if count > _MOST:
                    raise InputError(f"{shown}: HTML of more than {_MOST:,} elements; split it")
                self._start(token)
        while len(self._stack) > 1:
            self._pop(len(text))

    def _words(self, token: Token) -> None:
        top = self._stack[-1]
        top.children.append(Words(Span(token.start, token.end)))
        if top.name not in UNREAD:
            bare = REFERENCE.sub("", self._text[token.start : token.end])
            top.letters += len(_LETTER.findall(bare))

    def _start(self, token: Token) -> None:
        if token.name in IMPLIED_ENDS:
            self._imply(token)
        if token.name == "a":
            self._end(token)  # a link in a link is two
        attributes = {
            name: REFERENCE.sub(lambda m: unescape(m[0]), self._text[at.start : at.end])
            for name, at in token.attributes.items()
        }
        node = Node(token.name, token.start, parent=self._stack[-1], end=token.end)
        if attributes:
            node.attributes, node.places = attributes, dict(token.attributes)
        self._stack[-1].children.append(node)
        if token.name in VOID or (token.closed and self._takes_closing(token.name)):
            return
        if len(self._stack) > _DEEPEST:
            self._dropped[token.name] += 1
            return
        self._stack.append(node)
        self._open[token.name] += 1

    def _takes_closing(self, name: str) -> bool:
        return (
            self._is_xml or bool(self._open["svg"] or self._open["math"]) or name in ("svg", "math", "path")
        )

    def _imply(self, token: Token) -> None:
        ended, bounds = IMPLIED_ENDS[token.name]
        if not any(self._open[name] for name in ended):
            return
        last = 0
        for index in range(len(self._stack) - 1, 0, -1):
            name = self._stack[index].name
            if name in bounds:
                break
            if name in ended:
                last = index
        while last and len(self._stack) > last:
            self._pop(token.start)

    def _end(self, token: Token) -> None:
        name = token.name
        if self._dropped[name]:
            self._dropped[name] -= token.is_end
            return
        if name == "br":
            self._stack[-1].children.append(Node("br", token.start, parent=self._stack[-1], end=token.end))
        if not self._open[name]:
            return
        reaches = name in BLOCKS or name == "a"
        crossed = _CROSSED.get(name, _NO_NAMES)
        for index in range(len(self._stack) - 1, 0, -1):
            here = self._stack[index].name
            if here == name:
                while len(self._stack) > index:
                    self._pop(token.end if token.is_end else token.start)
                return
            # The end of a link that stands outside of this paragraph, or of another cell's, is a mistake.
            if here in SCOPES - crossed or (here in BLOCKS and not reaches):
                return

    def _pop(self, end: int) -> None:
        node = self._stack.pop()
        node.end = end
        self._open[node.name] -= 1
        if node.name == "a" and "href" in node.attributes:
            node.linked, node.links = node.letters, 1
        if node.name in UNREAD or node.is_hidden or node.parent is None:
            return
        node.parent.letters += node.letters
        node.parent.linked += node.linked
        node.parent.links += node.links
