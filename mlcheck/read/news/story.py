"""What all news formats share: how an item is put into a text, and the words for what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mlcheck.data import Item, Role
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Extraction, Piece
from mlcheck.read.markup import Part, add_parts
from mlcheck.read.xml import Element

__all__ = ["Story", "finished", "language_tag", "own_pieces", "status_of"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_STATUS = {
    "usable": "usable",
    "published": "usable",
    "withheld": "withheld",
    "embargoed": "withheld",
    **dict.fromkeys(
        ("canceled", "cancelled", "killed", "kill", "withdrawn", "retracted", "deleted"), "canceled"
    ),
}
"""IPTC's three terms, and what formats and desks call the same."""


def status_of(word: str) -> str:
    """`usable`, `withheld` or `canceled`, of a word or a code (`stat:canceled`); "" for any other."""
    return _STATUS.get(re.split(r"[:/#]", word.strip().lower())[-1], "")


def language_tag(word: str) -> str | None:
    """A language code as BCP 47 has it; None for what is none."""
    word = word.strip().replace("_", "-")
    return word if _LANGUAGE.fullmatch(word) else None


def own_pieces(element: Element | None) -> list[Piece]:
    """The characters of an element; none without one."""
    return [] if element is None else [Piece(text.text, text.place) for text in element.texts()]


@dataclass(slots=True)
class Story:
    """Puts an item into a text. `several`: it is one of many, and its headline that of a section."""

    extraction: Extraction
    several: bool = False

    def headline(self, pieces: Iterable[Piece]) -> None:
        """The first headline of an item."""
        self.extraction.add(pieces, "heading", role=None if self.several else "headline")

    def line(self, pieces: Iterable[Piece], role: Role) -> None:
        """A line that the format says the role of."""
        self.extraction.add(pieces, role=role)

    def body(self, parts: Iterable[Part]) -> None:
        """The paragraphs of its body. Of many items a headline inside a body is a heading."""
        if self.several:
            parts = (
                part._replace(role=None, kind="heading") if part.role == "headline" else part
                for part in parts
            )
        add_parts(self.extraction, parts)

    def says(self, item: Item) -> None:
        """What the item says of itself; of many, nothing holds for all."""
        if not self.several and item != Item():
            self.extraction.item = item


def finished(extraction: Extraction, shown: str, title: str) -> Extract:
    """The text of an item, which has to have one. Raises `InputError`."""
    if extraction.is_empty:
        raise InputError(f"{shown}: {title} without a headline or a body; is it the right file?")
    return extraction.finish()
