"""Containers that are zip archives, opened so that no archive can do harm: nothing is unpacked to the disk,
and what is read is bounded in number, in size and in how far it is compressed."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from mlcheck.errors import InputError

__all__ = ["Archive"]

_MOST_PARTS = 10_000
_MOST_BYTES = 60_000_000
"""Of one part, and of all that are read. A thick novel as an office file has five million."""
_RATIO = 200
"""How far a part may be compressed where it is large: text goes down to a tenth, a bomb to a thousandth."""
_LARGE = 2_000_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
"""What the standard library raises for archives that are none, or are not whole."""


class Archive:
    """The parts of a zip archive by name. Raises `InputError` with one line for what is damaged, encrypted,
    too large, or names a place outside of itself."""

    def __init__(self, data: bytes, shown: str, title: str) -> None:
        self._shown, self._title, self._read = shown, title, 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except _DAMAGE:
            raise self._damaged() from None
        if len(parts) > _MOST_PARTS:
            raise InputError(f"{shown}: {title} of more than {_MOST_PARTS:,} parts; it is not read")
        for part in parts:
            path = PurePosixPath(part.filename.replace("\\", "/"))
            if path.is_absolute() or ".." in path.parts:
                raise InputError(f"{shown}: {title} with a part that leaves the archive; it is not read")
        self._parts = {part.filename: part for part in parts}
        if len(self._parts) < len(parts):
            raise InputError(f"{shown}: {title} with two parts of one name; it is not read")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the archive's order."""
        return tuple(self._parts)

    def read(self, name: str) -> bytes | None:
        """A part; None where there is none of that name."""
        part = self._parts.get(name)
        if part is None:
            return None
        if part.flag_bits & 1:
            raise InputError(f"{self._shown}: {self._title} with a password; save it without one")
        bomb = part.file_size > _LARGE and part.file_size > _RATIO * max(part.compress_size, 1)
        if bomb or self._read + part.file_size > _MOST_BYTES:
            raise InputError(
                f"{self._shown}: {self._title} that unpacks to more than can be checked "
                f"({part.file_size:,} bytes in one part); split it"
            )
        try:
            with self._zip.open(part) as file:
                # What the directory says may be a lie.
                data = file.read(part.file_size + 1)
        except _DAMAGE:
            raise self._damaged() from None
        if len(data) > part.file_size:
            raise self._damaged()
        self._read += len(data)
        return data

    def _damaged(self) -> InputError:
        return InputError(f"{self._shown}: {self._title}, and damaged; save it again")
