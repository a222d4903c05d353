"""Blocks of code of two versions: which of them one lacks, and which say something else. What is written for
people in them, comments and output, is translated, and not compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

__all__ = ["unlike_listings"]

_COMMENT = re.compile(
    r"/\*.*?\*/|<!--.*?-->|\"\"\".*?\"\"\"|(?:^|(?<=\s))(?:\#|//|--(?=\s)|;|%|rem\b)[^\n]*",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|“[^”\n]*”|«[^»\n]*»|„[^“”\n]*[“”]|`[^`\n]*`")
_FOREIGN = re.compile(r"\w*[^\W\d_A-Za-z]\w*")
_WORD = re.compile(r"(?<![\w.])[^\W\d_]+(?![\w.])")
_PLAIN_WORDS = re.compile(r"[A-Za-z][a-z'’]*(?:[ ,.:;!?-]+[A-Za-z'’]+){2,}[ ,.:;!?-]*")
"""A line of three words or more and nothing else is what a program says, or a text in a box."""
_PLAIN_WORD = re.compile(r"[(«„“\"'\[]*[^\W\d_]+(?:['’/-][^\W\d_]+)*[)»”\"'\].,:;!?]*")
_PROSE, _PROSE_WORDS = 0.75, 12
"""Share of plain words, of so many at least, from which a block is a note that was set as code, where nothing
in it is for machines: prompts, options, signs."""
_MACHINES = re.compile(r"(?:\A|\n)\s*[$#>%]|[={}|&\\<>]|(?:\A|\s)-{1,2}\w")
_FILLED_IN = re.compile(r"(?<!\w)<[^\W\d][\w -]*(?<!\s)>")
"""`<your_user_name>`, in a block that has no markup."""
_MARKUP = re.compile(r"</|/>|<[!?]")
_LIKE = 0.5
"""Likeness of two blocks in each other's place from which they are one that was changed."""
_LONGEST = 4000
"""Characters of a block that are looked at to tell how alike two are, which takes the product of both."""
_READ = 10_000
"""Characters of a block in which comments are looked for: where none of many is closed, that takes the
square of it."""
_MANY = 300
"""Blocks of a text up to which they are paired; a text with more is a listing itself."""

Pair = tuple[int | None, int | None]


def unlike_listings(source: Sequence[str], target: Sequence[str]) -> Iterator[Pair]:
    """The blocks, by number, that are not the same on both sides, in order: both numbers where one was
    changed, and None for a side that lacks it."""
    if max(len(source), len(target)) > _MANY:
        return
    one, two = [_compared(text) for text in source], [_compared(text) for text in target]
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag != "equal":
            for i, j in _paired(one, two, range(a, b), range(c, d)):
                if i is None or j is None or not _translated(source[i], target[j]):
                    yield i, j


def _paired(one: Sequence[str], two: Sequence[str], left: range, right: range) -> Iterator[Pair]:
    at = right.start
    for i in left:
        found = next((j for j in range(at, right.stop) if _alike(one[i], two[j])), None)
        if found is None and len(left) == len(right) == 1 and not (one[i] and two[right.start]):
            at = right.stop  # one of the two is all words, in this language or that
            continue
        yield from ((None, j) for j in range(at, found if found is not None else at))
        yield i, found
        at = at if found is None else found + 1
    yield from ((None, j) for j in range(at, right.stop))


def _translated(one: str, other: str) -> bool:
    """Are two blocks the same but for words, which one has in another script (`SIZE: 120 bytes`)?"""
    if one.isascii() and other.isascii():
        return False
    left, right = (_WORD.sub("", text).split() for text in (one, other))
    return left == right and any(any(map(str.isdecimal, piece)) for piece in left)


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one[:_LONGEST], other[:_LONGEST], autojunk=False)
    return matcher.real_quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE


def _compared(text: str) -> str:
    """What of a block is for machines: without comments, quoted words, words that are not ASCII, and lines
    that are prose."""
    head, rest = text[:_READ].replace("...", "…"), text[_READ:]
    if _is_prose(head):
        return ""
    own = () if _MARKUP.search(head) else (_FILLED_IN,)
    for words in (_COMMENT, _QUOTED, *own, _FOREIGN):
        head = words.sub(" ", head)
    lines = (" ".join(line.split()) for line in (head + rest).splitlines())
    return "\n".join(line for line in lines if line and not _PLAIN_WORDS.fullmatch(line))


def _is_prose(text: str) -> bool:
    words = text.split()
    if len(words) < _PROSE_WORDS or _MACHINES.search(text):
        return False
    return sum(_PLAIN_WORD.fullmatch(word) is not None for word in words) >= _PROSE * len(words)
