"""Which configuration goes with some files: the nearest one upwards from the folder that holds them all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from mlcheck.config.source import has_table

__all__ = ["FILE", "PYPROJECT", "find_file"]

FILE = "mlcheck.toml"
PYPROJECT = "pyproject.toml"


def find_file(paths: Sequence[str | Path]) -> Path | None:
    """The configuration for some files and folders, or None.

    It is looked for in the folder that holds all of them, and in those above up to the root of a
    repository or of the file system. In a folder, mlcheck.toml comes before pyproject.toml, and a
    pyproject.toml without `[tool.mlcheck]` is passed over. Paths need not exist. Without one, the search
    starts in the working folder. Raises `UsageError` for a pyproject.toml that speaks of mlcheck and
    cannot be read.
    """
    start = _common_folder(paths)
    for folder in (start, *start.parents):
        for file in _candidates(folder):
            return _shown(file)
        if os.path.lexists(folder / ".git"):
            break
    return None


def _candidates(folder: Path) -> Iterator[Path]:
    if _is_meant(folder / FILE):
        yield folder / FILE
    if _is_meant(folder / PYPROJECT) and has_table(_shown(folder / PYPROJECT)):
        yield folder / PYPROJECT


def _is_meant(path: Path) -> bool:
    """A file; or a link that leads nowhere, of which reading tells: somebody meant a file by it. A folder
    or a pipe of that name is something else."""
    return os.path.isfile(path) or (os.path.islink(path) and not os.path.exists(path))  # noqa: PTH110, PTH113, PTH114 - pathlib's raise where a folder above may not be searched


def _common_folder(paths: Sequence[str | Path]) -> Path:
    # Links are not resolved: whoever names `news/a.txt` has the configuration beside `news` in mind.
    folders = [_folder(os.path.abspath(path)) for path in paths] or [os.path.abspath("")]  # noqa: PTH100
    try:
        return Path(os.path.commonpath(folders))
    except ValueError:  # two drives
        return Path(folders[0])


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path)  # noqa: PTH112, PTH120 - as above


def _shown(path: Path) -> Path:
    """From the working folder on, where one of the two lies in the other, so that reports do not depend
    on where a repository lies; else whole."""
    here = Path.cwd()
    if here.is_relative_to(path.parent) or path.is_relative_to(here):
        return Path(os.path.relpath(path, here))
    return path
