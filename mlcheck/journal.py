"""What a batch has finished, beside its output, for a run that goes on where an interrupted one stopped.

A line for each pair: a key, and what became of the pair. The key is a hash of all that the report depends
on, so that a text or a setting that has changed since is checked again; a pair that could not be checked is
too. The last line may be cut off where the machine went down, and is then no line.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mlcheck.errors import UsageError

__all__ = ["Finished", "Journal", "journal_of", "key_of", "open_journal"]


@dataclass(frozen=True, slots=True)
class Finished:
    """A pair's report as it is written, its exit status, and whether the baseline has entries that it does
    not need."""

    line: str
    status: int
    unused: bool


def journal_of(output: Path) -> Path:
    """Where the journal of an output lies."""
    return output.with_name(f"{output.name}.partial")


def key_of(settings: str, files: Iterable[Path]) -> str:
    """A hash of what a report depends on: the settings in words, and what the files hold; a file that cannot
    be read counts as such."""
    hashed = hashlib.sha256()
    for part in (settings.encode("utf-8", "surrogatepass"), *map(_content, files)):
        hashed.update(hashlib.sha256(part).digest())
    return hashed.hexdigest()


def _content(path: Path) -> bytes:
    try:
        return b"+" + path.read_bytes()
    except (OSError, ValueError):
        return b"-"


class Journal:
    """What is finished, by key, and a file to which more is added."""

    def __init__(self, path: Path, known: Mapping[str, Finished], file: IO[str]) -> None:
        self.path = path
        self._known = dict(known)
        self._file = file

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: str) -> Finished | None:
        """What became of the pair, None where it is to be checked."""
        return self._known.get(key)

    def add(self, key: str, finished: Finished) -> None:
        """Keep it, at once."""
        if finished.status == 2:
            return
        self._known[key] = finished
        entry = {"key": key, "status": finished.status, "unused": finished.unused, "line": finished.line}
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()


@contextmanager
def open_journal(output: Path, *, resume: bool) -> Iterator[Journal]:
    """The journal of an output, with what an interrupted run has left there if `resume`, else empty. It is
    removed where the block ends without an error, and where there is nothing in it. Raises `UsageError`
    where it cannot be written, or another run is writing it."""
    path = journal_of(output)
    try:
        file = path.open("a+", encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise UsageError(f"{output}: cannot write there ({error.strerror}); name another --output") from None
    with file:
        _lock(path, file)
        known = {}
        if resume:
            file.seek(0)
            known = dict(_entries(file))
            if not _ends_well(path):
                file.write("\n")
        else:
            file.truncate(0)
        journal = Journal(path, known, file)
        done = False
        try:
            yield journal
            done = True
        finally:
            if done or not len(journal):
                path.unlink(missing_ok=True)


def _entries(lines: Iterable[str]) -> Iterator[tuple[str, Finished]]:
    for line in lines:
        try:
            entry = json.loads(line)
            yield (
                str(entry["key"]),
                Finished(str(entry["line"]), int(entry["status"]), bool(entry["unused"])),
            )
        except (ValueError, KeyError, TypeError):
            continue  # cut off


def _ends_well(path: Path) -> bool:
    content = path.read_bytes()[-1:]
    return content in (b"", b"\n")


def _lock(path: Path, file: IO[str]) -> None:
    """For this process alone, where the system can: two runs would write into each other's lines."""
    if os.name != "posix":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise UsageError(
            f"{path}: another run is writing it; wait for its end, or name another --output"
        ) from None
    except OSError:
        return  # a file system that has no locks
