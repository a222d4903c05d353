"""What the styles of a Word document say of its paragraphs: headings, lists, hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mlcheck.read.xml import Element

__all__ = ["Style", "Styles", "flag", "value"]

_DEEPEST = 12
"""Styles that a style is based on, one on the other. Word itself allows eleven."""
_HEADING = re.compile(r"heading (\d)")
_CONTENTS = re.compile(r"(?:toc \d|toc heading|table of figures)")
_LISTS = re.compile(r"list(?: (?:bullet|number|continue))?(?: \d)?|list paragraph")
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


@dataclass(frozen=True, slots=True)
class _Own:
    """What a style says itself; None is what it leaves to the one that it is based on."""

    title: str
    based_on: str | None
    level: int | None
    is_list: bool
    is_hidden: bool | None


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
        self._own: dict[str, _Own] = {}
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
        chain: list[_Own] = []
        at: str | None = name
        while at is not None and at in self._elements and len(chain) < _DEEPEST:
            if at not in self._own:
                self._own[at] = self._read(self._elements[at])
            chain.append(self._own[at])
            at = self._own[at].based_on
        level = next((own.level for own in chain if own.level is not None), None)
        hidden = next((own.is_hidden for own in chain if own.is_hidden is not None), False)
        titles = [own.title for own in chain]
        level = level if level is None or level <= _NO_HEADING else None
        return Style(
            level,
            level is None and any(own.is_list for own in chain),
            any(_CONTENTS.fullmatch(title) for title in titles),
            "caption" in titles,
            hidden,
        )

    def _read(self, style: Element) -> _Own:
        title = (value(style.find("name")) or "").lower()
        return _Own(
            title,
            value(style.find("basedOn")),
            self._level(title, style.find("pPr")),
            bool(_LISTS.fullmatch(title)) or style.find("pPr", "numPr") is not None,
            flag(style.find("rPr"), "vanish"),
        )

    @staticmethod
    def _level(title: str, properties: Element | None) -> int | None:
        """The level that a style sets, from 1; more than nine says that it is no heading."""
        if title == "title":
            return 1
        heading = _HEADING.fullmatch(title)
        outline = value(properties.find("outlineLvl")) if properties is not None else None
        if outline is not None and outline.isdecimal():
            return min(int(outline[:2]), _NO_HEADING) + 1
        return int(heading[1]) if heading else None
