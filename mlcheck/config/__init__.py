"""The configuration's room: files and folders in, a `Config` out.

    config = load_config(["news/a.en.txt", "news/a.ru.txt"])
    settings = config.for_paths("news/a.en.txt", "news/a.ru.txt").settings()

`keys.py` has the table of keys, from which the rest is made; `patterns.py` says which paths a pattern means.
Nothing here reads the environment.
"""

from __future__ import annotations

from mlcheck.config.codes import codes_in
from mlcheck.config.config import COMMAND_LINE, DEFAULT, Config, Override
from mlcheck.config.keys import rule_names
from mlcheck.config.patterns import EXAMPLE, Sides, files_under, language_in, sides_of, template_folders
from mlcheck.config.read import load_config
from mlcheck.config.schema import schema_text
from mlcheck.config.show import to_json, to_table
from mlcheck.config.table import settings_from, settings_table

__all__ = [
    "COMMAND_LINE",
    "DEFAULT",
    "EXAMPLE",
    "Config",
    "Override",
    "Sides",
    "codes_in",
    "files_under",
    "language_in",
    "load_config",
    "rule_names",
    "schema_text",
    "settings_from",
    "settings_table",
    "sides_of",
    "template_folders",
    "to_json",
    "to_table",
]
