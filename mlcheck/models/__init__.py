"""The models room: which encoders and judges there are, where their files lie, and whether they are whole.

`encode` and `judge` make of these files what computes. Nothing heavy is imported at this door.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlcheck.models.card import (
    JUDGE_CARD,
    JUDGE_FOLDER,
    JUDGE_FORMAT,
    JUDGE_WEIGHTS,
    Card,
    is_bundled,
    read_card,
    read_weight_file,
)
from mlcheck.models.entries import (
    NONE,
    ModelEntry,
    Role,
    find_entry,
    load_models,
    model_files,
)
from mlcheck.models.hub import fetched_folder, local_folder, opened, weights_sha256
from mlcheck.models.packages import (
    E5_WEIGHTS,
    SENTENCEPIECE,
    USE_WEIGHTS,
    PackageFile,
    package_file,
)
from mlcheck.models.session import load_runtime, start_session
from mlcheck.models.status import Checked, Status, model_status, verify
from mlcheck.models.store import (
    E5_CONVERTER,
    JUDGE_CONVERTER,
    Files,
    cache_root,
    e5_folder,
    e5_pieces_folder,
    is_built,
    judge_folder,
    load_or_build,
    load_or_make,
    sha256_of,
)

if TYPE_CHECKING:
    from mlcheck.models.graph_builder import Builder, Tokens, quantise_weights

__all__ = [
    "E5_CONVERTER",
    "E5_WEIGHTS",
    "JUDGE_CARD",
    "JUDGE_CONVERTER",
    "JUDGE_FOLDER",
    "JUDGE_FORMAT",
    "JUDGE_WEIGHTS",
    "NONE",
    "SENTENCEPIECE",
    "USE_WEIGHTS",
    "Builder",
    "Card",
    "Checked",
    "Files",
    "ModelEntry",
    "PackageFile",
    "Role",
    "Status",
    "Tokens",
    "cache_root",
    "e5_folder",
    "e5_pieces_folder",
    "fetched_folder",
    "find_entry",
    "is_built",
    "is_bundled",
    "judge_folder",
    "load_models",
    "load_or_build",
    "load_or_make",
    "load_runtime",
    "local_folder",
    "model_files",
    "model_status",
    "opened",
    "package_file",
    "quantise_weights",
    "read_card",
    "read_weight_file",
    "sha256_of",
    "start_session",
    "verify",
    "weights_sha256",
]


def __getattr__(name: str) -> Any:
    """Fetch what needs onnx when it is first used."""
    if name in ("Builder", "Tokens", "quantise_weights"):
        from mlcheck.models import graph_builder

        return getattr(graph_builder, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
