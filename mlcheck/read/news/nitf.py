"""NITF, IPTC's news industry text format: one item, in XML."""

from __future__ import annotations

from mlcheck.data import Item
from mlcheck.read.extract import Extract, Extraction, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.markup import Part, element_parts
from mlcheck.read.news.story import Story, finished, language_tag, own_pieces, status_of
from mlcheck.read.xml import Element, parse_xml

__all__ = ["nitf_item", "nitf_parts", "read_nitf"]

_TITLE = "NITF"


def read_nitf(text: str, shown: str, options: ReadOptions) -> Extract:
    """An NITF item. Raises `InputError` where it is no XML, or has no text."""
    root = parse_xml(text, shown, _TITLE)
    extraction = Extraction(file_text=text, language=language_tag(root.attributes.get("lang", "")))
    story = Story(extraction)
    story.says(nitf_item(root))
    for element in root.every("ed-msg"):
        story.line([Piece(element.attributes.get("info", "").strip(), element.place)], "furniture")
    story.body(nitf_parts(root))
    return finished(extraction, shown, _TITLE)


def nitf_parts(root: Element) -> list[Part]:
    """The head and the body of an NITF document, in their order."""
    body = next(root.every("body"), None)
    parts = element_parts(body or root)
    title = own_pieces(root.find("head", "title"))
    if title and not any(part.role == "headline" for part in parts):
        # Some desks have it in the title alone.
        parts.insert(0, Part(title, "heading", "headline"))
    return parts


def nitf_item(root: Element) -> Item:
    """What an NITF document says of itself."""
    data = next(root.every("docdata"), None)
    if data is None:
        return Item()

    def norm(name: str) -> str:
        return next((e.attributes.get("norm", "").strip() for e in data.every(name)), "")

    key = next(data.every("du-key"), None)
    release, issued = norm("date.release"), norm("date.issue")
    status = status_of(data.attributes.get("management-status", ""))
    held = data.attributes.get("management-status", "").strip().lower() in ("embargoed", "withheld")
    return Item(
        version=key.attributes.get("version", "").strip() if key is not None else "",
        status=status,
        # A release that is no later than the issue is no embargo: many systems fill in both.
        embargo=release if held or release > issued > "" else "",
        issued=issued,
    )
