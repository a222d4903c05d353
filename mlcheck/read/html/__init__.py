"""HTML: the words of a page, each with its place in the file."""

from __future__ import annotations

import re

from mlcheck.data import Item
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Extraction
from mlcheck.read.formats import ReadOptions
from mlcheck.read.html.comments import html_comments
from mlcheck.read.html.linked import Linked, linked_article
from mlcheck.read.html.tree import Node, build
from mlcheck.read.html.walk import Walk
from mlcheck.read.markup import add_parts

__all__ = ["html_comments", "read_html"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ARCHIVE = re.compile(r"(?:From|Snapshot-Content-Location|MIME-Version|Subject): ")
_ISSUED = ("article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dcterms.issued")


def read_html(text: str, shown: str, options: ReadOptions) -> Extract:
    """A page: its main text, headline, byline, captions, quotes, lists, tables and code; what stands around
    the text is furniture, unless `options.whole`. What it says of its article for search engines (JSON-LD)
    stands in for what it lacks. Raises `InputError` for an archive of a page, and for one of too many
    elements."""
    if _ARCHIVE.match(text) and "multipart/related" in text[:5000]:
        raise InputError(f"{shown}: a page saved with its pictures (MHTML); save it as HTML only")
    root = build(text, shown)
    extraction = Extraction(file_text=text)
    walk = Walk(text, root, extraction, whole=options.whole)
    linked = linked_article(text, root)
    if linked is not None and not walk.shows(linked.headline):
        extraction.add(linked.headline, "heading", role="headline")
    walk.run()
    if linked is not None and not walk.has_body:
        add_parts(extraction, linked.body)
    extraction.language, issued = _told(root, linked)
    if issued:
        extraction.item = Item(issued=issued)
    return extraction.finish()


def _told(root: Node, linked: Linked | None) -> tuple[str | None, str]:
    """The language that a page declares, and when it says that it was published; what it does not say for
    browsers, it may say in JSON-LD."""
    language, issued = "", ""
    for node in root.every():
        if node.name in ("html", "body") and not language:
            language = (node.get("lang") or node.get("xml:lang")).strip().replace("_", "-")
        elif node.name == "meta" and not issued:
            name = (node.get("property") or node.get("name") or node.get("itemprop")).strip().lower()
            issued = node.get("content").strip() if name in _ISSUED else ""
        elif node.name == "time" and not issued and "datePublished" in node.get("itemprop").split():
            issued = node.get("datetime").strip()
    if linked is not None:
        language, issued = language or linked.language, issued or linked.issued
    return (language if _LANGUAGE.fullmatch(language) else None), issued[:40]
