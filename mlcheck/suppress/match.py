"""Which entry of a baseline accepts which finding of its pair."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Protocol, TypeVar

__all__ = ["base", "match"]


class _HasFingerprint(Protocol):
    @property
    def fingerprint(self) -> str: ...


Named = TypeVar("Named", bound=_HasFingerprint)


def match(entries: Sequence[Named], fingerprints: Sequence[str]) -> tuple[list[Named | None], list[Named]]:
    """For each fingerprint, in order, the entry that stands for it, or None; and the entries left over.

    Findings with the same words in the same sentences differ in a suffix alone, `-2`, `-3`, which counts
    them from the top. When one comes or goes, the numbers of those below it change. So an entry goes to the
    finding of its own number where there is one, else to the first that has none: as many findings are
    accepted as there are entries, never more, and the one that came anew is reported. Which of the twins is
    shown then, nobody can tell from their words, and it does not matter.
    """
    exact = {entry.fingerprint: entry for entry in entries}
    found: list[Named | None] = [exact.pop(name, None) for name in fingerprints]
    spare: defaultdict[str, deque[Named]] = defaultdict(deque)
    for entry in exact.values():
        spare[base(entry.fingerprint)].append(entry)
    for index, name in enumerate(fingerprints):
        waiting = spare.get(base(name))
        if found[index] is None and waiting:
            found[index] = waiting.popleft()
    return found, [entry for waiting in spare.values() for entry in waiting]


def base(fingerprint: str) -> str:
    """A fingerprint without the number of its twin."""
    return fingerprint.partition("-")[0]
