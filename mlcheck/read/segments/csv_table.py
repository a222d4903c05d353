"""Bilingual tables as text: CSV with commas, semicolons or tabs.

The standard library's reader does not say where a cell stands, so cells are cut here; the tests hold them to
those of that reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.placeholders import marked
from mlcheck.read.segments.columns import columns_of, is_open
from mlcheck.read.segments.inline import NOTHING
from mlcheck.read.segments.pair import Segments

__all__ = ["NO_VERSIONS", "read_csv"]

_TITLE = "a table"
_SIGNS = "\t;,"
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
NO_VERSIONS = (
    "whose first row does not name two versions; name them by their languages there, such as en and ru, "
    "or by Source and Target"
)


class Cell(NamedTuple):
    """Its characters with their places."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join(piece.text for piece in self.pieces)


def read_csv(text: str, shown: str, options: ReadOptions) -> tuple[Extract, Extract]:
    """The two versions in a table whose first row names them. Raises `InputError` where it does not."""
    rows = enumerate(_rows(text, _sign(text)), start=1)
    header = next((row for _, row in rows if any(cell.text.strip() for cell in row)), [])
    columns = columns_of([cell.text for cell in header])
    if columns is None:
        raise InputError(f"{shown}: {_TITLE} {NO_VERSIONS}")
    segments = Segments(shown, _TITLE, text, columns.languages)
    if columns.others:
        segments.skip(f"{', '.join(columns.others)}: a table of more than two versions")
    for number, row in rows:
        cells = dict(enumerate(row))
        source, target = (
            marked(cells[n].pieces) if n in cells else NOTHING for n in (columns.source, columns.target)
        )
        if not source.text.strip() and not target.text.strip():
            continue
        key, state = segments.key(str(number)), cells.get(-1 if columns.state is None else columns.state)
        if not target.text.strip() or (state is not None and is_open(state.text)):
            segments.leave_out("not translated yet", key)
        else:
            segments.add(key, source, target)
    return segments.finish()


def _sign(text: str) -> str:
    """What parts the cells: what the first line has most of outside of quotation marks."""
    first = next((line for line in text.lstrip("\ufeff").splitlines() if line.strip()), "")
    bare = _QUOTED.sub("", first)
    return max(_SIGNS, key=bare.count)


def _rows(text: str, sign: str) -> Iterator[list[Cell]]:
    """The rows; those with nothing in them count, so that numbers are those of a spreadsheet."""
    bare = re.compile(rf"[^{re.escape(sign)}\r\n]*")
    at = 1 if text.startswith("\ufeff") else 0
    row: list[Cell] = []
    while at < len(text):
        quoted = _QUOTED.match(text, at)
        if quoted:
            rest = bare.match(text, quoted.end())
            assert rest is not None
            row.append(Cell(tuple(_unquoted(text, *quoted.span(1), rest))))
            at = rest.end()
        else:
            cell = bare.match(text, at)
            assert cell is not None
            row.append(Cell((Piece(cell[0], Span(*cell.span())),)))
            at = cell.end()
        if text.startswith(sign, at):
            at += 1
            if at == len(text):
                row.append(Cell(()))
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        yield row
        row = []
    if row:
        yield row


def _unquoted(text: str, start: int, end: int, rest: re.Match[str]) -> Iterator[Piece]:
    at = start
    while (double := text.find('""', at, end)) >= 0:
        yield Piece(text[at:double], Span(at, double))
        yield Piece('"', Span(double, double + 2))
        at = double + 2
    yield Piece(text[at:end], Span(at, end))
    if rest[0]:
        yield Piece(rest[0], Span(*rest.span()))
