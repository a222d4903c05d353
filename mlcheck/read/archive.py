"""Containers that are zip archives, opened so that no archive can do harm: nothing is unpacked to the disk,
and what is read is bounded in number, in size and in how far it is compressed."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from mlcheck.errors import InputError

__all__ = ["Archive", "first_part", "part_names"]

_MOST_PARTS = 10_000
_MOST_BYTES = 30_000_000
"""Of one part, and of all that are read. A thick novel as an office file has five million; as characters and
as a tree, a part takes several times its bytes."""
_RATIO = 200
"""How far a part may be compressed where it is large: text goes down to a tenth, a bomb to a thousandth."""
_LARGE = 2_000_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Office files and books have no others, and the library unpacks others in pieces of any size."""
_ENTRY = b"PK\x01\x02"
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
"""What the standard library raises for archives that are none, or are not whole."""


class Archive:
    """The parts of a zip archive by name. Raises `InputError` with one line for what is damaged, encrypted,
    too large, or names a place outside of itself."""

    def __init__(self, data: bytes, shown: str, title: str) -> None:
        self._shown, self._title, self._read = shown, title, 0
        if _count(data) > _MOST_PARTS:
            raise self._crowded()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except _DAMAGE:
            raise self._damaged() from None
        if len(parts) > _MOST_PARTS:
            raise self._crowded()
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
        """A part; None where there is none of that name. Raises `InputError`."""
        part = self._parts.get(name)
        if part is None:
            return None
        if part.flag_bits & 1:
            raise InputError(f"{self._shown}: {self._title} with a password; save it without one")
        if part.compress_type not in _METHODS:
            raise InputError(f"{self._shown}: {self._title}, packed in an unusual way; save it again")
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

    def need(self, name: str) -> bytes:
        """A part without which the file is not whole. Raises `InputError`."""
        data = self.read(name)
        if data is None:
            raise InputError(f"{self._shown}: {self._title} without its part {name!r:.200}; save it again")
        return data

    def _crowded(self) -> InputError:
        return InputError(f"{self._shown}: {self._title} of more than {_MOST_PARTS:,} parts; it is not read")

    def _damaged(self) -> InputError:
        return InputError(f"{self._shown}: {self._title}, and damaged; save it again")


def first_part(data: bytes, name: str, most: int) -> bytes:
    """The first `most` bytes of a part of an archive that is not known yet; b"" where there is none, or it
    cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.getinfo(name)
            if part.flag_bits & 1 or part.compress_type not in _METHODS:
                return b""
            with archive.open(part) as file:
                return file.read(most)
    except (*_DAMAGE, KeyError):
        return b""


def part_names(data: bytes) -> frozenset[str] | None:
    """The names in the directory of an archive; None where it is damaged, or has too many to be looked at."""
    if _count(data) > _MOST_PARTS:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except _DAMAGE:
        return None


def _count(data: bytes) -> int:
    """About how many parts an archive has, before its directory is read; the directory itself may lie."""
    return data.count(_ENTRY)
