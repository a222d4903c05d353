"""How a place is written: a line for an editor to go to, or what leads there in a file that has no lines."""

from __future__ import annotations

from mlcheck.data import Location

__all__ = ["spoken", "where"]


def where(path: str, place: Location, *, column: bool = True) -> str:
    """A place with its file, as in `a.md:12:4`, `a.xlf:12:4, segment 7` or `a.pdf, page 3, paragraph 2`.

    `path` is the file's as it is to be shown; without `column`, the line alone.
    """
    line = f":{place.line}:{place.column}" if column else f":{place.line}"
    return ", ".join(filter(None, (path + line * place.has_lines, spoken(place))))


def spoken(place: Location) -> str:
    """What leads to a place beside lines, as in `page 3, paragraph 2` or `segment 7`; "" where lines do."""
    segment = "" if place.segment is None else f"segment {place.segment}"
    return ", ".join(filter(None, (place.place, segment)))
