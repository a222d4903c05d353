"""The figures behind a finding, in words for people. JSON has them all, under the names of programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from mlcheck.languages import name

__all__ = ["in_words", "percent"]

_SHARES: Final = {
    "similarity": "Alike in meaning",
    "nearest_similarity": "Alike with the nearest passage",
    "divergence": "Likely to differ in some detail",
    "wrong": "Likely not to belong together",
    "judged": "Likely to be wrong",
    "relatedness": "Likely to be about one subject",
}
"""Figures from 0 to 1."""

_NAMES: Final = {
    "sentences": "Sentences",
    "words": "Words",
    "facts": "Facts that differ",
    "linked": "Passages with a counterpart",
    "kind": "What differs",
    "sort": "How it differs",
    "language": "Language",
    "notice": "What it says",
    "forbidden": "A name that is not to be used",
    "wanted": "The name that is to be used",
    "is": "That day is a",
    "date": "Date",
    "weekday": "Day of the week",
    "old": "Before",
    "new": "Now",
    "changed": "The version that changed",
}

_SORTS: Final = {
    "different": "it is another",
    "missing": "it is missing",
    "added": "it is added",
    "extra": "it is added",
    "swapped": "two have changed places",
    "unit": "the unit is another",
    "changed": "it was changed",
    "plain": "it is there, but not marked up",
    "written": "it is written another way",
    "renamed": "it has another name",
    "listing": "it is listed another way",
    "forbidden": "a name that is not to be used",
    "absent": "the term is not there",
    "left out": "the term is left out here",
}

_SIDES: Final = ("source", "target")

_HIDDEN: Final = ("logit", "copy_of")
"""What says nothing to anybody but a program; so do figures of models that have no name above."""

_LONGEST: Final = 300


def percent(share: float) -> str:
    """A share as people say it: `93 %`, and never certain where it is not."""
    return f"{min(max(round(100 * share), 1 if share > 0 else 0), 100 if share >= 1 else 99)} %"


def in_words(
    evidence: Mapping[str, Any], versions: tuple[str, str] = ("first", "second")
) -> Iterator[tuple[str, str]]:
    """What each figure is called, and what it says; `versions` is what source and target are called."""
    sides = {side: f"In the {called} version" for side, called in zip(_SIDES, versions, strict=True)}
    for key, value in evidence.items():
        if key in _HIDDEN or (isinstance(value, float) and key not in _SHARES):
            continue
        if key in _SHARES and isinstance(value, int | float) and not isinstance(value, bool):
            yield _SHARES[key], percent(value)
        elif key == "sort" and isinstance(value, str):
            yield _NAMES[key], _SORTS.get(value, value)
        elif key == "language" and isinstance(value, str):
            yield _NAMES[key], name(value)
        else:
            yield sides.get(key) or _NAMES.get(key) or _sentence(key), _said(value)


def _sentence(key: str) -> str:
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


def _said(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, Mapping):
        return _cut("; ".join(f"{key}: {_said(item)}" for key, item in value.items()))
    if isinstance(value, list | tuple):
        return _cut(", ".join(map(_said, value)) or "none")
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
