"""What the styles of a Word document say of its paragraphs: headings, lists, hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mlcheck.read.xml import Element

__all__ = ["Style", "Styles", "flag", "value"]

_DEEPEST = 20
"""Styles that a style is based on, one on the other. Word itself allows eleven."""
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc \d|toc heading|table of figures)", re.IGNORECASE)
_LISTS = re.compile(r"list(?: (?:bullet|number|continue))?(?: \d)?|list paragraph", re.IGNORECASE)
_NO_HEADING = 9
"""The outline level of body text; headings have 0 to 8."""
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a style, or a paragraph's own properties, say: the level of a heading, from 1, or None."""

    level: int | None = None
    is_list: bool = False
    is_contents: bool = False
    is_caption: bool = False
    is_hidden: bool = False
    is_title: bool = False


def value(element: Element | None) -> str | None:
    """The `w:val` of a property; None without it."""
    return element.attributes.get("val") if element is not None else None


def flag(properties: Element | None, name: str) -> bool | None:
    """Is a property that is on or off on? None where it is not there."""
    found = properties.find(name) if properties is not None else None
    return None if found is None else (value(found) or "1").lower() not in _OFF


class Styles:
    """The styles of a document by their ids; `root` is None where it has none."""

    def __init__(self, root: Element | None) -> None:
        styles = root.elements("style") if root is not None else ()
        self._elements = {style.attributes.get("styleId", ""): style for style in styles}
        self._known: dict[str, Style] = {}
        default = root.find("docDefaults", "rPrDefault", "rPr", "lang") if root is not None else None
        self.language = value(default)

    def named(self, name: str | None) -> Style:
        """The style of an id, with what it takes from those that it is based on."""
        if name is None or name not in self._elements:
            return Style()
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str) -> Style:
        level: int | None = None
        told = False
        hidden: bool | None = None
        is_list = is_contents = is_caption = is_title = False
        at: str | None = name
        for _ in range(_DEEPEST):
            style = self._elements.get(at or "")
            if style is None:
                break
            title = value(style.find("name")) or ""
            own = self._level(title, style.find("pPr"))
            if own is not None and not told:
                level, told = own, True
            is_list = is_list or bool(_LISTS.fullmatch(title)) or style.find("pPr", "numPr") is not None
            is_contents = is_contents or bool(_CONTENTS.fullmatch(title))
            is_caption = is_caption or title.lower() == "caption"
            is_title = is_title or title.lower() == "title"
            if hidden is None:
                hidden = flag(style.find("rPr"), "vanish")
            at = value(style.find("basedOn"))
        level = level if level is None or level <= _NO_HEADING else None
        return Style(level, is_list and level is None, is_contents, is_caption, bool(hidden), is_title)

    @staticmethod
    def _level(title: str, properties: Element | None) -> int | None:
        """The level that a style sets, from 1; more than nine says that it is no heading."""
        if title.lower() == "title":
            return 1
        heading = _HEADING.fullmatch(title)
        outline = value(properties.find("outlineLvl")) if properties is not None else None
        if outline is not None and outline.isdecimal():
            return min(int(outline[:2]), _NO_HEADING) + 1
        return int(heading[1]) if heading else None
