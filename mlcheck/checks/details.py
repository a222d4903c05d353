"""Part of a sentence without counterpart: the common ground of two rules."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.rule import Draft
from mlcheck.checks.words import numbered, version, without_words
from mlcheck.data import Alignment
from mlcheck.languages import language, name
from mlcheck.settings import CheckSettings
from mlcheck.words import runs

__all__ = ["details", "not_looked_for"]

_WORDS = 12
"""Words of a detail that a message quotes."""


def details(alignment: Alignment, settings: CheckSettings, side: int) -> Iterator[Draft]:
    """A draft for each run of words of a side that is likely enough left out on the other.

    Always a warning: what a sentence says in passing can be left out on purpose, and a free
    translation looks like it.
    """
    for run in runs(alignment):
        if run.side == side and run.chance >= settings.detail:
            document = (alignment.source, alignment.target)[side].document
            sentence = document.sentences[run.number]
            words = sentence.text[run.span.start : run.span.end].split()
            quoted = " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
            place = numbered([sentence.paragraph])
            whose = f" of {version(alignment, 1)}" if side else ""
            yield Draft(
                message=f"{place}{whose}: “{quoted}” has no counterpart in {version(alignment, 1 - side)}",
                severity="warning",
                confidence=run.chance,
                source=() if side else (run.number,),
                target=(run.number,) if side else (),
                source_span=None if side else run.span,
                target_span=run.span if side else None,
                evidence={"words": run.words, **run.figures},
            )


def not_looked_for(alignment: Alignment) -> str | None:
    """Why details cannot be looked for, or None where they can."""
    lacking = without_words(alignment)
    if lacking is not None:
        return lacking
    for document in (alignment.source.document, alignment.target.document):
        # There the words are pieces of the model's own. On English-Chinese news, which is translated more
        # freely too, four reports were wrong where other pairs had one.
        if not language(document.language).spaced:
            return f"{name(document.language)} has no spaces between words"
    return None
