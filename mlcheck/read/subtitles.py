"""Subtitles, SubRip and WebVTT: a block a cue, without its number and its times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from mlcheck.data import Block, Span
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.lines import line_spans, make_block
from mlcheck.text import BLANK

__all__ = ["read_subtitles", "subtitle_blocks"]

_TIMES = re.compile(
    r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}(?:\s.*)?"
)
_NOTE = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?![^\s])")


def read_subtitles(text: str, shown: str, options: ReadOptions) -> Extract:
    """Subtitles, a block a cue. Raises `InputError` where there is no cue in them."""
    blocks = subtitle_blocks(text)
    if blocks is None:
        raise InputError(f"{shown}: no subtitles: no line says from when to when one is shown")
    return Extract(text=text, blocks=blocks)


def subtitle_blocks(text: str) -> tuple[Block, ...] | None:
    """The cues of subtitles, in order; None where the text is none: a group of lines has no times.

    Each is a block like an item of a list: a short first line is a line like the others, and no furniture.
    """
    if "-->" not in text:
        return None
    lines = line_spans(text)
    groups = [
        list(group)
        for blank, group in groupby(
            range(len(lines)), lambda n: not text[lines[n].start : lines[n].end].strip(BLANK)
        )
        if not blank
    ]
    cues = [group for group in groups if not _NOTE.match(_line(text, lines[group[0]]).lstrip("\ufeff"))]
    timed = [_timed(text, lines, group) for group in cues]
    # A blank line inside a cue, as programs leave it, makes a group without times.
    if len(timed) < 2 or timed[0] is None or sum(at is not None for at in timed) < 0.8 * len(timed):
        return None
    return tuple(_blocks(text, lines, cues, timed))


def _line(text: str, line: Span) -> str:
    return text[line.start : line.end]


def _timed(text: str, lines: Sequence[Span], group: list[int]) -> int | None:
    """Where the words of a cue begin in its group: after its times, which are its first or second line."""
    return next(
        (k + 1 for k in range(min(2, len(group))) if _TIMES.fullmatch(_line(text, lines[group[k]]))), None
    )


def _blocks(
    text: str, lines: Sequence[Span], cues: list[list[int]], timed: list[int | None]
) -> Iterator[Block]:
    for group, at in zip(cues, timed, strict=True):
        words = group[at or 0 :]
        if words:
            yield make_block(text, lines, Span(lines[words[0]].start, lines[words[-1]].end), kind="list")
