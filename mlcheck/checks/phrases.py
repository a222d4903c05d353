"""Phrases that messages share."""

from __future__ import annotations

from mlcheck.data import Alignment, Document, Severity
from mlcheck.facts import FIRST_CLASS
from mlcheck.languages import base, name
from mlcheck.text import normal_form

__all__ = ["limits", "numbered", "paragraph_of", "severity_of", "unmatched", "version", "without_words"]


def version(alignment: Alignment, side: int) -> str:
    """How a message calls one side: by its language, or by its part where both are in one."""
    documents = alignment.documents
    if base(documents[0].language) == base(documents[1].language):
        return ("the source", "the target")[side]
    return f"the {name(documents[side].language)} version"


def without_words(alignment: Alignment) -> str | None:
    """Why a rule that compares words cannot run, or None where it can."""
    return None if alignment.has_words else "the model gives no vectors for words"


def limits(alignment: Alignment, what: str) -> str | None:
    """That a language's facts are seen only in part, or None where both are seen in full."""
    poor = sorted({base(document.language) for document in alignment.documents} - set(FIRST_CLASS))
    return f"{' and '.join(map(name, poor))}: {what}" if poor else None


def numbered(paragraphs: list[int], document: Document | None = None) -> str:
    """`Paragraph 4`, `Paragraphs 4 and 5`, `Paragraphs 4 to 7`; numbers count from 1. In a `document`
    of segments or strings, by their keys: `Segment 12`, `Segment menu.save`."""
    if document is not None and document.keyed:
        keys = [document.paragraphs[p].key or "" for p in paragraphs]
        return f"{'Segment' if len(keys) == 1 else 'Segments'} {' and '.join(keys)}"
    if len(paragraphs) == 1:
        return f"Paragraph {paragraphs[0] + 1}"
    joint = "and" if len(paragraphs) == 2 else "to"
    return f"Paragraphs {paragraphs[0] + 1} {joint} {paragraphs[-1] + 1}"


def paragraph_of(document: Document, sentences: tuple[int, ...]) -> list[int]:
    """The paragraphs that hold some sentences, in order."""
    return sorted({document.sentences[i].paragraph for i in sentences})


def severity_of(confidence: float, sure: float) -> Severity:
    """An error where it is sure, else a warning."""
    return "error" if confidence >= sure else "warning"


def _repeats(document: Document, sentence: int) -> bool:
    """Is a sentence, word for word, the one before it?"""
    texts = [normal_form(s.text) for s in document.sentences[max(sentence - 1, 0) : sentence + 1]]
    return len(texts) == 2 and texts[0] == texts[1]


def unmatched(alignment: Alignment, side: int, sentences: tuple[int, ...], *, whole: bool) -> str:
    """That sentences of a side have no counterpart: as whole paragraphs, or as part of them."""
    document = alignment.documents[side]
    place = numbered(paragraph_of(document, sentences), document)
    other = version(alignment, 1 - side)
    if whole:
        return f"{place} has no counterpart in {other}"
    one = len(sentences) == 1
    if all(_repeats(document, i) for i in sentences):
        what, repeats = ("A sentence", "repeats") if one else (f"{len(sentences)} sentences", "repeat")
        return (
            f"{what} of {place[0].lower()}{place[1:]} {repeats} the one before in {version(alignment, side)}"
        )
    what = "A sentence" if one else f"{len(sentences)} sentences"
    has = "has" if one else "have"
    return f"{what} of {place[0].lower()}{place[1:]} {has} no counterpart in {other}"
