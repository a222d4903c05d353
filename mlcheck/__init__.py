"""mlcheck: do two language versions of one text say the same?

    >>> import mlcheck
    >>> report = mlcheck.check("samples/call.en.txt", "samples/call.ru.txt")  # doctest: +SKIP
    >>> report.verdict  # doctest: +SKIP
    'consistent'

Importing this package loads nothing heavy; a model is loaded by the first check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlcheck._version import __version__
from mlcheck.errors import InputError, MlcheckError, ModelError, UsageError

if TYPE_CHECKING:
    from mlcheck.data import Report
    from mlcheck.pipeline import Checker, check

__all__ = [
    "Checker",
    "InputError",
    "MlcheckError",
    "ModelError",
    "Report",
    "UsageError",
    "__version__",
    "check",
]


def __getattr__(name: str) -> Any:
    """Fetch the public names that need numpy when they are first used."""
    if name in ("check", "Checker"):
        from mlcheck import pipeline

        return getattr(pipeline, name)
    if name == "Report":
        from mlcheck.data import Report

        return Report
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
