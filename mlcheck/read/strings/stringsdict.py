"""Apple's .stringsdict: strings with plurals, in a property list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.strings.collect import Strings, main_form
from mlcheck.read.xml import Element, parse_xml

__all__ = ["read_stringsdict"]

_TITLE = "an Apple stringsdict"
_FORMAT = "NSStringLocalizedFormatKey"
_VARIABLE = re.compile(r"%(?:\d+\$)?#@\w+@")


def read_stringsdict(text: str, shown: str, options: ReadOptions) -> Extract:
    """The strings of a .stringsdict file: of each variable its main form, and the frame around them where it
    has words. Raises `InputError` where it is damaged, or has none."""
    root = parse_xml(text, shown, _TITLE)
    top = root.find("dict")
    if root.name != "plist" or top is None:
        raise InputError(f"{shown}: no stringsdict, which begins with <plist> and has a <dict> in it")
    strings = Strings(shown, _TITLE, text)
    for name, entry in _entries(top):
        for inner, value in _entries(entry):
            forms = {key: form for key, form in _entries(value) if form.name == "string"}
            form = main_form(forms)
            if form is not None:
                strings.add(f"{name}.{inner}", _pieces(forms[form]))
            elif inner == _FORMAT and any(map(str.isalpha, _VARIABLE.sub("", value.content))):
                strings.add(name, _pieces(value))
    return strings.finish()


def _entries(dictionary: Element) -> Iterator[tuple[str, Element]]:
    """The values of a dictionary, by their keys, which stand before them."""
    key = ""
    for element in dictionary.elements():
        if element.name == "key":
            key = element.content.strip()
        else:
            yield key, element


def _pieces(element: Element) -> list[Piece]:
    return [Piece(text.text, text.place) for text in element.texts()]
