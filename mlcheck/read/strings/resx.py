"""RESX, the resources of .NET: its strings; what is no string has a type."""

from __future__ import annotations

from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.strings.collect import Strings
from mlcheck.read.xml import parse_xml

__all__ = ["read_resx"]

_TITLE = "a RESX file"


def read_resx(text: str, shown: str, options: ReadOptions) -> Extract:
    """The strings of a RESX file. Raises `InputError` where it is damaged, or has none."""
    root = parse_xml(text, shown, _TITLE)
    if root.name != "root":
        raise InputError(f"{shown}: no RESX file, which begins with <root>")
    strings = Strings(shown, _TITLE, text)
    for data in root.elements("data"):
        name, value = data.attributes.get("name", ""), data.find("value")
        hidden = name.startswith((">>", "$"))  # what a designer of forms keeps there
        if value is None or hidden or "type" in data.attributes or "mimetype" in data.attributes:
            continue
        strings.add(name, [Piece(own.text, own.place) for own in value.texts()])
    return strings.finish()
