"""A TOML file as it was read: its table, its lines, and messages that show them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlcheck.config import lines as toml_lines
from mlcheck.errors import UsageError
from mlcheck.files import read_text
from mlcheck.text import safe_line

__all__ = ["MAX_SIZE", "Source", "has_table", "read_source", "shown"]

MAX_SIZE = 1_000_000
"""Bytes. A large configuration has some thousands; more is another file by mistake."""

_LONGEST = 120
"""Characters of a line or a value in a message."""
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The table of a configuration, and the way back to its lines."""

    path: Path
    table: Mapping[str, Any]
    lines: tuple[str, ...]
    places: Mapping[toml_lines.Path, int]
    prefix: tuple[str, ...] = ()
    """Where the table stands in the file: `("tool", "mlcheck")` in a pyproject.toml."""

    def line(self, *key: str | int) -> int | None:
        """The line of a key, or of the nearest table around it; from 1."""
        whole = (*self.prefix, *key)
        found = (self.places.get(whole[:end]) for end in range(len(whole), 0, -1))
        return next((line for line in found if line is not None), None)

    def where(self, *key: str | int) -> str:
        """`file:line` of a key."""
        line = self.line(*key)
        return str(self.path) if line is None else f"{self.path}:{line}"

    def error(self, message: str, *key: str | int) -> UsageError:
        """An error about a key, with its line."""
        return _error(self.path, self.line(*key), message, self.lines)


def read_source(path: Path) -> Source:
    """Read mlcheck.toml, or the table `[tool.mlcheck]` of a pyproject.toml.

    Raises `UsageError` for a file that cannot be read, is too large, is not UTF-8 or no TOML, or, for a
    pyproject.toml, has no such table.
    """
    text = _text(path)
    data, places = _parse(path, text)
    # As tomllib counts them; str.splitlines knows more line ends.
    lines = tuple(text.split("\n"))
    if path.name != "pyproject.toml":
        return Source(path=path, table=data, lines=lines, places=places)
    table = _tool_table(data)
    if table is None:
        raise UsageError(f"{path}: has no table [tool.mlcheck]; add one, or name another file")
    prefix = ("tool", "mlcheck")
    return Source(path=path, table=table, lines=lines, places=places, prefix=prefix)


def has_table(path: Path) -> bool:
    """Has a pyproject.toml a table `[tool.mlcheck]`? Raises `UsageError` where it speaks of mlcheck and
    cannot be read."""
    try:
        with path.open("rb") as file:
            if b"mlcheck" not in file.read(MAX_SIZE):
                return False  # other people's; whether it is in order is not for this to say
    except OSError:
        return False
    return _tool_table(_parse(path, _text(path))[0]) is not None


def _tool_table(data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    tool = data.get("tool")
    table = tool.get("mlcheck") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _text(path: Path) -> str:
    return read_text(path, "configuration", most=MAX_SIZE).replace("\r\n", "\n")


def _parse(path: Path, text: str) -> tuple[dict[str, Any], Mapping[toml_lines.Path, int]]:
    lines = text.split("\n")
    try:
        # First, because it refuses what would cost tomllib time or Python its stack.
        places = toml_lines.places(text)
        return tomllib.loads(text), places
    except toml_lines.TooDeep as error:
        raise _error(path, error.line, str(error), lines) from None
    except (ValueError, RecursionError) as error:
        message, found = str(error), _AT_LINE.search(str(error))
        line = int(found[1]) if found else len(text.rstrip("\n").split("\n"))
        exact = found is not None or "(at end of document)" in message
        message = _AT_LINE.sub("", message).replace(" (at end of document)", "")
        raise _error(path, line if exact else None, f"not TOML: {message}", lines) from None


def _error(path: Path, line: int | None, message: str, lines: tuple[str, ...] | list[str]) -> UsageError:
    if line is None:
        return UsageError(f"{path}: {message}")
    excerpt = shown(lines[line - 1].strip()) if line <= len(lines) else ""
    return UsageError(f"{path}:{line}: {message}" + (f"  ({excerpt})" if excerpt else ""))


def shown(text: str) -> str:
    """Somebody's text, fit for a line of a message: not too long, and nothing that steers a terminal."""
    return safe_line(text, _LONGEST)
