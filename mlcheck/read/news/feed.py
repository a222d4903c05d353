"""RSS and Atom: one entry, or all of a feed, each with its title, its author and its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
_LISTED = 10
"""Entries that an error names."""
_TITLE_SHOWN = 40
"""Characters of a title there."""
_DIGITS = 9
"""Of a number of an entry; longer ones are none, and would take long to be read."""
_MEDIA = "http://search.yahoo.com/mrss/"
"""Its `description` is that of a picture, and its `content` one."""


def read_feed(text: str, shown: str, options: ReadOptions) -> Extract:
    """The entries of a feed, or the one that is wanted. Raises `InputError` where it is no XML, or has no
    entry, or not that one."""
    root = parse_xml(text, shown, _TITLE)
    entries = [root] if root.name in _ENTRIES else list(root.every(*_ENTRIES))
    if not entries:
        raise InputError(f"{shown}: {_TITLE} without an entry; there is nothing to compare")
    if options.entry:
        entries = [_chosen(entries, options.entry, shown)]
    extraction = Extraction(file_text=text, language=_language(root, entries))
    story = Story(extraction, several=len(entries) > 1)
    for entry in entries:
        _entry(story, entry)
    if story.several:
        extraction.skip(
            f"the dates of its {len(entries)} entries, which are one text; to compare one, add its number "
            "to the name of the file, as in feed.xml#1"
        )
    return finished(extraction, shown, _TITLE)


def _chosen(entries: list[Element], wanted: str, shown: str) -> Element:
    """The entry that has the number, or alone the id, the address or the title, or a part of one. A number
    that is too large may be of an id."""
    if wanted.isdecimal() and 0 < int(wanted[:_DIGITS]) <= len(entries):
        return entries[int(wanted) - 1]
    names = [_names(entry) for entry in entries]
    sought = re.compile(_edge(wanted[0], "<") + re.escape(_folded(wanted)) + _edge(wanted[-1], ""))
    for fits in (sought.fullmatch, sought.search):
        found = [n for n, own in enumerate(names) if any(fits(_folded(name)) for name in own)]
        if len(found) == 1:
            return entries[found[0]]
        if found:
            raise InputError(
                f"{shown}: {len(found)} entries are called so: {_listed(entries, found)}; "
                "give a number, or more words"
            )
    raise InputError(f"{shown}: no such entry; there are {_listed(entries, range(len(entries)))}")


def _edge(character: str, behind: str) -> str:
    """Of a number no figure is left out: 20 is not in 2024."""
    return rf"(?{behind}!\d)" if character.isdecimal() else ""


def _names(entry: Element) -> list[str]:
    """What an entry is called: its title, its id, and its address."""
    own = [element for element in entry.elements() if element.name in ("title", "guid", "id", "link")]
    found = [
        element.content or element.attributes.get("href", "") for element in own if element.space != _MEDIA
    ]
    return [name for name in (_plain(entry), *map(str.strip, found)) if name]


def _plain(entry: Element) -> str:
    titles = (element for element in entry.elements() if element.name == "title" and element.space != _MEDIA)
    return " ".join("".join(piece.text for piece in _title(next(titles, None))).split())


def _folded(name: str) -> str:
    """Without regard to case and space. Two slashes are one, as in a path, in which an address may stand."""
    return re.sub("//+", "/", " ".join(name.casefold().split()))


def _listed(entries: list[Element], numbers: Sequence[int]) -> str:
    shown = [f"{n + 1} ({_short(_plain(entries[n])) or 'no title'})" for n in numbers[:_LISTED]]
    return ", ".join(shown) + (f" and {len(numbers) - _LISTED} more" if len(numbers) > _LISTED else "")


def _short(title: str) -> str:
    return title if len(title) <= _TITLE_SHOWN else f"{title[:_TITLE_SHOWN].rstrip()}…"


def _language(root: Element, entries: list[Element]) -> str | None:
    channel = root.find("channel", "language")
    said = (
        entries[0].attributes.get("lang", "") if len(entries) == 1 else "",
        channel.content if channel is not None else "",
        root.attributes.get("lang", ""),
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
