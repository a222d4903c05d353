"""Model folders: where they are, whether they are whole, and how one is fetched from a hub.

A hub's model is taken from the local cache if it is there. If not, naming it is the user's request to
fetch it, and the user is told so first. A folder is used without a look at the network.
"""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path, PurePosixPath

from mlcheck.errors import ModelError
from mlcheck.models import ModelEntry

__all__ = [
    "cached_snapshot",
    "first_line",
    "model_folder",
    "not_installed",
    "quietly",
    "wanted_files",
    "weight_files",
    "weights_sha256",
]

_WAYS_OUT = "name a folder that has the model (--model FOLDER), or a bundled one (--model e5-small)"
_TIMEOUT = 10.0
"""Seconds for the hub to answer at all."""
_OTHER_RUNTIMES = frozenset({"onnx", "openvino"})


def model_folder(
    entry: ModelEntry, *, offline: bool = True, progress: Callable[[str], None] | None = None
) -> Path:
    """The folder of a `hub:` or folder entry, a hub's named by its commit; raise `ModelError` where
    there is none or it is no model. Fetches a hub's model only where `offline` is false."""
    if entry.kind == "hub":
        return _checked(cached_snapshot(entry) if offline else _snapshot(entry, progress))
    folder = Path(entry.location)
    if not folder.is_dir():
        raise ModelError(f"{entry.name}: no folder {folder}; check the path")
    return _checked(folder)


def cached_snapshot(entry: ModelEntry) -> Path:
    """The folder of a hub's model in the local cache, named by its commit; raise `ModelError`
    where it is not there or not whole. Never looks at the network."""
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import LocalEntryNotFoundError
    except ImportError as error:
        raise not_installed() from error
    missing = ModelError(f"{entry.name}: {entry.location} has not been fetched")
    try:
        folder = Path(
            snapshot_download(
                entry.location, revision=entry.revision, local_files_only=True, allow_patterns=["*.json"]
            )
        )
    except (LocalEntryNotFoundError, ValueError) as error:
        raise missing from error
    if not weight_files(folder):
        raise missing
    return folder


def wanted_files(names: Sequence[str]) -> list[str]:
    """Which of a hub repository's files to fetch: the configuration, the tokenizer and the weights,
    in one format and not in the four that some repositories hold."""
    text = [name for name in names if name.endswith((".json", ".txt", ".model", ".md", ".jinja"))]
    safe = [name for name in names if name.endswith(".safetensors")]
    folders = {PurePosixPath(name).parent for name in safe}
    pickled = [
        name
        for name in map(PurePosixPath, names)
        if name.match("pytorch_model*.bin") and name.parent not in folders
    ]
    wanted = [PurePosixPath(name) for name in [*text, *safe]] + pickled
    return sorted(str(name) for name in wanted if not _OTHER_RUNTIMES.intersection(name.parts))


def weight_files(folder: Path) -> list[Path]:
    """The files of a model folder that hold its weights, sorted; where a folder has two formats of
    them, those of the one that is loaded."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return [folder / name for name in wanted_files(names) if name.endswith((".safetensors", ".bin"))]


def weights_sha256(folder: Path) -> str:
    """The hash of the weight file; of several, the hash of their hashes and names."""
    hashes = []
    for path in weight_files(folder):
        with path.open("rb") as stream:
            hashes.append((hashlib.file_digest(stream, "sha256").hexdigest(), path.relative_to(folder)))
    if len(hashes) == 1:
        return hashes[0][0]
    lines = "".join(f"{digest}  {path.as_posix()}\n" for digest, path in hashes)
    return hashlib.sha256(lines.encode()).hexdigest()


@contextmanager
def quietly() -> Iterator[None]:
    """No progress bars and no advice to developers while a model is fetched or loaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            hub = import_module("huggingface_hub.utils")
            transformers = import_module("transformers.utils.logging")
        except ImportError as error:
            raise not_installed() from error
        hub.disable_progress_bars()
        transformers.disable_progress_bar()
        transformers.set_verbosity_error()
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        yield


def not_installed() -> ModelError:
    return ModelError(
        "sentence-transformers is needed for this model and not installed: pip install sentence-transformers"
    )


def first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _checked(folder: Path) -> Path:
    """The folder, if it is a sentence-transformers model. A bare transformer would load too, with a
    pooling that it was not trained for, and its figures would mean nothing."""
    if not (folder / "modules.json").is_file():
        raise ModelError(f"{folder}: not a sentence-transformers model (no modules.json in it)")
    if not weight_files(folder):
        raise ModelError(f"{folder}: no weights in it (model.safetensors or pytorch_model.bin)")
    return folder


def _snapshot(entry: ModelEntry, progress: Callable[[str], None] | None) -> Path:
    try:
        return cached_snapshot(entry)
    except ModelError as error:
        from huggingface_hub import constants

        if constants.HF_HUB_OFFLINE:
            raise ModelError(f"{error}, and HF_HUB_OFFLINE forbids it; {_WAYS_OUT}") from error
        if progress is not None:
            progress(f"{entry.name}: fetching {entry.location} ({entry.revision}) from {constants.ENDPOINT}")
    return _fetch(entry)


def _fetch(entry: ModelEntry) -> Path:
    from huggingface_hub import HfApi, snapshot_download

    try:
        # This question first: it fails within seconds, where a download tries for minutes.
        info = HfApi().model_info(entry.location, revision=entry.revision, timeout=_TIMEOUT)
        names = wanted_files([file.rfilename for file in info.siblings or []])
        with quietly():
            snapshot_download(entry.location, revision=entry.revision, allow_patterns=names)
    except Exception as error:
        # Whatever the network, the hub and the disk may throw, the two ways out are the same.
        raise ModelError(
            f"{entry.name}: {entry.location} cannot be fetched ({first_line(error)}); {_WAYS_OUT}"
        ) from error
    return cached_snapshot(entry)
