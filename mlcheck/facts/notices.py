"""What a desk says about an item in its text: that it was corrected, is withdrawn, or must wait.

A label (`CORRECTION:`, `(Corrects spelling …)`, `KILL`) opens a paragraph, and has a colon after it, is in
brackets, or stands alone: what is only a word of a sentence marks nothing. A phrase ("an earlier version of
this article") may stand anywhere in one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from mlcheck.data import Span
from mlcheck.languages import base
from mlcheck.languages import language as record

__all__ = ["Notice", "NoticeKind", "notices", "notices_known"]

NoticeKind = Literal["correction", "kill", "embargo"]

_LONGEST = 4000
"""Characters of a paragraph that is looked at: notices are short."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice, and the words that make it one. A `label` says nothing itself: what it is about follows."""

    kind: NoticeKind
    span: Span
    label: bool


def notices_known(language: str) -> bool:
    """Are there words for notices in a language? `language` is a BCP 47 tag."""
    return bool(record(base(language)).notices.correction)


def notices(text: str, language: str) -> tuple[Notice, ...]:
    """The notices of a paragraph, one of a kind at most."""
    found: list[Notice] = []
    for kind, label, pattern in _patterns(base(language)):
        match = pattern.search(text, 0, _LONGEST)
        if match is not None and not any(notice.kind == kind for notice in found):
            name = next(group for group, value in match.groupdict().items() if value is not None)
            if name != "loud" or match[name].upper() == match[name] != match[name].lower():
                found.append(Notice(kind, Span(*match.span(name)), label))
    return tuple(found)


@cache
def _patterns(language: str) -> tuple[tuple[NoticeKind, bool, re.Pattern[str]], ...]:
    words, spaced = record(language).notices, record(language).spaced
    made: list[tuple[NoticeKind, bool, re.Pattern[str]]] = []
    labels: tuple[tuple[NoticeKind, Sequence[str]], ...] = (
        ("correction", words.correction),
        ("kill", words.kill),
    )
    phrases: tuple[tuple[NoticeKind, Sequence[str]], ...] = (
        ("correction", words.corrected),
        ("kill", words.withdrawn),
        ("embargo", words.embargo),
    )
    for kind, forms in labels:
        if forms:
            one = _any_of(forms)
            made.append(
                (
                    kind,
                    True,
                    re.compile(
                        rf"\A[\W_]{{0,4}}(?:(?P<label>{one})\s*[:：]|(?<=[\[(（【［])(?P<open>{one})(?!\w*-)"
                        + (r"\b" if spaced else "")
                        + rf"|(?P<alone>{one})[\W_]*\Z|(?P<loud>{one})\s*[-–—]{{1,2}}\s)",
                        re.IGNORECASE,
                    ),
                )
            )
    edge = r"(?<!\w)(?P<phrase>{})(?!\w)" if spaced else "(?P<phrase>{})"
    made += [
        (kind, False, re.compile(edge.format(_any_of(forms)), re.IGNORECASE))
        for kind, forms in phrases
        if forms
    ]
    return tuple(made)


def _any_of(forms: Sequence[str]) -> str:
    longest = sorted(set(forms), key=lambda form: (-len(form), form))
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest)
