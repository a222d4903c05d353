"""Putting together the two versions of a file of segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mlcheck.errors import InputError
from mlcheck.languages import is_known
from mlcheck.read.extract import Extract, Extraction
from mlcheck.read.placeholders import Content

__all__ = ["Segments", "declared"]

_NAMED = 10
"""Segments that are named of those left out."""


def declared(code: str | None) -> str | None:
    """A language code as a file has it; None where it is none."""
    code = (code or "").strip().partition("@")[0].partition(".")[0]
    return code.replace("_", "-") if code and is_known(code) else None


@dataclass(slots=True)
class Segments:
    """Collects segments, in the order of the file, and makes the two versions of them. `file_text` is None
    for a container, whose segments then say their place."""

    shown: str
    title: str
    file_text: str | None
    languages: tuple[str | None, str | None]
    _sides: tuple[Extraction, Extraction] = field(init=False)
    _keys: dict[str, int] = field(default_factory=dict)
    _left_out: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        one, two = self.languages
        self._sides = (
            Extraction(file_text=self.file_text, language=one),
            Extraction(file_text=self.file_text, language=two),
        )

    def key(self, wanted: str) -> str:
        """The key that a segment gets: what is wanted, with a number where another has that already."""
        number = self._keys[wanted] = self._keys.get(wanted, 0) + 1
        return wanted if number == 1 else self.key(f"{wanted} ({number})")

    def add(self, key: str, source: Content, target: Content, place: str = "") -> None:
        """Add a segment. A side that is empty has no block, so that the other is told to lack its like."""
        for side, content in zip(self._sides, (source, target), strict=True):
            side.add(content.pieces, key=key, marks=content.marks, place=place)

    def leave_out(self, why: str, key: str) -> None:
        """A segment that is not checked, and why: `not translated yet`."""
        self._left_out.setdefault(why, []).append(key)

    def skip(self, what: str) -> None:
        """Name something that is in the file and is not read."""
        self._sides[1].skip(what)

    def finish(self) -> tuple[Extract, Extract]:
        """The two versions. Raises `InputError` where not one segment has both."""
        if any(side.is_empty for side in self._sides):
            why = "; ".join(map(_counted, self._left_out, self._left_out.values()))
            raise InputError(
                f"{self.shown}: {self.title} without a segment that is translated"
                f"{f' ({why})' if why else ''}; check that it is the right file"
            )
        for reason, keys in self._left_out.items():
            self.skip(_counted(reason, keys))
        one, two = (side.finish() for side in self._sides)
        return one, two


def _counted(why: str, keys: Sequence[str]) -> str:
    named = ", ".join(keys[:_NAMED]) + (", …" if len(keys) > _NAMED else "")
    return f"{len(keys)} {'segment' if len(keys) == 1 else 'segments'} {why}: {named}"
