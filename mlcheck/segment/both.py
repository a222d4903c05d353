"""Furniture of two versions, decided for both together.

The forms of furniture are those of words that somebody has written down, and these are not there for every
language: `Follow us: example.org, @example` is known in one version, and its translation is not. What has
the same addresses is the same line, so it is as doubtful as its counterpart is certain.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mlcheck.data import Document, Paragraph
from mlcheck.segment.forms import ends, is_line

__all__ = ["decide_together"]

_MARK = re.compile(
    r"[A-Za-z0-9._+%-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|https?://[^\s<>()\[\]]+"
    r"|(?<![\w.])[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,}(?![A-Za-z])"
    r"|(?<![\w@])[@#][A-Za-z0-9_]+"
)
_NUMBER = re.compile(r"\d+")
_FEWEST = 3
"""Numbers that a stamp and its translation share at least: a day, a year or an hour, a minute."""


def decide_together(one: Document, two: Document) -> tuple[Document, Document]:
    """The two documents, with those paragraphs doubtful that are furniture in the other, and only there."""
    return _doubted(one, two), _doubted(two, one)


def _doubted(own: Document, other: Document) -> Document:
    known = [p for p in own.paragraphs if p.role == "furniture"]
    strange = [p for p in other.paragraphs if p.role == "furniture" and not any(_same(p, q) for q in known)]
    if not strange:
        return own
    found = {
        p.index
        for p in own.paragraphs
        if p.compared and not p.doubtful and is_line(p.text) and any(_same(p, q) for q in strange)
    }
    if not found or not any(s.paragraph not in found for s in own.sentences):
        return own
    paragraphs = tuple(replace(p, doubtful=p.doubtful or p.index in found) for p in own.paragraphs)
    return replace(own, paragraphs=paragraphs)


def _same(one: Paragraph, two: Paragraph) -> bool:
    if set(_MARK.findall(one.text)) & set(_MARK.findall(two.text)):
        return True
    numbers = set(_NUMBER.findall(one.text))
    return len(numbers) >= _FEWEST and numbers == set(_NUMBER.findall(two.text)) and not ends(one.text)
