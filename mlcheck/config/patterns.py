"""Patterns of paths: which files one means (`wire/**`), and which are versions of one text
(`content/{lang}/{name}.md`). Both are written with `/` on every system.

Neither is ever a regular expression of the user's own, and neither can be made slow: a path of n
characters is held against a pattern of m in n times m steps at most.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from mlcheck.errors import UsageError
from mlcheck.languages import base, codes, is_code, is_known, normalise

__all__ = [
    "EXAMPLE",
    "files_under",
    "language_in",
    "matches",
    "template",
    "template_folder",
    "wrong_pattern",
]

EXAMPLE = "{name}.{lang}.txt"

_ANY_DEPTH = "**"


def wrong_pattern(pattern: str) -> str | None:
    """Why a pattern can match nothing, or None where it can."""
    if not pattern.strip("/"):
        return "is empty"
    if "\0" in pattern:
        return "has a NUL, which no name of a file has; remove it"
    if not PurePosixPath(pattern).parts:
        return "is the folder itself; name what lies in it"
    if "\\" in pattern:
        return "has a backslash; write / between folders, on every system"
    if pattern.startswith("/"):
        return "starts with /; patterns are relative to the configuration's folder"
    return None


def matches(pattern: str, path: str) -> bool:
    """Does `path`, relative and with `/`, match `pattern`, or does a folder that it lies in?

    `*`, `?` and `[…]` stay within a name, `**` is any number of folders, also none. A pattern without
    `/` is the name of a file or a folder at any depth.
    """
    wanted = PurePosixPath(pattern).parts
    parts = PurePosixPath(path).parts
    if len(wanted) == 1 and not pattern.endswith("/"):
        return any(fnmatchcase(part, wanted[0]) for part in parts)
    return _starts_with(wanted, parts)


def _starts_with(wanted: Sequence[str], parts: Sequence[str]) -> bool:
    """Does `wanted` match the beginning of `parts`, to the end of one of its names?

    Only the last `**` is ever tried anew: what an earlier one could still reach, it can too.
    """
    at = here = 0
    again: tuple[int, int] | None = None
    while at < len(wanted):
        if wanted[at] == _ANY_DEPTH:
            again = (at + 1, here)
            at += 1
        elif here < len(parts) and fnmatchcase(parts[here], wanted[at]):
            at, here = at + 1, here + 1
        elif again is not None and again[1] < len(parts):
            again = (again[0], again[1] + 1)
            at, here = again
        else:
            return False
    # `wire/**` means what lies in `wire`, and not `wire` itself.
    return wanted[-1] != _ANY_DEPTH or here < len(parts)


def template(pattern: str) -> re.Pattern[str]:
    """An expression with the groups `name` and `lang` for a pattern of pairs; `fullmatch` it with a path.

    `{name}` may span folders. `{lang}` has the form of a language code; whether it is one is for the
    caller to ask. Raises `UsageError` where the pattern has not each once.
    """
    if pattern.count("{name}") != 1 or pattern.count("{lang}") != 1:
        raise UsageError(f"pattern {pattern!r}: needs {{name}} and {{lang}} once each, as in {EXAMPLE}")
    quoted = re.escape(pattern)
    quoted = quoted.replace(re.escape("{name}"), "(?P<name>.+)")
    return re.compile(quoted.replace(re.escape("{lang}"), "(?P<lang>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)"))


def language_in(name: str) -> str | None:
    """The language that the name of a file says, as `story.de.txt` does: the part before the suffix, where
    it is the code of a language. Many words of two or three letters are codes of some language, so only those
    count of which there is a file in `mlcheck/languages`: `call.to.txt` says nothing."""
    parts = name.rpartition("/")[2].split(".")
    code = parts[-2] if len(parts) > 2 else ""
    if not is_code(code) or base(code) not in codes() or not is_known(code):
        return None
    # `ru-flawed` is Russian and a remark, and no tag of a script or a region.
    return code if normalise(code).count("-") == len(re.findall("[-_]", code)) else None


def template_folder(pattern: str) -> str:
    """The folder below which everything lies that a pattern of pairs can match; `.` for the top."""
    before = pattern[: min(pattern.find("{name}"), pattern.find("{lang}"))]
    return before.rpartition("/")[0] or "."


def files_under(folder: Path, excluded: Callable[[Path], bool] = lambda path: False) -> Iterator[Path]:
    """All files in `folder` and below, sorted, as paths that begin with it. Excluded folders are not
    entered, and neither are links to folders, which may lead round in a circle."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not excluded(here / name))
        yield from (here / name for name in sorted(files) if not excluded(here / name))
