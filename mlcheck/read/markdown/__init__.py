"""Markdown and MDX: the blocks of a text, its marks, and its comments."""

from __future__ import annotations

from dataclasses import replace

from mlcheck.data import Origin, Span
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.markdown.blocks import markdown_blocks
from mlcheck.read.markdown.comments import markdown_comments
from mlcheck.read.markdown.handed import with_handed
from mlcheck.read.markdown.marks import markdown_marks
from mlcheck.read.markdown.mdx import blanked, mdx_comments, scripts

__all__ = ["markdown_blocks", "markdown_comments", "mdx_comments", "read_markdown", "read_mdx"]


def read_markdown(text: str, shown: str, options: ReadOptions) -> Extract:
    """Markdown: its blocks, in the file's own text."""
    blocks = with_handed(text, markdown_blocks(text))
    return Extract(text=text, blocks=blocks, marks=markdown_marks(text, blocks), markdown=True)


def read_mdx(text: str, shown: str, options: ReadOptions) -> Extract:
    """MDX: as Markdown, without its imports, tags and expressions; the texts that tags are given are kept."""
    spans = scripts(text)
    words = blanked(text, spans)
    found = markdown_blocks(words, mdx=True)
    blocks = with_handed(text, found, calls=spans) if spans else found
    known = {block.span for block in found}
    kept = [block.span for block in blocks if block.span not in known]
    extract = Extract(
        text=_restored(words, text, kept),
        blocks=blocks,
        origin=Origin(text=text, starts=(0,), places=(Span(0, len(text)),)),
        markdown=True,
    )
    return replace(extract, marks=markdown_marks(extract.text, blocks))


def _restored(words: str, text: str, spans: list[Span]) -> str:
    """The words, with what the text has in these places."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (words[at:start], text[start:end])
        at = end
    return "".join([*parts, words[at:]])
