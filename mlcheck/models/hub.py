"""Model folders: where they are, whether they are whole, and how one is fetched from a hub.

A hub's model is taken from the local cache if it is there. If not, naming it is the user's request to
fetch it, and the user is told so first. A folder is used without a look at the network.
"""

from __future__ import annotations

import hashlib
import json
import logging
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from mlcheck.errors import ModelError
from mlcheck.models.entries import ModelEntry, Role, is_folder
from mlcheck.models.trust import refuse_own_code

__all__ = [
    "fetched_folder",
    "local_folder",
    "opened",
    "wanted_files",
    "weight_files",
    "weights_sha256",
]

_WAYS_OUT = {
    "encoder": "name a folder that has the model (--model FOLDER), or a bundled one (--model e5-small)",
    "judge": "name a folder that has the model (--judge FOLDER), or do without a judge (--judge none)",
}
_LIBRARIES = ("sentence_transformers", "torch", "transformers", "huggingface_hub")
"""What the extra `sentence-transformers` brings."""
_TIMEOUT = 10.0
"""Seconds for the hub to answer at all."""
_OTHER_RUNTIMES = frozenset({"onnx", "openvino"})


def local_folder(entry: ModelEntry) -> Path:
    """The folder of a `hub:` or folder entry, a hub's named by its commit; raise `ModelError` where
    there is none, it is no model, or it cannot be used here. Never looks at the network."""
    _look_for_libraries()
    folder = _cached(entry) if entry.kind == "hub" else Path(entry.location)
    if folder is None:
        raise ModelError(
            f"{entry.name}: {entry.location} has not been fetched; mlcheck fetches it when you name it"
        )
    if not is_folder(folder):
        raise ModelError(f"{entry.name}: no folder {folder}; check the path")
    return _checked(folder, entry.role)


def fetched_folder(
    entry: ModelEntry, *, offline: bool = False, progress: Callable[[str], None] | None = None
) -> Path:
    """As `local_folder`; but a hub's model that is not in the cache is fetched, unless `offline`."""
    _look_for_libraries()  # before anything is fetched that could not be used
    if entry.kind == "hub" and _cached(entry) is None:
        from huggingface_hub import constants

        if offline or constants.HF_HUB_OFFLINE:
            raise ModelError(
                f"{entry.name}: {entry.location} has not been fetched, and fetching is switched off; "
                + _WAYS_OUT[entry.role]
            )
        if progress is not None:
            progress(f"{entry.name}: fetching {entry.location} ({entry.revision}) from {constants.ENDPOINT}")
        _fetch(entry)
    return local_folder(entry)


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
def _quietly() -> Iterator[None]:
    """No progress bars and no advice to developers while a model is fetched or loaded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            hub = import_module("huggingface_hub.utils")
            transformers = import_module("transformers.utils.logging")
        except ImportError as error:
            raise _not_installed() from error
        hub.disable_progress_bars()
        transformers.disable_progress_bar()
        transformers.set_verbosity_error()
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        yield


def opened(folder: Path, kind: Literal["SentenceTransformer", "CrossEncoder"]) -> Any:
    """The model in a folder, of a class of sentence-transformers; never fetched. Raises `ModelError`."""
    with _quietly():
        try:
            import sentence_transformers
            import torch
        except ImportError as error:
            raise _not_installed() from error
        try:
            return getattr(sentence_transformers, kind)(
                str(folder),
                local_files_only=True,
                # A figure in a report must not depend on whether there is a graphics card.
                device="cpu",
                model_kwargs={"dtype": torch.float32},
            )
        except Exception as error:
            # A model folder is somebody's program text and data; it can fail in any way.
            raise ModelError(f"{folder}: the model cannot be loaded: {_first_line(error)}") from error


def _not_installed() -> ModelError:
    return ModelError(
        "sentence-transformers is needed for this model and not installed: "
        "pip install 'mlcheck[sentence-transformers]'"
    )


def _first_line(error: BaseException) -> str:
    """An error's message in one line, without its full stop."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _cached(entry: ModelEntry) -> Path | None:
    """A hub's model in the local cache; None where it is not there or not whole."""
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import LocalEntryNotFoundError
    except ImportError as error:
        raise _not_installed() from error
    try:
        found = snapshot_download(
            entry.location, revision=entry.revision, local_files_only=True, allow_patterns=["*.json"]
        )
    except LocalEntryNotFoundError:
        return None
    except ValueError as error:
        raise ModelError(f"{entry.name}: {entry.location} is no hub's id: {_first_line(error)}") from error
    except (OSError, RuntimeError) as error:  # no home folder, a name too long
        why = _first_line(error)
        raise ModelError(f"{entry.name}: the hub's cache cannot be read ({why}); set HF_HOME") from error
    folder = Path(found)
    return folder if weight_files(folder) else None


def _checked(folder: Path, role: Role) -> Path:
    """The folder, if it is a model for the role, and runs no program text of its own. Others would load
    too, with a pooling or a last layer that was not trained, and their figures would mean nothing."""
    refuse_own_code(folder)
    if role == "judge":
        if not _classifies(folder):
            raise ModelError(
                f"{folder}: not a CrossEncoder (its config.json names no model for sequence classification)"
            )
    elif not (folder / "modules.json").is_file():
        raise ModelError(f"{folder}: not a sentence-transformers model (no modules.json in it)")
    if not weight_files(folder):
        raise ModelError(f"{folder}: no weights in it (model.safetensors or pytorch_model.bin)")
    return folder


def _look_for_libraries() -> None:
    """Raise `ModelError` where the extra is not installed; imports nothing."""
    for name in _LIBRARIES:
        try:
            found = find_spec(name)
        except (ImportError, ValueError):
            found = None
        if found is None:
            raise _not_installed()


def _classifies(folder: Path) -> bool:
    try:
        kinds = json.loads((folder / "config.json").read_text(encoding="utf-8-sig"))["architectures"]
    except (OSError, ValueError, TypeError, KeyError):
        return False
    return isinstance(kinds, list) and any(str(kind).endswith("ForSequenceClassification") for kind in kinds)


def _fetch(entry: ModelEntry) -> None:
    from huggingface_hub import HfApi, snapshot_download

    try:
        # This question first: it fails within seconds, where a download tries for minutes.
        info = HfApi().model_info(entry.location, revision=entry.revision, timeout=_TIMEOUT)
        names = wanted_files([file.rfilename for file in info.siblings or []])
        with _quietly():
            snapshot_download(entry.location, revision=entry.revision, allow_patterns=names)
    except Exception as error:
        # Whatever the network, the hub and the disk may throw, the two ways out are the same.
        why = _first_line(error)
        raise ModelError(
            f"{entry.name}: {entry.location} cannot be fetched ({why}); {_WAYS_OUT[entry.role]}"
        ) from error
