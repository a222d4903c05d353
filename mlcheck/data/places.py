"""Where something stands."""

from __future__ import annotations

from dataclasses import dataclass

from mlcheck.data.text import Span

__all__ = ["Location"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place in a document: lines and columns of the file, for people; and for machines the paragraphs and
    the `span` in the document's text. A container has no lines, and those are of the text taken out of it."""

    paragraphs: tuple[int, ...]
    span: Span
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    place: str = ""
    """Where it stands in a file that has no lines: `page 3`, `table 1, row 2, cell 3`."""
    segment: str | None = None
    """The key of a segment or string, in a file of these."""

    @property
    def has_lines(self) -> bool:
        """Do line and column lead to it? Those of a container are of no file that anybody could open;
        subtitles and mails have lines, and say the cue or the part besides."""
        return not self.place or self.place.startswith(("cue ", "part "))
