"""The room of many pairs: which there are, which changed, and their reports, from one process or several.

    items = read_items("items.jsonl")
    for report in run_pairs(load_config(["items.jsonl"]), Selection.of(items), RunOptions(jobs=4)):
        print(report.id, report.verdict)

`run_lines` gives the reports as lines, and keeps what is finished in a `Journal`, for a run that goes on
where an interrupted one stopped. `CheckBatch` makes a table of results from a table of items, for engines
that run on many machines. Nothing here prints, or reads the environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlcheck.batch.changed import STAGED, ChangedPair, changed_pairs, only_changed
from mlcheck.batch.item import Item
from mlcheck.batch.items import DEFAULT_PATTERN, configured_pairs, find_pairs, read_items
from mlcheck.batch.journal import Finished, Journal, journal_of, key_of, open_journal
from mlcheck.batch.older import History, with_older
from mlcheck.batch.pairs import RunOptions
from mlcheck.batch.required import with_required
from mlcheck.batch.resume import finished, run_lines
from mlcheck.batch.run import run_pairs
from mlcheck.batch.selection import Selection, text_files
from mlcheck.batch.standing import Standing, read_states, settled, standings

if TYPE_CHECKING:
    from mlcheck.batch.table import CheckBatch

__all__ = [
    "DEFAULT_PATTERN",
    "STAGED",
    "ChangedPair",
    "CheckBatch",
    "Finished",
    "History",
    "Item",
    "Journal",
    "RunOptions",
    "Selection",
    "Standing",
    "changed_pairs",
    "configured_pairs",
    "find_pairs",
    "finished",
    "journal_of",
    "key_of",
    "only_changed",
    "open_journal",
    "read_items",
    "read_states",
    "run_lines",
    "run_pairs",
    "settled",
    "standings",
    "text_files",
    "with_older",
    "with_required",
]


def __getattr__(name: str) -> Any:
    # Those who check files need none of it, nor the readers and reporters that it brings along.
    if name == "CheckBatch":
        from mlcheck.batch.table import CheckBatch

        return CheckBatch
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
