"""The scripts that come with the evaluation data, as modules."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType


def load(folder: Path, name: str) -> ModuleType:
    """`folder/name.py`, loaded by its path: the evaluation data is no package, and is nowhere on the path."""
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
