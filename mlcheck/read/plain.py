"""Plain text to blocks: where one paragraph ends and the next begins.

Blank lines part paragraphs. What stands between two of them is a *group* of lines, and may be one
paragraph that was hard-wrapped, several paragraphs of a line each, or fragments that a web page had
in boxes of their own (date, counter, section). Only the first is joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mlcheck.data import Block, Span
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.lines import line_spans, make_block
from mlcheck.text import BLANK

__all__ = ["plain_blocks", "read_plain"]

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003fffd]"
)
_FULL_STOPS = frozenset(".!?…。！？｡．؟۔।॥։።။។")
_STOPS = _FULL_STOPS | frozenset(";:；：؛")
_CLOSING = " \xa0\u202f\"'”’“»«)]）」』】›"
_ITEM = re.compile(r"(?:[-–•*·▪‣◦]|\d{1,2}[.)])\s")
_OPENING = "\"'“”„«‹‘([¿¡—–- "

# Columns; a wide (CJK) character takes two. Nobody wraps prose narrower than 40 or wider than 120:
# editors, mail and printed pages use 60 to 100.
_NARROWEST, _WIDEST = 40, 120
_SLACK = 0.9  # of the column; text copied from a page is wrapped by printed width, so counts vary
_LONGEST_WORD = 20  # columns; bounds what has no spaces, such as Thai or a web address
_ENOUGH_TO_BREAK = 30  # columns of a line after which a break inside a sentence speaks of wrapping


def read_plain(text: str, shown: str, options: ReadOptions) -> Extract:
    """Plain text: its paragraphs."""
    return Extract(text=text, blocks=plain_blocks(text))


def plain_blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs of plain text, in order and disjoint; all letters of the text are in them."""
    lines = line_spans(text)
    return tuple(
        make_block(text, lines, Span(lines[part.start].start, lines[part.stop - 1].end))
        for group in _groups(text, lines)
        for part in _parts(text, lines, group)
    )


def _groups(text: str, lines: Sequence[Span]) -> Iterator[range]:
    """Runs of lines that are not blank."""
    start = None
    for number, line in enumerate(lines):
        blank = not text[line.start : line.end].strip(BLANK)
        if blank and start is not None:
            yield range(start, number)
            start = None
        elif not blank and start is None:
            start = number
    if start is not None:
        yield range(start, len(lines))


def _parts(text: str, lines: Sequence[Span], group: range) -> Iterator[range]:
    if len(group) == 1:
        yield group
        return
    shown = [text[lines[number].start : lines[number].end].strip(BLANK) for number in group]
    for item in _items(shown):
        for part in _paragraphs(shown[item.start : item.stop]):
            start = group.start + item.start
            yield range(start + part.start, start + part.stop)


def _items(lines: list[str]) -> Iterator[range]:
    """Cut before each item of a list. One marker alone is taken for a dash that a line begins with."""
    marked = [number for number, line in enumerate(lines) if _ITEM.match(line)]
    cuts = marked if len(marked) > 1 else []
    return _cut(cuts, len(lines))


def _paragraphs(lines: list[str]) -> Iterator[range]:
    """All lines as one paragraph where they are wrapped prose, else each line as one.

    The doubtful cases become lines: a cut after a full stop harms nothing, while a counter that is
    glued to a headline makes a sentence that no version has.
    """
    widths = [_width(line) for line in lines]
    room = _SLACK * max(widths)
    full = [width + 1 + _first_word(after) > room for width, after in zip(widths, lines[1:], strict=False)]
    ends = [_last(line) in _FULL_STOPS for line in lines]
    if _breaks_sentences(lines, widths) or (all(full) and _fills_column(lines, max(widths))):
        # Paragraphs can follow each other without a blank line: the last line of one is short.
        cuts = [i + 1 for i, is_full in enumerate(full) if ends[i] and not is_full]
        return _cut(cuts, len(lines))
    return _cut(range(len(lines)), len(lines))


def _cut(cuts: Sequence[int], length: int) -> Iterator[range]:
    edges = sorted({0, *cuts, length})
    return (range(start, stop) for start, stop in pairwise(edges))


def _breaks_sentences(lines: list[str], widths: list[int]) -> bool:
    """A third of the line ends or more fall inside a sentence: what follows is in lower case.

    In wrapped English or Russian it is four in five, in German, with its nouns, one in two.
    """
    inside = sum(
        width >= _ENOUGH_TO_BREAK and _goes_on(line, after)
        for width, (line, after) in zip(widths, pairwise(lines), strict=False)
    )
    return inside > 0 and inside * 3 >= len(lines) - 1


def _goes_on(line: str, after: str) -> bool:
    first = after.lstrip(_OPENING)[:1]
    # Georgian has small letters only, in Unicode's eyes, and opens sentences by them.
    return first.islower() and first != first.title() and _last(line) not in _STOPS


def _last(line: str) -> str:
    """The last character that is no quotation mark or bracket; "" where there is none."""
    return line.rstrip(_CLOSING)[-1:]


def _fills_column(lines: list[str], column: int) -> bool:
    """Lines that are all full, as a wrapping program leaves them, and read like prose: the last ends a
    sentence, and not each of the others ends a sentence or clause.

    This decides for scripts without lower case.
    """
    return (
        len(lines) > 1
        and _NARROWEST <= column <= _WIDEST
        and (_last(lines[-1]) in _FULL_STOPS or "\u0e00" <= lines[-1][-1] <= "\u0eff")  # Thai, Lao: no stop
        and not all(_last(line) in _STOPS for line in lines[:-1])
    )


def _width(line: str) -> int:
    return len(line) + (0 if line.isascii() else len(_WIDE.findall(line)))


def _first_word(line: str) -> int:
    """Columns up to the first place where the line could have been broken."""
    if _WIDE.match(line):
        return 2
    space = line.find(" ", 0, _LONGEST_WORD)
    return space if space >= 0 else min(len(line), _LONGEST_WORD)
