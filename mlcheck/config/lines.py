"""On which line of a TOML file each value stands, which tomllib does not tell.

A reader that keeps places, such as tomlkit, would be a dependency for error messages alone, and takes
seconds for a file of some hundred kilobytes. So this walks over the tokens, and leaves what they
mean, and whether they are right, to tomllib.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

__all__ = ["MAX_DEPTH", "Path", "TooDeep", "places"]

Path = tuple[str | int, ...]
"""Keys from the top of the file, and indices in lists: `("overrides", 0, "paths", 1)`."""

MAX_DEPTH = 32
"""Tables in tables. A configuration has five. tomllib takes quadratic time for a key of many parts (six
seconds for one of 20,000), and Python's stack for lists in lists."""

_TOKEN = re.compile(
    r'''
    (?P<space>[ \t\r]+|\#[^\n]*)
    | (?P<newline>\n)
    | (?P<long>"""(?:\\.|[^\\])*?"""(?:"{0,2}) | \'\'\'.*?\'\'\'(?:'{0,2}))
    | (?P<quoted>"(?:\\.|[^"\\\n])*" | '[^'\n]*')
    | (?P<mark>[\[\]{}.,=])
    | (?P<bare>[^\s\[\]{}.,=\#"']+)
    ''',
    re.VERBOSE | re.DOTALL,
)


class TooDeep(ValueError):
    """More tables in tables than `MAX_DEPTH`; `line` is where."""

    def __init__(self, line: int) -> None:
        super().__init__(f"tables in tables more than {MAX_DEPTH} deep")
        self.line = line


@dataclass(slots=True)
class _Open:
    """Something that values stand in: the file or a table of it, an inline table, or a list."""

    path: Path
    kind: str
    index: int = 0


@dataclass(slots=True)
class _Walk:
    lines: dict[Path, int] = field(default_factory=dict)
    counts: dict[Path, int] = field(default_factory=dict)
    """How many tables each list of tables has so far."""
    open: list[_Open] = field(default_factory=lambda: [_Open((), "file")])
    key: list[str] = field(default_factory=list)
    place: str = "key"
    """What comes next: `key`, `header` (between brackets) or `value`."""
    value: Path = ()
    """Where the next value belongs."""

    def note(self, path: Path, line: int) -> None:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], line)


def places(text: str) -> Mapping[Path, int]:
    """The line, from 1, of each key, table and element of a list in a TOML text.

    The text may be broken: what stands before the break has its lines, which is as far as tomllib
    reads. Raises `TooDeep`. Linear in the text's length.
    """
    walk = _Walk()
    for kind, token, line in _tokens(text):
        if walk.place == "header":
            _in_header(walk, kind, token, line)
        elif walk.place == "key":
            _in_key(walk, kind, token, line)
        else:
            _in_value(walk, kind, token, line)
        if len(walk.open) + max(len(walk.key), len(walk.open[-1].path)) > MAX_DEPTH:
            raise TooDeep(line)
    return walk.lines


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    at, line = 0, 1
    while match := _TOKEN.match(text, at):
        kind, token = match.lastgroup or "", match[0]
        if kind != "space":
            yield kind, token, line
        line += token.count("\n")
        at = match.end()


def _in_header(walk: _Walk, kind: str, token: str, line: int) -> None:
    if kind in ("bare", "quoted"):
        walk.key.append(_name(kind, token))
    elif token == "[":
        walk.open[0].kind = "list of tables"
    elif token == "]" and walk.key:
        path: Path = ()
        for number, name in enumerate(walk.key, start=1):
            path += (name,)
            if number == len(walk.key) and walk.open[0].kind == "list of tables":
                walk.counts[path] = walk.counts.get(path, 0) + 1
            walk.note(path, line)
            if path in walk.counts:
                path += (walk.counts[path] - 1,)
        walk.note(path, line)
        walk.open[0] = _Open(path, "file")
        walk.key.clear()
    elif kind == "newline":
        walk.place = "key"


def _in_key(walk: _Walk, kind: str, token: str, line: int) -> None:
    if kind in ("bare", "quoted"):
        walk.key.append(_name(kind, token))
    elif token == "[" and len(walk.open) == 1 and not walk.key:
        walk.place = "header"
    elif token == "=":
        walk.value = (*walk.open[-1].path, *walk.key)
        walk.note(walk.value, line)
        walk.key.clear()
        walk.place = "value"
    elif token == "}":
        _close(walk)


def _in_value(walk: _Walk, kind: str, token: str, line: int) -> None:
    inside = walk.open[-1]
    if inside.kind == "list":
        walk.value = (*inside.path, inside.index)
        if kind not in ("newline", "mark") or token in ("[", "{"):
            walk.note(walk.value, line)
    if token == "[":
        walk.open.append(_Open(walk.value, "list"))
    elif token == "{":
        walk.open.append(_Open(walk.value, "inline"))
        walk.place = "key"
    elif token in ("]", "}"):
        _close(walk)
    elif token == ",":
        inside.index += 1
        walk.place = "value" if inside.kind == "list" else "key"
    elif kind == "newline" and inside.kind == "file":
        walk.place = "key"


def _close(walk: _Walk) -> None:
    if len(walk.open) > 1:
        walk.open.pop()
    walk.place = "value"


def _name(kind: str, token: str) -> str:
    if kind == "bare":
        return token
    try:
        return str(tomllib.loads(f"name = {token}")["name"])
    except ValueError:  # an escape that is none; tomllib will say so of the whole file
        return token
