"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mlcheck.errors import UsageError


class Format(StrEnum):
    """Report formats."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    html = "html"
    sarif = "sarif"
    junit = "junit"
    github = "github"
    markdown = "markdown"
    csv = "csv"
    tsv = "tsv"
    xlsx = "xlsx"
    parquet = "parquet"


class LinkFormat(StrEnum):
    """Formats of links."""

    jsonl = "jsonl"
    tsv = "tsv"
    tmx = "tmx"
    xliff = "xliff"


class Unit(StrEnum):
    """What `align` links."""

    paragraph = "paragraph"
    sentence = "sentence"
    line = "line"


class Engine(StrEnum):
    """Who checks a batch."""

    processes = "processes"
    ray = "ray"


class FailOn(StrEnum):
    """The least severity that gives exit 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


FormatOption = Annotated[
    list[Format] | None,
    typer.Option("--format", "-f", help="Format of the report (text); more than once, each with its file."),
]
ReportOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write there; without --format, its name says which."
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, not to standard output.")
]
ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="A name of models.txt, a folder, or a hub's OWNER/MODEL."),
]
JudgeOption = Annotated[
    str | None,
    typer.Option("--judge", metavar="NAME", help="A judge, as --model takes a model; or none, for none."),
]
ModelsOption = Annotated[
    Path | None, typer.Option("--models", metavar="FILE", help="A models.txt of your own, added to the list.")
]
LangOption = Annotated[
    list[str] | None,
    typer.Option("--lang", metavar="CODE", help="Language of each file, in order (en, ru …); else detected."),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="The configuration; else the nearest mlcheck.toml upwards."
    ),
]
BaselineOption = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="Accepted findings; they fail nothing.")
]
FailOption = Annotated[
    FailOn | None, typer.Option("--fail-on", help="Least severity that gives exit 1 (error).")
]
SizeOption = Annotated[
    int | None, typer.Option("--max-size", metavar="BYTES", min=1, help="Refuse larger files (10000000).")
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="List page furniture, links and skipped rules too.")
]

TermsOption = Annotated[
    list[Path] | None,
    typer.Option("--terms", metavar="FILE", help="A glossary, CSV or TBX; may be given more than once."),
]
WordsOption = Annotated[
    bool | None,
    typer.Option("--words/--no-words", help="A difference, 0 to 1, for every word; in the JSON formats."),
]

RequireOption = Annotated[
    str | None,
    typer.Option("--require", metavar="CODE,…", help="Versions that an item has to have, as in en,ru,az."),
]

ReferenceOption = Annotated[
    str | None,
    typer.Option(
        "--reference", metavar="CODE", help="Language of the version to hold others against; or none."
    ),
]
PairsOption = Annotated[
    bool, typer.Option("--pairs", help="More than two versions as pairs with the first, a report each.")
]
FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="FORMAT", help="Format of the files, or of standard input, `-`."),
]
ExtractOption = Annotated[
    bool,
    typer.Option("--extract/--no-extract", help="Leave out a page's navigation and the like, or keep it."),
]
ServerOption = Annotated[
    str | None,
    typer.Option("--server", metavar="URL", help="Have a running mlcheck serve check, with models loaded."),
]
TimeoutOption = Annotated[
    float | None,
    typer.Option("--timeout", metavar="SECONDS", min=0.001, help="Most that an item may take."),
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help="Neither read nor write the cache of vectors.")
]


def languages_of(given: Sequence[str] | None, files: int) -> list[str | None]:
    """The languages of `files` files, None where they are to be detected. Raises `UsageError`."""
    if given and len(given) != files:
        raise UsageError(f"--lang is given {len(given)} times for {files} files; once for each, in order")
    return list(given) if given else [None] * files
