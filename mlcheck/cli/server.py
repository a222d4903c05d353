"""`--server`: a running service that checks."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mlcheck.errors import UsageError

if TYPE_CHECKING:
    from mlcheck.config import Config
    from mlcheck.pipeline import Checker

__all__ = ["TOKEN", "served_checker"]

TOKEN = "MLCHECK_TOKEN"
"""The variable that has the token of a service. An option would show it to all who list processes."""


def served_checker(
    server: str | None,
    config: Config,
    format: str | None,
    *,
    whole: bool,
    models: Path | None,
    no_cache: bool,
    several: bool,
) -> Checker | None:
    """What asks the service, None where none is named. Raises `UsageError` for options that are a service's
    own, as nobody would see that they changed nothing."""
    if server is None:
        return None
    for name, given in (("--models", models is not None), ("--no-cache", no_cache)):
        if given:
            raise UsageError(f"{name} is for the process with the models; start mlcheck serve with it")
    if several:
        raise UsageError("a service checks two versions at a time; give --pairs, or check without --server")
    from mlcheck.serve import ServedChecker

    return ServedChecker(
        server,
        token=os.environ.get(TOKEN),
        model=config.model,
        judge=config.judge,
        max_size=config.max_size,
        format=format,
        whole=whole,
    )
