"""The source of a pair as it was: at a revision, or in the state of a hash that is noted. git is asked."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from mlcheck.batch.changed import commit_of, git, top_of
from mlcheck.batch.item import Item
from mlcheck.batch.selection import Selection
from mlcheck.data import RawText
from mlcheck.errors import UsageError
from mlcheck.files import named

__all__ = ["History", "with_older"]

_STATES = 500
"""States of a file that are looked at for one with a given hash; older ones are nobody's translation."""


def with_older(selection: Selection, revision: str, folder: Path) -> Selection:
    """The pairs of a selection, each with its source as it was at a revision, or where HEAD parted from it
    (`REV...`). One whose source was not there then, or is the same, or that lacks a version, stays as it is.
    Raises as `only_changed` does, and `InputError` where the older text cannot be read."""
    history = History(folder)
    items: dict[Item, Item] = {}
    for item in selection.items:
        if item.lacks is not None:
            items[item] = item
            continue
        old = history.at(item.source, revision)
        same = old is None or old == named(item.source).file.read_bytes()
        items[item] = item if same else replace(item, old=history.text(item.source, old or b"", revision))
    return replace(selection, items=list(items.values()))


class History:
    """The states that files had in the repository of a folder."""

    def __init__(self, folder: Path) -> None:
        """Raises `UsageError` without git, or outside a repository."""
        self._folder, self._top = folder, top_of(folder)

    def at(self, path: Path, revision: str) -> bytes | None:
        """The bytes of a file at a revision; None where it was not there. Raises `UsageError` for a revision
        that is not there."""
        return self._blob(f"{commit_of(self._top, revision)}:{self._inside(path)}")

    def with_hash(self, path: Path, digest: str) -> bytes | None:
        """The latest state of a file whose SHA-256 begins so; None where there is none."""
        listed = git(self._top, "log", f"-{_STATES}", "--format=%H", "--", self._inside(path))
        for commit in listed.stdout.decode("ascii", "replace").split():
            data = self._blob(f"{commit}:{self._inside(path)}")
            if data is not None and sha256(data).hexdigest().startswith(digest):
                return data
        return None

    def last_change(self, path: Path) -> str:
        """The revision that changed a file last; "" where none did, or it has changed since."""
        inside = self._inside(path)
        found = git(self._top, "log", "-1", "--format=%H", "--", inside).stdout.decode("ascii", "replace")
        revision = found.strip()
        return (
            revision
            if revision and self._blob(f"{revision}:{inside}") == named(path).file.read_bytes()
            else ""
        )

    def text(self, path: Path, data: bytes, revision: str) -> RawText:
        """The bytes as a text that is called by its file and revision."""
        from mlcheck.read import ReadOptions, read_bytes

        file, entry = named(path)
        shown, options = f"{path}@{revision}", ReadOptions(entry=entry)
        return read_bytes(data, shown=shown, suffix=file.suffix, options=options)

    def _blob(self, name: str) -> bytes | None:
        done = git(self._top, "cat-file", "blob", name)
        return done.stdout if done.returncode == 0 else None

    def _inside(self, path: Path) -> str:
        real = os.path.realpath(self._folder.absolute() / named(path).file)
        if not real.startswith(self._top.rstrip(os.sep) + os.sep):
            raise UsageError(f"{path}: is outside the repository {Path(self._top).name}")
        return Path(real).relative_to(self._top).as_posix()
