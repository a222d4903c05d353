"""Changes that leave a file well-formed, so that what stands behind the parser is reached: changed byte by
byte, nine in ten files of a strict format (XML, JSON) are refused at the door."""

from __future__ import annotations

import json
import random
import re
from typing import Any
from xml.etree import ElementTree as Tree

__all__ = ["gently"]

# fmt: off
WORDS = (
    *(
        "",
        " ",
        "\n",
        "\n\n",
        "\t",
        "a",
        "Paris.",
        "12,5",
        "%s %1$d {n} {{x}} ${y} %#@n@",
        "{n, plural, other {# b}}",
    ),
    *(
        "<b>",
        "</p>",
        "&lt;p&gt;One&lt;/p&gt;",
        "&amp;amp;",
        "<![CDATA[x",
        "http://a.example/b?c=d#e",
        "[a](b)",
        "*",
        "`",
    ),
    *(
        "\u05d0\u05d1",
        "\u202e",
        "\u200b",
        "\ufeff",
        "e\u0301" * 9,
        "\U0001f6a2",
        "\u2028",
        "\x85",
        "日本語。",
        "A" * 3000,
        "\ud800",
    ),
    *(
        "id",
        "en",
        "xx-YY",
        "true",
        "-1",
        "1e999",
        "9" * 40,
        "2024-02-30T25:61:61Z",
        "stat:canceled",
        "text/html",
    ),
)
"""What is put into a text: what means something to one reader or another, and what is rare."""
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1.5,
    10**30,
    [],
    {},
    [[]],
    {"": ""},
    ["a", 1],
    {"value": "They cross."},
)
_TOKENS = re.compile(r"\n+|[ \t]+|\w+|[^\w\s]")


def gently(data: bytes, chance: random.Random) -> bytes | None:
    """A few changes of values and elements, or of words and lines where a file is neither JSON nor XML; None
    for what is no UTF-8."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    try:
        if text.lstrip()[:1] in ("{", "["):
            return _in_json(json.loads(text), chance)
        if text.lstrip()[:1] == "<" and "<!doctype html" not in text.lower():
            return _in_xml(Tree.fromstring(text), chance)
    except (ValueError, Tree.ParseError):
        pass
    return _in_text(text, chance)


def _in_json(value: Any, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        _change(value, chance)
    # Lone surrogates, as JSON can have them.
    return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")


def _change(value: Any, chance: random.Random) -> None:
    places: list[tuple[Any, Any]] = []
    _collect(value, places)
    if not places:
        return
    inside, key = chance.choice(places)
    match chance.randrange(5):
        case 0:
            del inside[key]
        case 1:
            inside[key] = json.loads(json.dumps(chance.choice(VALUES)))
        case 2:
            other, name = chance.choice(places)
            inside[key] = json.loads(json.dumps(other[name]))
        case 3 if isinstance(inside, dict):
            keys = [name for _, name in places if isinstance(name, str)]
            inside[chance.choice((*keys, chance.choice(WORDS)))] = inside.pop(key)
        case _:
            inside[key] = _worded(inside[key] if isinstance(inside[key], str) else "", chance)


def _collect(value: Any, places: list[tuple[Any, Any]]) -> None:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        places.append((value, key))
        _collect(value[key], places)


def _in_xml(root: Tree.Element, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        everything = list(root.iter())
        parents = [(outer, inner) for outer in everything for inner in outer]
        element = chance.choice(everything)
        match chance.randrange(7):
            case 0 if parents:
                outer, inner = chance.choice(parents)
                outer.remove(inner)
            case 1 if parents:
                outer, inner = chance.choice(parents)
                # A copy, so that no element is inside itself.
                element.insert(chance.randint(0, len(element)), Tree.fromstring(Tree.tostring(inner)))
            case 2:
                element.tag = chance.choice(everything).tag
            case 3:
                element.attrib.pop(chance.choice(list(element.attrib) or [""]), None)
            case 4:
                other = chance.choice(everything)
                for name, value in other.attrib.items():
                    element.set(name, chance.choice((value, chance.choice(WORDS))))
            case 5:
                element.tail = _worded(element.tail or "", chance)
            case _:
                element.text = _worded(element.text or "", chance)
    return Tree.tostring(root, encoding="unicode").encode()


def _in_text(text: str, chance: random.Random) -> bytes:
    parts = _TOKENS.findall(text) if chance.random() < 0.6 else text.splitlines(keepends=True)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(parts))
        match chance.randrange(4):
            case 0:
                del parts[at : at + chance.choice((1, 1, 3))]
            case 1:
                parts[at:at] = parts[at : at + chance.choice((1, 3))] * chance.choice((1, 2, 30))
            case 2 if parts:
                parts.insert(at, chance.choice(parts))
            case _:
                parts.insert(at, chance.choice(WORDS))
    return "".join(parts).encode("utf-8", "replace")


def _worded(text: str, chance: random.Random) -> str:
    at = chance.randint(0, len(text))
    end = chance.choice((at, at, len(text)))
    return text[:at] + chance.choice(WORDS) + text[end:]
