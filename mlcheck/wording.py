"""Small parts of messages: how many of what, and what somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["count", "did_you_mean"]

_LONGEST = 100
"""Characters of a word that are looked at: nobody names a rule or a key at greater length."""
_SHORTEST_BEGINNING = 3


def count(number: int, noun: str, plural: str | None = None, *, grouped: bool = False) -> str:
    """The number and its noun; `plural` where that is more than an `s`, `grouped` for `1,000` and not `1000`.

    >>> count(1, "pair"), count(2, "pair"), count(0, "entry", "entries")
    ('1 pair', '2 pairs', '0 entries')
    >>> count(1000, "paragraph", grouped=True)
    '1,000 paragraphs'
    """
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {word}" if grouped else f"{number} {word}"


def did_you_mean(word: str, known: Iterable[str], *, quoted: bool = False, cutoff: float = 0.6) -> str:
    """The hint `did you mean missing-paragraph?`, or an empty string where nothing known is near.

    Near is what is spelled alike (at least `cutoff` of it, 0 to 1), or the one name that begins so. Capitals
    do not count, nor whether words are joined by `_` or `-`. `quoted` puts the name between quotation marks.

    >>> did_you_mean("mising-paragraph", ["missing-paragraph", "untranslated"])
    'did you mean missing-paragraph?'
    >>> did_you_mean("Fact_Lone", ["fact-lone"], quoted=True)
    "did you mean 'fact-lone'?"
    >>> did_you_mean("zzz", ["fact-lone"])
    ''
    """
    from difflib import get_close_matches

    names = {_plain(name): name for name in known}
    plain = _plain(word[:_LONGEST])
    near = get_close_matches(plain, list(names), n=1, cutoff=cutoff)
    if not near and len(plain) >= _SHORTEST_BEGINNING:
        begin = [name for name in names if name.startswith(plain)]
        near = begin if len(begin) == 1 else []
    if not near:
        return ""
    name = names[near[0]]
    return f"did you mean {name!r}?" if quoted else f"did you mean {name}?"


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")
