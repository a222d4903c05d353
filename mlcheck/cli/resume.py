"""A batch as lines of JSON, of which what is finished is kept, for a run that goes on from there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mlcheck._version import __version__
from mlcheck.cli.baseline import today
from mlcheck.cli.config import files_of
from mlcheck.cli.pairs import Chosen, How, each, texts_of
from mlcheck.cli.terminal import Stopped, same_file, say
from mlcheck.errors import MlcheckError, UsageError

if TYPE_CHECKING:
    from mlcheck.config import Config
    from mlcheck.data import Report
    from mlcheck.journal import Finished, Journal
    from mlcheck.manifest import Item

__all__ = ["finished_of", "kept_beside", "lines"]


@contextmanager
def kept_beside(output: Path, read: Sequence[Path], resume: bool) -> Iterator[Journal | None]:
    """The journal beside an output; None where it cannot be, and nobody asks for what is in it."""
    from mlcheck.journal import journal_of, open_journal

    place = output.resolve() if output.is_symlink() else output
    path = journal_of(place)
    with ExitStack() as stack:
        journal = None
        try:
            if place.exists() and not place.is_file():
                raise UsageError(f"{output}: is no file; name another --output")
            if any(same_file(path, other) for other in read):
                raise UsageError(f"{path}: is one of the files to read; name another --output")
            journal = stack.enter_context(open_journal(place, resume=resume))
        except UsageError as error:
            if resume:
                raise
            if not place.exists() or place.is_file():
                say(f"{error}; until then, --resume has nothing to go on from")
        try:
            yield journal
        except (KeyboardInterrupt, MlcheckError) as error:
            if journal is None or not len(journal):
                raise
            stopped = "stopped before the end, so not all is checked"
            why = stopped if isinstance(error, KeyboardInterrupt) else error
            raise Stopped(
                f"{why}; what is finished is kept in {path}, and the same with --resume goes on from there"
            ) from None


def lines(
    config: Config,
    chosen: Chosen,
    how: How,
    journal: Journal | None,
    write: Callable[[str], None],
    advance: Callable[[], None],
) -> Iterator[Finished]:
    """Write the report of each pair as a line: as the journal has it, or else as it comes, and then the
    journal has it too."""
    from mlcheck.reporters import to_jsonl

    key_of = (lambda _: None) if journal is None else _keys(config, chosen)
    keys = [key_of(item) for item in chosen.items]
    known = [None if journal is None else journal.get(key) for key in keys]
    if count := sum(finished is not None for finished in known):
        say(f"{count} of {len(known)} pairs were checked before, by the run that was interrupted")
    left = [item for item, finished in zip(chosen.items, known, strict=True) if finished is None]
    reports = each(config, chosen._replace(items=left), how)
    for item, key, finished in zip(chosen.items, keys, known, strict=True):
        if finished is None:
            report = next(reports)
            finished = finished_of(report, config, to_jsonl(report))
            # A text that has changed meanwhile may be what the report is of, or not.
            if journal is not None and key_of(item) == key:
                journal.add(key, finished)
        write(finished.line)
        advance()
        yield finished
    next(reports, None)  # its end: until then its processes wait for more


def _keys(config: Config, chosen: Chosen) -> Callable[[Item], str | None]:
    """What makes a key of a pair, of all that its report depends on; None where a report cannot be kept."""
    from mlcheck.files import MOST
    from mlcheck.journal import key_of
    from mlcheck.models import load_models

    day = today() if config.baseline else ""  # entries of a baseline expire
    models = load_models(config.models)
    named = [entry.location for entry in models if entry.kind == "folder"]
    named += [name for name in (config.model, config.judge) if name is not None]
    # Not the weights themselves: to read gigabytes would take longer than some pairs do.
    folders = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for name in named
        for path in sorted(Path(name).expanduser().rglob("*"))
        if path.is_file()
    ]
    own = key_of("", files_of(config), MOST)
    run = f"{__version__} {config!r} {models!r} {folders} {own} {day}"

    def key(item: Item) -> str | None:
        shared = [str(path) in chosen.shared for path in (item.source, item.target)]
        about = f"{run} {item!r} {shared}"
        return None if own is None else key_of(about, texts_of([item]), config.max_size)

    return key


def finished_of(report: Report, config: Config, line: str = "") -> Finished:
    """What a run needs to know of a report once it is written."""
    from mlcheck.journal import Finished
    from mlcheck.report import exit_status
    from mlcheck.suppress import UNUSED

    unused = any(note.code == UNUSED for note in report.notes)
    return Finished(line=line, status=exit_status([report], config.fail_on), unused=unused)
