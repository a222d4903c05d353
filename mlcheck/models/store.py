"""Converted models on disk: built once, checked by hash each time, safe to build twice at once.

A folder holds the files and `manifest.json` with the SHA-256 of each. Its name is its key, and the
key names the source and the converter, so a folder is never changed once it is in place: it is
written beside its final place and renamed. Whoever renames first wins, the other's work is dropped.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from mlcheck.models.packages import E5_WEIGHTS

__all__ = [
    "E5_CONVERTER",
    "JUDGE_CONVERTER",
    "MANIFEST",
    "Files",
    "Mismatch",
    "cache_root",
    "e5_folder",
    "e5_pieces_folder",
    "is_built",
    "judge_folder",
    "load_or_build",
    "load_or_make",
    "read",
    "sha256_of",
]

Files = Mapping[str, bytes]

MANIFEST = "manifest.json"

_NOWHERE = Path(os.devnull) / "mlcheck"
"""Where nothing is, and nothing can be written."""

E5_CONVERTER = 3
"""Raise this with every change to e5's graph or tokenizer: it is part of the cache's key and of the model's
revision, so that old files and old vectors are left alone."""
JUDGE_CONVERTER = 2
"""The same, of the judge's graph."""
_PIECES = 1
"""The same, of the table of e5's pieces; it is no part of a revision, since it changes no vector."""


class Mismatch(Exception):
    """A folder that is not what its manifest says."""


def cache_root(cache_dir: Path | None = None) -> Path:
    """The folder for everything that mlcheck keeps between runs: as given, else the environment
    variable MLCHECK_CACHE, else the platform's place for caches. Nothing can be kept in it where whoever runs
    mlcheck has no home folder."""
    if cache_dir is not None:
        return cache_dir
    from_environment = os.environ.get("MLCHECK_CACHE")
    if from_environment:
        return Path(from_environment)
    from platformdirs import user_cache_dir

    try:
        found = Path(user_cache_dir("mlcheck"))
    except RuntimeError:
        return _NOWHERE
    # Older platformdirs give a folder called ~ in the working folder.
    return found if found.is_absolute() else _NOWHERE


def e5_folder(cache_dir: Path | None = None) -> Path:
    """Where the converted e5-small lies, or would lie."""
    return cache_root(cache_dir) / "models" / f"e5-small-{E5_WEIGHTS.sha256[:12]}-{E5_CONVERTER}"


def e5_pieces_folder(cache_dir: Path | None = None) -> Path:
    """Where the table of its pieces lies, or would lie, by which its tokenizer starts at once."""
    folder = e5_folder(cache_dir)
    return folder.with_name(f"{folder.name}-pieces-{_PIECES}")


def judge_folder(sha256: str, cache_dir: Path | None = None) -> Path:
    """Where the converted judge lies, or would lie, whose weights have this hash."""
    return cache_root(cache_dir) / "models" / f"judge-{sha256[:12]}-{JUDGE_CONVERTER}"


def load_or_build(folder: Path, build: Callable[[], Files]) -> tuple[Files, str | None]:
    """The files of `folder`, built if they are not there; and a note where something was wrong.

    A folder that cannot be written costs the conversion in every run, which the note says; it does
    not stop the check.
    """
    note = None
    try:
        return read(folder), None
    except FileNotFoundError:
        pass  # the first use: nothing is wrong, and there is nothing to say
    except (Mismatch, OSError) as error:
        note = f"the converted model in the cache was damaged ({error}) and has been built again"
    files = build()
    try:
        _write(folder, files)
    except OSError as error:
        note = (
            f"the cache folder cannot be written ({error.strerror or error}), so the model is converted in "
            "every run; set MLCHECK_CACHE to a folder that can"
        )
    return files, note


def load_or_make(folder: Path, make: Callable[[], Files]) -> Files:
    """Like `load_or_build`, of what is made in a moment: where it was damaged or cannot be written, nobody
    need know."""
    try:
        return read(folder)
    except (Mismatch, OSError):
        files = make()
        with suppress(OSError):
            _write(folder, files)
        return files


def is_built(folder: Path) -> bool:
    """Whether there is a folder with a manifest. What is in it shows when it is read."""
    try:
        return (folder / MANIFEST).is_file()
    except OSError:
        return False


def read(folder: Path) -> Files:
    """The files of a folder; raise `Mismatch` if one is not what the manifest says, and
    `FileNotFoundError` if there is no manifest."""
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    try:
        hashes = json.loads(text)["sha256"].items()
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Mismatch(f"{MANIFEST} is not readable") from None
    files = {}
    for name, expected in hashes:
        try:
            files[name] = (folder / name).read_bytes()
        except FileNotFoundError:
            raise Mismatch(f"{name} is missing") from None
        if sha256_of(files[name]) != expected:
            raise Mismatch(f"{name} has changed")
    return files


def sha256_of(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def _write(folder: Path, files: Files) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, data in files.items():
            (fresh / name).write_bytes(data)
        manifest = {"sha256": {name: sha256_of(data) for name, data in files.items()}}
        (fresh / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        _put_in_place(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Rename; over a damaged folder, but not over a good one that another process has put there."""
    try:
        fresh.replace(folder)
    except OSError:
        try:
            read(folder)
        except (Mismatch, OSError):
            with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as aside:
                folder.replace(Path(aside) / "damaged")
                fresh.replace(folder)
