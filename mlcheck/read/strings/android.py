"""Android's strings.xml: strings, plurals and arrays, with the tags in them as marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.placeholders import Marking
from mlcheck.read.strings.collect import Strings, main_form
from mlcheck.read.xml import Element, Text, parse_xml

__all__ = ["read_android"]

_TITLE = "an Android resource file"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t"}


def read_android(text: str, shown: str, options: ReadOptions) -> Extract:
    """The strings of a strings.xml. Raises `InputError` where it is damaged, or has none."""
    root = parse_xml(text, shown, _TITLE)
    if root.name != "resources":
        raise InputError(f"{shown}: no Android resource file, which begins with <resources>")
    strings = Strings(shown, _TITLE, text)
    fixed = 0
    for element in root.elements():
        if element.attributes.get("translatable") == "false":
            fixed += 1
            continue
        for key, own in _strings(element):
            pieces, marks = _content(own)
            strings.add(key, pieces, marks)
    if fixed:
        strings.skip(f"{fixed} {'string' if fixed == 1 else 'strings'} not to be translated")
    return strings.finish()


def _strings(element: Element) -> Iterator[tuple[str, Element]]:
    """What an element holds, by name; of a plural its main form."""
    name = element.attributes.get("name", "")
    if element.name == "string":
        yield name, element
    elif element.name == "string-array":
        yield from ((f"{name}[{n}]", item) for n, item in enumerate(element.elements("item")))
    elif element.name == "plurals":
        forms = {item.attributes.get("quantity", ""): item for item in element.elements("item")}
        form = main_form(forms)
        if form is not None:
            yield name, forms[form]


def _content(element: Element) -> tuple[list[Piece], list[Marking]]:
    """The characters, with what escapes stand for, and tags as marks."""
    pieces: list[Piece] = []
    marks: list[Marking] = []
    at = 0
    stack = [iter(element.children)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif isinstance(child, Text):
            for piece in _unescaped(child):
                pieces.append(piece)
                at += len(piece.text)
        else:
            marks.append(("placeholder", f"<{child.name}>", at, at))
            stack.append(iter(child.children))
    return pieces, marks


def _unescaped(text: Text) -> Iterator[Piece]:
    exact = len(text.text) == text.place.end - text.place.start
    at = 0

    def piece(characters: str, start: int, end: int) -> Piece:
        place = Span(text.place.start + start, text.place.start + end) if exact else text.place
        return Piece(characters, place)

    for match in _ESCAPE.finditer(text.text):
        if match.start() > at:
            yield piece(text.text[at : match.start()], at, match.start())
        character = chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2])
        yield piece("\ufffd" if "\ud800" <= character <= "\udfff" else character, *match.span())
        at = match.end()
    if at < len(text.text):
        yield piece(text.text[at:], at, len(text.text))
