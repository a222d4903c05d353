"""JSON documents and lines, cut into reports that nobody has looked into yet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mlcheck.errors import UsageError

__all__ = ["raw_reports"]

_SCHEMA = 1


def raw_reports(text: str, where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The reports of a text in `json` or `jsonl`, each with its place, "file:line" in `jsonl`; `where` names
    the file. Raises `UsageError` with the line for what is no report, or one of another version."""
    for number, value in _values(text.removeprefix("\ufeff"), where):
        place = where if number is None else f"{where}:{number}"
        if not isinstance(value, dict) or "schema" not in value:
            raise UsageError(
                f"{where}:{number or 1}: no report of mlcheck; write one with -f json or -f jsonl"
            )
        if value["schema"] != _SCHEMA:
            raise UsageError(
                f"{place}: a report of another version; check again with this mlcheck, and -f json"
            )
        inside = value.get("reports", [value])
        if not isinstance(inside, list) or not all(isinstance(report, dict) for report in inside):
            raise UsageError(f"{place}: 'reports' is no list of reports; write one with -f json")
        yield from ((place, report) for report in inside)


def _values(text: str, where: str) -> Iterator[tuple[int | None, Any]]:
    """One JSON document, without a line number, or one on each line."""
    try:
        yield None, json.loads(text)
        return
    except (ValueError, RecursionError):
        pass  # then each line is one, or the first that is not is told
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError):
            raise UsageError(
                f"{where}:{number}: not JSON; name a report written with -f json or -f jsonl"
            ) from None
