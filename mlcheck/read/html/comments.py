"""The comments of an HTML page."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.data import Span
from mlcheck.read.html.names import BLOCKS
from mlcheck.read.html.tokens import tokenize

__all__ = ["html_comments"]


def html_comments(text: str) -> Iterator[tuple[Span, int]]:
    """Where a page has comments, in order, `<!--` and `-->` included; and for each the place that says which
    paragraph it stands in: the last of the words before it in the same element, if there are any."""
    found: list[Span] = []
    words: int | None = None
    told = 0
    for token in tokenize(text, found):
        for span in found[told:]:
            yield span, span.start if words is None else words
        told = len(found)
        if token.name in BLOCKS:
            words = None
        elif not token.name and text[token.start : token.end].strip():
            words = token.start + len(text[token.start : token.end].rstrip()) - 1
    for span in found[told:]:
        yield span, span.start if words is None else words
