"""The matrix of several versions: what each has of every passage, in a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from mlcheck.data import Passage, Report
from mlcheck.reporters.phrases import folded, numbers

__all__ = ["DIFFERS", "HAS", "LACKS", "Row", "blocks", "rows"]

HAS: Final = "✓"
DIFFERS: Final = "≠"
LACKS: Final = "–"
_MARK: Final = 3
"""Cells of a mark and the gap after it; a longer language code takes more."""


class Row(NamedTuple):
    """Passages on which the versions have the same marks: their numbers, the marks, how they begin."""

    numbers: str
    marks: tuple[str, ...]
    text: str


def rows(report: Report, *, every: bool) -> list[Row]:
    """A row for each passage; those that follow each other and agree in one, unless `every` is wanted."""
    found = []
    numbered = enumerate(report.passages)
    for _, group in groupby(numbered, key=lambda p: p[0] if every or not _agrees(p[1]) else -1):
        passages = list(group)
        first = passages[0][1]
        text = "" if len(passages) > 1 else folded(_text(report, first))
        found.append(Row(numbers([number for number, _ in passages]), _marks(first), text))
    return found


def _agrees(passage: Passage) -> bool:
    return not passage.missing and not passage.differs


def _marks(passage: Passage) -> tuple[str, ...]:
    return tuple(
        LACKS if v in passage.missing else DIFFERS if v in passage.differs else HAS
        for v in range(len(passage.paragraphs))
    )


def _text(report: Report, passage: Passage) -> str:
    """How it begins, in the first version that has it."""
    version = next(v for v, paragraphs in enumerate(passage.paragraphs) if paragraphs)
    return report.versions[version].paragraphs[passage.paragraphs[version][0]].text


def blocks(codes: Sequence[str], room: int) -> Iterator[tuple[range, int]]:
    """The versions, cut into as many blocks as a width of `room` cells needs; and the width of a column."""
    wide = max(_MARK, *(len(code) + 2 for code in codes))
    most = max(1, room // wide)
    for start in range(0, len(codes), most):
        yield range(start, min(start + most, len(codes))), wide
