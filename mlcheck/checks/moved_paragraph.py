"""What it finds
    A paragraph that stands elsewhere in the other version, out of the order that the rest keeps.

Why it matters
    Mostly it does not: editors move paragraphs. It is worth knowing where one looks for it.

Example
    What is the last paragraph of the source is the third of the target.

Known to be wrong when
    two paragraphs say nearly the same, and one of them is gone.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.checks.phrases import numbered, version
from mlcheck.checks.place import sentences_of
from mlcheck.checks.rule import Draft, Rule
from mlcheck.compare import Evidence
from mlcheck.data import Document
from mlcheck.settings import CheckSettings

__all__ = ["RULE"]


def check(evidence: Evidence, settings: CheckSettings) -> Iterator[Draft]:
    """A note for each paragraph link that crosses the others."""
    alignment = evidence.alignment
    for link in alignment.paragraphs:
        if link.moved and link.confidence is not None:
            where = numbered(list(link.target), alignment.target.document)
            yield Draft(
                message=f"{numbered(list(link.source), alignment.source.document)}: moved; "
                f"{where[0].lower()}{where[1:]} in {version(alignment, 1)}",
                severity="info",
                confidence=link.confidence,
                source=_sentences(alignment.source.document, link.source),
                target=_sentences(alignment.target.document, link.target),
                whole_paragraphs=True,
                evidence={"similarity": link.similarity},
            )


def _sentences(document: Document, paragraphs: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(i for paragraph in sorted(paragraphs) for i in sentences_of(document, paragraph))


RULE = Rule(
    name="moved-paragraph",
    summary="A paragraph stands elsewhere in the other version",
    mqm="design/order",
    page=__doc__ or "",
    check=check,
    worst="info",
)
