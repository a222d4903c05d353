"""The routes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import TYPE_CHECKING, Final, Protocol

from mlcheck._version import __version__
from mlcheck.serve.described import openapi
from mlcheck.serve.guard import Guard, flaw, refusal_body
from mlcheck.serve.limits import Limits
from mlcheck.serve.orders import FORMS, Answer, Form, Order, Refusal
from mlcheck.serve.page import page_files, page_policy
from mlcheck.serve.parse import order_of_form, order_of_json
from mlcheck.serve.workers import busy

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

__all__ = ["Pool", "application"]

_JSON: Final = "application/json"
_FORM: Final = "multipart/form-data"
_MOST_FIELDS: Final = 9  # as many as a form may have; names beyond them are unknown in any case


class Pool(Protocol):
    """Who answers: `Workers`."""

    @property
    def ready(self) -> bool:
        """Are the models loaded?"""

    @property
    def tools(self) -> Mapping[str, str | None]:
        """The names of the model and of the judge."""

    def ask(self, order: Order) -> Answer:
        """The answer; blocks. Raises `Refusal`."""


def application(
    pool: Pool,
    limits: Limits,
    *,
    host: str = "127.0.0.1",
    token: str | None = None,
) -> ASGIApp:
    """The service as an ASGI application. `host` is what it listens on, `token` what who asks has to send."""
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.responses import Response
    from starlette.routing import Route

    check = _check(pool, limits)

    async def health(request: Request) -> Response:
        state = {"version": __version__, "ready": pool.ready, **pool.tools}
        return Response(_dumped(state), media_type=_JSON, status_code=200 if state["ready"] else 503)

    async def described(request: Request) -> Response:
        return Response(_dumped(openapi()), media_type=_JSON)

    async def refused(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException):
            said = "no such method here" if error.status_code == 405 else "nothing here"
            headers = dict(error.headers or {})
            error = Refusal(error.status_code, "route", f"{said}; see /openapi.json", headers)
        if not isinstance(error, Refusal):
            error = flaw(error)
        return Response(refusal_body(error), error.status, error.headers, _JSON)

    routes = [
        Route("/check", check, methods=["POST"]),
        Route("/health", health, methods=["GET"]),
        Route("/openapi.json", described, methods=["GET"]),
        *(Route(path, _file(body, kind), methods=["GET"]) for path, (body, kind) in page_files().items()),
    ]
    app = Starlette(
        routes=routes, exception_handlers=dict.fromkeys((HTTPException, Refusal, Exception), refused)
    )
    return Guard(app, host=host, token=token)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _file(body: bytes, kind: str) -> Callable[[Request], object]:
    async def file(request: Request) -> Response:
        from starlette.responses import Response

        headers = {"Content-Security-Policy": page_policy()} if kind.startswith("text/html") else {}
        return Response(body, media_type=kind, headers=headers)

    return file


def _check(pool: Pool, limits: Limits) -> Callable[[Request], object]:
    """The route that checks. It lets in so many at once, also counting those still on their way."""
    from starlette.concurrency import run_in_threadpool

    inside, most = 0, limits.jobs + limits.queue

    async def check(request: Request) -> Response:
        from starlette.responses import Response

        nonlocal inside
        if inside >= most:
            raise busy(f"{most} requests are being served or wait")
        inside += 1
        try:
            try:
                async with asyncio.timeout(limits.timeout):
                    order = await _order(request, limits, pool.tools)
            except TimeoutError:
                raise Refusal(408, "timeout", "the request took too long to arrive; send it again") from None
            answer = await run_in_threadpool(pool.ask, order)
        finally:
            inside -= 1
        # The report brings a policy of its own; this one is for who opens the answer by itself.
        headers = {"Content-Security-Policy": "sandbox allow-scripts allow-downloads"}
        return Response(answer.body, status_code=answer.status, media_type=answer.kind, headers=headers)

    return check


async def _order(request: Request, limits: Limits, tools: Mapping[str, str | None]) -> Order:
    form = _wanted(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_JSON, _FORM):
        raise Refusal(415, "type", f"send {_JSON} or {_FORM}")
    body = await _body(request, limits.max_request)
    if kind == _JSON:
        return order_of_json(body, form, limits.max_size, tools)
    texts, files = await _form(request, body, limits)
    return order_of_form(texts, files, form, limits.max_size)


def _wanted(request: Request) -> Form:
    """What `?format=` says, else `Accept`: a browser that asks for a page gets one."""
    for name in request.query_params:
        if name != "format":
            raise Refusal(400, "request", "the only parameter is ?format=, " + ", ".join(FORMS))
    named = request.query_params.get("format")
    if named is not None:
        found = next((form for form in FORMS if form == named), None)
        if found is None:
            raise Refusal(400, "request", f"?format= is one of {', '.join(FORMS)}")
        return found
    accept = request.headers.get("accept", "").lower()
    if "text/html" in accept and _JSON not in accept:
        return "html"
    return "jsonl" if "application/x-ndjson" in accept else "json"


async def _body(request: Request, most: int) -> bytes:
    """All of it, if it is not too much: neither as it says itself nor as it comes."""
    from starlette.requests import ClientDisconnect

    too_much = Refusal(413, "size", f"the request is larger than {most:,} bytes; send less")
    said = request.headers.get("content-length", "0")
    if said.isascii() and said.isdigit() and int(said[:20]) > most:
        raise too_much
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                raise too_much
    except ClientDisconnect:
        raise Refusal(400, "request", "the request ended before its end") from None
    return bytes(body)


async def _form(
    request: Request, body: bytes, limits: Limits
) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """The fields of a form, and its files. They stay in memory: no text is written to the disk."""
    from starlette.datastructures import UploadFile
    from starlette.formparsers import MultiPartException, MultiPartParser

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body
        yield b""

    parser = MultiPartParser(
        request.headers, stream(), max_files=2, max_fields=_MOST_FIELDS, max_part_size=limits.max_size + 1
    )
    parser.spool_max_size = limits.max_request
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError, LookupError) as error:
        # KeyError: no boundary; LookupError: a charset that there is not.
        why = getattr(error, "message", "") or "no parts, or no boundary"
        raise Refusal(400, "request", f"the form cannot be read: {why}") from None
    texts: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    try:
        for name, value in form.multi_items():
            if name in texts or name in files:
                raise Refusal(400, "request", f"the form has {name!r} twice")
            if isinstance(value, UploadFile):
                files[name] = (value.filename or name, await value.read())
            else:
                texts[name] = value
    finally:
        await form.close()
    return texts, files
