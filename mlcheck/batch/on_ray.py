"""Processes of a Ray cluster that check the pairs of a batch side by side.

Each is an actor that keeps its models. Ray only starts them and carries what they are given: who gets which
pair, and what becomes of those of a lost actor, `dispatch.py` says, as for processes of this machine.
"""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from mlcheck.batch.dispatch import Event, Worker, dispatched
from mlcheck.batch.item import Item
from mlcheck.batch.pairs import PairChecker, RunOptions, Say, pair_checker
from mlcheck.batch.selection import Selection
from mlcheck.config import Config
from mlcheck.data import Report
from mlcheck.errors import MlcheckError, UsageError

__all__ = ["RayChecker", "on_ray"]

_PATIENCE = 10.0
"""Seconds for a cluster to answer at all; one in the same network takes some milliseconds."""


def on_ray(config: Config, selection: Selection, options: RunOptions, progress: Say) -> Iterator[Report]:
    """The reports of pairs that `options.jobs` actors check. Relative paths are those of the working folder,
    which every machine of the cluster needs to have at the same place. `progress` is called with what takes
    long. Raises `UsageError` without Ray, or where there is no such cluster."""
    try:
        import ray
    except ImportError:
        raise UsageError(
            "--engine ray needs Ray; install mlcheck with the extra: pip install 'mlcheck[ray]'"
        ) from None
    _refuse_silence(options.address)
    ours = not ray.is_initialized()
    if ours:
        try:
            ray.init(
                address=options.address, log_to_driver=False, logging_level="ERROR", include_dashboard=False
            )
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise UsageError(_nobody(options.address, error)) from None
    try:
        processors = max(1, int(ray.cluster_resources().get("CPU", 1)))
        jobs = min(options.jobs or processors, len(selection.items))
        if jobs > processors:
            progress(f"{jobs} jobs for {processors} processors of the cluster: {processors} run at a time")
            jobs = processors
        crew = _Actors(ray, config, selection.shared, options)
        yield from dispatched(crew, selection.items, jobs, options, progress)
    finally:
        if ours:
            ray.shutdown()


class RayChecker:
    """The actor: a process of the cluster that keeps its models from pair to pair."""

    def __init__(self, config: Config, shared: frozenset[str], options: RunOptions, folder: str) -> None:
        """`folder` is the one that relative paths are of."""
        self._given = (config, shared, options)
        self._folder = folder
        self._check: PairChecker | None = None

    def ready(self) -> MlcheckError | None:
        """Read the configuration's files, and load the models where pairs have their time. Why it cannot, is
        told, and not raised: a class of ours would come back as one of Ray's."""
        config, shared, options = self._given
        try:
            os.chdir(self._folder)
            self._check = pair_checker(config, shared, options)
            if options.timeout is not None:
                self._check.warm()
        except OSError as error:
            return UsageError(
                f"{self._folder}: not there on a machine of the cluster ({error.strerror}); share it"
            )
        except MlcheckError as error:
            return error
        return None

    def check(self, item: Item) -> Report | MlcheckError:
        """The report of a pair, or what ends a strict run."""
        assert self._check is not None
        try:
            return self._check(item)
        except MlcheckError as error:
            return error


@dataclass(eq=False, slots=True, kw_only=True)
class _Actor(Worker):
    handle: Any
    promised: deque[Any] = field(default_factory=deque)
    """What Ray will have, in order: that it is ready, then a report for each pair in its hand."""


class _Actors:
    """The crew of `dispatch.py`, of actors."""

    def __init__(self, ray: Any, config: Config, shared: frozenset[str], options: RunOptions) -> None:
        self._ray = ray
        self._given = (config, shared, options, os.getcwd())  # noqa: PTH109
        # One that is lost is not Ray's to start again: its pairs may have another by then.
        self._class = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(RayChecker)

    def start(self) -> Worker:
        handle = self._class.remote(*self._given)
        return _Actor(handle=handle, promised=deque([handle.ready.remote()]))

    def give(self, worker: Worker, item: Item) -> None:
        actor = cast(_Actor, worker)
        actor.promised.append(actor.handle.check.remote(item))

    def wait(self, workers: Sequence[Worker], seconds: float | None) -> list[tuple[Worker, Event]]:
        firsts = {actor.promised[0]: actor for actor in cast(Sequence[_Actor], workers) if actor.promised}
        done, _ = self._ray.wait(list(firsts), num_returns=1, timeout=seconds)
        return [(firsts[one], self._heard(firsts[one])) for one in done]

    def _heard(self, actor: _Actor) -> Event:
        promised = actor.promised.popleft()
        try:
            what = self._ray.get(promised)
        except self._ray.exceptions.RayTaskError:
            raise
        except self._ray.exceptions.RayError:
            return Event("lost")
        if isinstance(what, MlcheckError):
            return Event("error", what)
        return Event("ready") if what is None else Event("report", what)

    def end(self, worker: Worker) -> None:
        self._ray.kill(cast(_Actor, worker).handle, no_restart=True)


def _refuse_silence(address: str | None) -> None:
    """Raise where nothing answers at an address: Ray would try for minutes, and write of each attempt."""
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        return
    try:
        socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise UsageError(_nobody(address, error)) from None


def _nobody(address: str | None, error: Exception) -> str:
    return f"--address {address}: no Ray cluster there ({_first_line(error)}); see what ray status says"


def _first_line(error: Exception) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
