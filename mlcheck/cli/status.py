"""`mlcheck status`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mlcheck.cli.baseline import today
from mlcheck.cli.check import configured
from mlcheck.cli.options import (
    ConfigOption,
    Format,
    JudgeOption,
    ModelOption,
    ModelsOption,
    NoCacheOption,
    ReportOption,
)
from mlcheck.cli.outputs import Sink, sinks_of
from mlcheck.cli.terminal import opened, say
from mlcheck.errors import UsageError
from mlcheck.text import safe_json, safe_line
from mlcheck.wording import count

if TYPE_CHECKING:
    from mlcheck.batch import History, Standing


_FORMATS = (Format.text, Format.json)


def status_command(
    format: Annotated[
        list[Format] | None,
        typer.Option("--format", "-f", help="text (the default) or json; several, each with its --output."),
    ] = None,
    output: ReportOption = None,
    key: Annotated[
        str, typer.Option("--key", metavar="NAME", help="Front-matter key: the source's revision or SHA-256.")
    ] = "source-revision",
    states: Annotated[
        Path | None,
        typer.Option("--states", metavar="FILE", help="JSON or TOML: what each version follows, by path."),
    ] = None,
    config: ConfigOption = None,
    model: ModelOption = None,
    models: ModelsOption = None,
    judge: JudgeOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Say which versions follow their source, which are stale, and which are missing.

    Exit 0: all follow. 1: some are stale or missing. 2: of some, nothing can be said.
    """
    from mlcheck.batch import RunOptions, Selection, read_states, run_pairs, settled, standings

    sinks = _sinks(format or (), output or ())
    settings = configured([], config, None, model=model, models=models, judge=judge)
    noted = read_states(states) if states is not None else {}
    found = list(standings(settings, key=key, states=noted, history=_history(settings.folder)))
    items = [standing.item for standing in found if standing.item is not None]
    options = RunOptions(cache=not no_cache, today=today())
    read = [*(path for standing in found for path in (standing.source, standing.path)), *settings.files]
    read += [states] if states else []
    with ExitStack() as stack:
        places = [(sink, stack.enter_context(opened(sink.path, *read))) for sink in sinks]
        reports = run_pairs(settings, Selection.of(items), options, say=say, progress=say)
        found = [s if s.item is None else settled(s, next(reports)) for s in found]
        next(reports, None)  # its end
        for sink, write in places:
            write(_as_json(found) if sink.format is Format.json else _as_table(found))
    kinds = {standing.state for standing in found}
    raise typer.Exit(2 if "unknown" in kinds or not found else int(bool(kinds & {"stale", "missing"})))


def _sinks(formats: Sequence[Format], outputs: Sequence[Path]) -> tuple[Sink, ...]:
    """As `sinks_of`, of the formats that there are here."""
    sinks = sinks_of(formats, outputs)
    for sink in sinks:
        if sink.format not in _FORMATS:
            raise UsageError(
                f"{sink.path or '--format'}: status writes {' or '.join(_FORMATS)}, no {sink.format}"
            )
    return sinks


def _history(folder: Path) -> History | None:
    from mlcheck.batch import History

    try:
        return History(folder)
    except UsageError as error:
        say(f"{str(error).removeprefix('--changed: ')}; without git only what is up to date is known")
        return None


def _as_json(found: Sequence[Standing]) -> str:
    versions = [
        {
            "source": standing.source.as_posix(),
            "path": standing.path.as_posix(),
            "language": standing.language,
            "state": standing.state,
            "stale": standing.places,
            "follows": standing.follows or None,
            "assumed": standing.assumed,
            "why": standing.why or None,
        }
        for standing in found
    ]
    value: dict[str, Any] = {"schema": 1, "versions": versions}
    return safe_json(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


_STATES = {"current": "up to date", "missing": "missing", "unknown": "unknown"}


def _as_table(found: Sequence[Standing]) -> str:
    rows = []
    for standing in found:
        state = _STATES.get(standing.state) or f"stale in {count(standing.places, 'place')}"
        note = standing.why or (f"follows {standing.follows[:12]}" if standing.follows else "")
        note += " (assumed: its own last commit)" if standing.assumed and not standing.why else ""
        rows.append((safe_line(str(standing.path)), standing.language, state, safe_line(note)))
    wide = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    lines = [
        "  ".join([*(f"{cell:<{w}}" for cell, w in zip(row, wide, strict=False)), row[3]]).rstrip()
        for row in rows
    ]
    number = Counter(standing.state for standing in found)
    sums = ", ".join(f"{n} {_STATES.get(state, state)}" for state, n in sorted(number.items()))
    total = f"{count(len(found), 'version')}: {sums}" if found else "no versions"
    return "".join(f"{line}\n" for line in [*lines, *([""] if lines else []), total])
