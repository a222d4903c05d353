"""XML as events, each with its place in the file, read so that no document can do harm.

`expat` is the standard library's, knows the offset of everything it tells, and fetches nothing. What expands
(entities that a document defines) and what nests without end is refused.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from mlcheck.data import Span
from mlcheck.errors import InputError

__all__ = ["Element", "Text", "elements", "parse_xml"]

_NOWHERE = Span(0, 0)
_DEEPEST = 250
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MOST = 1_000_000
"""Events of a document; each becomes an object of some hundred bytes. A thick novel has a quarter of that."""
_MOST_SIGNS = 500_000
"""Tags and references, counted before anything is built: a million elements take half a gigabyte."""
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([A-Za-z][\w.-]{0,40})["']""")


@dataclass(slots=True)
class Text:
    """Characters between tags. `place` is where they stand in the text that was parsed; as long as `text` is,
    unless it holds an entity or a line end of two characters."""

    text: str
    place: Span


@dataclass(slots=True)
class Element:
    """An element with its attributes, in the order of the file. `name` and the keys of `attributes` have no
    prefix; `space` is the address of the element's namespace, "" without one."""

    name: str
    space: str
    attributes: Mapping[str, str]
    children: list[Element | Text] = field(default_factory=list)
    place: Span = _NOWHERE
    """From the first character of its start tag to the last of its end tag."""

    def find(self, *names: str) -> Element | None:
        """The first descendant on a path of child names; None without one."""
        here: Element | None = self
        for name in names:
            here = next((c for c in here.elements() if c.name == name), None) if here is not None else None
        return here

    def elements(self, name: str | None = None) -> Iterator[Element]:
        """The child elements, of one name where it is given."""
        for child in self.children:
            if isinstance(child, Element) and (name is None or child.name == name):
                yield child

    def within(self, name: str, wrappers: Container[str]) -> Iterator[Element]:
        """The elements of one name among the children, and among the children of `wrappers` inside these: the
        rows of a table, and none of a table in a cell of it."""
        stack = [self.elements()]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.name == name:
                yield child
            elif child.name in wrappers:
                stack.append(child.elements())

    def every(self, *names: str) -> Iterator[Element]:
        """All descendants of these names, of any without names, in the order of the file."""
        stack = [iter(self.children)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif isinstance(child, Element):
                if not names or child.name in names:
                    yield child
                stack.append(iter(child.children))

    def texts(self) -> Iterator[Text]:
        """All characters inside, in order."""
        stack = [iter(self.children)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif isinstance(child, Text):
                yield child
            else:
                stack.append(iter(child.children))

    @property
    def content(self) -> str:
        """The characters inside as one string."""
        return "".join(text.text for text in self.texts())


def parse_xml(text: str, shown: str, title: str) -> Element:
    """The root element of a document. Places count the characters of `text`. Raises `InputError` where it is
    no XML, defines entities, or nests without end."""
    return _Builder(text, shown, title).root()


def elements(data: bytes, shown: str, title: str) -> Element:
    """As `parse_xml`, of the bytes of a part of a container, in UTF-8 or as its declaration says."""
    declared = _DECLARED.match(data)
    encoding = declared[1].decode() if declared else "utf-8"
    if data.startswith(_UTF_16):
        encoding = "utf-16"
    elif encoding.lower().replace("_", "-") in ("utf-8", "utf8", "utf-16") or data.startswith(BOM_UTF8):
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError):  # ValueError: what does not decode, too
        raise InputError(f"{shown}: {title}, and damaged; save it again") from None
    return parse_xml(text, shown, title)


class _Builder:
    def __init__(self, text: str, shown: str, title: str) -> None:
        self._given, self._shown, self._title = text, shown, title
        self._stack: list[Element] = []
        self._root: Element | None = None
        self._events = 0
        self._pending: list[str] = []
        self._from = self._until = 0
        self._in_cdata = False
        self._bytes = _Offsets(text)

    def root(self) -> Element:
        if self._given.count("<") + self._given.count("&") > _MOST_SIGNS:
            raise self._long()
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = False
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartCdataSectionHandler = lambda: self._cdata(True)
        parser.EndCdataSectionHandler = lambda: self._cdata(False)
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._unknown
        parser.AttlistDeclHandler = self._default
        parser.ExternalEntityRefHandler = lambda *_: 0
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser = parser
        try:
            parser.Parse(self._bytes.data, True)
        except expat.ExpatError as error:
            raise InputError(
                f"{self._shown}:{error.lineno}: {self._title}, and not well formed "
                f"({expat.ErrorString(error.code)}); mend it, or save it again"
            ) from None
        if self._root is None:
            raise InputError(f"{self._shown}: {self._title} without an element; is it the right file?")
        return self._root

    def _at(self) -> int:
        return self._bytes.character(self._parser.CurrentByteIndex)

    def _flush(self) -> None:
        if self._pending and self._stack:
            self._stack[-1].children.append(Text("".join(self._pending), Span(self._from, self._until)))
        self._pending = []

    def _count(self) -> None:
        self._events += 1
        if self._events > _MOST:
            raise self._long()

    def _start(self, name: str, attributes: list[str]) -> None:
        self._count()
        at = self._at()
        self._flush()
        if len(self._stack) >= _DEEPEST:
            raise InputError(f"{self._shown}: {self._title} of more than {_DEEPEST} levels; it is not read")
        space, _, own = name.rpartition(" ")
        keys = (key.rpartition(" ")[2] for key in attributes[::2])
        pairs = dict(zip(keys, attributes[1::2], strict=True))
        element = Element(own, space, pairs, place=Span(at, at))
        if self._stack:
            self._stack[-1].children.append(element)
        elif self._root is None:
            self._root = element
        self._stack.append(element)

    def _end(self, _name: str) -> None:
        at = self._at()
        self._flush()
        element = self._stack.pop()
        # The parser stands before an end tag, and behind `<br/>`.
        end = self._given.find(">", at) + 1 if self._given.startswith("</", at) else at
        element.place = Span(element.place.start, max(end, at))

    def _characters(self, data: str) -> None:
        self._count()
        at = self._at()
        # Expat tells references and line ends apart from what stands between them. Each is a text of its own
        # where it is not written as it reads.
        reference = not self._in_cdata and self._given.startswith("&", at)
        written = not reference and self._given.startswith(data, at)
        if self._pending and not (written and at == self._until):
            self._flush()
        if not self._pending:
            self._from = at
        self._pending.append(data)
        if written:
            self._until = at + len(data)
        else:
            self._until = self._given.find(";", at) + 1 if reference else at + 2
            self._flush()

    def _cdata(self, begins: bool) -> None:
        self._in_cdata = begins

    def _unknown(self, name: str, _parameter: bool) -> None:
        raise InputError(
            f"{self._shown}: {self._title} with &{name[:40]};, which only a DTD elsewhere defines; save it "
            "with the character itself"
        )

    def _default(self, _element: str, _name: str, _type: str, value: str | None, _required: bool) -> None:
        # A default is added to every element: a long one makes gigabytes of a small file.
        if value is not None:
            raise self._defines()

    def _entity(self, *_: Any) -> None:
        raise self._defines()

    def _long(self) -> InputError:
        return InputError(f"{self._shown}: {self._title} of more than {_MOST_SIGNS:,} tags; split it")

    def _defines(self) -> InputError:
        return InputError(
            f"{self._shown}: {self._title} that defines entities or attributes of its own, which can expand "
            "without end; save it without a DTD"
        )


class _Offsets:
    """From offsets in UTF-8 to offsets in characters, for offsets that come in order."""

    def __init__(self, text: str) -> None:
        # A declaration of another encoding would be believed; the parser is told which one it is.
        self.data = text.encode("utf-8", "surrogatepass")
        self._plain = len(self.data) == len(text)
        self._byte = self._character = 0

    def character(self, byte: int) -> int:
        if self._plain:
            return byte
        if byte < self._byte:
            return self._character - len(self.data[byte : self._byte].decode("utf-8", "ignore"))
        self._character += len(self.data[self._byte : byte].decode("utf-8", "ignore"))
        self._byte = byte
        return self._character
