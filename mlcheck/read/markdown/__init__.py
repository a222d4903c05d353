"""Markdown: the blocks of a text, and its comments."""

from __future__ import annotations

from mlcheck.read.markdown.blocks import markdown_blocks
from mlcheck.read.markdown.comments import markdown_comments

__all__ = ["markdown_blocks", "markdown_comments"]
