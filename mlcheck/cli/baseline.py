"""`mlcheck baseline`: to write, prune and show a file of accepted findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcheck.cli.options import ConfigOption
from mlcheck.cli.report import text_of_reports
from mlcheck.cli.terminal import same_file, show
from mlcheck.errors import UsageError
from mlcheck.text import safe_line
from mlcheck.wording import count

if TYPE_CHECKING:
    from mlcheck.suppress import Baseline, CheckedPair, Entry

__all__ = ["baseline_app", "today"]

baseline_app = typer.Typer(
    help="Accepted findings: a file that says which, and why. See docs/baseline.md.", no_args_is_help=True
)

ReportsArgument = Annotated[
    list[str],
    typer.Argument(metavar="REPORT...", help="Reports written with -f json or jsonl; - is standard input."),
]
FileOption = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="The baseline; else the configuration's."),
]


@baseline_app.command("write")
def baseline_write(
    reports: ReportsArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why they are accepted.")],
    baseline: FileOption = None,
    config: ConfigOption = None,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="DATE", help="Last day of it, as 2027-01-31.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="A rule or a fingerprint; more than once, any of them."),
    ] = None,
    dismiss: Annotated[
        bool, typer.Option("--dismiss", help="They are no flaws; without it, they are and may stay.")
    ] = False,
) -> None:
    """Accept the findings of reports. Entries that are there already stay as they are."""
    from mlcheck.suppress import add, baseline_text

    if not any(map(str.isalnum, reason)):
        raise UsageError(
            "--reason is blank; write why the findings are accepted, for those who come after you"
        )
    last_day = _date(expires)
    file = _file(baseline, config)
    known = _known(file)
    pairs = _read(reports, file)
    names = frozenset(only or ())
    _check_names(names, pairs)
    whole, new = add(
        known,
        pairs,
        reason=" ".join(reason.split()),
        today=today(),
        decision="dismissed" if dismiss else "accepted",
        expires=last_day,
        wanted=lambda finding: not names or bool(names & {finding.rule, finding.fingerprint}),
    )
    if new or not file.exists():
        _write(file, baseline_text(whole.entries, whole.root))
    show(f"{file}: {_count(len(new))} added, {len(whole.entries)} in all")


@baseline_app.command("merge")
def baseline_merge(
    saved: Annotated[
        list[Path], typer.Argument(metavar="SAVED...", help="Baselines, such as a page saved them.")
    ],
    baseline: FileOption = None,
    config: ConfigOption = None,
) -> None:
    """Add the entries of other baselines. Entries that are there already stay as they are."""
    from mlcheck.config import rule_names
    from mlcheck.suppress import baseline_text, merge, read_baseline

    file = _file(baseline, config)
    whole, added = _known(file), 0
    for path in saved:
        if same_file(file, path):
            raise UsageError(f"{path}: is the baseline itself; name another to merge into it")
        whole, new = merge(whole, read_baseline(path, rule_names()), today=today())
        added += len(new)
    if added or not file.exists():
        _write(file, baseline_text(whole.entries, whole.root))
    show(f"{file}: {_count(added)} added, {len(whole.entries)} in all")


@baseline_app.command("prune")
def baseline_prune(
    reports: ReportsArgument, baseline: FileOption = None, config: ConfigOption = None
) -> None:
    """Remove what has expired, and what matches nothing in the reports of its pair."""
    from mlcheck.config import rule_names
    from mlcheck.suppress import baseline_text, prune, read_baseline

    file = _file(baseline, config)
    known = _known(file) if file.exists() else read_baseline(file, rule_names())
    whole, removed = prune(known, _read(reports, file), today=today())
    if removed:
        _write(file, baseline_text(whole.entries, whole.root))
    for entry in removed:
        for line in _lines(entry):
            show(line)
    show(f"{file}: {_count(len(removed))} removed, {len(whole.entries)} in all")


@baseline_app.command("show")
def baseline_show(baseline: FileOption = None, config: ConfigOption = None) -> None:
    """List the entries."""
    from mlcheck.config import rule_names
    from mlcheck.suppress import read_baseline

    file = _file(baseline, config)
    known = read_baseline(file, rule_names())
    pair: tuple[str, str] | None = None
    for entry in sorted(known.entries, key=lambda e: (e.source, e.target, e.rule, e.fingerprint)):
        if (entry.source, entry.target) != pair:
            pair = entry.source, entry.target
            show(f"{_safe(entry.source)} ↔ {_safe(entry.target)}")
        for line in _lines(entry):
            show(f"  {line}")
    expired = sum(entry.has_expired(today()) for entry in known.entries)
    show(f"{file}: {_count(len(known.entries))}" + (f", {expired} expired" if expired else ""))


def _file(given: Path | None, config: Path | None) -> Path:
    """The baseline that is meant."""
    from mlcheck.config import load_config

    file = load_config((), config).baseline if given is None else given
    if file is None:
        raise UsageError("no baseline: name it with --baseline FILE, or set 'baseline' in mlcheck.toml")
    return file


def _known(file: Path) -> Baseline:
    """The baseline that is to be written, empty where it is yet to come."""
    from mlcheck.config import rule_names
    from mlcheck.suppress import Baseline, read_baseline

    known = read_baseline(file, rule_names()) if file.exists() else Baseline(path=str(file))
    if known.page:
        raise UsageError(f"{file}: is a page, which keeps its own marks; name a file such as baseline.json")
    return known


def today() -> date:
    """The day by the clock of this machine: entries expire by it. Nothing else of a report depends on a
    clock."""
    return date.today()


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        # Only this form: Python reads others too, which a baseline does not have.
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(f"--expires {text!r} is no date; write it as 2027-01-31")
    if day < today():
        raise UsageError(f"--expires {text} is past; entries would accept nothing")
    return day


def _read(reports: Sequence[str], baseline: Path) -> list[CheckedPair]:
    from mlcheck.suppress import read_pairs

    pairs: list[CheckedPair] = []
    for report in reports:
        if report != "-" and same_file(baseline, Path(report)):
            raise UsageError(f"{report}: is the baseline, and not a report; name one written with -f json")
        pairs += read_pairs(text_of_reports(report), "standard input" if report == "-" else report)
    if not pairs:
        raise UsageError(f"{', '.join(reports)}: no pair in it could be checked; see the errors in it")
    return pairs


def _check_names(names: frozenset[str], pairs: Sequence[CheckedPair]) -> None:
    """A name that nothing has is a slip, and the build would go on failing."""
    found = {name for pair in pairs for f in pair.findings for name in (f.rule, f.fingerprint)}
    for name in sorted(names - found):
        raise UsageError(f"--only {name!r}: no finding of these reports has this rule or fingerprint")


def _write(baseline: Path, text: str) -> None:
    from mlcheck.output import open_output

    with open_output(baseline, option="--baseline") as write:
        write(text)


def _lines(entry: Entry) -> list[str]:
    until = f" until {entry.expires}" if entry.expires else ""
    expired = ", expired" if entry.has_expired(today()) else ""
    return [
        f"{entry.decision}{until}{expired}  {entry.rule}  {entry.fingerprint}",
        f"  text    {_safe(entry.excerpt)}",
        f"  reason  {_safe(entry.reason)}",
    ]


def _safe(text: str) -> str:
    return safe_line(" ".join(text.split()))


def _count(number: int) -> str:
    return count(number, "entry", "entries")
