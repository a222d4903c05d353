"""A Word document as a package: its parts, and which of them belong to the text."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from mlcheck.errors import InputError
from mlcheck.read.archive import Archive
from mlcheck.read.xml import Element, elements

__all__ = ["Package", "Relation"]

_USUAL = "word/document.xml"
_MOST_STYLES = 4_500
"""Word itself keeps some four thousand."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to. `kind` is the last word of its type; `target` a part, or an address where
    `is_outside`."""

    kind: str
    target: str
    is_outside: bool


class Package:
    """The parts of a document by their names. Raises `InputError`."""

    def __init__(self, data: bytes, shown: str, title: str) -> None:
        self.shown, self.title = shown, title
        self.archive = Archive(data, shown, title)
        relations = self.relations("")
        main = next((r.target for r in relations.values() if r.kind == "officeDocument"), _USUAL)
        self.main = main if main in self.archive.names else _USUAL

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by id; "" is the package itself."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for element in root.elements("Relationship") if root is not None else ():
            of = element.attributes
            outside = of.get("TargetMode") == "External"
            target = of.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[of.get("Id", "")] = Relation(of.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def part(self, name: str) -> Element | None:
        """The root of a part; None where there is none of that name."""
        data = self.archive.read(name)
        return elements(data, self.shown, self.title) if data is not None else None

    def styles(self, name: str) -> Element | None:
        """The root of the part with the styles. Raises `InputError` for more than any program writes."""
        data = self.archive.read(name)
        if data is not None and data.count(b"styleId=") > _MOST_STYLES:
            raise InputError(
                f"{self.shown}: {self.title} with more than {_MOST_STYLES:,} styles; it is not read"
            )
        return self.part(name)

    def body(self) -> Element:
        """The body of the text."""
        root = elements(self.archive.need(self.main), self.shown, self.title)
        body = root.find("body")
        if root.name != "document" or body is None:
            raise InputError(f"{self.shown}: {self.title} without a text in it; save it again")
        return body
