"""What is in force and where it comes from, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mlcheck.config.config import DEFAULT, Config, Override
from mlcheck.config.keys import KEYS, SCORECARD, THRESHOLDS, rule_names
from mlcheck.config.source import shown
from mlcheck.text import safe_json

__all__ = ["to_json", "to_table"]

_GAP = "  "
_WIDEST = 60
"""Characters of a value in the table; what is longer pushes only its own line apart."""

_TABLES = ("languages", "rules", "thresholds", "scorecard", "overrides")

Row = tuple[str, str, str]
"""A key, its value as a configuration would have it, and where it comes from."""


def to_table(config: Config) -> str:
    """A line for each value: key, value, and the line of a file, `command line` or `default`. A list has
    a line for each of its elements. Overrides that are left to apply stand at the end."""
    rows = [*_plain(config), *_mapped(config)]
    blocks = [[("configuration", "none found" if config.file is None else shown(str(config.file)), "")], rows]
    blocks += [list(_override(override)) for override in config.overrides]
    first = max(len(row[0]) for block in blocks for row in block)
    second = min(_WIDEST, max(len(row[1]) for block in blocks for row in block))
    return (
        "\n\n".join(
            "\n".join(_GAP.join((a.ljust(first), b.ljust(second), c)).rstrip() for a, b, c in block)
            for block in blocks
        )
        + "\n"
    )


def to_json(config: Config) -> str:
    """The same for programs: `values` holds `{"value": …, "from": …}` by key; an override has its own."""
    values: dict[str, Any] = {
        key.name: _valued(_json_value(config, key.name), config.origin(key.name))
        for key in KEYS
        if key.name not in _TABLES
    }
    values["languages"] = {
        pattern: _valued(code, config.origin("languages", pattern))
        for pattern, code in config.languages.items()
    }
    values["rules"] = {
        name: _valued(config.rules.get(name, "auto"), config.origin("rules", name)) for name in rule_names()
    }
    values["thresholds"] = {
        name: _valued(config.thresholds.get(name, threshold.default), config.origin("thresholds", name))
        for name, threshold in THRESHOLDS.items()
    }
    values["scorecard"] = {
        name: _valued(config.scorecard.get(name, default), config.origin("scorecard", name))
        for name, default in SCORECARD.items()
    }
    whole = {
        "schema": 1,
        "file": None if config.file is None else str(config.file),
        "values": values,
        "overrides": [_json_override(override) for override in config.overrides],
    }
    return safe_json(json.dumps(whole, ensure_ascii=False, indent=2)) + "\n"


def _plain(config: Config) -> Iterator[Row]:
    for key in KEYS:
        if key.name in _TABLES:
            continue
        unset = "automatic" if key.kind in ("model", "language") else "none"
        yield from _rows(key.name, _json_value(config, key.name), config.origin(key.name), unset)


def _mapped(config: Config) -> Iterator[Row]:
    for pattern, code in config.languages.items():
        yield f"languages.{shown(json.dumps(pattern))}", _toml(code), config.origin("languages", pattern)
    for name in rule_names():
        yield f"rules.{name}", _toml(config.rules.get(name, "auto")), config.origin("rules", name)
    for name, threshold in THRESHOLDS.items():
        value = config.thresholds.get(name, threshold.default)
        yield f"thresholds.{name}", _toml(value), config.origin("thresholds", name)
    for name, default in SCORECARD.items():
        value = config.scorecard.get(name, default)
        yield f"scorecard.{name}", _toml(value), config.origin("scorecard", name)


def _override(override: Override) -> Iterator[Row]:
    yield from _rows("override of", list(override.paths), override.where)
    if override.terms is not None:
        yield from _rows("terms", [str(path) for path in override.terms], _from(override, "terms"))
    if override.markup is not None:
        yield from _rows("markup", list(override.markup), _from(override, "markup"))
    for name, level in override.rules.items():
        yield f"rules.{name}", _toml(level), _from(override, "rules", name)
    for name, value in override.thresholds.items():
        yield f"thresholds.{name}", _toml(value), _from(override, "thresholds", name)


def _rows(name: str, value: Any, origin: str, unset: str = "none") -> Iterator[Row]:
    if not isinstance(value, list) or not value:
        yield name, unset if value is None else _toml(value), shown(origin)
        return
    for number, element in enumerate(value):
        yield (name, _toml(element), shown(origin)) if number == 0 else ("", _toml(element), "")


def _toml(value: Any) -> str:
    """As it would be written; JSON's spelling of text, numbers and lists is TOML's too."""
    return shown(json.dumps(value, ensure_ascii=False))


def _json_value(config: Config, name: str) -> Any:
    value = getattr(config, name.replace("-", "_"))
    if isinstance(value, tuple):
        return [element if isinstance(element, str) else str(element) for element in value]
    return value if value is None or isinstance(value, (str, int)) else str(value)


def _json_override(override: Override) -> dict[str, Any]:
    found: dict[str, Any] = {"paths": list(override.paths), "from": override.where}
    if override.terms is not None:
        found["terms"] = _valued([str(path) for path in override.terms], _from(override, "terms"))
    if override.markup is not None:
        found["markup"] = _valued(list(override.markup), _from(override, "markup"))
    for table in ("rules", "thresholds"):
        found[table] = {
            name: _valued(value, _from(override, table, name))
            for name, value in getattr(override, table).items()
        }
    return found


def _from(override: Override, *key: str) -> str:
    return override.origins.get(key, DEFAULT)


def _valued(value: Any, origin: str) -> dict[str, Any]:
    return {"value": value, "from": origin}
