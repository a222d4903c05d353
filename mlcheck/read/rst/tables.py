"""Tables of reStructuredText: a row a block, its cells joined as in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mlcheck.read.inline import Row

__all__ = ["GRID", "SIMPLE", "grid_rows", "simple_rows"]

GRID = re.compile(r"\+(?:[-=]{1,}\+){1,}\s*\Z")
SIMPLE = re.compile(r"={2,}(?:\s+={2,})+\s*\Z")
_RULE = re.compile(r"[=-]{2,}(?:\s+[=-]{2,})*\s*\Z")
_COLUMN = re.compile(r"=+")
_SPLIT = re.compile(r"\+?[|+]")

Cells = list[list[Row]]


def grid_rows(text: str, rows: Sequence[Row]) -> Iterator[Cells]:
    """The rows of a grid table, each as its cells, which are lines."""
    cells: Cells = []
    for row in rows:
        line = text[row.start : row.end]
        if line.startswith("+"):
            if cells:
                yield cells
            cells = []
            continue
        bars = [at for at, char in enumerate(line) if char == "|"]
        parts = [Row(row.start + a + 1, row.start + b) for a, b in zip(bars, bars[1:], strict=False)]
        cells = cells if len(cells) == len(parts) else [[] for _ in parts]
        for cell, part in zip(cells, parts, strict=True):
            cell.append(part)
    if cells:
        yield cells


def simple_rows(text: str, rows: Sequence[Row]) -> Iterator[Cells]:
    """As `grid_rows`, of a table whose columns are under rules of `=`."""
    edge = text[rows[0].start : rows[0].end]
    columns = [found.start() for found in _COLUMN.finditer(edge)]
    cells: Cells = []
    for row in rows[1:]:
        line = text[row.start : row.end]
        if not line.strip() or _RULE.match(line):
            continue
        edges = [*columns, len(line)]
        parts = [
            Row(row.start + min(a, len(line)), row.start + min(b, len(line)))
            for a, b in zip(edges, edges[1:], strict=False)
        ]
        parts[-1] = Row(parts[-1].start, max(parts[-1].start, row.end))
        if cells and not text[parts[0].start : parts[0].end].strip():
            for cell, part in zip(cells, parts, strict=True):
                cell.append(part)
            continue
        if cells:
            yield cells
        cells = [[part] for part in parts]
    if cells:
        yield cells
