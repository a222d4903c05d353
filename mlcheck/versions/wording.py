"""What is said of a finding of several versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mlcheck.checks import numbered
from mlcheck.data import Document, Location
from mlcheck.languages import base, name
from mlcheck.versions.issues import LONE, Issue
from mlcheck.versions.odd import OF_ONE_TEXT, Split
from mlcheck.versions.pairs import Pairs

__all__ = ["called", "message"]

_QUOTED = 60
"""Characters of a place that a message repeats; a longer one is for the report to show."""
_PART = {
    "missing-paragraph": "",
    "missing-sentence": "part of ",
    "missing-detail": "a detail of ",
}


def message(issue: Issue, split: Split, pairs: Pairs, documents: Sequence[Document]) -> str:
    """The message of an issue, by who is odd in it."""
    # Named in an order that is not that of the files, which is to change nothing that is said.
    rank = [pairs.pivot, *pairs.others].index
    split = replace(split, odd=tuple(sorted(split.odd, key=rank)), right=tuple(sorted(split.right, key=rank)))
    if issue.lone and issue.family in LONE:
        return _gone(issue, split, documents)
    seen = next((s for s in issue.seen if s.other(pairs.pivot) in split.odd), issue.seen[0])
    own = issue.own
    words = {v: own[v].text for v in sorted(own, key=rank)}
    codes = [base(document.language) for document in documents]
    apart = codes.count(codes[seen.other(pairs.pivot)]) == 1
    if apart and split.odd == (seen.other(pairs.pivot),) and (pairs.pivot in split.right or not split.right):
        return seen.finding.message
    if issue.family in OF_ONE_TEXT:
        return seen.finding.message if apart else f"{seen.finding.message} ({called(split.odd, documents)})"
    if len(words) < 2 or any(len(text) > _QUOTED for text in words.values()):
        return _at_length(seen.finding.message, split, documents)
    return _exchanged(issue, split, words, documents)


def called(versions: Sequence[int], documents: Sequence[Document]) -> str:
    """How a message calls some versions: by language, or by path where two are in one.

    `the Russian version`, `the Russian and Turkish versions`, `a.txt and b.txt`.
    """
    codes = [base(document.language) for document in documents]
    if len(set(codes)) < len(codes):
        return _listed([documents[v].path for v in versions])
    names = [name(documents[v].language) for v in versions]
    return f"the {_listed(names)} version{'s' if len(names) > 1 else ''}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _where(place: Location, version: int, documents: Sequence[Document]) -> str:
    return f"{numbered(list(place.paragraphs))} of {called((version,), documents)}"


def _gone(issue: Issue, split: Split, documents: Sequence[Document]) -> str:
    has = split.odd if split.added else split.right
    at = next(version for version in has if version in issue.own)
    where = _where(issue.own[at], at, documents)
    what = _PART[issue.family]
    where = f"{what}{where[0].lower()}{where[1:]}" if what else where
    where = where[0].upper() + where[1:]
    verb = "are" if not what and len(issue.own[at].paragraphs) > 1 else "is"
    lacking = split.right if split.added else split.odd
    if split.added:
        return f"{where} {verb} in no other version" if len(has) == 1 else (
            f"{where} {verb} in {called(has, documents)} alone")  # fmt: skip
    return f"{where} {verb} missing in {called(lacking, documents)}"


def _at_length(said: str, split: Split, documents: Sequence[Document]) -> str:
    if not split.right:
        return f"{said}; the versions do not agree with each other"
    who = "ones out are" if len(split.odd) > 1 else "one out is"
    against = called(split.right, documents)
    return f"{said}; the odd {who} {called(split.odd, documents)}, against {against}"


def _exchanged(issue: Issue, split: Split, words: dict[int, str], documents: Sequence[Document]) -> str:
    """A figure or a name that is another in some versions."""
    odd = [v for v in split.odd if v in words]
    right = next((v for v in split.right if v in words), None)
    if right is None or not odd:
        each = ", ".join(f"“{text}” in {called((v,), documents)}" for v, text in words.items())
        return f"{numbered(list(issue.own[next(iter(words))].paragraphs))}: {each}"
    where = _where(issue.own[odd[0]], odd[0], documents)
    if len(odd) == 1:
        return f"{where}: “{words[odd[0]]}” is “{words[right]}” in {called(split.right, documents)}"
    each = ", ".join(f"“{words[v]}” in {called((v,), documents)}" for v in odd)
    place = numbered(list(issue.own[right].paragraphs))
    return f"{place}: “{words[right]}” in {called(split.right, documents)} is {each}"
