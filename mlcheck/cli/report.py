"""`mlcheck report`: saved reports in another format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli.options import ConfigOption, FailOption, FormatOption, ReportOption, VerboseOption
from mlcheck.cli.outputs import open_outputs, sinks_of
from mlcheck.errors import UsageError

__all__ = ["report_command", "text_of_reports"]

_MOST_BYTES = 1_000_000_000  # of a report: that of a batch has every text in it
_STDIN = "standard input"


def report_command(
    results: Annotated[
        list[str], typer.Argument(metavar="RESULTS...", help="Written with -f json or jsonl; - is stdin.")
    ],
    format: FormatOption = None,
    output: ReportOption = None,
    config: ConfigOption = None,
    fail_on: FailOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Write saved reports in another format; nothing is checked again.

    Exit 0, 1 and 2 as if the pairs had been checked now.
    """
    from mlcheck.config import load_config
    from mlcheck.report import exit_status
    from mlcheck.saved import read_reports

    sinks = sinks_of(format or (), output or ())
    settings = load_config((), config).with_options(fail_on=fail_on)
    # All of them before anything is written: a broken line leaves no half report behind.
    reports = [
        report
        for result in results
        for report in read_reports(text_of_reports(result), _STDIN if result == "-" else result)
    ]
    if not reports:
        raise UsageError(f"{', '.join(results)}: no report in it; write one with -f json or -f jsonl")
    read = [Path(result) for result in results if result != "-"]
    with open_outputs(sinks, read, verbose=verbose, fail_on=settings.fail_on) as outputs:
        for report in reports:
            outputs.add(report)
    raise typer.Exit(exit_status(reports, settings.fail_on))


def text_of_reports(result: str) -> str:
    """What a file of reports holds, or with `-` standard input. Raises `UsageError` where it is not there."""
    from mlcheck.files import decoded, read_text

    if result == "-":
        return decoded(sys.stdin.buffer.read(), _STDIN, "report")
    missing = "write one with mlcheck check -f json"
    return read_text(Path(result), "report", most=_MOST_BYTES, missing=missing)
