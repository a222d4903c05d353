"""Notices at the head and at the end of an item, for the rules that hold them against the other version's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mlcheck.data import Alignment, Document
from mlcheck.facts import Notice, notices, notices_known
from mlcheck.languages import base, name

__all__ = ["Placed", "head_of", "notices_of", "unknown_notices"]

_EDGE = 3
"""Paragraphs at either end of an item in which a notice stands, beside its headline. In the middle, somebody
else's correction is reported."""


class Placed(NamedTuple):
    """A notice, and the number of its paragraph."""

    notice: Notice
    paragraph: int


def notices_of(document: Document) -> Iterator[Placed]:
    """The notices of an item, in its page furniture too: lines to editors are that."""
    count = len(document.paragraphs)
    for paragraph in document.paragraphs:
        if paragraph.role == "headline" or not _EDGE <= paragraph.index < count - _EDGE:
            for notice in notices(paragraph.text, document.language):
                yield Placed(notice, paragraph.index)


def head_of(document: Document) -> int:
    """The paragraph on which what is said of a whole item is shown: its headline, else its first."""
    found = (p.index for p in document.paragraphs if p.role == "headline")
    return next(found, document.sentences[0].paragraph)


def unknown_notices(alignment: Alignment) -> str | None:
    """That a language's notices are not known, or None where both are."""
    unknown = sorted({base(d.language) for d in alignment.documents if not notices_known(d.language)})
    return f"{' and '.join(map(name, unknown))}: no list of words for notices" if unknown else None
