"""`mlcheck serve`."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from mlcheck.cli.options import (
    ConfigOption,
    JudgeOption,
    ModelOption,
    ModelsOption,
    NoCacheOption,
    SizeOption,
    TermsOption,
    WordsOption,
)
from mlcheck.cli.server import TOKEN
from mlcheck.cli.terminal import say

__all__ = ["serve_command"]


def serve_command(
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="HOST", help="Where to listen; others than this machine need a token."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")
    ] = 8756,
    token: Annotated[
        str | None,
        typer.Option(
            "--token", metavar="TEXT", envvar=TOKEN, show_envvar=False, help="Who asks has to send it."
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, max=3600, help="For a pair.")
    ] = 60,
    jobs: Annotated[
        int, typer.Option("--jobs", metavar="N", min=1, help="Processes that check, each with the models.")
    ] = 1,
    queue: Annotated[
        int, typer.Option("--queue", metavar="N", min=0, help="Requests that may wait for their turn.")
    ] = 16,
    model: ModelOption = None,
    models: ModelsOption = None,
    judge: JudgeOption = None,
    config: ConfigOption = None,
    max_size: SizeOption = None,
    terms: TermsOption = None,
    words: WordsOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Keep the models, and check what is sent: a local service, and a page to compare two texts on."""
    from mlcheck.config import load_config
    from mlcheck.serve import Limits, serve

    found = load_config((), config)
    for note in found.notes:
        say(note)
    settings = found.with_options(
        model=model,
        models=models,
        judge=judge,
        max_size=max_size,
        terms=tuple(terms) if terms else None,
        words=words,
    )
    limits = Limits(max_size=settings.max_size, timeout=timeout, jobs=jobs, queue=queue)
    # Ctrl-C is how it is meant to end, and no error.
    with suppress(KeyboardInterrupt):
        serve(settings, limits, host=host, port=port, token=token, cache=not no_cache, say=say)
