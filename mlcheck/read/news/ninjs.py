"""ninjs 1 to 3, IPTC's news in JSON: an item, or a list of items.

Names are compared without case and underscores: version 1 has `body_text`, 2 a list `bodies`, others
`bodyText`.
"""

from __future__ import annotations

from collections.abc import Mapping

from mlcheck.data import Item
from mlcheck.read.extract import Extract, Extraction, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.json_text import Node, parse_json
from mlcheck.read.markup import string_parts
from mlcheck.read.news.story import Story, finished, language_tag, status_of

__all__ = ["read_ninjs"]

_TITLE = "ninjs"
_LISTS = ("items", "newsitems", "hits", "results")
_PLAIN = ("text/plain", "plain", "text")
_MAIN = ("", "main", "headline", "primary")
"""Roles of the headline that is printed, among those for lists and search engines."""

Fields = Mapping[str, Node]


def read_ninjs(text: str, shown: str, options: ReadOptions) -> Extract:
    """A ninjs item, or the items of a list. Raises `InputError` where it is no JSON, or has no text."""
    root = parse_json(text, shown, _TITLE)
    extraction = Extraction(file_text=text)
    items = _items(root)
    languages = {_string(item, "language") for item in items}
    extraction.language = language_tag(languages.pop()) if len(languages) == 1 else None
    story = Story(extraction, several=len(items) > 1)
    for item in items:
        _item(story, item)
    return finished(extraction, shown, _TITLE)


def _items(root: Node) -> list[Fields]:
    fields = _fields(root)
    listed = next((fields[name] for name in _LISTS if name in fields and fields[name].kind == "array"), None)
    if listed is not None and not any(name.startswith(("headline", "body", "bodies")) for name in fields):
        root = listed
    return [_fields(node) for node in root.each() if node.kind == "object"]


def _fields(node: Node) -> dict[str, Node]:
    if node.kind != "object":
        return {}
    return {name.lower().replace("_", "").lstrip("$@"): value for name, value in node.items}


def _string(fields: Fields, *names: str) -> str:
    """The first of some fields that says something."""
    found = (fields[name] for name in names if name in fields)
    return next((node.value.strip() for node in found if node.value.strip() and node.kind != "null"), "")


def _item(story: Story, item: Fields) -> None:
    story.says(
        Item(
            version=_string(item, "version"),
            status=status_of(_string(item, "pubstatus", "status")),
            embargo=_string(item, "embargoed", "embargoeduntil", "embargo"),
            issued=_string(item, "versioncreated", "contentcreated", "firstcreated"),
        )
    )
    for name in ("slugline", "ednote"):
        story.line(_pieces(item.get(name)), "furniture")
    story.headline(_headline(story, item))
    for name in ("byline", "by"):
        story.line(_pieces(item.get(name)), "byline")
    story.line(_pieces(item.get("located")), "dateline")
    picture = _string(item, "type") in ("picture", "graphic", "video", "audio")
    _described(story, item, caption=picture)
    body = _body(story, item)
    if body is not None:
        story.body(string_parts(body.pieces))
    _associations(story, item)
    for name in ("copyrightnotice", "usageterms"):
        story.line(_pieces(item.get(name)), "furniture")


def _pieces(node: Node | None) -> list[Piece]:
    return [] if node is None else node.pieces


def _headline(story: Story, item: Fields) -> list[Piece]:
    listed = item.get("headlines")
    found = [_fields(node) for node in listed.each()] if listed is not None else []
    chosen = next((one for one in found if _string(one, "role").lower() in _MAIN), found[0] if found else {})
    if len(found) > 1:
        story.extraction.skip(f"{len(found) - 1} more headline{'s' * (len(found) > 2)} of other lengths")
    for node in (item.get("headline"), chosen.get("value"), item.get("title")):
        if node is not None and node.value.strip():
            return node.pieces
    return []


def _described(story: Story, item: Fields, *, caption: bool) -> None:
    """Its description: the caption of a picture, and of a text what stands above it."""
    node = _rendition(item, "description", "descriptions")
    if node is not None:
        parts = string_parts(node.pieces)
        story.body(part._replace(role="caption") for part in parts) if caption else story.body(parts)


def _body(story: Story, item: Fields) -> Node | None:
    listed = item.get("bodies")
    if listed is not None and len(listed.each()) > 1:
        story.extraction.skip(f"{len(listed.each()) - 1} more renditions of the body")
    return _rendition(item, "body", "bodies")


def _rendition(item: Fields, name: str, plural: str) -> Node | None:
    """A body or description, in the richest of its renditions: one with markup has paragraphs and links."""
    found = [
        (key != f"{name}text" and key != name, node)
        for key, node in item.items()
        if key.startswith(name) and key != plural and node.kind == "string" and node.value.strip()
    ]
    listed = item.get(plural)
    for node in listed.each() if listed is not None else []:
        fields = _fields(node)
        value = fields.get("value")
        if value is not None and value.kind == "string" and value.value.strip():
            found.append((_string(fields, "contenttype", "mimetype").lower() not in _PLAIN, value))
    return next((node for rich, node in found if rich), found[0][1] if found else None)


def _associations(story: Story, item: Fields) -> None:
    """Captions of the pictures that go with it; other texts are items of their own."""
    held = item.get("associations")
    others = 0
    for _, node in held.items if held is not None else []:
        fields = _fields(node)
        if _string(fields, "type") in ("text", "composite"):
            others += 1
            continue
        _described(story, fields, caption=True)
    if others:
        story.extraction.skip(
            f"{others} other text{'s' * (others > 1)} that go{'es' * (others == 1)} with it"
        )
