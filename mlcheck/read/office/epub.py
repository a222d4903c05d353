"""EPUB books: the chapters in the order of the spine."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from mlcheck.errors import InputError
from mlcheck.read.archive import Archive
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.office.flow import Flow
from mlcheck.read.office.xhtml import put_xhtml
from mlcheck.read.xml import Element, elements

__all__ = ["read_epub"]

_TITLE = "an EPUB book"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", ""})
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_MOST_CHAPTERS = 2000


def read_epub(data: bytes, shown: str, options: ReadOptions) -> Extract:
    """An EPUB book. Raises `InputError` for what is damaged, protected or none."""
    return _Book(data, shown).read()


class _Book:
    def __init__(self, data: bytes, shown: str) -> None:
        self._shown = shown
        self._archive = Archive(data, shown, _TITLE)
        container = self._xml("META-INF/container.xml")
        roots = (root.attributes.get("full-path", "") for root in container.every("rootfile"))
        self._path = next((path for path in roots if path), "")
        self._package = self._xml(self._path)

    def read(self) -> Extract:
        flow = Flow()
        spine = self._package.find("spine")
        items = {
            item.attributes.get("id", ""): item
            for item in self._package.every("item")
            if "href" in item.attributes
        }
        order = list(spine.elements("itemref")) if spine is not None else []
        if not order or len(order) > _MOST_CHAPTERS:
            raise InputError(f"{self._shown}: {_TITLE} with {len(order):,} chapters; is it the right file?")
        if len({reference.attributes.get("idref", "") for reference in order}) < len(order):
            raise InputError(f"{self._shown}: {_TITLE} whose order names a chapter twice; is it damaged?")
        protected = self._protected()
        for reference in order:
            item = items.get(reference.attributes.get("idref", ""))
            if item is None:
                raise InputError(f"{self._shown}: {_TITLE} whose order names a chapter that is not there")
            self._chapter(flow, item, protected)
        return flow.finish(self._language())

    def _chapter(self, flow: Flow, item: Element, protected: frozenset[str]) -> None:
        href = item.attributes["href"]
        if _ELSEWHERE.match(href):
            flow.skip(f"{href[:100]}: stands elsewhere, and is not fetched")
            return
        if item.attributes.get("media-type", "") not in _PAGES:
            flow.skip(f"{href[:100]}: no page of text")
            return
        path = posixpath.normpath(
            posixpath.join(posixpath.dirname(self._path), unquote(href.partition("#")[0]))
        )
        if path in protected:
            raise InputError(f"{self._shown}: {_TITLE} with copy protection; its text cannot be read")
        properties = item.attributes.get("properties", "").split()
        flow.turn(path)
        put_xhtml(
            flow, self._archive.need(path), f"{self._shown}: {path[:200]}", furniture="nav" in properties
        )
        flow.end_part()

    def _xml(self, name: str) -> Element:
        return elements(self._archive.need(name), self._shown, _TITLE)

    def _protected(self) -> frozenset[str]:
        """The parts that are encrypted; fonts often are, and are not needed."""
        if "META-INF/encryption.xml" not in self._archive.names:
            return frozenset()
        references = self._xml("META-INF/encryption.xml").every("CipherReference")
        return frozenset(posixpath.normpath(unquote(r.attributes.get("URI", ""))) for r in references)

    def _language(self) -> str | None:
        found = next(self._package.every("language"), None)
        return found.content.strip() if found is not None else None
