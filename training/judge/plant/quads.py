"""Both sides of a pair before and after a change, and the pairs that they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Edit", "Edits", "Quad", "Version", "changed"]

Edit = tuple[int, int, str]
Edits = dict[str, list[Edit]]
"""By language, what to replace by what."""


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a pair: its sentences, and where what differs stands (sentence, start, end)."""

    sentences: tuple[str, ...]
    marks: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Quad:
    """Versions of either side; the pairs of versions with the same number are faithful."""

    kind: str
    languages: tuple[str, ...]
    """Of the source, of the target, and of what stands in for one of them, where that is another."""
    story: str
    source: tuple[Version, ...]
    target: tuple[Version, ...]
    marked: bool = True
    """Whether the marks tell all that differs."""

    def pairs(self) -> Iterable[tuple[Version, Version, bool]]:
        """Source, target, and whether they differ."""
        for i, one in enumerate(self.source):
            for j, two in enumerate(self.target):
                yield one, two, i != j


def changed(text: str, edits: list[Edit]) -> tuple[Version, Version]:
    """The old and the new version of a sentence."""
    new, old_marks, new_marks, at = "", [], [], 0
    for start, end, put in sorted(edits):
        new += text[at:start]
        new_marks.append((0, len(new), len(new) + len(put)))
        old_marks.append((0, start, end))
        new += put
        at = end
    new += text[at:]
    kept = [m for m in old_marks if m[2] > m[1]], [m for m in new_marks if m[2] > m[1]]
    return Version((text,), tuple(kept[0])), Version((new,), tuple(kept[1]))
