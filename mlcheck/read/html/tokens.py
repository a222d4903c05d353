"""HTML to tags and text, each with its place in the file.

Ours: `html.parser` of the standard library takes a minute for 60 kB of `<a <a <a`, and raises on `<![`, in
Pythons that are in use; how it reads a script that has no end depends on its patch version. lxml knows lines
and no columns. This one sees each character once, and does as the HTML Standard does, without what only the
building of a page needs.
"""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mlcheck.data import Span
from mlcheck.read.html.names import KEPT_ATTRIBUTES, RAW

__all__ = ["REFERENCE", "Token", "tokenize", "unescape"]

_START = re.compile(r"[A-Za-z][^\s/>]*+")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>=?[^\s/>=]++|=)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'"""
    r"""|(?P<open>["'])|(?P<bare>[^\s>]++)))?"""
)
_TAG_END = re.compile(r"[\s/]*+>")
_DOCTYPE = re.compile(r"<!doctype[^>\[]{0,500}+\[[^\]]{0,20000}+\]\s*+>", re.IGNORECASE)
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
_NOTHING: Mapping[str, Span] = {}
_VALUES = ("double", "single", "bare")
_TOP = 2000
"""Characters in which a document type is looked for that has declarations inside."""

REFERENCE = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")


class Token(NamedTuple):
    """A start tag, an end tag, or text where `name` is "". `attributes` are the places of their values;
    `closed` says that a start tag ends in `/>`."""

    name: str
    start: int
    end: int
    is_end: bool = False
    attributes: Mapping[str, Span] = _NOTHING
    closed: bool = False


def unescape(reference: str) -> str:
    """What a character reference stands for; itself where it is none.

    >>> unescape("&amp;"), unescape("&copy"), unescape("&nosuch;")
    ('&', '©', '&nosuch;')
    """
    if reference[1] == "#" or reference[1:] in html.entities.html5:
        return html.unescape(reference)
    return reference


def tokenize(text: str, comments: list[Span] | None = None) -> Iterator[Token]:
    """The tokens of a page, in order; comments, declarations and instructions are none. Places of comments
    are added to `comments`, each before the token that follows it is given."""
    is_xml = text.lstrip("\ufeff \t\r\n").startswith("<?xml")
    at, shown = 0, 0
    while (at := text.find("<", at)) >= 0:
        token, end = _token(text, at, is_xml)
        if end == at + 1 and token is None:  # a sign in running text
            at = end
            continue
        if shown < at:
            yield Token("", shown, at)
        if token is not None:
            yield token
        elif comments is not None and text.startswith("<!--", at):
            comments.append(Span(at, end))
        at = shown = end
        if token is not None and token.name in RAW and not token.is_end and not (is_xml and token.closed):
            stop = _RAW_END[token.name].search(text, at)
            at = shown = stop.start() if stop else len(text)
            if token.end < at:
                yield Token("", token.end, at)
    if shown < len(text):
        yield Token("", shown, len(text))


def _token(text: str, at: int, is_xml: bool) -> tuple[Token | None, int]:
    """What the `<` at `at` opens, and where it ends; a comment is None, and so is a mere sign, which ends
    behind itself."""
    following = text[at + 1 : at + 2]
    if following == "/":
        return _end_tag(text, at)
    if following == "!":
        if text.startswith("--", at + 2):
            # `<!-->` is a whole comment.
            return None, _behind(text, "-->", at + 2)
        if is_xml and text.startswith("[CDATA[", at + 2):
            stop = _behind(text, "]]>", at + 9)
            return Token("", at + 9, max(stop - 3, at + 9)), stop
        subset = _DOCTYPE.match(text, at) if at < _TOP else None
        return None, subset.end() if subset else _behind(text, ">", at + 2)
    if following == "?":
        return None, _behind(text, ">", at + 2)
    name = _START.match(text, at + 1)
    return _start_tag(text, at, name) if name else (None, at + 1)


def _behind(text: str, sign: str, at: int) -> int:
    found = text.find(sign, at)
    return found + len(sign) if found >= 0 else len(text)


def _end_tag(text: str, at: int) -> tuple[Token | None, int]:
    name = _START.match(text, at + 2)
    if name is None and at + 2 >= len(text):
        return None, at + 1
    end = _behind(text, ">", at + 2)
    return (Token(name[0].lower(), at, end, True) if name else None), end


def _start_tag(text: str, at: int, name: re.Match[str]) -> tuple[Token | None, int]:
    """A tag without an end takes what is left, as in browsers."""
    attributes: dict[str, Span] = {}
    here = name.end()
    while (end := _TAG_END.match(text, here)) is None:
        found = _ATTRIBUTE.match(text, here)
        if found is None or found["open"]:
            return None, len(text)
        here = found.end()
        key = found["name"].lower()
        if key in KEPT_ATTRIBUTES and key not in attributes:
            value = next((group for group in _VALUES if found[group] is not None), None)
            attributes[key] = Span(*found.span(value)) if value else Span(here, here)
    closed = text[end.end() - 2] == "/"
    return Token(name[0].lower(), at, end.end(), False, attributes or _NOTHING, closed), end.end()
