"""Files that people name beside their texts: a configuration, a baseline, a glossary, a manifest. Texts
themselves are read in `read/`, which knows more encodings. And which part of a file a name means."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from mlcheck.errors import UsageError

__all__ = ["Named", "decoded", "named", "read_bytes", "read_text"]

MOST = 100_000_000
"""Bytes, unless a caller says otherwise. Larger is a slip, or a device without an end."""


class Named(NamedTuple):
    """What a path of a text means: a file, and the entry of it that was chosen, "" for all of it."""

    file: Path
    entry: str


def named(path: str | Path) -> Named:
    """The file that a path such as `feed.xml#2` means, and its entry. A file that is called so wins, and
    where there is neither, the path is a file's."""
    whole = str(path)
    # os.path: a name that is too long, or has a NUL, is of no file, and no error.
    at = whole.find("#")
    while 0 < at < len(whole) - 1 and not os.path.lexists(whole):
        if os.path.isfile(whole[:at]):  # noqa: PTH113
            return Named(Path(whole[:at]), whole[at + 1 :])
        at = whole.find("#", at + 1)
    return Named(Path(path), "")


def read_bytes(path: Path, what: str, *, most: int = MOST, missing: str = "check the path") -> bytes:
    """The bytes of a file that is to be a `what`, such as "baseline". `missing` says what to do where there
    is none. Raises `UsageError` for what is not there, a folder, unreadable, or larger than `most` bytes."""
    try:
        if path.is_dir():
            raise UsageError(f"{path}: is a folder, and a {what} is a file; name one in it")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such {what}; {missing}") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{path}: cannot be read ({reason}); check the path and its permissions") from None
    if len(data) > most:
        raise UsageError(f"{path}: larger than {most:,} bytes; is it a {what}?")
    return data


def decoded(data: bytes, where: Path | str, what: str) -> str:
    """Bytes of a file as text. Raises `UsageError` with the line that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{where}:{line}: a {what} is UTF-8, this is not; save it as UTF-8") from None


def read_text(path: Path, what: str, *, most: int = MOST, missing: str = "check the path") -> str:
    """The text of such a file. Raises as `read_bytes` and `decoded` do."""
    return decoded(read_bytes(path, what, most=most, missing=missing), path, what)
