"""A paragraph cut into runs and pieces: where findings begin and end, how dark a word is, what is a fact."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

from mlcheck.data import FactMark, Paragraph, Span, WordDifference
from mlcheck.report import SHADED
from mlcheck.reporters.html.missing import Here

__all__ = ["SHADES", "Piece", "Run", "Shade", "runs", "shades"]

SHADES: Final = (SHADED, 0.5, 0.6)
"""Differences from which a word has the first, second and third shade."""

_KINDS: Final = {
    "number": "number",
    "date": "date",
    "weekday": "date",
    "period": "date",
    "time": "time",
    "name": "name",
    "quote": "quotation",
}
"""Facts that are marked, in the words of a reader. Negations and sources are what rules look for, and
nothing that an editor would want to have pointed out in every line."""

_APART: Final = 3
"""Characters between two words of a shade up to which the shade goes on: a space, a comma, a dash."""


_NUMBER: Final = re.compile("\\d+(?:[.,'’:]\\d+|[ \u00a0\u202f]\\d{3}(?!\\d))*")
"""A number as people write it, with what parts its thousands: shaded as a whole or not at all."""


class Shade(NamedTuple):
    """A stretch of words of one shade, 1 to 3."""

    start: int
    end: int
    level: int


class Piece(NamedTuple):
    """Characters that look the same: their shade, 0 to 3, and the kinds of fact that they are in."""

    text: str
    level: int
    kinds: tuple[str, ...]


class Run(NamedTuple):
    """Pieces that lie in the same findings, by number; `opens` are those that begin here, and `missing` is
    what the other version has before them."""

    findings: tuple[int, ...]
    opens: tuple[int, ...]
    pieces: tuple[Piece, ...]
    missing: tuple[Here, ...] = ()


def shades(words: Iterable[WordDifference]) -> tuple[Shade, ...]:
    """The words that have a shade, neighbours of one shade joined, in the order of the text."""
    found: list[Shade] = []
    for (start, end), difference in sorted(words):
        level = sum(difference >= limit for limit in SHADES)
        if not level:
            continue
        last = found[-1] if found else None
        if last and last.level == level and start - last.end <= _APART:
            found[-1] = last._replace(end=max(end, last.end))
        else:
            found.append(Shade(start, end, level))
    return tuple(found)


def runs(
    paragraph: Paragraph,
    findings: Sequence[tuple[Span, int]],
    shaded: Sequence[Shade],
    facts: Sequence[FactMark],
    missing: Sequence[tuple[int, Here]] = (),
) -> tuple[Run, ...]:
    """The paragraph's text, cut. `findings` have a number each; all three may be those of the whole
    document, of which what lies outside the paragraph does not count; `shaded` and `facts` are in order.
    `missing` is by its offset in the paragraph; what comes after the last word is in a run without pieces."""
    first, last = paragraph.span
    shaded = _whole_numbers(_near(shaded, first, last), paragraph)
    marked = [f for f in _near(facts, first, last) if f.kind in _KINDS]
    spans = [span for span, _ in findings]
    spans += [Span(s.start, s.end) for s in shaded] + [fact.span for fact in marked]
    here: dict[int, list[Here]] = {}
    for at, what in missing:
        here.setdefault(first + at, []).append(what)
    cuts = sorted({first, last, *here} | {min(max(at, first), last) for span in spans for at in span})
    numbers: list[list[int]] = [[] for _ in cuts]
    levels = [0] * len(cuts)
    kinds: list[dict[str, None]] = [{} for _ in cuts]
    # Each span is spread over the segments that it covers, which are few: what would ask every segment
    # about every span takes minutes for a paragraph of a megabyte.
    for span, number in findings:
        for k in _covered(cuts, span):
            numbers[k].append(number)
    for shade in shaded:
        for k in _covered(cuts, Span(shade.start, shade.end)):
            levels[k] = max(levels[k], shade.level)
    for fact in marked:
        for k in _covered(cuts, fact.span):
            kinds[k][_KINDS[fact.kind]] = None
    pieces = [
        Piece(paragraph.text[start - first : end - first], levels[k], tuple(kinds[k]))
        for k, (start, end) in enumerate(pairwise(cuts))
    ]
    opens: dict[int, list[int]] = {}
    for span, number in findings:
        opens.setdefault(max(span.start, first), []).append(number)
    done = []
    for own, which in _together(numbers[:-1], (opens.keys() | here.keys()) & set(cuts), cuts):
        at = cuts[which[0]]
        begun = tuple(number for number in opens.get(at, ()) if number in own)
        done.append(Run(tuple(own), begun, tuple(pieces[k] for k in which), tuple(here.get(at, ()))))
    if last in here:
        done.append(Run((), (), (), tuple(here[last])))
    return tuple(done)


def _whole_numbers(shaded: Sequence[Shade], paragraph: Paragraph) -> list[Shade]:
    """Shades that end inside a number reach over all of it: the words of a model are parts of numbers."""
    if not shaded:
        return []
    first = paragraph.span.start
    numbers = [(first + m.start(), first + m.end()) for m in _NUMBER.finditer(paragraph.text)]
    ends = [end for _, end in numbers]

    def around(at: int, *, end: bool) -> int:
        k = bisect_right(ends, at)
        inside = k < len(numbers) and numbers[k][0] < at
        return numbers[k][end] if inside else at

    return [
        shade._replace(start=around(shade.start, end=False), end=around(shade.end, end=True))
        for shade in shaded
    ]


def _covered(cuts: Sequence[int], span: Span) -> range:
    return range(bisect_left(cuts, span.start), min(bisect_left(cuts, span.end), len(cuts) - 1))


def _together(
    numbers: Sequence[list[int]], opening: Set[int], cuts: Sequence[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Neighbouring segments in the same findings, where none begins between them."""
    which: list[int] = []
    for k, own in enumerate(numbers):
        if which and (own != numbers[which[0]] or cuts[k] in opening):
            yield numbers[which[0]], which
            which = []
        which.append(k)
    if which:
        yield numbers[which[0]], which


_Placed = TypeVar("_Placed", "Shade", "FactMark")


def _near(placed: Sequence[_Placed], first: int, last: int) -> Sequence[_Placed]:
    """Those that begin in the paragraph, and the one before, which may reach into it."""

    def start(thing: _Placed) -> int:
        return thing.start if isinstance(thing, Shade) else thing.span.start

    low = bisect_left(placed, first, key=start)
    return placed[max(low - 1, 0) : bisect_left(placed, last, key=start)]
