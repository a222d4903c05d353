"""Furniture of two versions, decided for both together.

The forms of furniture are those of words that somebody has written down, and these are not there for every
language: `Follow us: example.org, @example` is known in one version, and its translation is not. What has
the same addresses is the same line, so it is as doubtful as its counterpart is certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from mlcheck.data import Document, Paragraph
from mlcheck.segment.forms import ends, is_line

__all__ = ["decide_together"]

_MARK = re.compile(
    # A run of such characters is looked at once, from its beginning, and not from each of its characters.
    r"(?<![A-Za-z0-9._+%-])[A-Za-z0-9._+%-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|https?://[^\s<>()\[\]]+"
    r"|(?<![\w.-])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}(?![A-Za-z])"
    r"|(?<![\w@])[@#][A-Za-z0-9_]+"
)
_NUMBER = re.compile(r"\d+")
_FEWEST = 3
"""Numbers that a stamp and its translation share at least: a day, a year or an hour, a minute."""


def decide_together(one: Document, two: Document) -> tuple[Document, Document]:
    """The two documents, with those paragraphs doubtful that are furniture in the other, and only there."""
    return _doubted(one, two), _doubted(two, one)


def _doubted(own: Document, other: Document) -> Document:
    known = _Lines.of([p for p in own.paragraphs if p.role == "furniture"])
    strange = _Lines.of([p for p in other.paragraphs if p.role == "furniture" and not known.have(p)])
    if not strange.marks and not strange.stamps:
        return own
    found = {
        p.index
        for p in own.paragraphs
        if p.compared and not p.doubtful and is_line(p.text) and strange.have(p)
    }
    if not found or not any(s.paragraph not in found for s in own.sentences):
        return own
    paragraphs = tuple(replace(p, doubtful=p.doubtful or p.index in found) for p in own.paragraphs)
    return replace(own, paragraphs=paragraphs)


class _Lines(NamedTuple):
    """What some paragraphs are known by: their addresses, and the numbers of each."""

    marks: set[str]
    stamps: set[frozenset[str]]

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> _Lines:
        marks = {mark for p in paragraphs for mark in _MARK.findall(p.text)}
        return cls(marks, {frozenset(_NUMBER.findall(p.text)) for p in paragraphs})

    def have(self, paragraph: Paragraph) -> bool:
        """Is one of them the same line in another language?"""
        if not self.marks.isdisjoint(_MARK.findall(paragraph.text)):
            return True
        numbers = frozenset(_NUMBER.findall(paragraph.text))
        return len(numbers) >= _FEWEST and numbers in self.stamps and not ends(paragraph.text)
