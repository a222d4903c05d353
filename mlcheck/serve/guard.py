"""Who may ask: what stands before every route. Another page in the same browser, or a name that was made to
lead here, may not; nor may anybody without the token, where there is one."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mlcheck.serve.limits import LOOPBACK, is_loopback
from mlcheck.serve.orders import Refusal
from mlcheck.text import safe_line

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["OPEN", "Guard", "flaw", "refusal_body"]

OPEN: Final = ("/", "/page.css", "/page.js", "/openapi.json")
"""What is the same for everybody and holds nothing: a browser could not send the token for its first page."""

_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


def refusal_body(refusal: Refusal) -> bytes:
    """What a refusal says: `{"error": {"code": …, "message": …}}`, a line."""
    error = {"code": refusal.code, "message": safe_line(" ".join(str(refusal).split()))}
    return (json.dumps({"error": error}, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def flaw(error: Exception) -> Refusal:
    """What is said of an error that should not be. Not its words: they may hold some of the text."""
    return Refusal(500, "internal", f"{type(error).__name__}, a flaw of mlcheck; please report it")


class Guard:
    """An ASGI application around another."""

    def __init__(self, app: ASGIApp, *, host: str, token: str | None) -> None:
        """`host` is what the service listens on."""
        self._app, self._token = app, token
        # Elsewhere the service does not know what it is called; there it has a token, which no page knows.
        self._names = (*LOOPBACK, host) if is_loopback(host) else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on and add the headers of safety."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        try:
            self._admit(scope)
            await self._app(scope, receive, guarded)
        except Refusal as refusal:
            if not begun:
                await _refuse(refusal, guarded)
        except Exception as error:
            if not begun:
                await _refuse(flaw(error), guarded)

    def _admit(self, scope: Scope) -> None:
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        hosts = headers.get("host", [])
        if len(hosts) != 1 or (self._names and _name_of(hosts[0]) not in self._names):
            raise Refusal(421, "host", "this service does not go by that name; ask 127.0.0.1")
        _refuse_other_origin(headers, hosts[0], str(scope.get("scheme", "http")))
        if self._token is not None and scope["path"] not in OPEN and not self._knows(headers):
            raise Refusal(
                401,
                "token",
                "no token, or another; send Authorization: Bearer TOKEN",
                {"WWW-Authenticate": "Bearer"},
            )

    def _knows(self, headers: Mapping[str, Sequence[str]]) -> bool:
        said = headers.get("authorization", [""])[0]
        kind, _, given = said.partition(" ")
        known = (self._token or "").encode()
        same = hmac.compare_digest(given.strip().encode("latin-1"), known)  # takes as long for any other
        return same and kind.lower() == "bearer"


def _name_of(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _refuse_other_origin(headers: Mapping[str, Sequence[str]], host: str, scheme: str) -> None:
    """A browser says which page asks. There is no way to be allowed from another, and none is planned."""
    origins = headers.get("origin", [])
    own = f"{scheme}://{host}".lower()
    sites = headers.get("sec-fetch-site", [])
    if any(origin.lower() != own for origin in origins):
        raise Refusal(403, "origin", "asked by another page, which this service does not answer")
    if any(site in ("cross-site", "same-site") for site in sites):
        modes = headers.get("sec-fetch-mode", [])
        if list(modes) != ["navigate"]:  # somebody follows a link to the page itself
            raise Refusal(403, "origin", "asked by another page, which this service does not answer")


async def _refuse(refusal: Refusal, send: Send) -> None:
    headers = [
        (b"content-type", b"application/json"),
        *((name.lower().encode(), value.encode()) for name, value in refusal.headers.items()),
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal_body(refusal)})
