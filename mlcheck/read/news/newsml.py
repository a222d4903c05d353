"""NewsML-G2, and of NewsML 1 what is alike: items of IPTC's exchange format, with their text inside."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.data import Item, Role
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Extraction
from mlcheck.read.formats import ReadOptions
from mlcheck.read.markup import Part, element_parts, string_parts
from mlcheck.read.news.nitf import nitf_parts
from mlcheck.read.news.story import Story, finished, language_tag, own_pieces, status_of
from mlcheck.read.xml import Element, parse_xml

__all__ = ["read_newsml"]

_TITLE = "NewsML"
_ITEMS = ("newsItem", "NewsItem")
_NOT_CAPTIONS = ("summary", "abstract", "drol:summary", "drol:abstract")
_LINES: tuple[tuple[tuple[str, ...], Role], ...] = (
    (("by", "ByLine"), "byline"),
    (("dateline", "DateLine"), "dateline"),
)


def read_newsml(text: str, shown: str, options: ReadOptions) -> Extract:
    """The items of a NewsML file: a text with its pictures, or a message of several. Raises `InputError`
    where it is no XML, or has no text."""
    root = parse_xml(text, shown, _TITLE)
    items = [root] if root.name in _ITEMS else list(root.every(*_ITEMS))
    if not items:
        raise InputError(f"{shown}: {_TITLE} without a news item; packages and lists of terms are not read")
    texts = [item for item in items if any(True for _ in _contents(item))] or items[:1]
    extraction = Extraction(file_text=text, language=_language(texts))
    story = Story(extraction, several=len(texts) > 1)
    # By identity: elements are equal where all that is in them is.
    having = set(map(id, texts))
    for item in items:
        if id(item) in having:
            story.says(_says(item))
            _item(story, item)
        else:
            _captions(story, item)
    return finished(extraction, shown, _TITLE)


def _contents(item: Element) -> Iterator[Element]:
    """What holds the text of an item itself."""
    yield from (element for element in item.every("inlineXML", "inlineData", "DataContent"))


def _language(items: list[Element]) -> str | None:
    found = set()
    for item in items:
        said = next((e for e in item.every("language", "Language") if _tag(e)), None)
        found.add(_tag(said) if said is not None else language_tag(item.attributes.get("lang", "")))
    return found.pop() if len(found) == 1 else None


def _tag(element: Element) -> str | None:
    return language_tag(element.attributes.get("tag") or element.attributes.get("FormalName") or "")


def _says(item: Element) -> Item:
    def text(*names: str) -> str:
        return next((e.content.strip() for e in item.every(*names)), "")

    status = next(item.every("pubStatus", "Status"), None)
    named = status.attributes if status is not None else {}
    return Item(
        version=item.attributes.get("version", "") or text("RevisionId"),
        status=status_of(named.get("qcode") or named.get("uri") or named.get("FormalName") or ""),
        embargo=text("embargoed"),
        issued=text("versionCreated", "ThisRevisionCreated") or text("firstCreated", "FirstCreated"),
    )


def _item(story: Story, item: Element) -> None:
    about = item.find("contentMeta") or item
    for line in item.every("slugline", "edNote", "SlugLine"):
        story.line(own_pieces(line), "furniture")
    inside = [part for content in _contents(item) for part in _parts(content)]
    if not any(part.role == "headline" for part in inside):
        headlines = list(about.every("headline", "HeadLine"))
        story.headline(own_pieces(headlines[0] if headlines else next(item.every("title"), None)))
        if len(headlines) > 1:
            story.extraction.skip(f"{len(headlines) - 1} more headlines of other lengths")
    said = {part.role for part in inside}
    for names, role in _LINES:
        element = next(about.every(*names), None)
        if element is not None and role not in said:
            story.line(own_pieces(element), role)
    if not inside:
        _captions(story, item)
    story.body(inside)
    for element in item.every("copyrightNotice", "usageTerms"):
        story.line(own_pieces(element), "furniture")


def _parts(content: Element) -> list[Part]:
    """The paragraphs of a content: NITF, XHTML, or a string of text or markup."""
    if not any(True for _ in content.elements()):
        return string_parts(own_pieces(content))
    root = next((e for e in content.every("nitf")), None)
    if root is None:
        body = next((e for e in content.every("body")), content)
        return element_parts(body)
    return nitf_parts(root)


def _captions(story: Story, item: Element) -> None:
    """Of an item without text: what its picture shows."""
    for element in item.every("description"):
        if element.attributes.get("role", "").lower() not in _NOT_CAPTIONS:
            story.line(own_pieces(element), "caption")
