"""What a page says of its article for search engines: schema.org's JSON-LD, in a script of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read.extract import Piece
from mlcheck.read.html.tree import Node, Words
from mlcheck.read.json_text import Node as Value
from mlcheck.read.json_text import parse_json
from mlcheck.read.markup import Part, string_parts
from mlcheck.read.news.jsonld import articles, first, language_of

__all__ = ["Linked", "linked_article"]

_TYPE = "application/ld+json"


@dataclass(frozen=True, slots=True)
class Linked:
    """An article as JSON-LD has it; `start` is where its script's words begin on the page."""

    article: Value
    start: int

    @property
    def language(self) -> str:
        """The language that it names; "" without one."""
        return language_of(self.article) or ""

    @property
    def issued(self) -> str:
        """When it says that it was published; "" where it does not."""
        return self.article.string("datePublished")

    @property
    def headline(self) -> list[Piece]:
        """Its headline, with its place on the page."""
        return self._pieces("headline")

    @property
    def body(self) -> list[Part]:
        """The paragraphs of its whole text, with their places on the page. A description is a summary, and
        not taken for it."""
        return string_parts(self._pieces("articleBody"))

    def _pieces(self, name: str) -> list[Piece]:
        value = first(self.article, name)
        return [self._moved(piece) for piece in value.pieces] if value is not None else []

    def _moved(self, piece: Piece) -> Piece:
        assert piece.place is not None
        return Piece(piece.text, Span(piece.place.start + self.start, piece.place.end + self.start))


def linked_article(text: str, root: Node) -> Linked | None:
    """The article of a page; None where there is none, or several, of which none is the page's own."""
    found = [
        Linked(article, words.place.start)
        for words in _scripts(root)
        for article in _articles(text[words.place.start : words.place.end])
    ]
    return found[0] if len(found) == 1 else None


def _scripts(root: Node) -> Iterator[Words]:
    for node in root.every():
        if node.name == "script" and node.get("type").partition(";")[0].strip().lower() == _TYPE:
            yield from (child for child in node.children if isinstance(child, Words))


def _articles(script: str) -> list[Value]:
    with suppress(InputError):  # a page is read whatever else stands in it
        return list(articles(parse_json(script, "")))
    return []
