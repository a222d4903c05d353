"""The reports of many pairs, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.batch.on_ray import on_ray
from mlcheck.batch.pairs import RunOptions, Say, pair_checker, silent
from mlcheck.batch.selection import Selection
from mlcheck.batch.workers import side_by_side
from mlcheck.config import Config
from mlcheck.data import Report

__all__ = ["run_pairs"]


def run_pairs(
    config: Config,
    selection: Selection,
    options: RunOptions | None = None,
    *,
    say: Say = silent,
    progress: Say = silent,
) -> Iterator[Report]:
    """The report of each pair, by its own settings, in their order, as it is done.

    `say` is called with what is worth a line and in no report, such as a baseline that is not there yet;
    `progress` with a line when something takes long, such as fetching a model. Nothing is printed here.

    Raises `UsageError`, `InputError` or `ModelError` for what is wrong with the run as a whole, before the
    first report; with `strict`, also for the first pair that cannot be checked.
    """
    options = options or RunOptions()
    # Also where other processes do the work: what is wrong with the run is told before they are started.
    report_of = pair_checker(config, selection.shared, options, say=say, progress=progress)
    reports: Iterator[Report] = map(report_of, selection.items)
    if options.engine == "ray":
        reports = on_ray(config, selection, options, progress)
    elif options.timeout is not None or ((options.jobs or 1) > 1 and len(selection.items) > 1):
        reports = side_by_side(config, selection, options, progress)
    yield from reports
