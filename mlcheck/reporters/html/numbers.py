"""How paragraphs are numbered on the page: those that are compared, from 1, on either side alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mlcheck.data import Document, Finding
from mlcheck.languages import name

__all__ = ["Numbers"]

_SAID: Final = re.compile(
    r"“[^“”]*”|\b(?P<what>[Pp]aragraphs?) (?P<first>\d+)(?:(?P<joint> and | to )(?P<last>\d+))?"
    r"(?= (?:of|in) the (?P<version>source|target|\w[^“”:;,]*? version)\b)?"
)
"""A paragraph in a message, and of which version, where that is said; or a quotation, to pass over."""


class Numbers:
    """The numbers of the paragraphs of some versions. A report counts all that a file has, with its menus and
    captions, and two columns that begin at 1 and at 7 would not be read as one text."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._of: list[dict[int, int]] = []
        for document in documents:
            compared = [paragraph.index for paragraph in document.paragraphs if paragraph.compared]
            self._of.append({index: number for number, index in enumerate(compared, start=1)})
        self._called: dict[str, int] = {}
        for version, document in reversed(list(enumerate(documents))):
            self._called[f"{name(document.language)} version"] = version
        self._called |= {"source": 0, "target": len(documents) - 1}

    def of(self, version: int, index: int) -> int | None:
        """The number of a paragraph, None where it is not compared, or there is none."""
        return self._of[version].get(index) if version < len(self._of) else None

    def in_message(self, finding: Finding) -> str:
        """A finding's message with these numbers."""
        places = finding.places or (finding.source, finding.target)
        # Where a message names no version, it speaks of the first that has a place.
        version = next((k for k, place in enumerate(places) if place), 0)

        def renumbered(match: re.Match[str]) -> str:
            nonlocal version
            if match["what"] is None:
                return match[0]
            version = self._called.get(match["version"] or "", version)
            last = match["last"] or match["first"]
            numbers = [self.of(version, int(said[:9]) - 1) for said in (match["first"], last)]
            if None in numbers:
                return match[0]
            more = f"{match['joint']}{numbers[1]}" if match["joint"] else ""
            return f"{match['what']} {numbers[0]}{more}"

        return _SAID.sub(renumbered, finding.message) if self._of else finding.message
