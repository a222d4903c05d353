"""Reports as text of some format. A reporter prints nothing and opens nothing: it returns a string that
ends in a line feed, and the command line writes it as UTF-8."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from mlcheck.reporters.html import to_html
from mlcheck.reporters.to_json import as_dict, to_json, to_jsonl
from mlcheck.reporters.to_text import to_text, to_total

if TYPE_CHECKING:  # data.py loads numpy, which nothing here needs
    from mlcheck.data import Report
    from mlcheck.report import FailOn

__all__ = [
    "REPORTERS",
    "Layout",
    "Reporter",
    "as_dict",
    "to_html",
    "to_json",
    "to_jsonl",
    "to_text",
    "to_total",
]


class Layout(NamedTuple):
    """What the reader's screen allows and what the reader asked for; formats for programs ignore it."""

    width: int = 80
    colour: bool = False
    verbose: bool = False
    fail_on: FailOn = "error"


Reporter = Callable[[Sequence["Report"], Layout], str]


def _text(reports: Sequence[Report], layout: Layout) -> str:
    return to_text(reports, width=layout.width, colour=layout.colour, verbose=layout.verbose)


def _json(reports: Sequence[Report], layout: Layout) -> str:
    return to_json(reports)


def _jsonl(reports: Sequence[Report], layout: Layout) -> str:
    return "".join(map(to_jsonl, reports))


def _html(reports: Sequence[Report], layout: Layout) -> str:
    return to_html(reports)


REPORTERS: Final[Mapping[str, Reporter]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "html": _html,
}
"""Names as `--format` knows them."""
