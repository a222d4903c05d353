"""Processes of this machine that check the pairs of a batch side by side."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import cast

from mlcheck.batch.dispatch import Event, Worker, dispatched
from mlcheck.batch.item import Item
from mlcheck.batch.pairs import RunOptions, Say, pair_checker
from mlcheck.batch.selection import Selection
from mlcheck.config import Config
from mlcheck.data import Report
from mlcheck.errors import MlcheckError

__all__ = ["side_by_side"]

_GONE = (EOFError, OSError, pickle.UnpicklingError)
"""What reading from a process raises that has ended, perhaps in the middle of what it said."""


def side_by_side(
    config: Config, selection: Selection, options: RunOptions, progress: Say
) -> Iterator[Report]:
    """The reports of pairs that `options.jobs` processes check. They are started afresh and not forked, as
    the threads of a model do not live through a fork. `progress` is called here with what they say of it."""
    crew = _Processes(config, selection.shared, options)
    jobs = min(options.jobs or 1, len(selection.items))
    try:
        yield from dispatched(crew, selection.items, jobs, options, progress)
        crew.dismiss()
    finally:
        # What they have begun is lost, but whoever stops a run does not want to wait for it.
        crew.stop()


@dataclass(eq=False, slots=True, kw_only=True)
class _Process(Worker):
    process: SpawnProcess
    pipe: Connection


class _Processes:
    """The crew of `dispatch.py`, of processes."""

    def __init__(self, config: Config, shared: frozenset[str], options: RunOptions) -> None:
        self._given = (config, shared, options)
        self._context = multiprocessing.get_context("spawn")
        self._theirs, self._ours = self._context.Pipe(duplex=False)
        self._started: list[_Process] = []

    def start(self) -> Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_work, args=(*self._given, self._theirs, there), daemon=True)
        with _unasked(), there:
            process.start()
        worker = _Process(process=process, pipe=here)
        self._started.append(worker)
        return worker

    def give(self, worker: Worker, item: Item) -> None:
        with suppress(OSError):  # lost, which reading from it tells
            cast(_Process, worker).pipe.send(item)

    def wait(self, workers: Sequence[Worker], seconds: float | None) -> list[tuple[Worker, Event]]:
        by_pipe = {each.pipe: each for each in cast(Sequence[_Process], workers)}
        return [
            (by_pipe[pipe], _heard(pipe)) for pipe in cast(list[Connection], wait(list(by_pipe), seconds))
        ]

    def end(self, worker: Worker) -> None:
        ended = cast(_Process, worker)
        self._started.remove(ended)
        ended.process.kill()
        ended.process.join()
        ended.pipe.close()

    def dismiss(self) -> None:
        """Let them come to their ends by themselves: what they have open is closed."""
        for worker in self._started:
            worker.pipe.close()
        for worker in self._started:
            worker.process.join()
        self._started.clear()

    def stop(self) -> None:
        """End those that there are still."""
        for worker in self._started:
            worker.process.kill()
        for worker in self._started:
            worker.process.join()
            worker.pipe.close()
        self._ours.close()
        self._theirs.close()


def _heard(pipe: Connection) -> Event:
    try:
        return cast(Event, pipe.recv())
    except _GONE:
        return Event("lost")


@contextmanager
def _unasked() -> Iterator[None]:
    """Ctrl-C goes to all processes of a terminal, and is for the one that was called. Those that are started
    in this block do not hear of it, from their first moment on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    config: Config, shared: frozenset[str], options: RunOptions, called: Connection, pipe: Connection
) -> None:
    """What a process does: check pairs until nobody has any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(called,), daemon=True).start()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the caller wants nothing any more
        try:
            check = pair_checker(config, shared, options, progress=lambda line: pipe.send(Event("say", line)))
            if options.timeout is not None:
                check.warm()
            pipe.send(Event("ready"))
            while True:
                pipe.send(Event("report", check(pipe.recv())))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise
        except MlcheckError as error:
            # A file that was good when the first process read it, or a pair of a strict run.
            pipe.send(Event("error", error))
        except Exception as error:
            print(traceback.format_exc(), file=sys.stderr, end="")
            pipe.send(Event("error", RuntimeError(f"{type(error).__name__}: {error}")))


def _end_with(called: Connection) -> None:
    """End when the process that was called closes its end, or is killed: nobody else tells its workers."""
    wait([called])
    os._exit(2)
