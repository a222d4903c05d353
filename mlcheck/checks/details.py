"""Part of a sentence without counterpart: the common ground of two rules."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.phrases import numbered, version, without_words
from mlcheck.checks.rule import Draft
from mlcheck.compare import Evidence
from mlcheck.languages import language, lower, name
from mlcheck.settings import CheckSettings

__all__ = ["details", "not_looked_for"]

_WORDS = 12
"""Words of a detail that a message quotes."""


def details(evidence: Evidence, settings: CheckSettings, side: int) -> Iterator[Draft]:
    """A draft for each run of words of a side that is likely enough left out on the other.

    Always a warning: what a sentence says in passing can be left out on purpose, and a free
    translation looks like it.
    """
    alignment = evidence.alignment
    for run in evidence.runs:
        if run.side == side and run.chance >= settings.detail:
            document = alignment.documents[side]
            sentence = document.sentences[run.number]
            text = sentence.text[run.span.start : run.span.end]
            if _is_legal_note(text, document.language):
                continue
            words = text.split()
            quoted = " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
            place = numbered([sentence.paragraph], document)
            whose = f" of {version(alignment, 1)}" if side else ""
            yield Draft(
                message=f"{place}{whose}: “{quoted}” has no counterpart in {version(alignment, 1 - side)}",
                severity="warning",
                confidence=run.chance * settings.detail_worth,
                source=() if side else (run.number,),
                target=(run.number,) if side else (),
                source_span=None if side else run.span,
                target_span=run.span if side else None,
                evidence={"words": run.words, **run.features},
            )


def _is_legal_note(text: str, code: str) -> bool:
    """Is it a remark that the law has papers in this language add?"""
    folded = lower(text, code)
    return any(lower(note, code) in folded for note in language(code).page.notes)


def not_looked_for(evidence: Evidence) -> str | None:
    """Why details cannot be looked for, or None where they can."""
    lacking = without_words(evidence.alignment)
    if lacking is not None:
        return lacking
    for document in evidence.alignment.documents:
        if not language(document.language).spaced:
            return f"{name(document.language)} has no spaces between words"
    return None
