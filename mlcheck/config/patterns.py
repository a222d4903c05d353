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
from typing import NamedTuple

from mlcheck.errors import UsageError
from mlcheck.languages import base, codes, is_code, is_known, normalise

__all__ = [
    "EXAMPLE",
    "Sides",
    "files_under",
    "language_in",
    "matches",
    "sides_of",
    "template_folders",
    "wrong_pattern",
]

EXAMPLE = "{name}.{lang}.txt"

_ANY_DEPTH = "**"
_AND = " + "
"""Between the path of the language that has no code and that of the others."""


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


class Sides(NamedTuple):
    """What a pattern of pairs matches; `fullmatch` either with a path."""

    others: re.Pattern[str]
    """Files that name their language: groups `name` and `lang`. `{lang}` has the form of a language code;
    whether it is one is for the caller to ask."""
    default: re.Pattern[str] | None
    """Files of the language that has no code: the group `name`. None where all have one."""
    forms: tuple[str, str | None]
    """The two as they are written."""

    entries: tuple[str, str | None]
    """The entries of their files that the two mean, as `feed.{lang}.xml#1` does; "" is all of a file."""

    def path(self, name: str, lang: str | None) -> str:
        """Where the version of a text would be, `None` for that without a code."""
        form = self.forms[1] if lang is None and self.forms[1] else self.forms[0]
        return form.replace("{lang}", lang or "").replace("{name}", name)


def sides_of(pattern: str) -> Sides:
    """The two sides of a pattern of pairs: `{name}.{lang}.md`, or `{name}.md + {name}.{lang}.md`, where the
    files of one language have no code. `{name}` may span folders. After `#` stands the entry of a feed.

    Raises `UsageError` where the pattern, or either part of it, has not `{name}` and `{lang}` once.
    """
    before, plus, after = pattern.partition(_AND)
    form, bare = (after, before) if plus else (before, None)
    if form.count("{name}") != 1 or form.count("{lang}") != 1 or _AND in form:
        raise UsageError(f"pattern {pattern!r}: needs {{name}} and {{lang}} once each, as in {EXAMPLE}")
    if bare is not None and (bare.count("{name}") != 1 or "{lang}" in bare):
        raise UsageError(
            f"pattern {pattern!r}: before{_AND}stands the language without a code, with {{name}} once, as in "
            "{name}.md + {name}.{lang}.md"
        )
    (files, entry), (own, other) = _file_and_entry(form), _file_and_entry(bare or "")
    return Sides(
        _expression(files, entry),
        None if bare is None else _expression(own, other),
        (form, bare),
        (entry, None if bare is None else other),
    )


def _file_and_entry(form: str) -> tuple[str, str]:
    """A form without its entry, and that. A `#` before a placeholder, or right after one, is of a name."""
    file, _, entry = form.rpartition("}")[2].partition("#")
    return (form.removesuffix(f"#{entry}"), entry) if file and entry else (form, "")


def _expression(form: str, entry: str) -> re.Pattern[str]:
    # A file whose own name has the entry in it is one as well.
    quoted = re.escape(form) + (f"(?:{re.escape('#' + entry)})?" if entry else "")
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


def template_folders(pattern: str) -> list[str]:
    """The folders below which everything lies that a pattern of pairs can match, none in another; `.` for
    the top."""
    found = {_folder_of(form) for form in pattern.split(_AND)}
    inner = {one for one in found for other in found - {one} if other == "." or one.startswith(f"{other}/")}
    return sorted(found - inner)


def _folder_of(form: str) -> str:
    at = [place for name in ("{name}", "{lang}") if (place := form.find(name)) >= 0]
    return form[: min(at)].rpartition("/")[0] or "."


def files_under(folder: Path, excluded: Callable[[Path], bool] = lambda path: False) -> Iterator[Path]:
    """All files in `folder` and below, sorted, as paths that begin with it. Excluded folders are not
    entered, and neither are links to folders, which may lead round in a circle."""
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not excluded(here / name))
        yield from (here / name for name in sorted(files) if not excluded(here / name))
