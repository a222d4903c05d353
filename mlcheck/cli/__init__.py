"""The command line: the only room that prints, reads the environment and exits. One file a command;
`options.py` has what they share, `terminal.py` what stands between them and the screen."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import Annotated, Any

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
from mlcheck.cli.terminal import Stopped, give_up_stdout, say
from mlcheck.errors import MlcheckError

__all__ = ["app", "main"]


class _Commands(typer.core.TyperGroup):
    """All commands. What stops one from outside becomes an error for people here, because typer
    would exit by itself, with 1 or 130 by its version, and 1 means that there are findings."""

    def invoke(self, ctx: Any) -> Any:
        try:
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
