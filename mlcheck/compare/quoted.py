"""Whether a place is quoted at all, by the text around it and not by its sentence: a quotation is broken by
who says it (`«A, — said X. — B»`), goes on over sentences and paragraphs, or is marked by a dash."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.data import Document

__all__ = ["may_be_quoted"]

_OPEN, _CLOSE = "“„«‹「『《〝‘‚", "”»›」』》〞’"
_MARKS = frozenset('“”„«»‹›「」『』《》〝〞〟‘‚"＂﹁﹂﹃﹄')
"""All but the apostrophe, which is one mark of two languages and a letter of most."""
_DASHES = ("—", "–", "―", "- ", "-- ", ">")
_ESCAPED = ("&quot;", "&laquo;", "&raquo;", "&ldquo;", "<q>", "``", "''")
_BESIDE = 1
"""Paragraphs on either side in which a mark counts too."""
_OPENED = 8
"""Paragraphs over which a quotation may go on without a mark."""


def may_be_quoted(document: Document, sentences: Sequence[int]) -> bool:
    """May sentences be quoted, by any mark in their paragraphs or those beside, by a dash or a quotation of
    Markdown, or by a mark before them that is still open?"""
    paragraphs = sorted({document.sentences[i].paragraph for i in sentences})
    near = range(max(paragraphs[0] - _BESIDE, 0), min(paragraphs[-1] + _BESIDE + 1, len(document.paragraphs)))
    return any(_has_marks(document, index) for index in near) or _is_open(document, paragraphs[0])


def _has_marks(document: Document, index: int) -> bool:
    paragraph = document.paragraphs[index]
    text = document.text[paragraph.span.start : paragraph.span.end]
    return (
        paragraph.role == "quote"
        or not _MARKS.isdisjoint(text)
        or text.lstrip().startswith(_DASHES)
        or any(line.lstrip().startswith(_DASHES) for line in text.split("\n"))
        or any(mark in text for mark in _ESCAPED)
    )


def _is_open(document: Document, index: int) -> bool:
    """Has a mark before a paragraph been left open?"""
    for before in range(index - 1, max(index - _OPENED, 0) - 1, -1):
        paragraph = document.paragraphs[before]
        text = document.text[paragraph.span.start : paragraph.span.end]
        last = max((at for at, letter in enumerate(text) if letter in _OPEN), default=-1)
        closed = max((at for at, letter in enumerate(text) if letter in _CLOSE), default=-1)
        if max(last, closed) >= 0:
            return last > closed
    return False
