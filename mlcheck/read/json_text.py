"""JSON as values, each with its place in the file, read so that no document can do harm.

The standard library's reader knows no places, and nests as deep as Python's stack allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read.extract import Piece
from mlcheck.read.lines import line_spans

__all__ = ["Node", "NodeKind", "parse_json"]

NodeKind = Literal["object", "array", "string", "number", "boolean", "null"]

_DEEPEST = 200
_MOST = 1_000_000
"""Values of a document; some 300 MB. A file of strings has thousands."""
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_SCALAR = re.compile(r"(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false)|(null)")
_ESCAPE = re.compile(
    r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\(.)", re.DOTALL
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}
_WRONG = "\ufffd"
"""For an escape that names half a character, as programs leave it that cut a string."""


@dataclass(slots=True)
class Node:
    """A value. `place` is where it stands in the text that was parsed, with its quotation marks or
    brackets."""

    kind: NodeKind
    place: Span
    items: list[tuple[str, Node]] = field(default_factory=list)
    """What an object or an array holds, in the order of the file: each with its name, or its number from 0
    on. A name that stands twice is there twice."""
    name_place: Span | None = None
    """Where its name in an object stands, quotation marks included."""
    _text: str = ""

    @property
    def raw(self) -> str:
        """The value as it is written, a string without its quotation marks."""
        inner = 1 if self.kind == "string" else 0
        return self._text[self.place.start + inner : self.place.end - inner]

    @property
    def pieces(self) -> list[Piece]:
        """The characters of a string: what is written out as it stands, and each escape (`\\u0410`) as one
        character. Other values have none."""
        if self.kind != "string":
            return []
        return list(_pieces(self._text, Span(self.place.start + 1, self.place.end - 1)))

    @property
    def value(self) -> str:
        """A string's characters; a number, `true`, `false` and `null` as they are written; else ""."""
        if self.kind == "string":
            return self.raw if "\\" not in self.raw else "".join(piece.text for piece in self.pieces)
        return "" if self.kind in ("object", "array") else self.raw

    def get(self, *names: str) -> Node | None:
        """What stands at the end of a path of names; None without it. The last of two of one name counts, as
        elsewhere."""
        here: Node | None = self
        for name in names:
            if here is None:
                return None
            here = next((node for key, node in reversed(here.items) if key == name), None)
        return here

    def string(self, *names: str) -> str:
        """The string, number or word at the end of a path; "" without one, and for `null`."""
        node = self.get(*names)
        return "" if node is None or node.kind == "null" else node.value.strip()

    def each(self) -> list[Node]:
        """The values of an array; of anything else, itself alone."""
        return [node for _, node in self.items] if self.kind == "array" else [self]


def parse_json(text: str, shown: str, title: str = "JSON") -> Node:
    """The value of a document. Places count the characters of `text`.

    A name may stand twice in an object, and a string may have line ends in it: programs write both. Raises
    `InputError` with the line where it is no JSON, has more than one value, or nests without end.
    """
    return _Parser(text, shown, title).document()


def _pieces(text: str, inside: Span) -> Iterator[Piece]:
    at = inside.start
    for match in _ESCAPE.finditer(text, inside.start, inside.end):
        if match.start() > at:
            yield Piece(text[at : match.start()], Span(at, match.start()))
        yield Piece(_character(match), Span(*match.span()))
        at = match.end()
    if at < inside.end:
        yield Piece(text[at : inside.end], Span(at, inside.end))


def _character(escape: re.Match[str]) -> str:
    high, low, code, short = escape.groups()
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    if code is None:
        return _SHORT.get(short, short)
    number = int(code, 16)
    return _WRONG if 0xD800 <= number <= 0xDFFF else chr(number)


class _Parser:
    """One loop with a stack of its own: Python's would end first."""

    def __init__(self, text: str, shown: str, title: str) -> None:
        self._text, self._shown, self._title = text, shown, title
        self._at = 0
        self._count = 0
        self._open: list[Node] = []

    def document(self) -> Node:
        self._skip()
        root = self._value()
        while self._open:
            self._step(self._open[-1])
        self._skip()
        if self._at < len(self._text):
            raise self._wrong("something stands after its end")
        return root

    def _step(self, parent: Node) -> None:
        """Read one member of the innermost object or array that is open, or its end."""
        closing = "}" if parent.kind == "object" else "]"
        self._skip()
        if self._peek() == closing:
            self._at += 1
            parent.place = Span(parent.place.start, self._at)
            self._open.pop()
            return
        if parent.items:
            self._expect(",", f"a comma or {closing} is missing")
        if parent.kind == "array":
            parent.items.append((str(len(parent.items)), self._value()))
            return
        name = self._string("a name in quotation marks is missing")
        self._expect(":", "a colon is missing after a name")
        value = self._value()
        value.name_place = name.place
        parent.items.append((name.value, value))

    def _value(self) -> Node:
        self._count += 1
        if self._count > _MOST:
            raise InputError(f"{self._shown}: {self._title} of more than {_MOST:,} values; split it")
        self._skip()
        first = self._peek()
        if first in ("{", "["):
            if len(self._open) >= _DEEPEST:
                raise InputError(
                    f"{self._shown}: {self._title} of more than {_DEEPEST} levels; it is not read"
                )
            node = Node("object" if first == "{" else "array", Span(self._at, self._at), _text=self._text)
            self._at += 1
            self._open.append(node)
            return node
        if first == '"':
            return self._string("")
        match = _SCALAR.match(self._text, self._at)
        if match is None:
            raise self._wrong("a value is missing")
        self._at = match.end()
        kind: NodeKind = "number" if match[1] else "boolean" if match[2] else "null"
        return Node(kind, Span(*match.span()), _text=self._text)

    def _string(self, what: str) -> Node:
        self._skip()
        if self._peek() != '"':
            raise self._wrong(what)
        match = _STRING.match(self._text, self._at)
        if match is None:
            raise self._wrong("a string does not end")
        self._at = match.end()
        return Node("string", Span(*match.span()), _text=self._text)

    def _expect(self, sign: str, what: str) -> None:
        self._skip()
        if self._peek() != sign:
            raise self._wrong(what)
        self._at += 1

    def _skip(self) -> None:
        match = _SPACE.match(self._text, self._at)
        assert match is not None
        self._at = match.end()

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _wrong(self, what: str) -> InputError:
        line = len(line_spans(self._text[: self._at]))
        where = f"{self._shown}:{line}"
        return InputError(f"{where}: {self._title}, and damaged: {what}; mend it, or save it again")
