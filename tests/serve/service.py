"""A service with the encoder of a few words: in the test's own process, or in others as it runs."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import uvicorn
from fake_encoder import FakeEncoder
from starlette.testclient import TestClient

from mlcheck.config import Config
from mlcheck.errors import ModelError
from mlcheck.pipeline import Checker
from mlcheck.serve import Answer, Desk, Limits, Order, answer, application

EN = "Ferries to cross again\n\nThe port authority said ferries would cross the bay again on Sunday.\n"
DE = "Fähren überqueren wieder\n\nDie Hafenbehörde sagte, Fähren überqueren die Bucht wieder am Sonntag.\n"
FLAWED = EN + "\nThree passengers waited four hours at the old pier, engineers said.\n"
PAIR = {"source": {"text": EN, "language": "en"}, "target": {"text": DE, "language": "de"}}
TOOLS = {"model": "fake", "judge": None}
URL = "http://127.0.0.1:8756"


def fake_desk() -> Desk:
    """Checks; and by the report's id also sleeps, ends or fails."""
    work = answer(Checker(encoder=FakeEncoder()), Config())

    def done(order: Order) -> Answer:
        if order.id == "sleep":
            time.sleep(600)
        if order.id == "nap":
            time.sleep(1)
        if order.id == "end":
            os._exit(3)
        if order.id == "flaw":
            raise KeyError("words of the text")
        return work(order)

    return Desk(done, TOOLS)


def no_desk() -> Desk:
    raise ModelError("no such model; name another")


class Inline:
    """A pool in the test's own process. What is asked of it is kept in `asked`."""

    ready = True
    tools: Mapping[str, str | None] = TOOLS

    def __init__(self) -> None:
        self._work = fake_desk().work
        self._turn = threading.Lock()
        self.asked: list[Order] = []

    def ask(self, order: Order) -> Answer:
        self.asked.append(order)
        with self._turn:
            return self._work(order)


def client(pool: Any = None, *, limits: Limits | None = None, **options: Any) -> TestClient:
    """Something to ask a service with."""
    app = application(pool or Inline(), limits or Limits(), **options)
    return TestClient(app, base_url=URL)


def message(answered: Any, status: int) -> str:
    """What a refusal says: one line, and never more."""
    assert answered.status_code == status, answered.text
    error = answered.json()["error"]
    assert error.keys() == {"code", "message"}
    assert "\n" not in error["message"]
    assert "Traceback" not in answered.text
    return str(error["message"])


@contextmanager
def running(pool: Any = None, **options: Any) -> Iterator[str]:
    """A service that listens, in a thread; its address."""
    app = application(pool or Inline(), Limits(), **options)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", ws="none"))
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{place.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
