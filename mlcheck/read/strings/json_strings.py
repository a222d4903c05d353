"""Strings in JSON: i18next and its like (nested or flat), messages of browser extensions, ARB, FormatJS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcheck.errors import InputError
from mlcheck.languages import is_known
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.json_text import Node, parse_json
from mlcheck.read.strings.collect import Strings, is_plural

__all__ = ["read_json"]

_TITLE = "JSON"
_MESSAGE = ("message", "defaultMessage")
"""Where an object that describes a string has the string itself."""
_SUFFIX = re.compile(r"(.+)_(?:zero|one|two|few|many)")
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,8})*")


def read_json(text: str, shown: str, options: ReadOptions) -> Extract:
    """The strings of a JSON file. Raises `InputError` where it is damaged, or data."""
    root = parse_json(text, shown, _TITLE)
    if root.kind != "object":
        raise InputError(
            f"{shown}: {_TITLE}, and a list; strings have names. Save the words alone as text (UTF-8, .txt)"
        )
    language = root.string("@@locale")
    if len(root.items) == 1 and root.items[0][1].kind == "object" and _is_language(root.items[0][0]):
        language, root = root.items[0]  # everything in it is of one language
    strings = Strings(shown, _TITLE, text, language.replace("_", "-") if _is_language(language) else None)
    other = 0
    for key, node in _leaves(root):
        if node.kind == "string":
            strings.add(key, node.pieces, icu=True)
        else:
            other += node.kind == "number"
    return strings.finish(other=other)


def _is_language(text: str) -> bool:
    return bool(_CODE.fullmatch(text)) and is_known(text)


def _leaves(root: Node) -> Iterator[tuple[str, Node]]:
    """All values with their names, in the order of the file; of a plural its main form."""
    stack = [("", iter(_members(root)))]
    while stack:
        before, members = stack[-1]
        name, node = next(members, (None, None))
        if name is None or node is None:
            stack.pop()
            continue
        key = f"{before}.{name}" if before else name
        message = next((own for own in map(node.get, _MESSAGE) if own and own.kind == "string"), None)
        if node.kind == "object" and message is not None:
            yield key, message
        elif node.kind == "object" and is_plural(own for own, _ in node.items):
            form = node.get("other")
            assert form is not None
            yield key, form
        elif node.kind in ("object", "array"):
            stack.append((key, iter(_members(node))))
        else:
            yield key, node


def _members(node: Node) -> list[tuple[str, Node]]:
    """What an object holds, without what describes a string (`@title`), and without the plural forms beside
    `items_other`."""
    names = {name for name, _ in node.items}
    return [
        (name, own)
        for name, own in node.items
        if not name.startswith("@")
        and not ((form := _SUFFIX.fullmatch(name)) and f"{form[1]}_other" in names)
    ]
