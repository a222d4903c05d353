"""Java's .properties: `key=value`, with its escapes and lines that go on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.data import Span
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.lines import line_spans
from mlcheck.read.strings.collect import Strings

__all__ = ["read_properties"]

_TITLE = "properties"
_KEY = re.compile(r"[ \t\f]*((?:[^\\=: \t\f]|\\.)+)[ \t\f]*[=:]?[ \t\f]*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))")
_ESCAPED = {"n": "\n", "t": "\t", "r": " ", "f": " "}


def read_properties(text: str, shown: str, options: ReadOptions) -> Extract:
    """The strings of a .properties file. Raises `InputError` where there are none."""
    strings = Strings(shown, _TITLE, text)
    for line in _logical(text):
        written = "".join(piece.text for piece in line)
        found = _KEY.match(written)
        if found:
            key = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], found[1])
            strings.add(key, list(_unescaped(text, line, found.end())), icu=True)
    return strings.finish()


def _logical(text: str) -> Iterator[list[Piece]]:
    """The lines that say something; one that ends in a backslash with those that it goes on in."""
    parts: list[Piece] = []
    for line in line_spans(text):
        written = text[line.start : line.end]
        bare = written.lstrip(" \t\f\ufeff")
        if not parts and (not bare or bare[0] in "#!"):
            continue
        start = line.end - len(bare)
        goes_on = (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
        end = line.end - 1 if goes_on else line.end
        parts.append(Piece(text[start:end], Span(start, end)))
        if not goes_on:
            yield parts
            parts = []
    if parts:
        yield parts


def _unescaped(text: str, line: list[Piece], front: int) -> Iterator[Piece]:
    """The value, which begins after so many characters of its line, with what its escapes stand for."""
    for piece in line:
        assert piece.place is not None
        if front >= len(piece.text):
            front -= len(piece.text)
            continue
        at, end = piece.place.start + front, piece.place.end
        front = 0
        for match in _ESCAPE.finditer(text, at, end):
            if match.start() > at:
                yield Piece(text[at : match.start()], Span(at, match.start()))
            character = chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2])
            if "\ud800" <= character <= "\udfff":
                character = "\ufffd"  # half of a character: the pair is read as two
            yield Piece(character, Span(*match.span()))
            at = match.end()
        if at < end:
            yield Piece(text[at:end], Span(at, end))
