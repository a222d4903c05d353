"""RSS and Atom: an entry, or all of a feed, each with its title, its author and its text."""

from __future__ import annotations

from mlcheck.data import Item
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Extraction, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.markup import Part, element_parts, string_parts
from mlcheck.read.news.story import Story, finished, language_tag, own_pieces
from mlcheck.read.xml import Element, parse_xml

__all__ = ["read_feed"]

_TITLE = "a feed"
_ENTRIES = ("item", "entry")
_BODIES = ("encoded", "content", "description", "summary")
"""Where the text of an entry stands: the first that has any. The others are its beginning, or a summary."""
_MEDIA = "http://search.yahoo.com/mrss/"
"""Its `description` is that of a picture, and its `content` one."""


def read_feed(text: str, shown: str, options: ReadOptions) -> Extract:
    """The entries of a feed. Raises `InputError` where it is no XML, or has no entry."""
    root = parse_xml(text, shown, _TITLE)
    entries = [root] if root.name in _ENTRIES else list(root.every(*_ENTRIES))
    if not entries:
        raise InputError(f"{shown}: {_TITLE} without an entry; there is nothing to compare")
    extraction = Extraction(file_text=text, language=_language(root, entries))
    story = Story(extraction, several=len(entries) > 1)
    for entry in entries:
        _entry(story, entry)
    if story.several:
        extraction.skip(
            f"the dates of its {len(entries)} entries, which are one text; to compare one, save it alone"
        )
    return finished(extraction, shown, _TITLE)


def _language(root: Element, entries: list[Element]) -> str | None:
    channel = root.find("channel", "language")
    said = (
        channel.content if channel is not None else "",
        root.attributes.get("lang", ""),
        entries[0].attributes.get("lang", "") if len(entries) == 1 else "",
    )
    return next((tag for tag in map(language_tag, said) if tag), None)


def _entry(story: Story, entry: Element) -> None:
    own = {element.name: element for element in reversed(list(entry.elements())) if element.space != _MEDIA}
    story.says(
        Item(
            issued=next(
                (
                    own[name].content.strip()
                    for name in ("updated", "pubDate", "published", "date")
                    if name in own
                ),
                "",
            )
        )
    )
    story.headline(_title(own.get("title")))
    for name in ("creator", "author"):
        if name in own:
            story.line(own_pieces(own[name].find("name") or own[name]), "byline")
            break
    story.body(next((parts for name in _BODIES if name in own and (parts := _parts(own[name]))), []))
    for element in entry.every("description", "text"):
        if element.space == _MEDIA:
            story.body(part._replace(role="caption") for part in _parts(element))


def _title(element: Element | None) -> list[Piece]:
    """A title, which may be markup in a string too: its first line."""
    parts = _parts(element) if element is not None else []
    return [piece for part in parts for piece in part.pieces]


def _parts(element: Element) -> list[Part]:
    return (
        element_parts(element) if any(True for _ in element.elements()) else string_parts(own_pieces(element))
    )
