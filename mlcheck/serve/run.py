"""Starting the service, and keeping it until it is ended."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Final

from mlcheck.config import Config
from mlcheck.errors import UsageError
from mlcheck.serve.limits import Limits, is_loopback

__all__ = ["DEFAULT_HOST", "DEFAULT_PORT", "serve"]

DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8756

_TOKEN: Final = 16
"""Characters of the shortest token; in random hexadecimal digits 64 bits, which nobody guesses."""
_LIBRARIES: Final = ("starlette", "uvicorn", "python_multipart")
_CONNECTIONS: Final = 100
"""Open at once; more are turned away before they are read. A browser opens six."""
_PARTING: Final = 3
"""Seconds that requests have to come to an end once the service is told to."""


def serve(
    config: Config,
    limits: Limits,
    *,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    token: str | None = None,
    cache: bool = True,
    say: Callable[[str], None],
) -> None:
    """Serve until the process is told to end. `say` is called with lines for people.

    Raises `UsageError` where a library is missing, the place is taken, or a place that others reach has no
    token, `ModelError` where the models cannot be loaded.
    """
    _need_libraries()
    _need_token(host, token)
    from mlcheck.serve.app import application
    from mlcheck.serve.desk import open_desk
    from mlcheck.serve.workers import Workers

    with _listening(host, port) as place:
        say("loading the models")
        workers = Workers(partial(open_desk, config, cache), limits)
        try:
            workers.start()
            shown = f"[{host}]" if ":" in host else host
            say(f"ready at http://{shown}:{place.getsockname()[1]}/ — Ctrl-C ends it")
            _run(application(workers, limits, host=host, token=token), place)
        finally:
            workers.close()


def _need_libraries() -> None:
    for name in _LIBRARIES:
        try:
            import_module(name)
        except ImportError:
            shown = name.replace("_", "-")
            raise UsageError(
                f"mlcheck serve needs {shown}; install mlcheck with the extra: pip install 'mlcheck[serve]'"
            ) from None


def _need_token(host: str, token: str | None) -> None:
    if token is None and not is_loopback(host):
        raise UsageError(
            f"--host {host} can be reached from other machines, which takes a token: set MLCHECK_TOKEN"
        )
    if token is not None and (len(token) < _TOKEN or not re.fullmatch(r"[!-~]+", token)):
        raise UsageError(
            f"the token has to have {_TOKEN} characters or more, ASCII and no spaces; make one with "
            "openssl rand -hex 16"
        )


def _listening(host: str, port: int) -> socket.socket:
    """An open socket. It is opened before the models are loaded, as that is what goes wrong."""
    place = None
    try:
        (family, kind, _, _, address), *_ = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        place = socket.socket(family, kind)
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind(address)
    except (OSError, OverflowError, UnicodeError) as error:
        if place is not None:
            place.close()
        why = getattr(error, "strerror", None) or error
        raise UsageError(
            f"{host}:{port}: cannot be listened on ({why}); name another --port or --host"
        ) from None
    return place


def _run(app: object, place: socket.socket) -> None:
    import logging

    import uvicorn

    # What is wrong with a request is told to who sent it, and to nobody else.
    for name in ("uvicorn", "uvicorn.error", "python_multipart"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    server = uvicorn.Server(
        uvicorn.Config(
            app,  # type: ignore[arg-type]
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            limit_concurrency=_CONNECTIONS,
            timeout_graceful_shutdown=_PARTING,
        )
    )
    server.run(sockets=[place])
