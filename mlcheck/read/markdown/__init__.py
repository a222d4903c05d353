"""Markdown: the blocks of a text, and its comments."""

from __future__ import annotations

from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.markdown.blocks import markdown_blocks
from mlcheck.read.markdown.comments import markdown_comments

__all__ = ["markdown_blocks", "markdown_comments", "read_markdown"]


def read_markdown(text: str, shown: str, options: ReadOptions) -> Extract:
    """Markdown: its blocks, in the file's own text."""
    return Extract(text=text, blocks=markdown_blocks(text), markdown=True)
