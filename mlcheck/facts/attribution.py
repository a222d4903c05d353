"""Who is named as the source: an agency, a ministry, a paper.

Found by the phrases that lead to a source ("according to") or follow one ("reports"). Speakers
("she said") are not sources here: they are names, and far more often left out or moved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from mlcheck.data import Span
from mlcheck.facts.fact import Fact
from mlcheck.facts.phrases import Phrases
from mlcheck.languages import base, fold
from mlcheck.languages import language as record
from mlcheck.text import Token, tokens

__all__ = ["attributions"]

_LONGEST = 8
"""Tokens of a source, at most: what is longer is a clause."""
_UNNAMED = 4
"""The same without a capital: "the ministry of health"."""
_MARKS = frozenset('"«“„‘')
_CLOSING = frozenset('"»”“’')
_INSIDE = frozenset("-'.&")


def attributions(text: str, language: str) -> list[Fact]:
    """The sources that a text names, in order, each as it stands; none in a language without lists.

    Weak where the source has no name ("according to the ministry"). `language` is a BCP 47 tag.
    """
    language = base(language)
    if record(language).attribution.patterns:
        return _by_pattern(text, language)
    before, after, stops, joiners = _lists(language)
    if not before.values and not after.values:
        return []
    found = tokens(text, language)
    facts = []
    done = 0
    at = 0
    while at < len(found):
        lead = before.at(found, at)
        if lead is not None:
            start, end = _source_after(found, lead[0], stops, joiners)
            if end > start:
                facts.append(_fact(text, found, start, end, language))
                at = done = end
                continue
        trail = after.at(found, at)
        if trail is not None:
            start = _source_before(found, at, max(done, at - _LONGEST), joiners)
            # "The reports" and "it reported" name nobody.
            if start < at and found[at - 1].text not in joiners | stops:
                facts.append(_fact(text, found, start, at, language))
            at = done = trail[0]
            continue
        at += 1
    return facts


@cache
def _lists(language: str) -> tuple[Phrases, Phrases, frozenset[str], frozenset[str]]:
    own = record(language).attribution
    before = Phrases.of(dict.fromkeys(own.before, True), language)
    after = Phrases.of(dict.fromkeys(own.after, True), language)
    stops, joiners = (frozenset(fold(word, language) for word in words) for words in (own.stops, own.joiners))
    return before, after, stops, joiners


def _fact(text: str, found: Sequence[Token], start: int, end: int, language: str) -> Fact:
    span = Span(found[start].start, found[end - 1].end)
    said = text[span.start : span.end]
    # Scripts without case: nobody knows what is a name. German has a capital on every noun, so that
    # "laut der Polizei" is a name only without its article.
    run = found[start:end]
    named = run[0].capital if record(language).writing.noun_capitals else any(token.capital for token in run)
    return Fact(kind="attribution", span=span, text=said, readings=((said,),), weak=not named)


def _source_after(
    found: Sequence[Token], start: int, stops: frozenset[str], joiners: frozenset[str]
) -> tuple[int, int]:
    """A source that begins at a token, or an empty range."""
    if start < len(found) and found[start].text in _MARKS:
        start += 1
        end = start
        while end < min(start + _LONGEST, len(found)) and found[end].text not in _CLOSING:
            end += 1
        return start, end
    end = last = start
    named = False
    while end < min(start + _LONGEST, len(found)):
        token = found[end]
        if token.kind == "p":
            near = end > start and found[end - 1].end == token.start and end + 1 < len(found)
            if token.text not in _INSIDE or not near or found[end + 1].start != token.end:
                break
            end += 1
            continue
        if token.text in stops and not token.capital:
            break
        if named and not token.capital and token.text not in joiners and found[end - 1].kind != "p":
            break
        if not named and not token.capital and end - start >= _UNNAMED:
            break
        named = named or token.capital
        end += 1
        if token.text not in joiners or not named:
            last = end
    return start, last


def _source_before(found: Sequence[Token], end: int, least: int, joiners: frozenset[str]) -> int:
    """Where the source that ends before a token begins; `end` where there is none."""
    if end > least and found[end - 1].text in _CLOSING:
        start = end - 1
        while start > least and found[start - 1].text not in _MARKS:
            start -= 1
        return start
    start = first = end
    while start > least:
        token = found[start - 1]
        if token.kind == "p":
            if token.text not in _INSIDE or start == end or found[start].start != token.end:
                break
        elif token.capital:
            first = start - 1
        elif not (first < end and token.text in joiners):
            # The ending of a name, after its apostrophe or hyphen, is small: `APA-nın`.
            if start - 2 < least or found[start - 2].text not in ("-", "'"):
                break
            if found[start - 2].end != token.start:
                break
        start -= 1
    return first


@cache
def _patterns(language: str) -> list[re.Pattern[str]]:
    return [re.compile(pattern) for pattern in record(language).attribution.patterns]


def _by_pattern(text: str, language: str) -> list[Fact]:
    found: dict[Span, Fact] = {}
    for pattern in _patterns(language):
        for match in pattern.finditer(text):
            said = match[1].strip()
            start = match.start(1) + match[1].index(said)
            span = Span(start, start + len(said))
            if said:
                found[span] = Fact(kind="attribution", span=span, text=said, readings=((said,),))
    return [found[span] for span in sorted(found)]
