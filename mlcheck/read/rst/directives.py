"""What the directives of reStructuredText and Sphinx hold, by their names. One that is unknown holds text."""

from __future__ import annotations

__all__ = ["CODE", "HEADINGS", "PICTURES", "TABLES", "TITLED", "UNREAD"]

CODE = frozenset(
    [
        "code",
        "code-block",
        "sourcecode",
        "literalinclude",
        "highlight",
        "math",
        "raw",
        "parsed-literal",
        "doctest",
        "testcode",
        "testoutput",
        "testsetup",
        "testcleanup",
        "productionlist",
        "graphviz",
        "digraph",
        "graph",
        "mermaid",
        "uml",
        "plantuml",
        "prompt",
        "console",
        "ipython",
        "code-cell",
        "plot",
        "command-output",
        "program-output",
        "jupyter-execute",
    ]
)
UNREAD = frozenset(
    [
        "toctree",
        "contents",
        "include",
        "index",
        "meta",
        "role",
        "default-role",
        "currentmodule",
        "module",
        "py:module",
        "py:currentmodule",
        "sectnum",
        "section-numbering",
        "header",
        "footer",
        "target-notes",
        "tags",
        "highlightlang",
        "bibliography",
        "sectionauthor",
        "codeauthor",
        "tabularcolumns",
        "cssclass",
        "class",
        "automodule",
        "autoclass",
        "autofunction",
        "automethod",
        "autosummary",
        "autoattribute",
        "autodata",
        "autoexception",
        "click",
        "program",
    ]
)
PICTURES = frozenset(("image", "figure"))
TABLES = frozenset(("table", "csv-table", "list-table"))
HEADINGS = frozenset(("rubric", "centered"))
TITLED = frozenset(
    [
        "admonition",
        "topic",
        "sidebar",
        "tab",
        "tab-item",
        "dropdown",
        "card",
        "grid-item-card",
        "attention",
        "caution",
        "danger",
        "error",
        "hint",
        "important",
        "note",
        "tip",
        "warning",
        "seealso",
        "todo",
        "versionadded",
        "versionchanged",
        "deprecated",
        "versionremoved",
        "replace",
        "epigraph",
        "highlights",
        "pull-quote",
        "title",
    ]
)
"""What follows their names is text."""
