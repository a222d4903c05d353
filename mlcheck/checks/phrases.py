"""Phrases that messages share."""

from __future__ import annotations

from mlcheck.data import Alignment, Document, Link, Severity
from mlcheck.languages import base, name
from mlcheck.words import has_words

__all__ = ["is_headline", "lone", "numbered", "paragraph_of", "severity_of", "version", "without_words"]


def is_headline(alignment: Alignment, link: Link) -> bool:
    """Does a link join the headlines of the two texts? Each desk writes its own, and names in it whom its
    readers know, so differences there are no flaws."""
    documents = (alignment.source.document, alignment.target.document)
    return 0 in link.source and 0 in link.target and any(d.opens_with_headline for d in documents)


def version(alignment: Alignment, side: int) -> str:
    """How a message calls one side: by its language, or by its part where both are in one."""
    documents = (alignment.source.document, alignment.target.document)
    if base(documents[0].language) == base(documents[1].language):
        return ("the source", "the target")[side]
    return f"the {name(documents[side].language)} version"


def without_words(alignment: Alignment) -> str | None:
    """Why a rule that compares words cannot run, or None where it can."""
    return None if has_words(alignment) else "the model gives no vectors for words"


def numbered(paragraphs: list[int]) -> str:
    """`Paragraph 4`, `Paragraphs 4 and 5`, `Paragraphs 4 to 7`; numbers count from 1."""
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


def lone(alignment: Alignment, side: int, sentences: tuple[int, ...], *, whole: bool) -> str:
    """That sentences of a side have no counterpart: as whole paragraphs, or as part of them."""
    document = (alignment.source, alignment.target)[side].document
    place = numbered(paragraph_of(document, sentences))
    other = version(alignment, 1 - side)
    if whole:
        return f"{place} has no counterpart in {other}"
    one = len(sentences) == 1
    what = "A sentence" if one else f"{len(sentences)} sentences"
    has = "has" if one else "have"
    return f"{what} of {place[0].lower()}{place[1:]} {has} no counterpart in {other}"
