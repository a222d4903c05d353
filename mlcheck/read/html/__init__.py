"""HTML: the words of a page, each with its place in the file."""

from __future__ import annotations

import re

from mlcheck.data import Item
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Extraction
from mlcheck.read.formats import ReadOptions
from mlcheck.read.html.comments import html_comments
from mlcheck.read.html.tree import Node, build
from mlcheck.read.html.walk import Walk

__all__ = ["html_comments", "read_html"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ARCHIVE = re.compile(r"(?:From|Snapshot-Content-Location|MIME-Version|Subject): ")
_ISSUED = ("article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dcterms.issued")


def read_html(text: str, shown: str, options: ReadOptions) -> Extract:
    """A page: its main text, headline, byline, captions, quotes, lists, tables and code; what stands around
    the text is furniture, unless `options.whole`. Raises `InputError` for an archive of a page, and for one
    of too many elements."""
    if _ARCHIVE.match(text) and "multipart/related" in text[:5000]:
        raise InputError(f"{shown}: a page saved with its pictures (MHTML); save it as HTML only")
    root = build(text, shown)
    extraction = Extraction(file_text=text)
    Walk(text, root, extraction, whole=options.whole).run()
    extraction.language, issued = _told(root)
    if issued:
        extraction.item = Item(issued=issued)
    return extraction.finish()


def _told(root: Node) -> tuple[str | None, str]:
    """The language that a page declares, and when it says that it was published."""
    language, issued = "", ""
    for node in root.every():
        if node.name in ("html", "body") and not language:
            language = (node.get("lang") or node.get("xml:lang")).strip().replace("_", "-")
        elif node.name == "meta" and not issued:
            name = (node.get("property") or node.get("name") or node.get("itemprop")).strip().lower()
            issued = node.get("content").strip() if name in _ISSUED else ""
        elif node.name == "time" and not issued and "datePublished" in node.get("itemprop").split():
            issued = node.get("datetime").strip()
    return (language if _LANGUAGE.fullmatch(language) else None), issued[:40]
