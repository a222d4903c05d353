"""The text that is compared, with the way back to the text as read.

Comparison wants one form for one content: NFC, white space folded to single spaces, invisible
characters gone, inline markup of Markdown gone. Reports want the places in the file. So every
character of a `Clean` text knows its offset in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mlcheck.data import Span

__all__ = ["Clean", "clean"]

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Soft hyphens, zero-width spaces, directional marks. Joiners (U+200C, U+200D) stay: they are
spelling in Persian and in Indic scripts."""

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


def clean(text: str, start: int, *, markdown: bool = False) -> Clean:
    """Clean `text`, which begins at `start` in the document."""
    offsets = list(range(len(text)))
    plain = text
    if markdown:
        from mlcheck.read.markdown import strip_inline

        plain, offsets = strip_inline(text)
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for character, first, last in _composed(plain, offsets):
        if _INVISIBLE.match(character):
            continue
        if character.isspace():
            if not characters or characters[-1] == " ":
                continue
            character = " "
        characters.append(character)
        starts.append(start + first)
        ends.append(start + last + 1)
    while characters and characters[-1] == " ":
        characters.pop()
        starts.pop()
        ends.pop()
    return Clean("".join(characters), tuple(starts), tuple(ends))


def _composed(text: str, offsets: list[int]) -> list[tuple[str, int, int]]:
    """The characters of `text` in NFC, each with the first and last offset of the cluster that it
    came from."""
    if unicodedata.is_normalized("NFC", text):
        return list(zip(text, offsets, offsets, strict=True))
    result: list[tuple[str, int, int]] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _continues(text[end]):
            end += 1
        composed = unicodedata.normalize("NFC", text[at:end])
        result += [(character, offsets[at], offsets[end - 1]) for character in composed]
        at = end
    return result


def _continues(character: str) -> bool:
    return unicodedata.combining(character) != 0 or ord(character) in _MEDIAL_JAMO
