"""Lines that one version has in a paragraph, and the other each by itself: verse, subtitles, a text that was
wrapped. `read` decides by what one text shows, and small letters after a line end, which tell a wrapped
English text, are rare in verse that begins each line with a capital, or unknown in a script. The other
version knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mlcheck.data import Block, RawText, Span

__all__ = ["joined_alike"]

_ENDS = re.compile(r"[.!?…。！？｡．؟۔।॥։။។:：;；][\"'”’“»«)\]」』】\s]*$")
_ITEM = re.compile(r"(?:[-–—•*·▪‣◦]|\(?[\w]{1,3}[.)）、])\s*\S")
_FEWEST = 2
"""Stanzas, or paragraphs, by which two texts show that they go together."""

Group = list[Block]


def joined_alike(one: RawText, two: RawText) -> tuple[RawText, RawText]:
    """The two texts, with the lines of a paragraph in one block on both sides where they are so on one."""
    groups = _groups(one.blocks), _groups(two.blocks)
    return _joined(one, groups[0], groups[1]), _joined(two, groups[1], groups[0])


def _joined(raw: RawText, own: Sequence[Group], other: Sequence[Group]) -> RawText:
    if raw.markdown or not _go_together(own, other):
        return raw
    blocks: list[Block] = []
    for group in own:
        blocks += [_whole(group)] if _is_broken(raw.text, group) else group
    return replace(raw, blocks=tuple(blocks))


def _groups(blocks: Sequence[Block]) -> list[Group]:
    """Blocks with no blank line between them."""
    groups: list[Group] = [[block] for block in blocks[:1]]
    for before, block in pairwise(blocks):
        if block.line == before.end_line + 1 and block.kind == before.kind == "text":
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _go_together(own: Sequence[Group], other: Sequence[Group]) -> bool:
    """Does the other text have its lines joined, and either as many groups of them, or some in lines too?"""
    if all(len(group) == 1 for group in own) or any(len(group) > 1 for group in other):
        return False
    if min(len(own), len(other)) < _FEWEST:
        return False
    lines = sum(block.end_line > block.line for (block,) in other)
    return len(own) == len(other) or lines >= _FEWEST


def _is_broken(text: str, group: Group) -> bool:
    """Do most of its lines end inside a sentence? Those of a list do too, and have marks."""
    lines = [text[block.span.start : block.span.end] for block in group]
    if len(lines) < 2 or any(_ITEM.match(line) for line in lines):
        return False
    return sum(_ENDS.search(line) is None for line in lines[:-1]) * 2 > len(lines) - 1 or _is_clauses(lines)


def _is_clauses(lines: Sequence[str]) -> bool:
    """Verse ends its lines with clauses, and its stanza with a sentence."""
    return any(_ENDS.search(line) is None for line in lines[:-1]) and _ENDS.search(lines[-1]) is not None


def _whole(group: Group) -> Block:
    first, last = group[0], group[-1]
    return replace(first, span=Span(first.span.start, last.span.end), end_line=last.end_line)
