"""The command line: the only room that prints, reads the environment and exits. One file a command;
`options.py` has what they share, `terminal.py` what stands between them and the screen."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated, Any, cast

import typer
import typer.core

from mlcheck._version import __version__
from mlcheck.cli.align import align_command
from mlcheck.cli.baseline import baseline_app
from mlcheck.cli.check import batch_command, check_command
from mlcheck.cli.config import config_app
from mlcheck.cli.explain import explain_command
from mlcheck.cli.models import models_app
from mlcheck.cli.report import report_command
from mlcheck.cli.serve import serve_command
from mlcheck.cli.status import status_command
from mlcheck.cli.terminal import Stopped, give_up_stdout, say
from mlcheck.cli.update import update_command
from mlcheck.errors import MlcheckError, UsageError

__all__ = ["app", "main"]

_WRONG_USE = cast(type[Exception], typer.BadParameter.__mro__[1])
"""What typer raises for a wrong option or command: click's, and newer versions bring a click of their own."""


@contextmanager
def _in_one_line(context: Any = None) -> Iterator[None]:
    """Wrong usage becomes an error as all others are; in `context`, where the error does not say. A group
    without a command still shows its help."""
    try:
        yield
    except _WRONG_USE as error:
        where = getattr(error, "ctx", None)
        message: str = cast(Any, error).format_message()
        if where is not None and message == where.get_help():
            raise
        if where is not None:
            command = where.command_path.removeprefix(where.find_root().command_path).strip()
        else:
            command = getattr(context, "invoked_subcommand", None) or ""
        help_ = " ".join(["mlcheck", *command.split(), "--help"])
        told = message[:1].lower() + message[1:].rstrip(".")
        raise UsageError(f"{command}: {told}; see {help_}" if command else f"{told}; see {help_}") from None


class _Commands(typer.core.TyperGroup):
    """All commands. What stops one from outside becomes an error for people here, because typer
    would exit by itself, with 1 or 130 by its version, and 1 means that there are findings."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        with _in_one_line():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        try:
            with _in_one_line(ctx):
                return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Stopped("stopped before the end, so not all is checked; run it again") from None
        except BrokenPipeError:
            give_up_stdout()
            raise Stopped(
                "standard output: closed before the end; to keep a report, write it with --output"
            ) from None
        except OSError as error:
            if error.filename is None:
                give_up_stdout()
            where = error.filename or "standard output"
            raise Stopped(f"{where}: {error.strerror or error}; check it, or name another place") from None


app = typer.Typer(
    name="mlcheck",
    cls=_Commands,
    help="Check that two language versions of one text say the same.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("check")(check_command)
app.command("batch")(batch_command)
app.command("update")(update_command)
app.command("status")(status_command)
app.command("align")(align_command)
app.add_typer(baseline_app, name="baseline")
app.add_typer(config_app, name="config")
app.add_typer(models_app, name="models")
app.command("report")(report_command)
app.command("serve")(serve_command)
app.command("explain")(explain_command)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mlcheck {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        # Eager: it is asked for without a command.
        typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """The options that stand before a command."""


def main() -> None:
    """Run the command line; errors that are meant for people become one line and exit 2."""
    # A build that is cancelled ends its jobs so; by itself Python would leave what it had begun to write.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except MlcheckError as error:
        with suppress(OSError):  # standard error may be closed with the pipe
            say(" ".join(str(error).split()))
        sys.exit(2)
