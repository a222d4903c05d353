"""In which language is a passage, the document's own or that of the other version?

Decided on its running prose. Names of firms, songs and people stay as they are in a faithful translation,
in whatever script; what a passage left in the original has, and they have not, is the words between them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from mlcheck.languages import base, language
from mlcheck.segment.language import letters, script_letters, scripts_of, which
from mlcheck.text import GAP, only_prose

__all__ = ["prose_of", "written_in"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST_LETTERS = 12
"""Below it are names, and nothing tells."""
_LEAST_WORDS = 3
"""Words in lower case below which nothing runs."""
_LEAST_SHARE = 0.45
_LEAST_SHARE_NOUNS = 0.3
"""Share of words in lower case; the same where every noun has a capital. Of English sentences of news nine
in ten have more than .6, of lists of firms and titles next to none more than .4."""
_OWN_SHARE = 0.25
"""Letters of the document's own script, to one of the other's, from which somebody has translated here."""
_JOINING = 2
"""Joining words that running prose has at least; one is enough for a passage of few words."""
_FEW_WORDS = 6
_RUN = 7
"""Words in lower case with nothing between them that run on, whatever the words, in another script."""
_BREAK = re.compile(r"[^\w\s'’]|\d")
_PLAIN = 3
_PLAIN_SHARE = 0.3
"""Joining words of one language, and none of the other's, from which they decide alone."""
_LEAST_SIGNS = 8
"""Signs of a script without spaces: fewer are a name."""


def prose_of(text: str) -> str:
    """The prose of a passage and nothing else: what detection is asked about."""
    return " ".join(only_prose(text).replace(GAP, " ").split())


def written_in(prose: str, own: str, other: str, least: float = 0.99) -> str | None:
    """`own` or `other`, base codes of two languages, as what some prose is in; None where it is too little
    to tell, or both. `least` is how sure detection has to be where both are in one script."""
    counts = script_letters(prose)
    if sum(counts.values()) < _LEAST_LETTERS:
        return None
    if scripts_of(own).isdisjoint(scripts_of(other)):
        return _by_script(prose, counts, own, other)
    found = which(prose, (own, other), least)
    if found == own or (found is None and not _is_plain(prose, own, other)):
        return found
    return other if _runs(prose, other, own) else None


def _by_script(prose: str, counts: Counter[str], own: str, other: str) -> str | None:
    here, there = (sum(counts[script] for script in scripts_of(code)) for code in (own, other))
    if here > _OWN_SHARE * there:
        return own if here >= there else None
    return other if _runs(prose, other) else None


def _is_plain(prose: str, own: str, other: str) -> bool:
    """Say the joining words alone that it is `other`, where detection is in doubt?"""
    words = [word.lower() for word in _WORD.findall(prose)]
    here, there = _joining(own), _joining(other)
    found = sum(word in there - here for word in words)
    plain = found >= _PLAIN and found >= _PLAIN_SHARE * len(words)
    return plain and not any(word in here - there for word in words)


def _runs(prose: str, code: str, own: str | None = None) -> bool:
    """Does it read on, as sentences of a language do? `own` is another of the same script: words that it has
    too tell nothing."""
    apart = _joining(own) if own else frozenset()
    joining = _joining(code) - apart
    if not language(code).spaced:
        return letters(prose) >= _LEAST_SIGNS and (not joining or any(sign in prose for sign in joining))
    words = _WORD.findall(prose)
    lower = sum(not word[0].isupper() for word in words)
    least = _LEAST_SHARE_NOUNS if language(code).writing.noun_capitals else _LEAST_SHARE
    if lower < max(_LEAST_WORDS, least * len(words)):
        return False
    found = sum(word.lower() in joining for word in words)
    if sum(word.lower() in apart - _joining(code) for word in words) > found:
        return False
    runs_on = _longest(prose) >= _RUN
    if own is None and runs_on:
        return True
    # A language that joins by endings has few joining words; one is enough where many words run on.
    return not joining or found >= (1 if runs_on or len(words) <= _FEW_WORDS else _JOINING)


def _longest(prose: str) -> int:
    """The most words in lower case that follow each other with no sign between them."""
    longest = 0
    for piece in _BREAK.split(prose):
        here = 0
        for word in piece.split():
            here = 0 if word[0].isupper() else here + 1
            longest = max(longest, here)
    return longest


@cache
def _joining(code: str) -> frozenset[str]:
    return frozenset(language(base(code)).prose.words)
