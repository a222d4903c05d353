"""Names of people, places and organisations, by their form.

A capital inside a sentence makes a name in scripts with case. At the start of a sentence, in
headlines in Title Case and in German, where all nouns have one, it does not: what only has such
a capital is a weak fact, which can stand for a name on the other side and is never missing itself.
Scripts without case have names only where they are written in Latin letters; there names are found
from the other side.
"""

from __future__ import annotations

import re

from mlcheck.data import Span
from mlcheck.facts.fact import Fact
from mlcheck.languages import language as record

__all__ = ["names", "word_spans"]

_WORD = re.compile(r"[^\W_]+")
_JOINTS = frozenset("'’-‐‑&.")
"""Between two letters they hold a name's parts together: O'Neill, Jean-Luc, AT&T, U.S."""
_OPENERS = frozenset('"“”„«»‘‹›([{:;.!?…—–-•*¿¡')
"""After one of these a capital may be that of a sentence."""
_TITLE_SHARE = 0.8
_TITLE_WORDS = 4
_MOST_TOKENS = 8
_ARTICLE = 3
"""Letters up to which a word at the start of a sentence is no part of the name after it (On April 28)."""


def names(text: str, language: str) -> list[Fact]:
    """The names of a text, in order. `text` is a sentence, or more than one. The value of a name is
    its words (`Antony`, `Blinken`); figures after it belong to it (`Boeing`, `737`).

    Works in any language; one without data of its own has no words that join (`de`, `von`).
    """
    own = record(language)
    joiners = frozenset(own.names.joiners)
    tokens = _tokens(text)
    heading = _is_title_case(text, tokens)
    found: list[Fact] = []
    at = 0
    while at < len(tokens):
        if not _is_capital(text, tokens[at]):
            at += 1
            continue
        end = _last(text, tokens, at, joiners) + 1
        spans = tokens[at:end]
        first = _opens(text, spans[0][0])
        if (
            first
            and len(spans) > 1
            and spans[0][1] - spans[0][0] <= _ARTICLE
            and text[spans[0][0] + 1].islower()
        ):
            spans, first = spans[1:], False
            # "In 1998", "За 40", "Les 26": what is left is a number, and no name begins with one.
            spans = spans[_figures(text, spans) :]
            if not spans:
                at = end
                continue
        words = tuple(text[a:b] for a, b in spans)
        # A capital inside the word, or a figure, shows a name wherever it stands.
        plain = all(_is_plain(word) for word in words if word[0].isupper())
        # "Nearly 40", "Boeing 737": a capital that the sentence gives, with figures after it, tells no more.
        alone = len(spans) == 1 + _figures(text, spans[1:])
        weak = plain and (heading or own.writing.noun_capitals or (first and alone))
        start, stop = spans[0][0], spans[-1][1]
        found.append(
            Fact(kind="name", span=Span(start, stop), text=text[start:stop], readings=(words,), weak=weak)
        )
        at = end
    return found


def word_spans(text: str) -> list[tuple[int, int]]:
    """All words of a text, apart from what a joint holds to them: `Bakı` and `da` of Bakı'da."""
    return [match.span() for match in _WORD.finditer(text)]


def _tokens(text: str) -> list[tuple[int, int]]:
    """Words, with what is held together by a joint."""
    result: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        joint = text[start - 1] if result and start - result[-1][1] == 1 else ""
        # L'80 %, Dell'11: an article before a number, and no name.
        if joint and joint in _JOINTS and not (joint in "'’" and text[start].isdecimal()):
            before = result[-1]
            # A full stop joins initials (U.S.), not sentences that lack their space.
            if joint != "." or (end - start == 1 and text[before[1] - 1].isupper()):
                result[-1] = before[0], end
                continue
        result.append((start, end))
    return result


def _figures(text: str, spans: list[tuple[int, int]]) -> int:
    """How many of the spans, from the first, are figures only."""
    return next((n for n, (a, b) in enumerate(spans) if not text[a:b].isdecimal()), len(spans))


def _is_capital(text: str, token: tuple[int, int]) -> bool:
    word = text[token[0] : token[1]]
    # iPhone, eBay; but not a single letter ("I", "A"), which is a word in many languages.
    return len(word) > 1 and (word[0].isupper() or (word[0].islower() and word[1].isupper()))


def _is_plain(word: str) -> bool:
    return not any(character.isdigit() or character.isupper() for character in word[1:])


def _last(text: str, tokens: list[tuple[int, int]], at: int, joiners: frozenset[str]) -> int:
    """The last token of the name that begins at `at`."""
    end = at
    while end + 1 < len(tokens) and end + 1 - at < _MOST_TOKENS:
        between = text[tokens[end][1] : tokens[end + 1][0]]
        following = text[tokens[end + 1][0] : tokens[end + 1][1]]
        initial = len(following) == 1 and following.isupper()
        if between not in (" ", "\u00a0", "-", ". ") or (
            between == ". " and tokens[end][1] - tokens[end][0] > 3
        ):
            break
        if _is_capital(text, tokens[end + 1]) or initial or (following.isdecimal() and between != ". "):
            end += 1
        elif (
            following in joiners
            and end + 2 < len(tokens)
            and text[tokens[end + 1][1] : tokens[end + 2][0]] == " "
            and _is_capital(text, tokens[end + 2])
        ):
            end += 2
        else:
            break
    return end


def _opens(text: str, start: int) -> bool:
    before = start - 1
    while before >= 0 and text[before].isspace():
        before -= 1
    return before < 0 or text[before] in _OPENERS


def _is_title_case(text: str, tokens: list[tuple[int, int]]) -> bool:
    long = [text[a] for a, b in tokens if b - a > 3 and text[a].isalpha()]
    return len(long) >= _TITLE_WORDS and sum(c.isupper() for c in long) > _TITLE_SHARE * len(long)
