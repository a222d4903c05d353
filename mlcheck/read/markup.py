"""Markup and plain text inside other formats: the parts of an article's body that is a string of JSON, a
piece of XML, or lines of text, with the place of each character.

This is for bodies: what stands around an article on a page is not looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from mlcheck.data import BlockKind, MarkKind, Role, Span
from mlcheck.read.extract import Extraction, Piece
from mlcheck.read.plain import plain_blocks
from mlcheck.read.xml import Element, Text

__all__ = ["Part", "Pieces", "add_parts", "element_parts", "markup_parts", "plain_parts", "string_parts"]

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<[!?][^<>]*>"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*)(?P<attributes>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_IS_MARKUP = re.compile(r"</[A-Za-z][\w.:-]*\s*>|<(?:br|p|hr|img)\b[^<>]*>", re.IGNORECASE)


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCKS = _names(
    "p div ul ol dl table thead tbody tfoot tr section article header footer main aside figure pre hr br "
    "address details summary body html form fieldset center "
    "hedline block body.head body.content body.end abstract rights media note content.end nitf"
)
_KINDS: Mapping[str, BlockKind] = {
    **{f"h{n}": "heading" for n in range(1, 7)},
    **dict.fromkeys(("li", "dt", "dd"), "list"),
    **dict.fromkeys(("td", "th", "caption"), "table"),
    **dict.fromkeys(("blockquote", "bq"), "quote"),
    "hl2": "heading",
}
_ROLES: Mapping[str, Role] = {
    "hl1": "headline",
    "byline": "byline",
    "dateline": "dateline",
    "figcaption": "caption",
    "media-caption": "caption",
    **dict.fromkeys(("tagline", "distributor", "copyrite", "media-producer", "credit"), "furniture"),
}
"""The elements of NITF and of pages that say what a paragraph is."""
_UNREAD = _names(
    "script style noscript template svg iframe object head title media-metadata media-object pubdata "
    "docdata button select textarea"
)
_EMPTY = _names("br hr img meta link input wbr col source media-reference")

_Mark = tuple[MarkKind, str, int, int]


class Part(NamedTuple):
    """A paragraph of a body, and what its markup says of it, as `Extraction.add` takes it."""

    pieces: list[Piece]
    kind: BlockKind = "text"
    role: Role | None = None
    marks: tuple[_Mark, ...] = ()


class Pieces:
    """Pieces as one text, out of which stretches are cut."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._pieces = [piece for piece in pieces if piece.text]
        self._starts = list(accumulate((len(piece.text) for piece in self._pieces), initial=0))[:-1]
        self.text = "".join(piece.text for piece in self._pieces)

    def cut(self, start: int, end: int) -> list[Piece]:
        """The pieces of `text[start:end]`."""
        found = []
        k = max(bisect_right(self._starts, start) - 1, 0)
        while k < len(self._pieces) and self._starts[k] < end:
            text, place = self._pieces[k]
            first, last = max(start - self._starts[k], 0), min(end - self._starts[k], len(text))
            if place is not None and place.end - place.start == len(text):
                place = Span(place.start + first, place.start + last)
            if first < last:
                found.append(Piece(text[first:last], place))
            k += 1
        return found

    def place(self, start: int, end: int) -> Span | None:
        """Where `text[start:end]` stands in the file, from its first character to its last."""
        places = [piece.place for piece in self.cut(start, end) if piece.place is not None]
        return Span(places[0].start, places[-1].end) if places else None


def add_parts(extraction: Extraction, parts: Iterable[Part], *, place: str = "") -> None:
    """Add parts to a text, in their order."""
    for part in parts:
        extraction.add(part.pieces, part.kind, role=part.role, place=place, marks=part.marks)


def string_parts(pieces: Iterable[Piece]) -> list[Part]:
    """The parts of a string that is markup, or else plain text."""
    whole = list(pieces)
    text = "".join(piece.text for piece in whole)
    return markup_parts(whole) if _IS_MARKUP.search(text) else plain_parts(whole)


def plain_parts(pieces: Iterable[Piece]) -> list[Part]:
    """The paragraphs of plain text."""
    whole = Pieces(pieces)
    return [Part(whole.cut(*block.span)) for block in plain_blocks(whole.text)]


def markup_parts(pieces: Iterable[Piece]) -> list[Part]:
    """The paragraphs of HTML or the like in a string, without its tags and with its entities decoded. What
    is not well formed is read as far as it goes."""
    whole, builder, at = Pieces(pieces), _Builder(), 0
    for match in _TAG.finditer(whole.text):
        for piece in whole.cut(at, match.start()):
            builder.text(piece)
        at = match.end()
        name = (match["name"] or "").lower()
        if match["entity"]:
            builder.text(Piece(unescape(match[0]), whole.place(*match.span())))
        elif name and match["close"]:
            builder.end(name)
        elif name:
            builder.start(name, _attributes(match["attributes"] or ""))
            if match[0].endswith("/>") and name not in _EMPTY:
                builder.end(name)
    for piece in whole.cut(at, len(whole.text)):
        builder.text(piece)
    return builder.finish()


def element_parts(element: Element) -> list[Part]:
    """The paragraphs inside an element of XHTML or NITF."""
    builder = _Builder()
    stack: list[tuple[str, Iterator[Element | Text]]] = [("", iter(element.children))]
    while stack:
        name, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            builder.end(name)
        elif isinstance(child, Text):
            builder.text(Piece(child.text, child.place))
        else:
            own = child.name.lower()
            builder.start(own, child.attributes)
            stack.append((own, iter(child.children)))
    return builder.finish()


def _attributes(written: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(written)
    }


class _Open(NamedTuple):
    """An element that has not ended, and what holds inside of it, its parents' share included."""

    name: str
    kind: BlockKind = "text"
    role: Role | None = None
    unread: bool = False
    lines: bool = True
    """Do line ends in it mean anything: in `pre`, and where no element makes paragraphs."""


class _Builder:
    """Takes tags and characters in their order, and makes parts of them."""

    def __init__(self) -> None:
        self._open = [_Open("")]
        self._names: Counter[str] = Counter()
        self._parts: list[Part] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._marks: list[_Mark] = []
        self._link: tuple[str, int] | None = None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if _breaks(name):
            self._flush()
        above = self._open[-1]
        if name == "img" and attributes.get("src") and not above.unread:
            self._marks.append(("image", attributes["src"], self._length, self._length))
        if name in _EMPTY:
            return
        lines = name == "pre" or (above.lines and name not in _BLOCKS and name not in _KINDS)
        if name in ("p", "li"):
            lines = False
        self._open.append(
            _Open(
                name,
                _KINDS.get(name, above.kind),
                _ROLES.get(name, above.role),
                above.unread or name in _UNREAD,
                lines,
            )
        )
        self._names[name] += 1
        if name == "a" and attributes.get("href"):
            self._link = attributes["href"], self._length
        if name[0] == "h" and name[1:] in tuple("123456"):
            self._marks.append(("heading", name[1:], self._length, self._length))

    def end(self, name: str) -> None:
        if name == "a":
            self._close_link()
        if _breaks(name):
            self._flush()
        if not self._names[name]:  # it never began
            return
        while len(self._open) > 1:
            gone = self._open.pop().name
            self._names[gone] -= 1
            if gone == name:
                return

    def text(self, piece: Piece) -> None:
        if not self._open[-1].unread:
            self._pieces.append(piece)
            self._length += len(piece.text)

    def finish(self) -> list[Part]:
        self._flush()
        return self._parts

    def _close_link(self) -> None:
        if self._link is not None and self._link[1] < self._length:
            self._marks.append(("link", self._link[0], self._link[1], self._length))
        self._link = None

    def _flush(self) -> None:
        link = self._link
        self._close_link()
        here = self._open[-1]
        if any(piece.text.strip() for piece in self._pieces):
            if here.lines and here.kind == "text":
                self._parts += [part._replace(role=here.role) for part in plain_parts(self._pieces)]
            else:
                self._parts.append(Part(self._pieces, here.kind, here.role, tuple(self._marks)))
            self._marks = []
        if link is not None:
            self._link = link[0], 0
        # A picture between two paragraphs goes with the next.
        self._marks = [(kind, value, 0, 0) for kind, value, _, _ in self._marks if kind == "image"]
        self._pieces, self._length = [], 0


def _breaks(name: str) -> bool:
    return name in _BLOCKS or name in _KINDS or name in _ROLES or name in _UNREAD
