"""Reports as text of some format. A reporter prints nothing and opens nothing: it returns a string that
ends in a line feed, and the command line writes it as UTF-8; of a format that is no text, bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from mlcheck.data import Report
from mlcheck.report import FailOn
from mlcheck.reporters.html import html_hashes, to_html
from mlcheck.reporters.phrases import total_lines
from mlcheck.reporters.to_github import to_github
from mlcheck.reporters.to_json import as_dict, to_json, to_jsonl
from mlcheck.reporters.to_junit import to_junit
from mlcheck.reporters.to_markdown import to_markdown
from mlcheck.reporters.to_parquet import (
    RESULT_COLUMNS,
    ParquetParts,
    result_row,
    result_schema,
    to_parquet,
)
from mlcheck.reporters.to_sarif import to_sarif
from mlcheck.reporters.to_table import to_csv, to_tsv
from mlcheck.reporters.to_text import TextParts, to_text
from mlcheck.reporters.to_xlsx import to_xlsx

__all__ = [
    "REPORTERS",
    "RESULT_COLUMNS",
    "Layout",
    "ParquetParts",
    "Reporter",
    "TextParts",
    "as_dict",
    "html_hashes",
    "result_row",
    "result_schema",
    "to_csv",
    "to_github",
    "to_html",
    "to_json",
    "to_jsonl",
    "to_junit",
    "to_markdown",
    "to_parquet",
    "to_sarif",
    "to_text",
    "to_tsv",
    "to_xlsx",
    "total_lines",
]


class Layout(NamedTuple):
    """What the reader's screen allows and what the reader asked for; most formats for programs ignore it."""

    width: int = 80
    colour: bool = False
    verbose: bool = False
    fail_on: FailOn = "error"
    nothing_passes: bool = False
    """No report at all is no error: `check --changed` has found that no pair changed."""


Reporter = Callable[[Sequence["Report"], Layout], str | bytes]


def _text(reports: Sequence[Report], layout: Layout) -> str:
    return to_text(reports, width=layout.width, colour=layout.colour, verbose=layout.verbose)


def _json(reports: Sequence[Report], layout: Layout) -> str:
    return to_json(reports)


def _jsonl(reports: Sequence[Report], layout: Layout) -> str:
    return "".join(map(to_jsonl, reports))


def _html(reports: Sequence[Report], layout: Layout) -> str:
    return to_html(reports)


def _sarif(reports: Sequence[Report], layout: Layout) -> str:
    return to_sarif(reports, nothing_passes=layout.nothing_passes)


def _junit(reports: Sequence[Report], layout: Layout) -> str:
    return to_junit(reports, fail_on=layout.fail_on, nothing_passes=layout.nothing_passes)


def _github(reports: Sequence[Report], layout: Layout) -> str:
    return to_github(reports)


def _markdown(reports: Sequence[Report], layout: Layout) -> str:
    return to_markdown(reports, fail_on=layout.fail_on)


def _csv(reports: Sequence[Report], layout: Layout) -> str:
    return to_csv(reports)


def _tsv(reports: Sequence[Report], layout: Layout) -> str:
    return to_tsv(reports)


def _xlsx(reports: Sequence[Report], layout: Layout) -> bytes:
    return to_xlsx(reports)


def _parquet(reports: Sequence[Report], layout: Layout) -> bytes:
    return to_parquet(reports)


REPORTERS: Final[Mapping[str, Reporter]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "html": _html,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "markdown": _markdown,
    "csv": _csv,
    "tsv": _tsv,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
"""Names as `--format` knows them."""
