"""Calls of templates in a text, as sites that are built have them: Hugo's `{{< … >}}`, Liquid's and Jinja's
`{% … %}` and `{{ … }}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["CALL", "call_spans", "only_calls"]

CALL = r"(?:\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\})"
"""A call, on one line."""
_CALLS = re.compile(CALL)
_ONLY = re.compile(rf"\s*(?:{CALL}\s*)+")


def call_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the calls of a text stand, in order.

    >>> list(call_spans("By {{ page.author }}."))
    [(3, 20)]
    """
    if "{{" not in text and "{%" not in text:
        return
    for found in _CALLS.finditer(text):
        yield found.span()


def only_calls(text: str) -> bool:
    """Is a text nothing but calls?"""
    return _ONLY.fullmatch(text) is not None
