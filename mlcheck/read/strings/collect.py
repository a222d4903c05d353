"""Putting together the strings of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Extraction, Piece
from mlcheck.read.placeholders import Marking, marked
from mlcheck.text import GAP, only_prose

__all__ = ["Strings", "is_plural", "main_form"]

_FORMS = ("other", "many", "few", "two", "one", "zero")
"""CLDR's plural forms. Languages have others of them, so of a plural one is compared: `other`, which all
have, or else the nearest to it."""
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_a-zA-Z]")


def main_form(names: Iterable[str]) -> str | None:
    """The form of a plural that is compared; None where there is none."""
    there = set(names)
    return next((form for form in _FORMS if form in there), None)


def is_plural(names: Iterable[str]) -> bool:
    """Are these the names of plural forms, and nothing else?"""
    there = set(names)
    return "other" in there and there <= set(_FORMS)


@dataclass(slots=True)
class Strings:
    """Collects the strings of a file, in its order."""

    shown: str
    title: str
    file_text: str
    language: str | None = None
    _extraction: Extraction = field(init=False)
    _keys: set[str] = field(default_factory=set)
    _plain: int = 0
    _words: int = 0

    def __post_init__(self) -> None:
        self._extraction = Extraction(file_text=self.file_text)

    def add(
        self, key: str, pieces: Sequence[Piece], marks: Sequence[Marking] = (), *, icu: bool = False
    ) -> None:
        """Add a string; one that is empty is left out, and so is a second of one name."""
        content = marked(pieces, marks, icu=icu)
        if not content.text.strip() or key in self._keys:
            return
        self._keys.add(key)
        words = bool(_WORD.search(only_prose(content.text).replace(GAP, " ")))
        self._words += words
        self._plain += not words
        self._extraction.add(
            content.pieces, role=None if words else "furniture", key=key, marks=content.marks
        )

    def skip(self, what: str) -> None:
        """Name something that is in the file and is not read."""
        self._extraction.skip(what)

    def finish(self, *, other: int = 0) -> Extract:
        """The strings. Raises `InputError` where most of what the file holds is no words; `other` is how many
        numbers and the like it has beside its strings."""
        if self._words == 0 or self._words < self._plain + other:
            raise InputError(
                f"{self.shown}: {self.title}, and most of it is data and no strings for people; save the "
                "words alone as text (UTF-8, .txt)"
            )
        self._extraction.language = self.language
        return self._extraction.finish()
