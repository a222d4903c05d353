"""Streams of a PDF that unpack to far more than they are, found before the document is opened."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise

from mlcheck.errors import InputError

__all__ = ["refuse_bombs"]

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_CHUNK = 1 << 20
_LARGE = 10_000_000
_RATIO = 200
"""As in other containers: text goes down to a tenth, a bomb to a thousandth."""
_MOST = 200_000_000
"""Of all streams. They are looked at a chunk at a time, so this costs time, and no memory."""
_DEEPEST = 4
"""Filters of one stream, one in the other."""


def refuse_bombs(data: bytes, shown: str, title: str) -> None:
    """Raise `InputError` where streams unpack to more than can be checked."""
    total = 0
    view = memoryview(data)
    edges = [*(match.end() for match in _STREAM.finditer(data)), len(data)]
    for start, after in pairwise(edges):
        total += _unpacked(view[start:after], _MOST - total, 1)
        if total >= _MOST:
            raise InputError(f"{shown}: {title} that unpacks to more than can be checked; split it")


def _unpacked(packed: memoryview | bytes, most: int, depth: int) -> int:
    """How many bytes a stream is, up to `most`; that many, too, for a bomb. 0 for one that is not packed."""
    unpack = zlib.decompressobj()
    size = 0
    rest: bytes | memoryview = packed
    try:
        while len(rest) and size < most and not unpack.eof:
            chunk = unpack.decompress(rest, _CHUNK)
            if not size and chunk and depth < _DEEPEST and chunk[0] & 0x0F == zlib.DEFLATED:
                size += _unpacked(chunk, most, depth + 1)
            size += len(chunk)
            if size > _LARGE and size > _RATIO * len(packed):
                return most
            rest = unpack.unconsumed_tail
    except zlib.error:
        pass  # damaged from here on, which pdfium's own process has to tell; what came out so far counts
    return size
