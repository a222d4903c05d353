"""schema.org's NewsArticle and its like, in JSON-LD."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.data import Item, Role
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Extraction
from mlcheck.read.formats import ReadOptions
from mlcheck.read.json_text import Node, parse_json
from mlcheck.read.markup import string_parts
from mlcheck.read.news.story import Story, finished, language_tag, status_of

__all__ = ["articles", "first", "language_of", "read_jsonld"]

_TITLE = "JSON-LD"
_TYPES = ("article", "posting", "report")
"""What the type of a text ends in: NewsArticle, BlogPosting, Report."""


def read_jsonld(text: str, shown: str, options: ReadOptions) -> Extract:
    """The articles of a JSON-LD file. Raises `InputError` where it is no JSON, or has no article."""
    root = parse_json(text, shown, _TITLE)
    found = list(articles(root))
    if not found:
        raise InputError(f"{shown}: {_TITLE} without an article (schema.org's NewsArticle or the like)")
    extraction = Extraction(file_text=text)
    languages = {language_of(article) for article in found}
    extraction.language = languages.pop() if len(languages) == 1 else None
    story = Story(extraction, several=len(found) > 1)
    for article in found:
        _article(story, article)
    return finished(extraction, shown, _TITLE)


def articles(root: Node) -> Iterator[Node]:
    """The articles of a document, in its order."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.kind == "array":
            stack += reversed([value for _, value in node.items])
        elif _is_article(node):
            yield node
        elif node.kind == "object":
            stack += [
                value for name, value in reversed(node.items) if name in ("@graph", "mainEntity", "item")
            ]


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    return kinds is not None and any(kind.value.lower().endswith(_TYPES) for kind in kinds.each())


def language_of(article: Node) -> str | None:
    """The language that an article names, as BCP 47 has it; None without one."""
    said = article.get("inLanguage")
    if said is None:
        return None
    return language_tag(said.value or said.string("alternateName") or said.string("name"))


def _article(story: Story, article: Node) -> None:
    story.says(
        Item(
            version=article.string("version"),
            status=status_of(article.string("creativeWorkStatus")),
            issued=article.string("dateModified") or article.string("datePublished"),
        )
    )
    headline = first(article, "headline", "name")
    story.headline(headline.pieces if headline is not None else [])
    _lines(story, article.get("author"), "byline", "name")
    _lines(story, article.get("dateline"), "dateline", "name")
    _lines(story, article.get("image"), "caption", "caption")
    body = first(article, "articleBody", "text", "description")
    story.body(string_parts(body.pieces) if body is not None else [])
    correction = article.get("correction")
    for node in correction.each() if correction is not None else []:
        text = node if node.kind == "string" else node.get("text") or node.get("description")
        story.body(string_parts(text.pieces) if text is not None else [])


def first(node: Node, *names: str) -> Node | None:
    """The first of some properties that says anything."""
    return next(
        (value for name in names if (value := node.get(name)) is not None and value.value.strip()), None
    )


def _lines(story: Story, node: Node | None, role: Role, name: str) -> None:
    """A line for each of some values: strings, or objects that have one under `name`."""
    for value in node.each() if node is not None else []:
        # An image is often its address alone.
        text = value if value.kind == "string" and role != "caption" else value.get(name)
        if text is not None:
            story.line(text.pieces, role)
