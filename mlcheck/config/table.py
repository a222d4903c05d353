"""Settings as a plain table and back: how a pair's settings go to a service, and what it takes them for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from mlcheck.config.config import Config
from mlcheck.config.keys import KEYS, THRESHOLDS
from mlcheck.config.read import table_values
from mlcheck.config.source import Source
from mlcheck.settings import Settings

__all__ = ["settings_from", "settings_table"]

_KEYS: Final = tuple(
    key for key in KEYS if key.name in ("rules", "thresholds", "markup", "localised", "scorecard")
)
"""What belongs to a pair. The others say which files and models there are, and are not for a
stranger to set."""


def settings_table(settings: Settings) -> dict[str, Any]:
    """The settings under the names of a configuration, as JSON can hold them. A glossary is not in it."""
    check = settings.check
    return {
        "rules": dict(settings.rules),
        "thresholds": {name: getattr(check, threshold.field) for name, threshold in THRESHOLDS.items()},
        "markup": list(check.markup),
        "localised": list(check.localised),
        "scorecard": asdict(settings.scorecard),
    }


def settings_from(table: Mapping[str, Any], where: str) -> Settings:
    """The settings that a table gives, defaults where it is silent; `where` names the table in messages.

    Raises `UsageError` for a key, rule or threshold that is none, and a value that is not for it.
    """
    source = Source(path=Path(where), table=table, lines=(), places={})
    return Config(**dict(table_values(source, table, _KEYS, ()))).settings()
