"""Links between paragraphs, sentences or lines of two files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mlcheck.data import Document, Links, RawText
from mlcheck.links.lines import align_lines
from mlcheck.pipeline import Checker
from mlcheck.text import clean

__all__ = ["aligned"]


def aligned(
    checker: Checker,
    source: Path,
    target: Path,
    unit: str,
    languages: Sequence[str | None],
) -> Links:
    """The links between the units of two files; `unit` is `paragraph`, `sentence` or `line`.

    Units are numbered from 0. With `line` every line is one, blank ones too; a blank line is in no
    link with another. Raises as `Checker.align` does.
    """
    texts = checker.read(source, target)
    if unit == "line":
        return align_lines(checker, texts, languages)
    alignment = checker.align(*texts, languages=languages)
    documents = (alignment.source.document, alignment.target.document)
    if unit == "sentence":
        one, two = (tuple(sentence.text for sentence in d.sentences) for d in documents)
    else:
        one, two = (_paragraphs(*both) for both in zip(documents, texts, strict=True))
    return Links(
        unit=unit,
        links=alignment.sentences if unit == "sentence" else alignment.paragraphs,
        languages=(documents[0].language, documents[1].language),
        source=one,
        target=two,
    )


def _paragraphs(document: Document, raw: RawText) -> tuple[str, ...]:
    """As sentences are: `Paragraph.text` has the wrapped lines and the markup of the file."""
    return tuple(clean(p.text, 0, markdown=raw.markdown).text for p in document.paragraphs)
