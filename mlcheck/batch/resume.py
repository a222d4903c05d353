"""A batch as lines of JSON, of which what is finished is kept, for a run that goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from mlcheck._version import __version__
from mlcheck.batch.item import Item
from mlcheck.batch.journal import Finished, Journal, key_of
from mlcheck.batch.pairs import RunOptions, Say, silent
from mlcheck.batch.run import run_pairs
from mlcheck.batch.selection import Selection, text_files
from mlcheck.config import Config
from mlcheck.data import Report
from mlcheck.files import MOST
from mlcheck.models import load_models
from mlcheck.report import exit_status
from mlcheck.reporters import to_jsonl
from mlcheck.suppress import UNUSED

__all__ = ["finished", "run_lines"]


def run_lines(
    config: Config,
    selection: Selection,
    options: RunOptions | None = None,
    journal: Journal | None = None,
    *,
    say: Say = silent,
    progress: Say = silent,
) -> Iterator[Finished]:
    """The report of each pair as a line of JSON, in their order: as the journal has it, or else as it is
    done, and then the journal has it too. `say`, `progress` and errors are as in `run_pairs`."""
    options = options or RunOptions()
    make_key = (lambda _: None) if journal is None else _keys(config, selection, options)
    keys = [make_key(item) for item in selection.items]
    # Before anything is added, as an item may stand in a manifest twice.
    known = [journal is not None and key in journal for key in keys]
    if count := sum(known):
        say(f"{count} of {len(known)} pairs were checked before, by the run that was interrupted")
    left = [item for item, had in zip(selection.items, known, strict=True) if not had]
    reports = run_pairs(config, replace(selection, items=left), options, say=say, progress=progress)
    for item, key, had in zip(selection.items, keys, known, strict=True):
        if journal is not None and had and (one := journal.get(key)) is not None:
            yield one
            continue
        report = next(reports)
        done = finished(report, config, to_jsonl(report))
        # A text that has changed meanwhile may be what the report is of, or not.
        if journal is not None and make_key(item) == key:
            journal.add(key, done)
        yield done
    next(reports, None)  # its end: until then its processes wait for more


def _keys(config: Config, selection: Selection, options: RunOptions) -> Callable[[Item], str | None]:
    """What makes a key of a pair, of all that its report depends on; None where a report cannot be kept."""
    day = options.today if config.baseline else ""  # entries of a baseline expire
    models = load_models(config.models)
    named = [entry.location for entry in models if entry.kind == "folder"]
    named += [name for name in (config.model, config.judge) if name is not None]
    # Not the weights themselves: to read gigabytes would take longer than some pairs do.
    folders = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for name in named
        for path in sorted(_folder(name).rglob("*"))
        if path.is_file()
    ]
    files = key_of("", config.files, MOST)
    run = f"{__version__} {config!r} {options.marked} {models!r} {folders} {files} {day}"

    def key(item: Item) -> str | None:
        shared = [str(path) in selection.shared for path in item.paths]
        about = f"{run} {item!r} {shared}"
        return None if files is None else key_of(about, text_files([item]), config.max_size)

    return key


def _folder(name: str) -> Path:
    """Where a model may be; where there is no such home folder, loading it says so."""
    with suppress(RuntimeError):
        return Path(name).expanduser()
    return Path(name)


def finished(report: Report, config: Config, line: str = "") -> Finished:
    """What a run needs to know of a report once it is written."""
    return Finished(
        line=line,
        status=exit_status([report], config.fail_on),
        unused=any(note.code == UNUSED for note in report.notes),
        error=report.error.message if report.error else None,
        report=report,
    )
