"""Vectors that are kept between runs: what one encoder has encoded once it need not encode again.

An SQLite file of limited size; what was not asked for longest goes first. It holds no text, only a hash of
each and what the encoder made of it. It is a help and never a condition: where it cannot be read or written,
or holds what it should not, texts are encoded as if it were not there.
"""

from __future__ import annotations

import hashlib
import os
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from mlcheck.data import EncoderId, Words
from mlcheck.encode.protocol import Floats

if TYPE_CHECKING:  # a Python without it checks all the same
    import sqlite3

__all__ = ["FILE", "Known", "Pieces", "VectorCache", "runtime"]

FILE = "vectors.sqlite"
T = TypeVar("T")
K = TypeVar("K")

_FORMAT = 1
"""Raise it when what is written changes, or how words are made of pieces (`join_pieces`): files of another
format are emptied."""
_LIMIT = 1_000_000_000
"""Bytes. Twenty words take some 40 KB with their pieces, so this is some 25,000 sentences."""
_SHARE = 20
"""Its size is looked after each time that this part of the limit has been written."""
_WAIT = 5.0
"""Seconds that one process waits for another to write."""
_AT_ONCE = 250
"""Texts at once: SQLite of old takes 999 keys, and this many are some 10 MB."""
_DIGEST = 16


class Pieces(NamedTuple):
    """The pieces of a text: their places (k, 2), and their vectors (k, dimensions) in half precision."""

    spans: npt.NDArray[np.int64]
    vectors: npt.NDArray[np.float16]


class Known(NamedTuple):
    """What an encoder made of a text: its vector, its words, and its pieces; None of what it has not."""

    vector: Floats
    words: Words | None
    pieces: Pieces | None


class VectorCache:
    """Vectors by encoder and text, in a file; see the module. It is opened when it is first asked."""

    def __init__(self, path: Path, limit: int = _LIMIT) -> None:
        self._path = path
        self._limit = limit
        self._database: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self._run = 0
        self._written = 0
        self._off = False

    def get(self, encoder: EncoderId, texts: Sequence[str]) -> dict[str, Known]:
        """What is known of these texts."""
        keys = {_key(encoder, text): text for text in texts}
        read = {keys[key]: _read(data) for key, data in self.fetch(list(keys)).items()}
        return {text: known for text, known in read.items() if known is not None}

    def put(self, encoder: EncoderId, known: Mapping[str, Known]) -> None:
        """Keep these as well."""
        for some in _parts(known):
            self.store({_key(encoder, text): _write(known[text]) for text in some})

    def fetch(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """What is kept under these keys, where it is what was given to `store`."""

        def work(database: sqlite3.Connection) -> dict[bytes, bytes]:
            found: dict[bytes, bytes] = {}
            for some in _parts(keys):
                marks = ",".join("?" * len(some))
                rows = database.execute(f"SELECT key, data FROM vectors WHERE key IN ({marks})", some)
                whole = {key: _unsealed(data) for key, data in rows.fetchall()}
                found |= {key: data for key, data in whole.items() if data is not None}
                with database:
                    database.execute(
                        f"UPDATE vectors SET used = ? WHERE used < ? AND key IN ({marks})",
                        (self._run, self._run, *some),
                    )
            return found

        return self._asked(work) or {}

    def store(self, kept: Mapping[bytes, bytes]) -> None:
        """Keep these, each under its key."""

        def work(database: sqlite3.Connection) -> None:
            for some in _parts(kept):
                rows = []
                for key in some:
                    data = _sealed(kept[key])
                    rows.append((key, self._run, len(data), data))
                with database:
                    database.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)", rows)
                self._written += sum(row[2] for row in rows)
                if self._written > self._limit // _SHARE:
                    self._written = 0
                    _shorten(database, self._limit)

        self._asked(work)

    def close(self) -> None:
        """Let go of the file, and ask it no more."""
        self._off = True
        if self._database is not None:
            with suppress(Exception):
                self._database.close()
            self._database = None

    def _asked(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What comes of some work with the database; None where it fails, and from then on."""
        try:
            import sqlite3
        except ImportError:
            return None
        with self._lock:
            if self._off:
                return None
            try:
                if self._database is None:
                    self._database, self._run = _open(self._path, self._limit)
                    weakref.finalize(self, self._database.close)  # at the end of the run too
                return work(self._database)
            # Whatever a damaged file makes of itself: without it there is a report all the same.
            except Exception as error:
                self.close()
                if not isinstance(error, OSError | sqlite3.OperationalError):
                    self._remove()
                return None

    def _remove(self) -> None:
        """Take the file away, so that the next run begins a new one."""
        for end in ("", "-wal", "-shm"):
            with suppress(OSError):
                self._path.with_name(self._path.name + end).unlink()


def _open(path: Path, limit: int) -> tuple[sqlite3.Connection, int]:
    """The database, and the number of this run."""
    import sqlite3

    path.parent.mkdir(parents=True, exist_ok=True)
    # For its owner alone: what a text says can be guessed from its vectors.
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    database = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
    database.text_factory = bytes  # what stands in the place of a vector is looked at, whatever it is
    database.execute("PRAGMA auto_vacuum = INCREMENTAL")  # of a new file: what is dropped is given back
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    with database:
        if database.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            database.execute("DROP TABLE IF EXISTS vectors")
            database.execute(f"PRAGMA user_version = {_FORMAT}")
        database.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, used INTEGER, size INTEGER, data BLOB)"
        )
        database.execute("CREATE INDEX IF NOT EXISTS by_use ON vectors (used, size)")
    (latest,) = database.execute("SELECT max(used) FROM vectors").fetchone()
    _shorten(database, limit)
    return database, (latest or 0) + 1


def _shorten(database: sqlite3.Connection, limit: int) -> None:
    """Drop what was not used for longest until the rest is within the limit."""
    (size,) = database.execute("SELECT total(size) FROM vectors").fetchone()
    if size <= limit:
        return
    gone = []
    for key, own in database.execute("SELECT key, size FROM vectors ORDER BY used, key"):
        gone.append((key,))
        size -= own
        if size <= limit:
            break
    with database:
        database.executemany("DELETE FROM vectors WHERE key = ?", gone)
    database.execute("PRAGMA incremental_vacuum").fetchall()


def _key(encoder: EncoderId, text: str) -> bytes:
    told = "\0".join((encoder.name, encoder.revision, encoder.sha256, runtime(), text))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()


@cache
def runtime() -> str:
    """The versions of what computes vectors: after an update the last digits may be others, and a report is
    to be the same with the cache and without."""
    found = []
    for package in ("numpy", "onnxruntime", "sentence-transformers", "torch"):
        with suppress(PackageNotFoundError):
            found.append(f"{package} {version(package)}")
    return ", ".join(found)


def _parts(keys: Iterable[K]) -> Iterator[list[K]]:
    every = list(keys)
    for at in range(0, len(every), _AT_ONCE):
        yield every[at : at + _AT_ONCE]


def _write(known: Known) -> bytes:
    from safetensors.numpy import save

    arrays: dict[str, npt.NDArray[np.generic]] = {"vector": known.vector}
    for name, part in (("words", known.words), ("pieces", known.pieces)):
        if part is not None:
            arrays[f"{name}.spans"], arrays[f"{name}.vectors"] = part.spans, part.vectors
    return save({name: np.ascontiguousarray(array) for name, array in arrays.items()})


def _sealed(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest() + data


def _unsealed(data: object) -> bytes | None:
    """What was sealed; None where it is not that."""
    if not isinstance(data, bytes):
        return None
    digest, data = data[:_DIGEST], data[_DIGEST:]
    return data if hashlib.blake2b(data, digest_size=_DIGEST).digest() == digest else None


def _read(data: bytes) -> Known | None:
    """What was written; None where it is not that."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        arrays = load(data)
        words = (
            Words(spans=arrays["words.spans"], vectors=arrays["words.vectors"])
            if "words.spans" in arrays
            else None
        )
        pieces = (
            Pieces(arrays["pieces.spans"], arrays["pieces.vectors"]) if "pieces.spans" in arrays else None
        )
        return Known(arrays["vector"], words, pieces)
    except (SafetensorError, KeyError):
        return None
