"""Processes that check. Each keeps its models and takes one order at a time; one that takes too long is
ended and started anew, as nothing else stops a program in the middle of a sum."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from mlcheck.errors import MlcheckError
from mlcheck.serve.desk import Desk, Work
from mlcheck.serve.limits import Limits
from mlcheck.serve.orders import Answer, Order, Refusal

__all__ = ["Workers"]

_START: Final = 300.0
"""Seconds that loading the models may take. It is two or three; the first time on a machine, when a model is
converted, some twenty; and a model that is fetched is larger."""
_RETRY: Final = 1
"""Seconds after which to ask again, as `Retry-After` says it: a pair takes less."""


class Workers:
    """A number of processes, and the orders that wait for them."""

    def __init__(self, make: Callable[[], Desk], limits: Limits) -> None:
        """`make` is called in each process, and has to be a function that can be sent there."""
        self._limits = limits
        self._all = [_Worker(make) for _ in range(limits.jobs)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._closed = False

    def start(self) -> None:
        """Start all, and wait until their models are loaded. Raises what loading them raises."""
        for worker in self._all:
            worker.start()
        for worker in self._all:
            worker.wait()
            self._idle.put(worker)

    @property
    def ready(self) -> bool:
        """Is there a process whose models are loaded?"""
        return any(worker.ready for worker in self._all)

    @property
    def tools(self) -> Mapping[str, str | None]:
        """The names of the model and of the judge."""
        return self._all[0].tools

    def close(self) -> None:
        """End all of them, whatever they are at."""
        self._closed = True
        for worker in self._all:
            worker.end()

    def ask(self, order: Order) -> Answer:
        """The answer to an order; blocks until it is there. Raises `Refusal` where there is none."""
        try:
            worker = self._idle.get(timeout=self._limits.timeout)
        except queue.Empty:
            raise busy("no turn in time") from None
        try:
            return worker.ask(order, self._limits.timeout)
        finally:
            if worker.ready or self._closed:
                self._idle.put(worker)
            else:
                threading.Thread(target=self._restart, args=(worker,), daemon=True).start()

    def _restart(self, worker: _Worker) -> None:
        # Where it does not start, the next who asks is told, and it is tried again.
        with contextlib.suppress(MlcheckError):
            worker.start()
            worker.wait()
        self._idle.put(worker)
        if self._closed:
            worker.end()


def busy(why: str) -> Refusal:
    """There is too much to do at the moment."""
    return Refusal(503, "busy", f"{why}; ask again in a moment", {"Retry-After": str(_RETRY)})


class _Worker:
    """One process."""

    def __init__(self, make: Callable[[], Desk]) -> None:
        self._make = make
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._lock = threading.Lock()
        self.ready = False
        self.tools: Mapping[str, str | None] = {}

    def start(self) -> None:
        context = multiprocessing.get_context("spawn")  # the threads of a model do not live through a fork
        line, theirs = context.Pipe()
        process = context.Process(target=_run, args=(theirs, self._make), daemon=True)
        with self._lock, theirs, _unasked():
            process.start()
            self._process, self._line = process, line

    def wait(self) -> None:
        """Until the models are loaded; raises what loading them raises."""
        said = self._heard(_START)
        if isinstance(said, MlcheckError):
            self.end()
            raise said
        if not isinstance(said, dict):
            self.end()
            raise MlcheckError("the process that checks did not start, perhaps for want of memory")
        self.ready, self.tools = True, said

    def ask(self, order: Order, seconds: float) -> Answer:
        line = self._line
        if not self.ready or line is None:
            raise busy("the process that checks is being started")
        try:
            line.send(order)
        except OSError:
            said = None
        else:
            said = self._heard(seconds)
        if isinstance(said, Answer):
            return said
        if isinstance(said, Refusal):
            raise said
        alive = self._process is not None and self._process.is_alive() and said is _LATE
        self.end()
        if alive:
            raise Refusal(
                504, "timeout", f"not checked in {seconds:g} seconds; send less, or allow more with --timeout"
            )
        raise Refusal(
            500, "ended", "the process that checks has ended, perhaps for want of memory; send less"
        )

    def _heard(self, seconds: float) -> Any:
        """What the process says next; `_LATE` where it says nothing in time, None where it has ended."""
        line = self._line  # held here, so that it is not closed while it is heard
        try:
            if line is None:
                return None
            return line.recv() if line.poll(seconds) else _LATE
        except (EOFError, OSError):
            return None

    def end(self) -> None:
        """Also called while another thread hears the process, which then is told that it has ended."""
        self.ready = False
        with self._lock:
            process, self._process, self._line = self._process, None, None
        if process is not None:
            process.kill()
            process.join()


_LATE: Final = "late"


def _run(line: Connection, make: Callable[[], Desk]) -> None:
    """What a process does: load, say so, and answer until nobody asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        desk = make()
    except MlcheckError as error:
        line.send(error)
        return
    except Exception as error:
        line.send(MlcheckError(f"the models could not be loaded ({type(error).__name__}: {error})"))
        return
    line.send(dict(desk.tools))
    while True:
        try:
            order = line.recv()
        except (EOFError, OSError):
            os._exit(0)  # the service has ended
        line.send(_done(desk.work, order))


def _done(work: Work, order: Order) -> Answer | Refusal:
    try:
        return work(order)
    except Refusal as refusal:
        return refusal
    except Exception as error:
        # A flaw of ours. Whoever reports it needs its place; its words may hold some of the text.
        at = error.__traceback__
        while at is not None and at.tb_next is not None:
            at = at.tb_next
        where = f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else "nowhere"
        return Refusal(
            500, "internal", f"{type(error).__name__} at {where}, a flaw of mlcheck; please report it"
        )


@contextmanager
def _unasked() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal, and is for the one that was called: what is started in this
    block does not hear of it, from its first moment on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
