"""Running heads, running feet and page numbers: lines at the edge of pages that come again on others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mlcheck.read.office.pdf_pages import Fragment, Page

__all__ = ["without_edges"]

_EDGE = 0.13
"""Of a page's height, above and below: where heads and feet stand."""
_SAME_HEIGHT = 8.0  # points
_SHARE = 0.3
"""Of the pages that have to have a line; heads of left and right pages may differ, and those of chapters."""
_FIGURES = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[\W_]*(?:\d{1,4}|[ivxl]{1,6})[\W_]*(?:\d{1,4})?[\W_]*")
_LONGEST = 120

Edge = tuple[str, int]


def without_edges(pages: Sequence[Page]) -> tuple[list[Page], list[tuple[int, str]]]:
    """The pages without those lines, and each line once, with the first page that has it."""
    keys = Counter(key for page in pages for key in {_key(page, line) for line in _outer(page)})
    least = max(2, round(_SHARE * len(pages)))
    kept, told, seen = [], [], set()
    for page in pages:
        edge = {id(line) for line in _outer(page) if _is_edge(page, line, keys, least)}
        for line in page.lines:
            shape = _FIGURES.sub("#", line.text)
            if id(line) in edge and shape not in seen:
                seen.add(shape)
                told.append((page.number, line.text))
        kept.append(replace(page, lines=tuple(line for line in page.lines if id(line) not in edge)))
    return kept, told


def _outer(page: Page) -> Iterator[Fragment]:
    for line in page.lines:
        low = line.top < _EDGE * page.height
        if (low or line.bottom > (1 - _EDGE) * page.height) and len(line.text) <= _LONGEST:
            yield line


def _is_edge(page: Page, line: Fragment, keys: Counter[Edge], least: int) -> bool:
    if _PAGE_NUMBER.fullmatch(line.text.strip()):
        return True
    text, height = _key(page, line)
    # A line may stand a little higher or lower, and so fall into the next step.
    return (
        max(keys[text, height + step] + (keys[text, height] if step else 0) for step in (-1, 0, 1)) >= least
    )


def _key(page: Page, line: Fragment) -> Edge:
    """What is the same on every page: the words, and the height to some points."""
    return _FIGURES.sub("#", " ".join(line.text.split())), round(line.base / _SAME_HEIGHT)
