"""The text that is compared, with the way back to the text as read.

Comparison wants one form for one content: NFC, white space folded to single spaces, invisible
characters gone, inline markup of Markdown gone. Reports want the places in the file. So every
character of a `Clean` text knows its offset in the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mlcheck.data import Span
from mlcheck.text.inline import strip_inline
from mlcheck.text.invisible import INVISIBLE

__all__ = ["Clean", "clean", "normal_form"]

_UNCLEAN = re.compile(rf"^\s|\s\s|[^\S ]|\s\Z|[{INVISIBLE}]")

_MEDIAL_JAMO = range(0x1160, 0x1200)


@dataclass(frozen=True, slots=True)
class Clean:
    """`text`, and for each of its characters where in the document it starts and ends."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` (not empty) stands in the document."""
        return Span(self.starts[start], self.ends[end - 1])

    def places(self, start: int, end: int) -> tuple[Span, ...] | None:
        """Where each character of `text[start:end]` stands; None where nothing was taken out or put
        together, so that they stand one after another."""
        first, last = self.starts[start], self.ends[end - 1]
        if last - first == end - start and self.starts[end - 1] - first == end - 1 - start:
            return None
        return tuple(map(Span, self.starts[start:end], self.ends[start:end]))


def clean(text: str, start: int, *, markdown: bool = False, gone: Sequence[Span] = ()) -> Clean:
    """Clean `text`, which begins at `start` in the document; `gone` are stretches of the document that are no
    part of it."""
    offsets: Sequence[int] = range(len(text))
    plain = text
    if markdown:
        plain, offsets = strip_inline(text)
    if gone:
        out = {at - start for span in gone for at in range(*span)}
        offsets = [at for at in range(len(text)) if at not in out]
        plain = "".join(text[at] for at in offsets)
    if not _UNCLEAN.search(plain) and unicodedata.is_normalized("NFC", plain):  # most paragraphs
        return Clean(plain, tuple(start + at for at in offsets), tuple(start + at + 1 for at in offsets))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for character, first, last in _composed(plain, offsets):
        if character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        starts.append(start + first)
        ends.append(start + last + 1)
    if characters and characters[-1] == " ":
        del characters[-1], starts[-1], ends[-1]
    return Clean("".join(characters), tuple(starts), tuple(ends))


def normal_form(text: str) -> str:
    """What two printings of one line have in common: letters and figures, in lower case."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _composed(text: str, offsets: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """The visible characters of `text` in NFC, each with the first and last offset of the cluster
    that it came from. The invisible ones go first: one between a letter and its accent would keep
    them apart."""
    visible = [(c, at) for c, at in zip(text, offsets, strict=True) if c not in INVISIBLE]
    at = 0
    while at < len(visible):
        end = at + 1
        while end < len(visible) and _continues(visible[end][0]):
            end += 1
        cluster = "".join(character for character, _ in visible[at:end])
        for character in unicodedata.normalize("NFC", cluster):
            yield character, visible[at][1], visible[end - 1][1]
        at = end


def _continues(character: str) -> bool:
    """May it compose with the one before? Marks, and not only those with a combining class: the
    vowel signs of Bengali and Tamil have none."""
    return unicodedata.category(character)[0] == "M" or ord(character) in _MEDIAL_JAMO
