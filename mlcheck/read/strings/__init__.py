"""Strings of programs: a file a version, whose strings have names. Two files are joined by these; nothing is
searched. What is no words (an address, a colour) has its name, and is not compared."""

from __future__ import annotations

from mlcheck.read.strings.android import read_android
from mlcheck.read.strings.apple import read_apple
from mlcheck.read.strings.json_strings import read_json
from mlcheck.read.strings.properties import read_properties
from mlcheck.read.strings.resx import read_resx
from mlcheck.read.strings.stringsdict import read_stringsdict
from mlcheck.read.strings.yaml_strings import read_yaml

__all__ = [
    "read_android",
    "read_apple",
    "read_json",
    "read_properties",
    "read_resx",
    "read_stringsdict",
    "read_yaml",
]
