"""Somebody else's characters, made fit for a page. Escaping is the templates' work; this is about what
escaping leaves: characters that are not seen, or that turn a line around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mlcheck.text import INVISIBLE

__all__ = ["Chunk", "chunks", "isolated", "plain"]

_ORDINARY = "\u00ad\u061c\u200b\u200e\u200f"
"""Of the characters that nobody sees those that ordinary Arabic, Thai or a long German word needs, and that
reach no further than their paragraph. Joiners are spelling."""
_UNSEEN = re.compile(
    f"[{''.join(sorted(set(INVISIBLE) - set(_ORDINARY)))}"
    # Controls; annotations, tags; what HTML or UTF-8 cannot say.
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAK = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_QUOTED = re.compile("“([^“”]*)”")


class Chunk(NamedTuple):
    """A stretch of a text; `special` where it stands out: the name of a character, or a quotation."""

    text: str
    special: bool


def chunks(text: str) -> Iterator[Chunk]:
    """The text, with the name of each unseen character in its place.

    >>> [tuple(chunk) for chunk in chunks("a\\x1bb")]
    [('a', False), ('U+001B', True), ('b', False)]
    """
    at = 0
    text = _BREAK.sub("\n", text)
    for match in _UNSEEN.finditer(text):
        if match.start() > at:
            yield Chunk(text[at : match.start()], False)
        yield Chunk(f"U+{ord(match[0]):04X}", True)
        at = match.end()
    if at < len(text):
        yield Chunk(text[at:], False)


def plain(text: str) -> str:
    """The same for places that hold no elements, such as attributes: `<U+001B>`."""
    return "".join(f"<{chunk.text}>" if chunk.special else chunk.text for chunk in chunks(text))


def isolated(message: str) -> Iterator[Chunk]:
    """A message of ours, cut at what it quotes between “ and ”: those words may run the other way, and
    must not take the words around them along."""
    at = 0
    message = plain(message)
    for match in _QUOTED.finditer(message):
        yield Chunk(message[at : match.start(1)], False)
        yield Chunk(match[1], True)
        at = match.end(1)
    yield Chunk(message[at:], False)
