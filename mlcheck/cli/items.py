"""Checking many pairs: reports as they come, a line now and then, and what it comes to at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mlcheck.cli.journal import kept_beside
from mlcheck.cli.options import Format
from mlcheck.cli.outputs import Sink, open_outputs
from mlcheck.cli.terminal import LONG, progress_bar, say
from mlcheck.wording import count

if TYPE_CHECKING:
    from mlcheck.batch import Journal, RunOptions, Selection
    from mlcheck.config import Config
    from mlcheck.data import Report
    from mlcheck.report import Totals

__all__ = ["RESUMABLE", "BaselineUse", "check_items"]

RESUMABLE = (Format.jsonl, Format.parquet)
"""Formats that have whole reports, so that what is finished is worth keeping beside them."""


def check_items(
    config: Config,
    selection: Selection,
    sinks: Sequence[Sink],
    verbose: bool,
    options: RunOptions,
    *read: Path,
    resume: bool | None = None,
) -> int:
    """Check many pairs and write what comes of them; the exit code: the largest of all pairs', and 2 without
    any, as nothing checked is never a pass. `read` was read to find them. What is finished is kept, and gone
    on from with `resume`, unless that is None."""
    from mlcheck.batch import text_files
    from mlcheck.report import Totals, exit_status

    read = (*read, *config.files, *text_files(selection.items))
    lines = [sink.path for sink in sinks if sink.format in RESUMABLE and sink.path is not None]
    kept: AbstractContextManager[Journal | None] = nullcontext()
    if resume is not None and lines:
        kept = kept_beside(lines[0], read, resume)
    totals, used, start = Totals(), BaselineUse(config), time.monotonic()
    statuses: list[int] = []
    with (
        kept as journal,
        open_outputs(sinks, read, verbose=verbose, fail_on=config.fail_on) as outputs,
        progress_bar(len(selection.items)) as advance,
    ):
        for report, line in _checked(config, selection, options, journal):
            outputs.add(report, line)
            totals.add(report)
            statuses.append(exit_status([report], config.fail_on))
            used.add(report)
            advance()
    _sum_up(totals, sinks, time.monotonic() - start)
    used.say()
    return max(statuses, default=2)


def _checked(
    config: Config, selection: Selection, options: RunOptions, journal: Journal | None
) -> Iterator[tuple[Report, str | None]]:
    """The reports in their order, those that a journal has with their lines."""
    from mlcheck.batch import run_lines, run_pairs
    from mlcheck.saved import read_reports

    if journal is None:
        for report in run_pairs(config, selection, options, say=say, progress=say):
            yield report, None
        return
    for pair in run_lines(config, selection, options, journal, say=say, progress=say):
        kept = pair.report or next(read_reports(pair.line, str(journal.path)))
        yield kept, pair.line


def _sum_up(totals: Totals, sinks: Sequence[Sink], seconds: float) -> None:
    """Say what the pairs come to, where nobody sees it in the report: that is in a file, or is no text;
    nothing in a pipe, unless it took long. How long is for people, and in no file."""
    from mlcheck.reporters import total_lines

    watched, what = sys.stderr.isatty(), "item" if totals.several else "pair"
    in_file = any(sink.path is not None for sink in sinks)
    shown = any(sink.path is None and sink.format is Format.text for sink in sinks)
    if not shown and (watched or in_file or seconds >= LONG):
        for line in total_lines(totals, all=True):
            say(line)
    if in_file and totals.failures:
        failed = totals.failures
        first = "" if len(failed) == 1 else "the first: "
        say(f"{len(failed)} of {count(totals.pairs, what)} could not be checked; {first}{failed[0]}")
    if watched:
        say(f"{count(totals.pairs, what)} in {seconds:.0f} s")


@dataclass(slots=True)
class BaselineUse:
    """What becomes of a baseline in a run, and a line about what is amiss."""

    config: Config
    unused: int = 0
    """Reports in which it has entries that match nothing any more."""
    used: bool = False
    """Has an entry accepted anything, or is known to have expired?"""

    def add(self, report: Report) -> None:
        """One more report."""
        from mlcheck.suppress import EXPIRED, UNUSED

        codes = {note.code for note in report.notes}
        self.unused += UNUSED in codes
        by = {finding.suppressed.by for finding in report.findings if finding.suppressed}
        self.used |= EXPIRED in codes or "baseline" in by

    def say(self) -> None:
        """Say that it has too much, or that it does nothing, where somebody named it for these texts. One
        that the configuration names is about others too."""
        from mlcheck.config import COMMAND_LINE, rule_names
        from mlcheck.suppress import read_baseline

        file = self.config.baseline
        if self.unused:
            which = f"{count(self.unused, 'pair')} {'has' if self.unused == 1 else 'have'}"
            say(f"{which} entries in {file} that match nothing any more; see the notes of the report")
            return
        asked = file is not None and self.config.origin("baseline") == COMMAND_LINE
        if file and asked and not self.used and read_baseline(file, rule_names()).entries:
            say(f"{file}: none of its entries is about a finding of these texts, so it accepts nothing")
