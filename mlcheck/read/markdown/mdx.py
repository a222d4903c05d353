"""MDX: Markdown with the tags, imports and expressions of JavaScript in it, which are no words.

They are blanked out, character by character, and what is left is Markdown that stands where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mlcheck.data import Span

__all__ = ["blanked", "mdx_comments", "scripts"]

_MODULE = re.compile(
    r"^(?:import|export)\b(?=[ \t{*\"'])[^\r\n]*(?:(?:\r\n?|\n)(?=[^\r\n])[^\r\n]*)*", re.MULTILINE
)
_FENCE = re.compile(r"^[ \t>]*(?P<mark>`{3,}|~{3,})[^\r\n]*", re.MULTILINE)
_TICKS = re.compile(r"`+")
_SIGN = re.compile(r"[`{<\\]|^[ \t>]*~{3,}[^\r\n]*|^(?:import|export)\b", re.MULTILINE)
_TAG_START = re.compile(r"</?(?:[A-Za-z][\w.:-]*+(?=[\s/>])|(?=>))")
_COMMENT = "<!--"
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_INSIDE = re.compile(r"[\"'{}`>]")
_LONGEST = 20_000
"""Characters of a tag or an expression. One that does not end after so many is text."""
_NOT_NEWLINE = re.compile(r"[^\r\n]")
_WORD_JOINER = "\u2060"
_EXPRESSION_COMMENT = re.compile(r"\{\s*/\*(?:(?!\*/).)*\*/\s*\}", re.DOTALL)
_ALONE = re.compile(r"[ \t]*(?=[\r\n]|\Z)")


def scripts(text: str) -> list[Span]:
    """Where a text has tags, imports and expressions, in order. Those in code are code."""
    return [span for span in _scripts(text) if span.start < span.end]


def mdx_comments(text: str) -> list[Span]:
    """Where a text has comments of its own kind, `{/* … */}`, in order, braces included."""
    return [span for span in scripts(text) if _EXPRESSION_COMMENT.fullmatch(text, *span)]


def blanked(text: str, spans: Sequence[Span]) -> str:
    """The text, as long as before, with nothing to be seen in these places. Inside a line of words it is
    filled with what is no space, so that no word is parted from its comma."""
    parts: list[str] = []
    at, bare = 0, True
    for start, end in spans:
        before = text[at:start]
        line = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
        bare = (bare or len(line) < len(before)) and not line.strip(" \t>")
        fill = " " if bare or _ALONE.match(text, end) else _WORD_JOINER
        parts += (before, _NOT_NEWLINE.sub(fill, text[start:end]))
        at = end
    return "".join([*parts, text[at:]])


def _scripts(text: str) -> Iterator[Span]:
    at = 0
    failed = -1
    while found := _SIGN.search(text, at):
        start, sign = found.start(), found[0].lstrip(" \t>")[:1]
        end = None
        if sign == "\\":
            at = start + 2
        elif sign in "`~":
            at = _behind_code(text, found)
        elif sign in "ie":
            module = _MODULE.match(text, start)
            at = module.end() if module else found.end()
            if module and _opens_block(text, start):
                yield Span(start, at)
        elif start < failed:
            at = start + 1  # inside what was seen to have no end
        else:
            end = _tag_end(text, start) if sign == "<" else _brace_end(text, start)
            at = start + 1 if end is None else end
            if end is not None:
                yield Span(start, end)
            elif sign == "{" or _TAG_START.match(text, start):
                failed = start + _LONGEST // 2


def _opens_block(text: str, start: int) -> bool:
    before = text[max(0, start - 200) : start].replace("\r\n", "\n").rstrip(" \t")
    if not before or before.endswith(("\n\n", "---\n")):
        return True
    return re.search(r"(?:^|\n)(?:import|export)\b[^\n]*\n\Z", before) is not None


def _behind_code(text: str, found: re.Match[str]) -> int:
    """Behind a code span or a fenced block; behind its mark where it has no end."""
    line = text.rfind("\n", 0, found.end()) + 1
    fence = _FENCE.match(text, line)
    if fence and fence.end() > found.start() and not text[line : found.start()].strip(" \t>"):
        close = re.compile(rf"^[ \t>]*{fence['mark'][0]}{{{len(fence['mark'])},}}[ \t]*$", re.MULTILINE)
        closing = close.search(text, fence.end())
        return closing.end() if closing else len(text)
    ticks = _TICKS.match(text, found.start())
    if ticks is None:
        return found.end()
    limit = min(len(text), ticks.end() + _LONGEST)
    end = next((t for t in _TICKS.finditer(text, ticks.end(), limit) if len(t[0]) == len(ticks[0])), None)
    return end.end() if end else ticks.end()


def _tag_end(text: str, start: int) -> int | None:
    if text.startswith(_COMMENT, start):
        return None  # Markdown's own
    name = _TAG_START.match(text, start)
    if name is None:
        return None
    at, limit = name.end(), min(len(text), start + _LONGEST)
    while found := _INSIDE.search(text, at, limit):
        if found[0] == ">":
            return found.end()
        if found[0] == "{":
            end = _brace_end(text, found.start())
        else:
            quoted = _QUOTED.match(text, found.start(), limit)
            end = quoted.end() if quoted else None
        if end is None:
            return None
        at = end
    return None


def _brace_end(text: str, start: int) -> int | None:
    depth, at, limit = 0, start, min(len(text), start + _LONGEST)
    while found := _INSIDE.search(text, at, limit):
        at = found.end()
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
            if depth == 0:
                return at
        elif found[0] in "\"'" and depth:
            quoted = _QUOTED.match(text, found.start(), limit)
            # An apostrophe in a comment is no quotation.
            at = quoted.end() if quoted and "\n" not in quoted[0] else at
    return None
