"""What of a page is its text, and what stands around it on every page of the site.

Only the page's own word counts: its elements, roles and classes, which are the same in all its versions, and
which lists are nothing but links. A guess by how a text reads would fall out one way in one version and
another way in the other, and what is left out on one side alone is called missing.
"""

from __future__ import annotations

import re

from mlcheck.read.html.names import HEADINGS
from mlcheck.read.html.tree import Node

__all__ = ["LINKED", "headline_of", "is_byline", "is_furniture", "main_part", "only_links"]

LINKED = 0.9
"""Of the letters of a list in links, the share from which it is a menu. In the manuals of Debian in six
languages, lists of links have more than .95, and lists of anything else hardly ever more than .7."""
_FEWEST_LINKS = 3
"""Links of a menu. Of two, each may be a reading tip that both versions have to have."""
_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "menu",
        "menubar",
        "toolbar",
        "dialog",
        "alertdialog",
        "tablist",
        "doc-toc",
        "doc-index",
        "doc-pagelist",
        "doc-backlink",
    ]
)
_PARTS = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "navheader",
        "navfooter",
        "navi",
        "menu",
        "submenu",
        "breadcrumb",
        "breadcrumbs",
        "crumbs",
        "sidebar",
        "sidenav",
        "share",
        "sharing",
        "sharebar",
        "social",
        "addthis",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "newsletter",
        "subscribe",
        "subscription",
        "promo",
        "advert",
        "advertisement",
        "ads",
        "sponsored",
        "pagination",
        "pager",
        "paginator",
        "prevnext",
        "toc",
        "tableofcontents",
        "related",
        "recommended",
        "recommendations",
        "readmore",
        "skip",
        "skiplink",
        "comments",
        "disqus",
        "popup",
        "modal",
        "overlay",
        "masthead",
        "footer",
        "toolbar",
        "sphinxsidebar",
        "headerlink",
        "permalink",
        "noprint",
        "editsection",
        "catlinks",
        "printfooter",
    ]
)
_NOT = frozenset(
    [
        "no",
        "not",
        "has",
        "with",
        "without",
        "is",
        "hide",
        "show",
        "below",
        "above",
        "after",
        "before",
        "use",
        "non",
    ]
)
"""`has-sidebar` says something of what stands beside the sidebar."""
_WHOLE = frozenset(("", "html", "body", "main", "article", "h1"))
_NOTES = re.compile(r"note|tip|warn|caution|danger|important|admonition|callout|info|quote|hint|alert")
_BYLINE = frozenset(
    ("byline", "author", "authors", "article-author", "post-author", "entry-author", "c-byline")
)
_BYLINE_LETTERS = 200
"""A box about the author is longer."""
_MOST_PARTS = 4
"""Parts of the name of a class. Generated ones have more, and say less."""
_SPLIT = re.compile(r"[\s_-]+")


def main_part(root: Node) -> Node | None:
    """The element that holds the page's own text, where the page says so: `main`, else its only `article`,
    or the body of one; None where it does not."""
    found: dict[str, list[Node]] = {"main": [], "article": [], "body": []}
    for node in root.every():
        if not node.letters or node.is_hidden:
            continue
        role, item = node.get("role"), node.get("itemprop")
        if node.name == "main" or role == "main":
            found["main"].append(node)
        elif node.name == "article" or role == "article":
            found["article"].append(node)
        elif "articleBody" in item.split():
            found["body"].append(node)
    for some in found.values():
        # One inside another is a comment on it, or a teaser in it; several beside each other are a list.
        outer: list[Node] = []
        for node in some:
            if not outer or node.start >= outer[-1].end:
                outer.append(node)
        if len(outer) == 1:
            return outer[0]
    return None


def headline_of(root: Node, main: Node | None) -> Node | None:
    """The first `h1` of the main part; else the page's, unless it is the link that a site's name is."""
    found = [node for node in root.every() if node.name == "h1" and node.letters and not node.is_hidden]
    inside = [node for node in found if main is not None and _holds(main, node)]
    free = [node for node in found if node.linked < node.letters or not node.links]
    return next(iter(inside or free), None)


def is_furniture(node: Node, main: Node | None, headline: Node | None, page: Node) -> bool:
    """Does an element of a page say that it stands around the text? It does not if it holds the main part."""
    if node.name in _WHOLE or (main is not None and _holds(node, main)):
        return False
    if node.name == "nav" or node.get("role") in _ROLES or node.name in ("dialog", "search", "button"):
        return True
    if node.name == "aside":
        return not _NOTES.search(node.get("class").lower()) and not node.get("role").startswith("doc-")
    if node.name in ("header", "footer"):
        return _is_edge(node)
    if node.name in HEADINGS or not node.classes or (headline is not None and _holds(node, headline)):
        return False
    words, most = node.letters - node.linked, page.letters - page.linked
    # `page-with-sidebar`, but not the foot of a page that has little else.
    if 2 * words > most and 2 * node.letters > page.letters and _has_prose(node):
        return False
    return any(_names_furniture(name) for name in node.classes)


def only_links(node: Node) -> bool:
    """Is a list nothing but links, as menus and tables of contents are?"""
    return node.links >= _FEWEST_LINKS and node.linked >= LINKED * node.letters


def is_byline(node: Node) -> bool:
    """Does an element say that it names who wrote the text?"""
    said = node.get("rel") == "author" or "author" in node.get("itemprop").split()
    return (said or bool(node.classes & _BYLINE)) and node.letters <= _BYLINE_LETTERS


def _holds(outer: Node, inner: Node) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _is_edge(node: Node) -> bool:
    """Is a header or footer the page's own, or the foot of an article, which has its tags and buttons? The
    head of an article is its headline, and the foot of a quotation its source."""
    above = node.parent
    while above is not None:
        if above.name in ("blockquote", "figure", "table"):
            return False
        if above.name in ("main", "article", "section") and node.name == "header":
            return False
        above = above.parent
    return True


def _has_prose(node: Node) -> bool:
    return any(inner.name == "p" or inner.name in HEADINGS for inner in node.every())


def _names_furniture(name: str) -> bool:
    parts = _SPLIT.split(name)
    if parts[0] in _NOT or len(parts) > _MOST_PARTS:
        return False
    return parts[0] in _PARTS or parts[-1] in _PARTS or "".join(parts) in _PARTS
