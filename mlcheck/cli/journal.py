"""What is said of the journal of a batch, which keeps what is finished beside the output."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mlcheck.cli.terminal import Stopped, same_file, say
from mlcheck.errors import MlcheckError, UsageError

if TYPE_CHECKING:
    from mlcheck.batch import Journal

__all__ = ["kept_beside"]


@contextmanager
def kept_beside(output: Path, read: Sequence[Path], resume: bool) -> Iterator[Journal | None]:
    """The journal beside an output; None where it cannot be, and nobody asks for what is in it."""
    from mlcheck.batch import journal_of, open_journal

    place = Path(os.path.realpath(output)) if output.is_symlink() else output
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
