"""`mlcheck models`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mlcheck.cli.options import ModelsOption, OutputOption
from mlcheck.cli.terminal import opened, show

models_app = typer.Typer(help="The models that can be used here.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="A name of models.txt.")]


@models_app.command("list")
def models_list(models: ModelsOption = None, output: OutputOption = None) -> None:
    """List the models, and whether each can be used here now."""
    from mlcheck.models import load_models, model_files, model_status

    entries = load_models(models)
    width = max(len(entry.name) for entry in entries)
    defaults = {entry.role: entry for entry in reversed(entries)}
    with opened(output, *model_files(models)) as write:
        for entry in entries:
            usable, why = model_status(entry)
            default = "  (default)" if entry is defaults[entry.role] else ""
            judge = "judge: " if entry.role == "judge" else ""
            reason = why.removeprefix(f"{entry.name}: ")
            write(f"{'yes' if usable else 'no ':<4}{entry.name:<{width}}  {judge}{reason}{default}\n")


@models_app.command("show")
def models_show(name: NameArgument, models: ModelsOption = None, output: OutputOption = None) -> None:
    """Show a line of models.txt in full."""
    from mlcheck.models import find_entry, load_models, model_files, model_status

    entry = find_entry(name, load_models(models))
    rows = {
        "name": entry.name,
        "role": f"{entry.role}, for --{'judge' if entry.role == 'judge' else 'model'}",
        "source": entry.source,
        "revision": entry.revision + ("" if entry.pinned else " (not pinned)"),
        "licence": entry.licence,
        "prefix": entry.prefix or "-",
        "languages": ", ".join(entry.languages) if entry.languages else "any",
        "from": entry.where or "the command line",
        "here": model_status(entry).why,
    }
    with opened(output, *model_files(models)) as write:
        write("".join(f"{key:<10}{value}\n" for key, value in rows.items()))


@models_app.command("export")
def models_export(
    name: NameArgument,
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    models: ModelsOption = None,
) -> None:
    """Write a model as a sentence-transformers folder."""
    from mlcheck.encode import export_model
    from mlcheck.models import find_entry, load_models

    export_model(find_entry(name, load_models(models)), folder)
    show(f"{name} is in {folder}; SentenceTransformer({str(folder)!r}) loads it")


@models_app.command("verify")
def models_verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="All that are here, if none.")
    ] = None,
    models: ModelsOption = None,
    output: OutputOption = None,
) -> None:
    """Compare the hashes of the models' files with what they should be. Exit 2 where one is off."""
    from mlcheck.models import find_entry, load_models, model_files, model_status, verify

    known = load_models(models)
    entries = [find_entry(name, known) for name in names or ()]
    entries = entries or [entry for entry in known if model_status(entry).usable]
    good = bool(entries)
    with opened(output, *model_files(models)) as write:
        for entry in entries:
            for checked in verify(entry):
                write(f"{'good' if checked.good else 'BAD ':<5}{entry.name}  {checked.file}: {checked.why}\n")
                good = good and checked.good
    raise typer.Exit(0 if good else 2)
