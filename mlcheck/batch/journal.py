"""What a batch has finished, beside its output, for a run that goes on where an interrupted one stopped.

A line for each pair: a key, and what became of the pair. The key is a hash of all that the report depends
on, so that a text or a setting that has changed since is checked again; a pair that could not be checked is
too. The last line may be cut off where the machine went down, and is then no line.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from mlcheck.data import Report
from mlcheck.errors import UsageError

_HEADER = b'{"mlcheck": "journal", "format": 1}\n'
"""The first line: what does not begin so is another's file."""

__all__ = ["Finished", "Journal", "journal_of", "key_of", "open_journal"]


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a pair."""

    line: str
    """Its report as it is written."""
    status: int
    """Its exit status."""
    unused: bool
    """Has the baseline entries that it does not need?"""
    error: str | None = None
    """Why it could not be checked, None where it could."""
    report: Report | None = field(default=None, compare=False, repr=False)
    """The report itself, where it was made by this run."""


def journal_of(output: Path) -> Path:
    """Where the journal of an output lies."""
    return output.with_name(f"{output.name}.partial")


def key_of(settings: str, files: Iterable[Path], most: int) -> str | None:
    """A hash of what a report depends on: the settings in words, and what the files hold; one that is not
    there counts as such. None where a file is larger than `most` bytes, or no plain file."""
    hashed = hashlib.sha256(settings.encode("utf-8", "surrogatepass"))
    for path in files:
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode) or status.st_size > most:
                return None
            hashed.update(b"+" + hashlib.sha256(path.read_bytes()).digest())
        except (OSError, ValueError):
            hashed.update(b"-")
    return hashed.hexdigest()


class Journal:
    """What is finished, by key, in a file to which more is added. Keys and where their lines begin are all
    that is in memory: the reports of a long batch are many times as large."""

    def __init__(self, path: Path, known: Mapping[str, int], file: BinaryIO) -> None:
        self.path = path
        self._known = dict(known)
        self._file = file

    def __len__(self) -> int:
        return len(self._known)

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def get(self, key: str | None) -> Finished | None:
        """What became of the pair, None where it is to be checked. Raises `UsageError` where the file has
        been changed by somebody else meanwhile."""
        begins = None if key is None else self._known.get(key)
        if begins is None:
            return None
        try:
            self._file.seek(begins)
            entry = _entry(self._file.readline())
        except OSError:
            entry = None
        if entry is None or entry[0] != key:
            raise UsageError(f"{self.path}: has been changed meanwhile; begin again, without --resume")
        return entry[1]

    def add(self, key: str | None, finished: Finished) -> None:
        """Keep it, at once. Raises `UsageError` where it cannot be written."""
        if key is None or finished.status == 2:
            return
        entry = {"key": key, "status": finished.status, "unused": finished.unused, "line": finished.line}
        try:
            begins = self._file.seek(0, os.SEEK_END)
            self._file.write(json.dumps(entry).encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise UsageError(f"{self.path}: cannot write there ({error.strerror}); make room") from None
        self._known[key] = begins


@contextmanager
def open_journal(output: Path, *, resume: bool) -> Iterator[Journal]:
    """The journal of an output, with what an interrupted run has left there if `resume`, else empty. It is
    removed where the block ends without an error, and where there is nothing in it. Raises `UsageError`
    where it cannot be written, is another's file, or another run is writing it."""
    path = journal_of(output)
    with _closed_in_the_end(_opened(path)) as file:
        _lock(path, file)
        first = file.readline()
        if first != _HEADER and not (_HEADER.startswith(first) and not file.readline()):
            raise UsageError(f"{path}: is no journal of mlcheck; move it away, or name another --output")
        known = _begins(file) if resume else {}
        if not known:
            file.seek(0)
            file.truncate()
            file.write(_HEADER)
        journal = Journal(path, known, file)
        done = False
        try:
            yield journal
            done = True
        finally:
            if done or not len(journal):
                path.unlink(missing_ok=True)


def _opened(path: Path) -> BinaryIO:
    """The file, to be read and added to; for its owner alone, as it holds the texts, and no link's target."""
    try:
        others = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | others, 0o600)
        file = os.fdopen(handle, "r+b")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{path}: cannot write there ({reason}); name another --output") from None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise UsageError(f"{path}: is no plain file; move it away, or name another --output")
    return file


@contextmanager
def _closed_in_the_end(file: BinaryIO) -> Iterator[BinaryIO]:
    try:
        yield file
    finally:
        # Each line was written when it was added. What could not be then has been told, with the file's name.
        with suppress(OSError):
            file.close()


def _begins(file: BinaryIO) -> dict[str, int]:
    """Where the line of each key begins, from here on; of two, the last. A line that is cut off is ended, so
    that the next is one of its own."""
    found, at, line = {}, file.tell(), b"\n"
    for line in file:
        entry = _entry(line)
        if entry is not None:
            found[entry[0]] = at
        at += len(line)
    if not line.endswith(b"\n"):
        file.write(b"\n")
    return found


def _entry(line: bytes) -> tuple[str, Finished] | None:
    """What a line says, and of which key; None for one that is cut off."""
    try:
        entry = json.loads(line)
        finished = Finished(str(entry["line"]), int(entry["status"]), bool(entry["unused"]))
        return str(entry["key"]), finished
    except (ValueError, KeyError, TypeError):
        return None


def _lock(path: Path, file: BinaryIO) -> None:
    """For this process alone, where the system can: two runs would write into each other's lines."""
    if os.name != "posix":
        return
    import fcntl

    busy = UsageError(f"{path}: another run is writing it; wait for its end, or name another --output")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # The other may have ended, and removed the file, since this one was opened.
        if not path.exists() or not os.path.samestat(path.stat(), os.fstat(file.fileno())):
            raise busy
    except BlockingIOError:
        raise busy from None
    except OSError:
        return  # a file system that has no locks
