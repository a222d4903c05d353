"""When two pieces of code are the same, though parts of them are for people: names to be filled in, which
every version writes in its own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from mlcheck.data import Mark

__all__ = ["BLANK", "code_pairs", "is_renamed", "same_code", "stands_in"]

BLANK = "…"
"""What a reader puts in the place of words that are to be replaced, where the format says so (`<var>`)."""
_FILLED = 60
"""Characters of what may stand in a blank, in a text in which the code is looked for."""
_LIKE = 0.5
"""Likeness of two pieces in one passage from which they are one that was changed."""
_LONGEST = 200
"""Characters of a piece that are looked at for that."""
_ASCII_WORD = re.compile(r"[A-Za-z]\w*", re.ASCII)
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_CAPITALS = 3
"""Letters from which a word in capitals amid small ones is to be filled in: `/doc/PACKAGE/copyright`."""


def same_code(one: str, other: str) -> bool:
    """Are they the same but for white space, and for what is filled in where one has a blank?"""
    one, other = " ".join(one.split()), " ".join(other.split())
    return one == other or _fits(one, other) or _fits(other, one)


def is_renamed(one: str, other: str) -> bool:
    """Do two pieces differ only in names that are to be filled in: words in capitals amid others, or words
    that one version writes in its own script?"""
    first, second = _TOKEN.findall(one), _TOKEN.findall(other)
    if len(first) != len(second) or one.isupper() or other.isupper():
        return False
    changed = [(n, a, b) for n, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    return bool(changed) and all(_is_name(a, b, first=n == 0 and len(first) > 1) for n, a, b in changed)


def stands_in(text: str, code: str) -> bool:
    """Does a text have the words of this code, in whatever case, and not as a part of other words? Anything
    may stand in a blank. What a version has written in its own script is words, and of these only the ones
    that the other may have too are looked for."""
    if not code.isascii() and BLANK not in code:
        return all(stands_in(text, word) for word in _ASCII_WORD.findall(code))
    start, end = (r"(?<!\w)" if code[0].isalnum() else "", r"s?(?!\w)" if code[-1].isalnum() else "")
    filled = rf"[^\n]{{1,{_FILLED}}}?".join(map(re.escape, code.split(BLANK, 3)))
    return re.search(f"{start}{filled}{end}", text, re.IGNORECASE) is not None


def code_pairs(one: Sequence[Mark], two: Sequence[Mark]) -> Iterator[tuple[Mark | None, Mark | None]]:
    """Pieces of code in each other's place. Where somebody has translated what is marked as code, it was
    words (the name of a menu), and is the same."""
    sides = [[mark for mark in own if not _is_prose(mark.value)] for own in (one, two)]
    for own, other in (sides, sides[::-1]):
        for mark in [m for m in other if not m.value.isascii()]:
            words = next((m for m in own if m.value.isascii() and _is_wordy(m.value)), None)
            if words is not None:
                own.remove(words)
                other.remove(mark)
    left, right = sides
    yield from _taken(left, right, is_renamed)
    yield from _taken(left, right, _alike)
    yield from ((mark, None) for mark in left)
    yield from ((None, mark) for mark in right)


def _taken(one: list[Mark], two: list[Mark], same: Callable[[str, str], bool]) -> Iterator[tuple[Mark, Mark]]:
    """Takes out those that are each other's."""
    for mark in list(one):
        other = next((m for m in two if same(mark.value, m.value)), None)
        if other is not None:
            one.remove(mark)
            two.remove(other)
            yield mark, other


def _alike(one: str, other: str) -> bool:
    if not one.isascii() or not other.isascii():
        return len(one.split()) == len(other.split())
    matcher = SequenceMatcher(None, one[:_LONGEST], other[:_LONGEST], autojunk=False)
    return matcher.real_quick_ratio() >= _LIKE and matcher.ratio() >= _LIKE


def _fits(pattern: str, text: str) -> bool:
    """Is the text what the pattern says, with something in each of its blanks?"""
    head, *parts = pattern.split(BLANK)
    if not parts or not text.startswith(head):
        return False
    *middle, tail = parts
    at = len(head)
    for part in middle:
        found = text.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(tail) and len(text) - len(tail) > at


def _is_name(one: str, other: str, *, first: bool) -> bool:
    if not (one[0].isalnum() and other[0].isalnum()):
        return False
    if one.isascii() != other.isascii():
        return True
    # The first word of several is what is called, or the method: `GET /a`, `POST /a`.
    return not first and any(word.isupper() and len(word) >= _CAPITALS for word in (one, other))


def _is_wordy(value: str) -> bool:
    return all(word.isalpha() for word in value.split())


def _is_prose(value: str) -> bool:
    return len(value.split()) > 2 and _is_wordy(value)
