"""What is no name in another's place, whatever the vectors of words say of it.

A common noun, an office or a pronoun stands for a person without being another; so does a surname for a first
name and a surname. And an entity that tables find opposite is not exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from mlcheck.compare.known_names import KnownNames, Word
from mlcheck.data import Alignment, Document
from mlcheck.facts import is_common, known_names, names
from mlcheck.languages import base
from mlcheck.text import alike

__all__ = ["may_be_exchanged"]

_HEARD = 0.7
"""Likeness of sound from which two words are one name."""
_ACRONYM = 5
"""Letters of what is written in capitals because it is one."""


def may_be_exchanged(alignment: Alignment, known: KnownNames, one: Word, two: Word) -> bool:
    """May a word of the source and one of the target be two names, one in the place of the other?"""
    words = one, two
    texts = [_text(document, word) for document, word in zip(alignment.documents, words, strict=True)]
    for document, text in zip(alignment.documents, texts, strict=True):
        code = base(document.language)
        if not any(letter.isalpha() for letter in text):
            return False
        if _is_small(text) and not known_names(text, [(0, len(text))], code)[0]:
            return False
        if text[0].isupper() and is_common(text, code):
            return False
    if _is_acronym(texts[0]) != _is_acronym(texts[1]) and all(text[0].isupper() for text in texts):
        return False
    if known.may_be_one(one, two):
        return False
    return not any(_is_short_form(alignment, side, words) for side in (0, 1))


def _run(name: Sequence[str], word: str) -> list[str]:
    """The words of a name that stand in a row with one of it, without that: "Robyn Christie" of "Robyn
    Christie of York" are no first names of York."""
    if word not in name:
        return [other for other in name if other[:1].isupper()]
    at = name.index(word)
    before = list(takewhile(_has_capital, reversed(name[:at])))
    return [*reversed(before), *takewhile(_has_capital, name[at + 1 :])]


def _has_capital(word: str) -> bool:
    return word[:1].isupper()


def _text(document: Document, word: Word) -> str:
    sentence, start, end = word
    return document.sentences[sentence].text[start:end]


def _is_small(text: str) -> bool:
    """Has it a small letter where its script has capitals?"""
    return text[0].islower() and text[0].upper() != text[0] and not any(c.isupper() for c in text)


def _is_acronym(text: str) -> bool:
    return text.isupper() and 1 < len(text) <= _ACRONYM and text.upper() != text.lower()


def _is_short_form(alignment: Alignment, side: int, words: tuple[Word, Word]) -> bool:
    """Is the word of a side part of a name of which another word has its counterpart opposite, in a name
    that the word opposite is no part of: `Ilham Aliyev`, and `Aliyev` beside `Blinken`?"""
    own, opposite = alignment.documents[side], alignment.documents[1 - side]
    (sentence, start, end), (across, other_start, other_end) = words[side], words[1 - side]
    text = own.sentences[sentence].text
    held = next(
        (f for f in names(text, base(own.language)) if f.span.start <= start and end <= f.span.end), None
    )
    if held is None or len(held.value) < 2:
        return False
    rest = [word for word in _run(held.value, text[start:end]) if len(word) > 2]
    if not rest:
        return False
    # The words opposite that are not of the name in which the word opposite stands.
    facts = names(opposite.sentences[across].text, base(opposite.language))
    beside = {
        word
        for fact in facts
        if not (fact.span.start <= other_start and other_end <= fact.span.end)
        for word in fact.value
    }
    return bool(beside) and float(alike(rest, sorted(beside), spaced=True).max()) >= _HEARD
