"""Whether a model folder would have a library run program text that the folder brings, or names.

The libraries that open a folder import classes by names that stand in its JSON files, and some of their
releases take those from the folder itself. So a class that belongs to none of these libraries is refused
before one is asked: the configuration in somebody's repository can name such a folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from mlcheck.errors import ModelError

__all__ = ["refuse_own_code"]

_MODULE = re.compile(r"sentence_transformers(\.\w+)*\.[A-Z]\w*")
_ACTIVATION = re.compile(r"torch\.nn(\.\w+)*\.[A-Z]\w*|sentence_transformers(\.\w+)*\.[A-Z]\w*")
_LIBRARY = re.compile(r"transformers(\.\w+)*")
_MAY_NAME = {
    "tokenizer_class": _MODULE,
    "activation_function": _ACTIVATION,
    "activation_fn": _ACTIVATION,
    "sbert_ce_default_activation_function": _ACTIVATION,
    "parent_library": _LIBRARY,
}
"""Keys whose values the libraries import where they are dotted, and what these may be."""


def refuse_own_code(folder: Path) -> None:
    """Raise `ModelError` where something in a model folder could have program text run that is neither
    sentence-transformers', transformers' nor torch's; or where that cannot be told."""
    for path in sorted(folder.rglob("*.json")):
        if path.name == "modules.json" or "config" in path.name:
            content = _read(path)
            if path == folder / "modules.json":
                _check_modules(content, path)
            _check(content, path)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise ModelError(f"{path}: not JSON, so the model is not loaded") from error
    except RecursionError as error:
        raise ModelError(f"{path}: nested too deeply, so the model is not loaded") from error


def _check_modules(content: Any, path: Path) -> None:
    """modules.json names a class for each part of the model, and the folder in which it lies."""
    if not isinstance(content, list) or not all(isinstance(module, dict) for module in content):
        raise ModelError(f"{path}: not a list of modules, so the model is not loaded")
    for module in content:
        _check_class(module.get("type"), path)
        inside = PurePosixPath(str(module.get("path", "")).replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or ":" in str(inside):
            raise ModelError(f"{path}: {str(inside)!r} lies outside the folder, so the model is not loaded")


def _check(content: Any, path: Path) -> None:
    for key, value in _items(content):
        if (key == "auto_map" and value) or (key == "trust_remote_code" and value not in (False, None)):
            raise ModelError(
                f"{path}: the model brings program text of its own ({key}), which mlcheck does not run"
            )
        if key == "types" and isinstance(value, dict):  # of a Router: the classes of its parts
            for name in value.values():
                _check_class(name, path)
        allowed = _MAY_NAME.get(key)
        if allowed and isinstance(value, str) and "." in value and not allowed.fullmatch(value):
            raise _foreign(value, path)


def _items(content: Any) -> Iterator[tuple[str, Any]]:
    """The keys and values of all the objects in it."""
    rest = [content]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            yield from value.items()
            rest.extend(value.values())
        elif isinstance(value, list):
            rest.extend(value)


def _check_class(name: Any, path: Path) -> None:
    if not isinstance(name, str) or not _MODULE.fullmatch(name):
        raise _foreign(name, path)


def _foreign(name: Any, path: Path) -> ModelError:
    return ModelError(
        f"{path}: names {name!r}, which is no class of sentence-transformers; mlcheck runs no program text "
        "that a model names"
    )
