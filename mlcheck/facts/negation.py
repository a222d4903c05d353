"""Words that say no.

A short list a language, and the endings of Turkish and Azerbaijani verbs that have their negation
inside: a prefix (`unhappy`), a Japanese ending after a stem or a word of opposite meaning is not seen.
What looks like a negation and is none ("not only", "тем не менее") is in the lists too, and left out.
"""

from __future__ import annotations

import re
from functools import cache

from mlcheck.data import Span
from mlcheck.facts.fact import Fact
from mlcheck.facts.phrases import Phrases
from mlcheck.languages import base, fold, lower
from mlcheck.languages import language as record
from mlcheck.text import Token, tokens

__all__ = ["negates_in_verbs", "negations", "turns"]

_REACH = 8
"""Tokens from `ne` to its `pas`, and from "sadece" to its "değil"."""
_SURE, _WEAK, _NONE = 2, 1, 0
_VOWELS = "aeəıioöuüаәеиоөуұүыіэ"
"""Of the Turkic languages, in either script."""


def negations(text: str, language: str) -> list[Fact]:
    """The negations of a text, in order; none in a language without a list. `language` is a BCP 47 tag.

    Weak are those that translations often say without a negation ("without"), those that only repeat
    another ("никто не"), and verbs with the negation inside: other words end so too.
    """
    language = base(language)
    own = record(language).negation
    if not own.words:
        return []
    if not record(language).apart:
        return _unspaced(text, language)
    lists, only = _lists(language), _only(language)
    found = tokens(text, language)
    facts = []
    opened = only_at = -_REACH - 1
    at = 0
    while at < len(found):
        token = found[at]
        if token.text in only:
            only_at = at
        end, sure = _contracted(found, at) or lists.at(found, at) or (at + 1, _NONE)
        if token.text in own.openers and sure == _NONE and end == at + 1:
            opened = at
        elif token.text in own.closers and sure != _NONE:
            if at - opened <= _REACH:
                opened, sure = -_REACH - 1, _SURE
        elif sure and token.text in own.numero and _is_number(found, end):
            sure = _NONE
        if sure:
            weak = sure == _WEAK or at - only_at <= _REACH
            span = Span(token.start, found[end - 1].end)
            said = text[span.start : span.end]
            facts.append(Fact(kind="negation", span=span, text=said, readings=((said,),), weak=weak))
        at = end
    listed = {fact.span.start for fact in facts}
    facts += [fact for fact in _negated_verbs(text, language) if fact.span.start not in listed]
    return sorted(facts, key=lambda fact: fact.span)


def _contracted(found: list[Token], at: int) -> tuple[int, int] | None:
    """`don't`: three tokens."""
    if found[at].text.endswith("n") and [token.text for token in found[at + 1 : at + 3]] == ["'", "t"]:
        near = found[at].end == found[at + 1].start and found[at + 1].end == found[at + 2].start
        return (at + 3, _SURE) if near else None
    return None


def _is_number(found: list[Token], at: int) -> bool:
    """Is it `No. 10`?"""
    if at < len(found) and found[at].text == ".":
        at += 1
    return at < len(found) and found[at].kind in "dn"


@cache
def _lists(language: str) -> Phrases:
    own = record(language).negation
    lists = Phrases()
    for phrases, sure in ((own.exceptions, _NONE), (own.words, _SURE), (own.weak, _WEAK)):
        for phrase in phrases:
            lists.add(phrase, sure, language)
    return lists


@cache
def _only(language: str) -> frozenset[str]:
    return frozenset(fold(word, language) for word in record(language).negation.only)


@cache
def _pattern(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    own = record(language).negation
    sure = dict.fromkeys(own.weak, _WEAK)
    sure |= dict.fromkeys(own.words, _SURE)
    sure |= dict.fromkeys(own.exceptions, _NONE)
    longest = sorted(sure, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest))), sure


def _unspaced(text: str, language: str) -> list[Fact]:
    """Without spaces between words, a list finds parts of words too; that is what `exceptions`
    are for."""
    pattern, sure = _pattern(language)
    facts = []
    for match in pattern.finditer(text):
        if match[0] and sure[match[0]]:
            facts.append(
                Fact(
                    kind="negation",
                    span=Span(*match.span()),
                    text=match[0],
                    readings=((match[0],),),
                    weak=sure[match[0]] == _WEAK,
                )
            )
    return facts


def _negated_verbs(text: str, language: str) -> list[Fact]:
    """Words that end as a negated verb does, in a language whose verbs have the negation inside (`gelmedi`,
    `olmayacaq`)."""
    pattern = _verbs(language)
    if pattern is None:
        return []
    return [
        Fact(
            kind="negation",
            span=Span(*match.span()),
            text=match[0],
            readings=((match[0],),),
            weak=True,
        )
        for match in pattern.finditer(text)
    ]


@cache
def _verbs(language: str) -> re.Pattern[str] | None:
    own = record(language).negation
    endings, others = own.verb_endings, own.verb_exceptions
    if not endings:
        return None
    excepted = f"(?!{'|'.join(others)})" if others else ""
    # A stem has a vowel. The bounds keep the search linear in the text.
    return re.compile(
        rf"\b(?=\w{{4,40}}\b){excepted}"
        rf"\w{{0,12}}?[{_VOWELS}]\w{{0,6}}?(?:{'|'.join(endings)})\b",
        re.IGNORECASE,
    )


def turns(text: str, language: str, *, inside: bool = True) -> tuple[Span, ...]:
    """The words of a text that may say what another language says with a "not": without, refused, hardly; and
    with `inside` those that look as if they had one in them: unhappy. In order; none in a language without a
    list. `language` is a BCP 47 tag."""
    language = base(language)
    pattern = _turns(language, inside)
    if pattern is None:
        return ()
    return tuple(Span(*match.span()) for match in pattern.finditer(lower(text.replace("’", "'"), language)))


@cache
def _turns(language: str, inside: bool) -> re.Pattern[str] | None:
    own = record(language).negation
    if not own.turns:
        return None
    longest = sorted(own.turns, key=lambda word: (-len(word), word))
    words = [re.escape(word).replace(re.escape("*"), r"\w{0,12}") for word in longest]
    body = f"(?:{'|'.join([*words, *(own.turned if inside else ())])})"
    return re.compile(rf"\b{body}\b" if record(language).apart else body)


def negates_in_verbs(language: str) -> bool:
    """Does the language mostly negate by a verb's ending, which no list of words sees? Its negations
    are then too few to be held against another version's."""
    return record(language).negation.in_verbs
