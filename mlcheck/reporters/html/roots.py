"""What a baseline that is saved from the page calls its files: paths from a folder that it names."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import PurePath

__all__ = ["name_from", "root_of"]


def root_of(paths: Iterable[str]) -> str:
    """The folder that the paths of some reports are meant from: the one of the run, `.`, where all lie in it;
    else the deepest that has them all.

    >>> root_of(["en/a.txt", "de/a.txt"]), root_of(["../en/a.txt", "../de/a.txt"])
    ('.', '..')
    """
    folders = [PurePath(path).parent for path in paths]
    if not folders or not all(folder.is_absolute() or folder.parts[:1] == ("..",) for folder in folders):
        return "."
    try:
        return PurePath(os.path.commonpath(folders)).as_posix()
    except ValueError:  # some absolute, some not; or on two drives
        return "."


def name_from(root: str, path: str) -> str:
    """A path from the root, as it was typed where that is the run's folder."""
    return path if root == "." else PurePath(os.path.relpath(path, root)).as_posix()
