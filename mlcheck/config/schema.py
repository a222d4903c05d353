"""The JSON Schema of a configuration, from the table of keys. `mlcheck/schema/config.schema.json` is what
this gives, kept as a file for editors; `docs/make_configuration.py` writes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mlcheck.config.keys import (
    ALWAYS_ON,
    FORMER_THRESHOLDS,
    KEYS,
    LEVELS,
    MOST_POINTS,
    OVERRIDE_KEYS,
    SCORECARD,
    THRESHOLDS,
    Key,
    Threshold,
    rule_names,
)

__all__ = ["schema", "schema_text"]

_PATTERN = {"type": "string", "pattern": r"^(?!\.(?:/+\.)*/*$)[^/\\\u0000][^\\\u0000]*$"}
"""As `wrong_pattern` has it: neither empty nor the folder itself, from no root, without backslash and NUL."""
_CODE = {"type": "string", "pattern": "^[A-Za-z]{2,8}([-_]|$)"}
_REST = r"(?:(?!\{name\}|\{lang\}| \+ )[\s\S])*"
_CODED = rf"(?:{_REST}\{{name\}}{_REST}\{{lang\}}{_REST}|{_REST}\{{lang\}}{_REST}\{{name\}}{_REST})"
_FORMS = (rf"^{_CODED}$", rf"^{_REST}\{{name\}}{_REST} \+ (?!/){_CODED}$")
"""As `sides_of` reads a pattern of pairs: each version with its code, or one language without."""
_TEXT = {"type": "string", "pattern": r"\S"}


def schema() -> dict[str, Any]:
    """A schema (draft 2020-12) of mlcheck.toml, which is also that of `[tool.mlcheck]`.

    What it refuses, mlcheck refuses. The other way round not quite: whether a code is a language, that
    one threshold is not given under two names, and that 3.0 is no whole number, a schema cannot say.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mlcheck.toml",
        "description": "Configuration of mlcheck; docs/configuration.md has each key with an example.",
        **_table(KEYS),
    }


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _table(keys: Sequence[Key]) -> dict[str, Any]:
    properties = {key.name: {"description": key.meaning, **_value(key)} for key in keys}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _value(key: Key) -> dict[str, Any]:
    match key.kind:
        case "model" | "file":
            return _TEXT
        case "files":
            return {"type": "array", "items": _TEXT}
        case "language":
            return _CODE
        case "codes":
            return {"type": "array", "items": _CODE}
        case "choices":
            return {"type": "array", "items": {"enum": list(key.choices)}}
        case "addresses":
            part = {"type": "string", "allOf": _once(r"\{lang\}"), "not": {"const": "{lang}"}}
            return {"type": "array", "items": part}
        case "choice":
            return {"enum": list(key.choices)}
        case "flag":
            return {"type": "boolean"}
        case "count":
            return {"type": "integer", "minimum": 1}
        case "patterns":
            return {"type": "array", "items": _PATTERN, **({"minItems": 1} if key.name == "paths" else {})}
        case "templates":
            return {"type": "array", "items": {**_PATTERN, "anyOf": [{"pattern": form} for form in _FORMS]}}
        case "languages":
            return {"type": "object", "propertyNames": _PATTERN, "additionalProperties": _CODE}
        case "rules":
            levels = {name: _levels(name) for name in rule_names()}
            return {"type": "object", "additionalProperties": False, "properties": levels}
        case "thresholds":
            numbers = {name: _number(threshold) for name, threshold in THRESHOLDS.items()}
            numbers |= {name: _former(now) for name, now in FORMER_THRESHOLDS.items()}
            return {"type": "object", "additionalProperties": False, "properties": numbers}
        case "scorecard":
            return {"type": "object", "additionalProperties": False, "properties": _scorecard(key)}
        case "overrides":
            return {"type": "array", "items": {**_table(OVERRIDE_KEYS), "required": ["paths"]}}


def _once(name: str) -> list[dict[str, Any]]:
    return [{"pattern": name}, {"not": {"pattern": rf"{name}[\s\S]*{name}"}}]


def _levels(rule: str) -> dict[str, Any]:
    return {"enum": [level for level in LEVELS if (rule, level) != (ALWAYS_ON, "off")]}


def _former(now: str | None) -> dict[str, Any]:
    """A name that is still read: as the threshold that it is now, or, of none, as anything."""
    if now is None:
        return {"deprecated": True, "description": "No longer a setting; changes nothing."}
    return {**_number(THRESHOLDS[now]), "deprecated": True, "description": f"Now called {now}."}


def _scorecard(key: Key) -> dict[str, Any]:
    points = {"type": "number", "minimum": 0, "maximum": MOST_POINTS}
    return {
        name: {**({"enum": list(key.choices)} if name == "words" else points), "default": default}
        for name, default in SCORECARD.items()
    }


def _number(threshold: Threshold) -> dict[str, Any]:
    return {
        "type": "integer" if threshold.whole else "number",
        "minimum": threshold.low,
        "maximum": threshold.high,
        "default": threshold.default,
    }
