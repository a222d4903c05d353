"""Write what docs/configuration.md has from the table of keys and from settings.py, and the JSON Schema:
`python docs/make_configuration.py`."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from mlcheck.config import schema_text
from mlcheck.config.keys import FORMER_THRESHOLDS, KEYS, OVERRIDE_KEYS, THRESHOLDS, Key
from mlcheck.settings import CheckSettings

OUT = Path(__file__).with_name("configuration.md")
SCHEMA = Path(__file__).parents[1] / "mlcheck" / "schema" / "config.schema.json"

_TYPES = {
    "model": "text",
    "file": "path of a file",
    "files": "list of paths of files",
    "language": "language code, BCP 47",
    "codes": "list of language codes",
    "addresses": "list of parts of addresses with `{lang}`",
    "flag": "`true` or `false`",
    "count": "whole number, 1 or more",
    "patterns": "list of patterns",
    "templates": "list of paths with `{lang}` and `{name}`",
    "languages": "table: pattern = language code",
    "rules": "table: rule = level",
    "thresholds": "table: name = number",
    "scorecard": "table: name = number, and `words`",
    "overrides": "list of tables",
}


def page(text: str) -> str:
    """The page with its two made parts as they should be; the rest stays as it is."""
    for name, part in (("keys", _keys()), ("thresholds", _thresholds())):
        start, end = f"<!-- {name}: made by make_configuration.py -->", f"<!-- end of {name} -->"
        made = f"{start}\n\n{part}\n\n{end}"
        text = re.sub(
            f"{re.escape(start)}.*?{re.escape(end)}", lambda _, made=made: made, text, flags=re.DOTALL
        )
    return text


def _keys() -> str:
    paths = next(key for key in OVERRIDE_KEYS if key.name == "paths")
    return "\n\n".join([*map(_section, KEYS), _section(paths, "overrides: ")])


def _section(key: Key, before: str = "") -> str:
    choices = ", ".join(f"`{choice}`" for choice in key.choices)
    many = {"choice": f"one of {choices}", "choices": f"list of {choices}"}
    kind = many.get(key.kind) or _TYPES[key.kind]
    head = f"Type: {kind}. Default: {key.default}."
    return "\n\n".join(
        [f"### {before}`{key.name}`", head, textwrap.fill(key.meaning, 110), f"```toml\n{example(key)}\n```"]
    )


def example(key: Key) -> str:
    """A key with its example, as it would be written."""
    if key.kind == "overrides":
        return f"[[{key.name}]]\n{key.example}"
    if key.kind in ("languages", "rules", "thresholds", "scorecard"):
        return f"[{key.name}]\n{key.example}"
    return f"{key.name} = {key.example}"


def _thresholds() -> str:
    rows = ["| threshold, default | range | meaning and evidence |", "|---|---|---|"]
    for names, meaning in _documented(CheckSettings):
        group = [t for name in names if (t := THRESHOLDS.get(name.replace("_", "-")))]
        if not group:  # no threshold: the glossary
            continue
        cell = "<br>".join(f"`{t.name}` = {t.default}" for t in group)
        bounds = f"{group[0].low} to {group[0].high}"
        rows.append(f"| {cell} | {bounds} | {meaning} |")
    return "\n".join([*rows, "", textwrap.fill(_former(), 110, break_on_hyphens=False)])


def _former() -> str:
    renamed = [f"`{old}` is now `{now}`" for old, now in FORMER_THRESHOLDS.items() if now]
    gone = [f"`{old}`" for old, now in FORMER_THRESHOLDS.items() if not now]
    return (
        f"Names of a version ago are still read, with a note: {', '.join(renamed)}. No longer settings, and "
        f"without effect: {', '.join(gone)}. The next version will refuse them."
    )


def _documented(of: type) -> Iterator[tuple[list[str], str]]:
    """The fields of a class, in groups that share the text below them."""
    body = ast.parse(textwrap.dedent(inspect.getsource(of))).body[0]
    assert isinstance(body, ast.ClassDef)
    names: list[str] = []
    for node in body.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
        elif names and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield names, re.sub(r"\s+", " ", str(node.value.value)).replace("|", "\\|").strip()
            names = []
    assert not names, f"{of.__name__}: {names} have no text"


if __name__ == "__main__":
    OUT.write_text(page(OUT.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
