"""How paragraphs are numbered on the page: those that are compared, from 1, on either side alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mlcheck.data import Document, Finding
from mlcheck.languages import name

__all__ = ["Numbers"]

_SAID: Final = (
    r"“[^“”]*”|\b(?P<what>[Pp]aragraphs?) (?P<first>\d+)(?:(?P<joint> and | to )(?P<last>\d+))?"
    r"(?= (?:of|in) (?P<version>VERSIONS)(?!\w))?"
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
        # What messages call them, the first of a language before the others.
        self._called = {document.path: version for version, document in enumerate(documents)}
        for version, document in reversed(list(enumerate(documents))):
            self._called[f"the {name(document.language)} version"] = version
        self._called |= {"the source": 0, "the target": len(documents) - 1}
        longest_first = sorted(self._called, key=len, reverse=True)
        self._said = re.compile(_SAID.replace("VERSIONS", "|".join(map(re.escape, longest_first))))

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

        return self._said.sub(renumbered, finding.message)
