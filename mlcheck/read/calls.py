"""Calls of templates in a text, as sites that are built have them: Hugo's `{{< … >}}`, Liquid's and Jinja's
`{% … %}` and `{{ … }}`, tags of components (`<Figure … />`); and the texts that they hand over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mlcheck.data import Span

__all__ = ["CALL", "Handed", "call_spans", "handed_texts", "only_calls", "without_texts"]

CALL = r"(?:\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\})"
"""A call, on one line."""
_CALLS = re.compile(CALL)
_LONG_CALL = re.compile(r"\{\{[<%](?:(?!\{\{)[^>%]|[>%](?!\}\}))*+[>%]\}\}|" + CALL)
"""Those of Hugo may take several lines."""
_ONLY = re.compile(rf"\s*(?:(?:{_LONG_CALL.pattern})\s*)+")
_TAG = re.compile(
    r"""<[A-Za-z][\w.:-]*+(?:\s++(?:[\w:@.-]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|\{[^{}]*+\}|[^\s"'<>{}]++))?+"""
    r"""|\{[^{}]*+\}))*+\s*+/?>"""
)
_TEXT = re.compile(
    r"(?<![\w-])(?P<name>caption|alt|title|subtitle|description|summary|label)\s*[=:]\s*\\?"
    r"""(?:"(?P<double>[^"<>]*)"|'(?P<single>[^'<>]*)'|`(?P<raw>[^`]*)`)"""
)
_WORDS = re.compile(r"[^\W\d_]{2,}.*[^\w./\\:-].*\w|[\u2e80-\uffdc]{4}", re.DOTALL)
"""More than a word, which may be a key: a space, or letters of a script that has none."""
_NAMES = ("{{", "{%", "<")


class Handed(NamedTuple):
    """A text that is handed over to a call, and the call."""

    name: str
    place: Span
    call: Span


def call_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the calls of a text stand, in order; tags are none.

    >>> list(call_spans("By {{ page.author }}."))
    [(3, 20)]
    """
    if "{{" not in text and "{%" not in text:
        return
    for found in _LONG_CALL.finditer(text):
        yield found.span()


def only_calls(text: str) -> bool:
    """Is a text nothing but calls?"""
    return _ONLY.fullmatch(text) is not None


def handed_texts(
    text: str, start: int = 0, end: int | None = None, *, calls: Sequence[Span] = ()
) -> Iterator[Handed]:
    """The captions, titles and the like that calls and tags are given, in order; with `calls`, those of what
    stands there.

    >>> [handed.name for handed in handed_texts('{{< fig src="a.png" caption="A ferry at sea." >}}')]
    ['caption']
    """
    stop = len(text) if end is None else end
    if not any(text.find(sign, start, stop) >= 0 for sign in _NAMES):
        return
    found = [*_LONG_CALL.finditer(text, start, stop), *_TAG.finditer(text, start, stop)]
    until = start
    for call in calls or sorted(Span(*call.span()) for call in found):
        if call.start < until:
            continue
        until = call.end
        for given in _TEXT.finditer(text, *call):
            group = next(g for g in ("double", "single", "raw") if given[g] is not None)
            if _WORDS.search(given[group]) and not only_calls(given[group]):
                yield Handed(given["name"], Span(*given.span(group)), call)


def without_texts(call: str) -> str:
    """A call as it is written, but for the texts, which have to be translated."""
    return _TEXT.sub(lambda found: found["name"], call)
