"""The front matter of a page: its title, description and the like are texts that have to be translated, and
what else stands there is told to a program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mlcheck.data import Block, Role, Span
from mlcheck.read.calls import only_calls
from mlcheck.read.markdown.page import Page

__all__ = ["matter_blocks"]

_ROLES: dict[str, Role] = {
    "title": "headline",
    "headline": "headline",
    "linktitle": "body",
    "subtitle": "body",
    "description": "body",
    "summary": "body",
    "excerpt": "body",
    "lead": "body",
    "tagline": "body",
    "details": "body",
    "caption": "caption",
    "alt": "caption",
}
"""By the last of its keys, in small letters."""
_DEEPEST = 4
"""Keys inside each other: a list of pictures has its captions in the second."""
_MOST = 50_000
"""Characters of front matter that are looked through; more is data."""
_NAMES = "|".join(_ROLES)
_STRING = (
    r'(?:"""(?P<triple>(?:(?!""").)*)"""|'
    r"'''(?P<raw>(?:(?!''').)*)'''"
    r'|"(?P<double>(?:\\.|[^"\\\n])*)"'
    r"|'(?P<single>[^'\n]*)')"
)
_TOML = re.compile(
    rf"^[ \t]*(?P<key>{_NAMES})[ \t]*=[ \t]*{_STRING}", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
_TOML_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_JSON = re.compile(r'"(?P<key>(?:\\.|[^"\\])*)"(?:\s*:\s*"(?P<value>(?:\\.|[^"\\])*)")?|[{}\[\]]')
_LETTER = re.compile(r"[^\W\d_]")


def matter_blocks(page: Page, count: int) -> Iterator[Block]:
    """The blocks of the front matter, which takes the first `count` lines: each of its texts, and the lines
    between them."""
    first, last = page.lines[0], page.lines[count - 1]
    is_json = page.text[first.start : first.end].strip("\ufeff \t").startswith("{")
    start = first.start if is_json else page.lines[1].start
    end = last.end if is_json else page.lines[max(count - 2, 1)].end
    if count == 2 and not is_json:
        return
    text = page.text[start:end]
    texts: list[tuple[str, Span]] = []
    if len(text) <= _MOST:
        fence = page.text[first.start : first.end].strip("\ufeff \t\r")[:3]
        texts = list(_json(text) if is_json else _toml(text) if fence == "+++" else _yaml(text))
    row = 0 if is_json else 1
    headed = False
    for key, span in sorted(texts, key=lambda found: found[1]):
        role = _ROLES[key.lower()]
        value = Span(start + span.start, start + span.end)
        words = page.text[value.start : value.end]
        if not _LETTER.search(words) or only_calls(words) or (role == "headline" and headed):
            continue
        headed = headed or role == "headline"
        block = page.block("matter", *value, role=role)
        if block.line - 1 > row:
            yield page.block("matter", page.lines[row].start, page.lines[block.line - 2].end)
        yield block
        row = max(row, block.end_line)
    if row < count - (0 if is_json else 1):
        yield page.block("matter", page.lines[row].start, end)


def _yaml(text: str) -> Iterator[tuple[str, Span]]:
    import yaml

    try:
        # Nodes and not values: only these have places, and no alias is written out.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return
    stack: list[tuple[Any, int]] = [(root, 0)]
    seen: set[int] = set()
    while stack:
        node, depth = stack.pop()
        if depth > _DEEPEST or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            stack += ((child, depth + 1) for child in node.value)
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                stack.append((value, depth + 1))
                name = key.value if isinstance(key, yaml.ScalarNode) else ""
                if name.lower() in _ROLES and _is_text(value) and id(value) not in seen:
                    seen.add(id(value))
                    # Inside another thing, a title is not the page's.
                    name = "subtitle" if depth and _ROLES[name.lower()] == "headline" else name
                    yield name, _scalar(text, value)


def _is_text(node: Any) -> bool:
    return getattr(node, "tag", "") == "tag:yaml.org,2002:str" and isinstance(node.value, str)


def _scalar(text: str, node: Any) -> Span:
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("'", '"'):
        return Span(start + 1, end - 1)
    if node.style in ("|", ">"):
        start = text.find("\n", start, end) + 1 or start
    return Span(start, end)


def _toml(text: str) -> Iterator[tuple[str, Span]]:
    table = _TOML_TABLE.search(text)
    for found in _TOML.finditer(text, 0, table.start() if table else len(text)):
        group = next(g for g in ("triple", "raw", "double", "single") if found[g] is not None)
        yield found["key"], Span(*found.span(group))


def _json(text: str) -> Iterator[tuple[str, Span]]:
    depth = 0
    for found in _JSON.finditer(text):
        if found["key"] is None:
            depth += 1 if found[0] in "{[" else -1
        elif found["value"] is not None and found["key"].lower() in _ROLES and depth <= _DEEPEST:
            name = found["key"].lower()
            yield (
                ("subtitle" if depth > 1 and _ROLES[name] == "headline" else name),
                Span(*found.span("value")),
            )
