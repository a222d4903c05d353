"""Apple's .strings: `"key" = "value";`, with comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.lines import line_spans
from mlcheck.read.strings.collect import Strings

__all__ = ["read_apple"]

_TITLE = "Apple strings"
_BETWEEN = re.compile(r"(?:[\s\ufeff]|/\*.*?\*/|//[^\n]*)*+", re.DOTALL)
_STRING = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"|([\w.\-]+)', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:[uU]([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": " "}


def read_apple(text: str, shown: str, options: ReadOptions) -> Extract:
    """The strings of a .strings file. Raises `InputError` with the line where it is damaged."""
    strings = Strings(shown, _TITLE, text)
    at = _skip(text, 0)
    while at < len(text):
        key = _STRING.match(text, at)
        sign = _skip(text, key.end()) if key else at
        value = _STRING.match(text, _skip(text, sign + 1)) if text.startswith("=", sign) else None
        end = _skip(text, value.end()) if value else at
        if key is None or value is None or not text.startswith(";", end):
            line = len(line_spans(text[:at]))
            raise InputError(f'{shown}:{line}: {_TITLE}, and damaged; a line is "key" = "value";')
        name = "".join(piece.text for piece in _pieces(text, key))
        strings.add(name, list(_pieces(text, value)))
        at = _skip(text, end + 1)
    return strings.finish()


def _skip(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _pieces(text: str, string: re.Match[str]) -> Iterator[Piece]:
    at, end = string.span(1 if string[1] is not None else 2)
    for match in _ESCAPE.finditer(text, at, end):
        if match.start() > at:
            yield Piece(text[at : match.start()], Span(at, match.start()))
        character = chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2])
        if "\ud800" <= character <= "\udfff":
            character = "\ufffd"
        yield Piece(character, Span(*match.span()))
        at = match.end()
    if at < end:
        yield Piece(text[at:end], Span(at, end))
