"""Which judges can be used here, and whether their files are what they should be. Loads none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mlcheck.encode.status import Checked, Status, converted_files, folder_status, verify_folder
from mlcheck.errors import ModelError
from mlcheck.judge.bundled import converted_folder
from mlcheck.judge.weights import FOLDER, WEIGHTS, is_bundled, read_card, read_weight_file
from mlcheck.models import ModelEntry

__all__ = ["judge_status", "verify_judge"]


def judge_status(entry: ModelEntry, folder: Path = FOLDER) -> Status:
    """Whether `entry` can be used without fetching anything; reads no weights. `folder` has the bundled
    judge's files."""
    if entry.kind != "bundled":
        return folder_status(entry)
    if not is_bundled(folder):
        return Status(False, "this copy of mlcheck comes without it")
    return Status(True, "bundled; reads the vectors of e5-small")


def verify_judge(entry: ModelEntry, cache_dir: Path | None = None, folder: Path = FOLDER) -> list[Checked]:
    """Hash the files of `entry`: the bundled judge's weights against its card, what they were converted to
    against its manifest; other judges' as an encoder's."""
    if entry.kind != "bundled":
        return verify_folder(entry)
    return list(_bundled(folder, cache_dir))


def _bundled(folder: Path, cache_dir: Path | None) -> Iterator[Checked]:
    name = f"mlcheck/judge/{WEIGHTS}"
    try:
        card = read_card(folder)
        read_weight_file(card, folder)
    except ModelError as error:
        yield Checked(name, False, str(error))
        return
    yield Checked(name, True, f"SHA-256 as on its card, {card.sha256[:12]}…")
    yield from converted_files(converted_folder(card.sha256, cache_dir))
