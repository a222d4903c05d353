"""Inline markup of reStructuredText."""

from __future__ import annotations

import re

from mlcheck.read.calls import CALL, without_texts
from mlcheck.read.inline import Inline

__all__ = ["INLINE", "read_inline"]

_OPEN = r"(?<![\w\\`*])"
_CLOSE = r"(?!\w)"
INLINE = re.compile(
    rf"""(?P<call>{CALL})
    |\\(?P<escaped>.)
    |{_OPEN}``(?P<code>(?!\s)(?:(?!``).)+?)``{_CLOSE}
    |{_OPEN}:(?P<role>[\w.+:-]{{1,60}}):`(?P<words>[^`]+)`
    |{_OPEN}`(?P<title>(?!\s)[^`<]*?)(?P<place>\s{{0,3}}<[^<>`]+>)?`(?P<tail>__?)?{_CLOSE}
    |{_OPEN}\*\*(?P<strong>(?![\s*])(?:(?!\*\*).)+?)(?<!\s)\*\*{_CLOSE}
    |{_OPEN}\*(?P<weak>(?![\s*])[^*]+?)(?<!\s)\*{_CLOSE}
    |{_OPEN}\|(?P<name>[^\s|](?:[^|\n]{{0,80}}[^\s|])?)\|_{{0,2}}{_CLOSE}
    |(?P<note>\s?\[(?:\d+|\#[\w-]*|\*|[\w.-]+)\]_){_CLOSE}
    |(?P<address>https?://[^\s<>`]*[^\s<>`.,:;!?)\]'"])
    |{_OPEN}(?P<word>[^\W_](?:[\w.+-]{{0,80}}[^\W_])?)__?(?![\w_])""",
    re.VERBOSE | re.DOTALL,
)
_LINKS = frozenset(["ref", "doc", "term", "any", "numref", "download", "rfc", "pep", "cve", "abbr"])
_WORDS = frozenset(
    ["abbr", "guilabel", "menuselection", "dfn", "emphasis", "strong", "title", "sup", "sub", "term"]
)
_TARGET = re.compile(r"(?P<words>.*?)\s*<(?P<target>[^<>]+)>\s*\Z", re.DOTALL)


def read_inline(found: re.Match[str]) -> Inline:
    """What stays of a match of `INLINE`."""
    kind = found.lastgroup
    if found["call"] is not None:
        return Inline(*found.span(), "placeholder", without_texts(found[0]))
    if found["escaped"] is not None:
        blank = found["escaped"].isspace()
        return Inline(found.end(), found.end()) if blank else Inline(*found.span("escaped"))
    if found["code"] is not None:
        return Inline(*found.span("code"), "code", found["code"])
    if found["role"] is not None:
        return _role(found)
    if found["title"] is not None:
        place = (found["place"] or "").strip()
        words = found.span("title") if found["title"] else found.span("place")
        is_link = bool(found["tail"])
        return Inline(*words, "link" if is_link else None, place[1:-1] if place else "")
    if found["note"] is not None:
        return Inline(found.end(), found.end(), "footnote", "")
    if found["address"] is not None:
        return Inline(*found.span(), "link", found[0])
    if found["name"] is not None:
        return Inline(*found.span("name"), "placeholder", f"|{found['name']}|")
    group = next(g for g in ("strong", "weak", "word") if found[g] is not None)
    return Inline(*found.span(group)) if kind else Inline(*found.span())


def _role(found: re.Match[str]) -> Inline:
    name = found["role"].rpartition(":")[2]
    start, end = found.span("words")
    target = _TARGET.match(found["words"])
    if target:
        end = start + target.end("words")
    value = target["target"] if target else found["words"]
    while start < end and found.string[start] in "~!":
        start += 1
    if name in _LINKS:
        return Inline(start, end, "link", value)
    return Inline(start, end) if name in _WORDS else Inline(start, end, "code", value)
