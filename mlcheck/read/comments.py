"""The comments of a text: what its author says to tools and other authors, and no reader sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Final, NamedTuple, cast

from mlcheck.data import RawText, Span
from mlcheck.read.markdown import markdown_comments, mdx_comments

__all__ = ["Comment", "comments"]

_OPENS, _CLOSES = "<!--", "-->"
_BLANKED = " \t\u2060"
"""What the reader of MDX puts where no words are."""


class Comment(NamedTuple):
    """A comment. `span` and `at` count the characters of the file."""

    words: str
    """What it says, without its marks, on one line."""
    span: Span
    """Where it stands, with its marks."""
    at: int
    """The place that says which paragraph it belongs to: inside that, or before it."""


_READERS: Final[Mapping[str, str]] = {
    "html": "html:html_comments",
    "rst": "rst:rst_comments",
    "adoc": "asciidoc:asciidoc_comments",
}
"""By format, the function that finds comments: of a file's text, each with the place that it belongs to."""

Found = tuple[Span, int]


def comments(raw: RawText) -> tuple[Comment, ...]:
    """The comments of a text, in order; those of Markdown, MDX, HTML, reStructuredText and AsciiDoc."""
    text = raw.text if raw.origin is None else raw.origin.text
    if raw.markdown:
        return tuple(_markdown(raw, text))
    if raw.format not in _READERS or raw.origin is None:
        return ()
    room, _, name = _READERS[raw.format].partition(":")
    find = cast(Callable[[str], Iterator[Found]], getattr(import_module(f"mlcheck.read.{room}"), name))
    return tuple(Comment(_words(text, span), span, at) for span, at in find(text))


def _markdown(raw: RawText, text: str) -> Iterator[Comment]:
    # Of MDX the words, in which tags and expressions are blanked, stand where they stand in the file.
    spans = list(markdown_comments(raw.text)) if _OPENS in raw.text else []
    if raw.format == "mdx":
        spans = sorted([*spans, *mdx_comments(text)])
    for span in spans:
        yield Comment(_words(text, span), span, _behind_words(raw.text, span.start))


def _behind_words(text: str, at: int) -> int:
    """The last character that is seen before a place on its line; the place itself where there is none. An
    expression at the end of a paragraph of MDX is blank there, and so behind it."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    before = text[start:at].rstrip(_BLANKED)
    return start + len(before) - 1 if before else at


def _words(text: str, span: Span) -> str:
    r"""What a comment says. One of HTML that is not closed says nothing: it goes to the end of the page.

    >>> _words("<!-- a\n b -->", Span(0, 13)), _words("{/* a */}", Span(0, 9)), _words(".. a", Span(0, 4))
    ('a b', 'a', 'a')
    """
    whole = text[span.start : span.end]
    if whole.startswith(_OPENS):
        inside = whole.removeprefix(_OPENS).removesuffix(_CLOSES) if whole.endswith(_CLOSES) else ""
    elif whole.startswith("{"):
        inside = whole[1:-1].strip().removeprefix("/*").removesuffix("*/")
    else:
        inside = whole[2:]
    return " ".join(inside.split())
