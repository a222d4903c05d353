"""`[scorecard]` of a configuration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mlcheck.config import load_config, schema_text, to_json, to_table
from mlcheck.errors import UsageError
from mlcheck.settings import ScorecardSettings


def load(folder: Path, text: str) -> ScorecardSettings:
    file = folder / "mlcheck.toml"
    file.write_text(text, "utf-8")
    return load_config((), file).settings().scorecard


@pytest.mark.parametrize("text", ["", "[scorecard]\n", "[scorecard]\ncritical = 25\nlimit = 50.0\n"])
def test_the_defaults_are_what_they_are(text: str, tmp_path: Path) -> None:
    assert load(tmp_path, text) == ScorecardSettings()


def test_what_is_set_is_shown_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mlcheck.toml"
    file.write_text("[scorecard]\nminor = 0.5\n", "utf-8")
    config = load_config((), file)
    assert "scorecard.minor" in to_table(config)
    values = json.loads(to_json(config))["values"]["scorecard"]
    assert values["minor"] == {"value": 0.5, "from": f"{file}:2"}
    assert values["major"] == {"value": 5.0, "from": "default"}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"majr": 3}, ":2: a scorecard has no 'majr'; did you mean 'major'?"),
        ({"critical": -1}, ":2: 'critical' is -1; it has to be from 0 to 1000000"),
        ({"critical": "many"}, ":2: 'critical' is text; it has to be a number"),
        ({"limit": True}, ":2: 'limit' is true or false; it has to be a number"),
        ({"words": "both"}, ":2: 'words' is 'both'; it is one of source, target"),
        ({"words": 3}, ":2: 'words' is '3'; it is one of source, target"),
    ],
)
def test_what_cannot_be_is_refused_as_the_schema_does(
    table: dict[str, object], message: str, tmp_path: Path
) -> None:
    ((name, value),) = table.items()
    with pytest.raises(UsageError) as raised:
        load(tmp_path, f"[scorecard]\n{name} = {json.dumps(value)}\n")
    assert message in str(raised.value)
    assert not Draft202012Validator(json.loads(schema_text())).is_valid({"scorecard": table})
