"""Processes that check the pairs of a batch side by side."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from multiprocessing.synchronize import Lock

from mlcheck.batch.item import Item
from mlcheck.batch.pairs import RunOptions, Say, pair_checker
from mlcheck.batch.selection import Selection
from mlcheck.config import Config
from mlcheck.data import Report
from mlcheck.errors import MlcheckError

__all__ = ["side_by_side"]


def side_by_side(
    config: Config, selection: Selection, options: RunOptions, progress: Say
) -> Iterator[Report]:
    """The reports of pairs that `options.jobs` processes check. They are started afresh and not forked, as
    the threads of a model do not live through a fork. `progress` is called here with what they say of it."""
    context = multiprocessing.get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    jobs = min(options.jobs, len(selection.items))
    items = iter(selection.items)
    with _heard(context, progress) as (mouth, turn), theirs, ours:
        workers = ProcessPoolExecutor(
            jobs,
            mp_context=context,
            initializer=_start,
            initargs=(config, selection.shared, options, theirs, mouth, turn),
        )
        try:
            # Alone, until a model has been loaded: one that has to be fetched or converted is so once.
            for item in items:
                with _unasked():
                    first = workers.submit(_work, item)
                yield first.result()
                if first.result().encoder is not None:
                    break
            with _unasked():
                rest = workers.map(_work, items)
            yield from rest
        except BrokenProcessPool:
            raise MlcheckError(
                f"one of {jobs} processes has ended, perhaps for want of memory; try fewer --jobs"
            ) from None
        except BaseException:
            # What they have begun is lost, but whoever stops a run does not want to wait for it.
            ours.close()
            raise
        finally:
            workers.shutdown(cancel_futures=True)


@contextmanager
def _heard(context: SpawnContext, progress: Say) -> Iterator[tuple[Connection, Lock]]:
    """Where other processes send the lines that `progress` is called with, and the lock that they take turns
    by. A thread listens until the last of them has ended."""
    ear, mouth = context.Pipe(duplex=False)

    def listen() -> None:
        with suppress(EOFError):
            while True:
                progress(ear.recv())

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    with ear:
        try:
            with mouth:
                yield mouth, context.Lock()
        finally:
            listener.join()


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


_check: Callable[[Item], Report]
"""Of a worker: what it was started for."""


def _start(
    config: Config,
    shared: frozenset[str],
    options: RunOptions,
    called: Connection,
    mouth: Connection,
    turn: Lock,
) -> None:
    global _check
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(called,), daemon=True).start()

    def progress(line: str) -> None:
        with turn:
            mouth.send(line)

    try:
        _check = pair_checker(config, shared, options, progress=progress)
    except MlcheckError as error:
        # A file that was good when the first process read it; said where somebody hears it.
        _check = partial(_fail, error)


def _end_with(called: Connection) -> None:
    """End when the process that was called closes its end, or is killed: nobody else tells its workers."""
    wait([called])
    os._exit(2)


def _fail(error: MlcheckError, _: Item) -> Report:
    raise error


def _work(item: Item) -> Report:
    return _check(item)
