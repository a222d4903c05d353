"""The service's room: a local HTTP service that keeps the models, and the way to one that is running.

`serve` runs it; `application` is its ASGI application, `Workers` the processes that check for it. Nothing is
opened under a name that somebody sends, and no text is written anywhere. `ServedChecker` is a `Checker` that
asks a service.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlcheck.serve.limits import LOOPBACK, Limits
from mlcheck.serve.orders import Answer, Order, Refusal, Version

if TYPE_CHECKING:
    from mlcheck.serve.app import application
    from mlcheck.serve.client import ServedChecker
    from mlcheck.serve.described import openapi
    from mlcheck.serve.desk import Desk, answer, open_desk
    from mlcheck.serve.run import serve
    from mlcheck.serve.workers import Workers

__all__ = [
    "LOOPBACK",
    "Answer",
    "Desk",
    "Limits",
    "Order",
    "Refusal",
    "ServedChecker",
    "Version",
    "Workers",
    "answer",
    "application",
    "open_desk",
    "openapi",
    "serve",
]

_LATER = {
    "Desk": "desk",
    "ServedChecker": "client",
    "Workers": "workers",
    "answer": "desk",
    "application": "app",
    "open_desk": "desk",
    "openapi": "described",
    "serve": "run",
}
"""What needs other rooms, in the files that are imported when it is first used."""


def __getattr__(name: str) -> Any:
    """Fetch what is imported late."""
    if name in _LATER:
        from importlib import import_module

        return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
