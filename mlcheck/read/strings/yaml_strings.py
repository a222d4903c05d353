"""Strings in YAML, as Rails and others have them.

PyYAML makes nodes with their places (`compose`), and no objects: no tag is followed, and an anchor that is
used again is the same node, which is read once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.languages import is_code, is_known
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.strings.collect import Strings, is_plural

__all__ = ["read_yaml"]

_TITLE = "YAML"
_DEEPEST = 100
_MOST_BRACKETS = 100
"""Brackets and indents that may be open: PyYAML calls itself for each, and Python's stack ends."""


def read_yaml(text: str, shown: str, options: ReadOptions) -> Extract:
    """The strings of a YAML file. Raises `InputError` where it is damaged, or data."""
    import yaml

    try:
        _refuse_deep(text, shown)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise InputError(f"{shown}{where}: {_TITLE}, and damaged: {problem}; mend it") from None
    if not isinstance(root, yaml.MappingNode):
        raise InputError(
            f"{shown}: {_TITLE} without names for its strings; save the words alone as text (UTF-8, .txt)"
        )
    language, root = _language(root)
    strings = Strings(shown, _TITLE, text, language)
    other = 0
    for key, node in _leaves(root):
        if node.tag == "tag:yaml.org,2002:str":
            strings.add(key, list(_pieces(node, text)), icu=True)
        else:
            other += node.tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
    return strings.finish(other=other)


def _refuse_deep(text: str, shown: str) -> None:
    import yaml

    depth = 0
    opening = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockMappingStartToken,
               yaml.BlockSequenceStartToken)  # fmt: skip
    closing = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        depth += isinstance(token, opening) - isinstance(token, closing)
        if depth > _MOST_BRACKETS:
            raise InputError(f"{shown}: {_TITLE} of more than {_MOST_BRACKETS} levels; it is not read")


def _language(root: Any) -> tuple[str | None, Any]:
    """The language that is the only name at the top, as in Rails, with what stands under it."""
    import yaml

    if len(root.value) == 1:
        name, value = root.value[0]
        code = str(name.value)
        if isinstance(value, yaml.MappingNode) and is_code(code) and len(code) > 1 and is_known(code):
            return code.replace("_", "-"), value
    return None, root


def _leaves(root: Any) -> Iterator[tuple[str, Any]]:
    import yaml

    seen: set[int] = set()
    stack: list[tuple[str, Any]] = [("", root)]
    while stack:
        key, node = stack.pop()
        if isinstance(node, yaml.ScalarNode):
            yield key, node
            continue
        if id(node) in seen or key.count(".") > _DEEPEST:
            continue
        seen.add(id(node))
        members = list(_members(node))
        if is_plural(name for name, _ in members):
            yield key, dict(members)["other"]
            continue
        stack += [(f"{key}.{name}" if key else name, own) for name, own in reversed(members)]


def _members(node: Any) -> Iterator[tuple[str, Any]]:
    import yaml

    if isinstance(node, yaml.MappingNode):
        for name, own in node.value:
            if isinstance(name, yaml.ScalarNode) and name.value != "<<":
                yield str(name.value), own
    else:
        yield from ((str(n), own) for n, own in enumerate(node.value))


def _pieces(node: Any, text: str) -> Iterator[Piece]:
    """The characters of a string, found again in what is written: word by word where each stands there as it
    reads, else all of it as one."""
    start, end = node.start_mark.index, node.end_mark.index
    at = start
    pieces: list[Piece] = []
    for n, word in enumerate(str(node.value).split()):
        found = text.find(word, at, end)
        if found < 0:
            yield Piece(str(node.value), Span(start, end))
            return
        if n:
            between = Span(at, found)
            pieces.append(Piece(" ", between))
        pieces.append(Piece(word, Span(found, found + len(word))))
        at = found + len(word)
    yield from pieces
