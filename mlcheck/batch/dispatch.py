"""Who of several workers checks which pair, and what becomes of pairs whose worker is lost or takes too long.

A worker is a process, here or on another machine; `workers.py` and `on_ray.py` have the two kinds. One that
takes longer for a pair than it may is ended and another started in its place. A thread or a signal would not
do: neither interrupts the native code of a model or a regular expression, which is what takes long.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from mlcheck.batch.item import Item
from mlcheck.batch.pairs import RunOptions, Say
from mlcheck.data import Report
from mlcheck.errors import ItemLost, ItemTimeout, MlcheckError

__all__ = ["Crew", "Event", "Worker", "dispatched"]

_IN_HAND = 2
"""Pairs that a worker has at a time: with the next one there already, it does not wait for this process."""
_AHEAD = 50
"""Pairs a worker that may be done before their turn in the order: one that takes long holds up the rest only
when so many are waiting, and what waits is in memory."""
_TRIES = 2
"""Times that a pair is begun whose worker is lost: once may be chance, twice is the pair."""
_STARTS = 3
"""Workers that may be lost one after another before they have begun: then none will do."""


class Event(NamedTuple):
    """What a worker tells: that it can begin, a report, a line for people, an error, or that it is lost."""

    kind: Literal["ready", "report", "say", "error", "lost"]
    what: Report | str | BaseException | None = None


@dataclass(eq=False, slots=True)
class Worker:
    """What is known of a worker here. Kinds of workers derive from it."""

    hand: deque[int] = field(default_factory=deque)
    """The numbers of its pairs; it works on the first."""
    ready: bool = False
    until: float | None = None
    """The time, of the clock that only goes forward, at which it has to be done with the first."""


class Crew(Protocol):
    """Starts workers of a kind, gives them pairs, and hears of them."""

    def start(self) -> Worker:
        """Another worker."""

    def give(self, worker: Worker, item: Item) -> None:
        """A pair for it to check, after those that it has. That it is lost, `wait` tells."""

    def wait(self, workers: Sequence[Worker], seconds: float | None) -> list[tuple[Worker, Event]]:
        """What they tell, as soon as one does; nothing when that takes longer. A worker's events are in
        their order."""

    def end(self, worker: Worker) -> None:
        """End it, whatever it does."""


def dispatched(
    crew: Crew, items: Sequence[Item], jobs: int, options: RunOptions, say: Say
) -> Iterator[Report]:
    """The reports of the pairs in their order, by so many workers. Raises `MlcheckError` where no worker can
    be started, and what a worker raises."""
    return _Dispatch(crew, items, jobs, options, say).reports()


class _Dispatch:
    def __init__(self, crew: Crew, items: Sequence[Item], jobs: int, options: RunOptions, say: Say) -> None:
        self._crew, self._items, self._jobs, self._say = crew, items, jobs, say
        self._timeout = options.timeout
        self._workers: list[Worker] = []
        self._left = deque(range(len(items)))
        self._tries = [0] * len(items)
        self._done: dict[int, Report] = {}
        self._next = 0
        self._warm = False
        self._failed = 0

    def reports(self) -> Iterator[Report]:
        while self._next < len(self._items):
            if self._next in self._done:
                yield self._done.pop(self._next)
                self._next += 1
                continue
            self._staff()
            self._hand_out()
            heard = self._crew.wait(self._workers, self._seconds())
            for worker, event in heard:
                self._hear(worker, event)
            self._end_late()

    def _staff(self) -> None:
        # Alone, until a model has been loaded: one that has to be fetched or converted is so once.
        wanted = min(self._jobs, len(self._left) + sum(bool(worker.hand) for worker in self._workers))
        while len(self._workers) < (wanted if self._warm else 1):
            self._workers.append(self._crew.start())

    def _hand_out(self) -> None:
        most = _IN_HAND if self._warm else 1
        for size in range(most):
            for worker in self._workers:
                if not self._left or self._left[0] >= self._next + _AHEAD * self._jobs:
                    return
                if len(worker.hand) == size:
                    number = self._left.popleft()
                    worker.hand.append(number)
                    self._crew.give(worker, self._items[number])
                    if size == 0 and worker.ready:
                        self._begin(worker)

    def _begin(self, worker: Worker) -> None:
        timed = self._timeout is not None and worker.ready and worker.hand
        worker.until = time.monotonic() + (self._timeout or 0) if timed else None

    def _seconds(self) -> float | None:
        times = [worker.until for worker in self._workers if worker.until is not None]
        return max(0.0, min(times) - time.monotonic()) if times else None

    def _hear(self, worker: Worker, event: Event) -> None:
        match event.kind, event.what:
            case "ready", _:
                worker.ready, self._failed = True, 0
                self._begin(worker)
            case "say", str(line):
                self._say(line)
            case "report", Report() as report:
                self._finish(worker.hand.popleft(), report)
                self._begin(worker)
            case "error", BaseException() as error:
                raise error
            case _ if worker in self._workers:
                self._lose(worker)

    def _finish(self, number: int, report: Report) -> None:
        self._done[number] = report
        self._warm = self._warm or report.encoder is not None

    def _lose(self, worker: Worker) -> None:
        """Its pairs go to others; the first of them, if it had begun with it, for the last time."""
        if not worker.ready:
            self._failed += 1
            if self._failed == _STARTS:
                raise MlcheckError(
                    "processes end before they begin, perhaps for want of memory; try fewer --jobs"
                )
        elif worker.hand:
            number = worker.hand[0]
            self._tries[number] += 1
            if self._tries[number] == _TRIES:
                worker.hand.popleft()
                self._finish(number, _failure(self._items[number], ItemLost(_LOST)))
        self._replace(worker)

    def _end_late(self) -> None:
        now = time.monotonic()
        for worker in [each for each in self._workers if each.until is not None and each.until <= now]:
            number = worker.hand.popleft()
            late = ItemTimeout(
                f"took longer than {self._timeout:g} s, so it was stopped; allow more with --timeout"
            )
            self._finish(number, _failure(self._items[number], late))
            self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        self._workers.remove(worker)
        self._left = deque(sorted((*worker.hand, *self._left)))
        self._crew.end(worker)


_LOST = (
    f"the process that checked it has ended {_TRIES} times, perhaps for want of memory; "
    "try fewer --jobs, or a smaller text"
)


def _failure(item: Item, error: MlcheckError) -> Report:
    from mlcheck.outcome import failure

    return failure(item.id, error)
