"""Links alone, for `mlcheck align`: between paragraphs, sentences, or the lines of a file as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mlcheck.data import Document, Link, Paragraph, RawText, Sentence, Span
from mlcheck.errors import InputError
from mlcheck.pipeline import Checker, language_code
from mlcheck.segment.clean import clean
from mlcheck.segment.language import detect

__all__ = ["aligned", "lines", "to_jsonl", "to_tsv"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
"""As in the line numbers of reports. `str.splitlines` also cuts at form feeds and at U+2028."""


def aligned(
    checker: Checker,
    source: Path,
    target: Path,
    unit: str,
    languages: Sequence[str | None],
) -> list[Link]:
    """The links between the units of two files; `unit` is `paragraph`, `sentence` or `line`.

    Units are numbered from 0. With `line` every line is one, blank ones too; a blank line is in no
    link with another. Raises as `Checker.align` does.
    """
    if unit != "line":
        alignment = checker.align(source, target, languages=languages)
        return list(alignment.paragraphs if unit == "paragraph" else alignment.sentences)
    texts = checker.read(source, target)
    one, two = (lines(raw, language_code(code)) for raw, code in zip(texts, languages, strict=True))
    alignment = checker.align_documents(one[0], two[0])
    links = [_renumbered(link, one[1], two[1]) for link in alignment.sentences]
    links += [Link(source=(i,), target=()) for i in one[2]] + [Link(source=(), target=(j,)) for j in two[2]]
    return links


def to_jsonl(links: Sequence[Link]) -> str:
    """A link a line: `{"source": [0], "target": [0, 1], "similarity": 0.91}`."""
    return "".join(
        json.dumps(
            {
                "source": list(link.source),
                "target": list(link.target),
                "similarity": _rounded(link.similarity),
                "confidence": _rounded(link.confidence),
            }
        )
        + "\n"
        for link in links
    )


def to_tsv(links: Sequence[Link]) -> str:
    """Tab-separated columns source, target, similarity, confidence; unit numbers with commas."""
    rows = ["source\ttarget\tsimilarity\tconfidence"]
    for link in links:
        numbers = [",".join(map(str, side)) for side in (link.source, link.target)]
        figures = ["" if x is None else f"{x:.4f}" for x in (link.similarity, link.confidence)]
        rows.append("\t".join(numbers + figures))
    return "\n".join(rows) + "\n"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def lines(raw: RawText, given: str | None) -> tuple[Document, list[int], list[int]]:
    """A document with a sentence a line; the line number of each sentence; the blank lines."""
    language = given or detect(raw.text)
    if language is None:
        raise InputError(f"{raw.path}: cannot tell the language; name it with --lang")
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    numbers, blank, at = [], [], 0
    for number, line in enumerate(_LINE.findall(raw.text)):
        text = clean(line, at).text
        span = Span(at, at + len(line.rstrip("\r\n")))
        at += len(line)
        if not text:
            blank.append(number)
            continue
        index = len(sentences)
        paragraphs.append(
            Paragraph(index=index, span=span, line=number + 1, end_line=number + 1, text=text, role="body")
        )
        sentences.append(Sentence(index=index, paragraph=index, span=span, text=text))
        numbers.append(number)
    document = Document(
        path=raw.path,
        text=raw.text,
        encoding=raw.encoding,
        encoding_guessed=raw.encoding_guessed,
        language=language,
        language_from="given" if given else "detected",
        paragraphs=tuple(paragraphs),
        sentences=tuple(sentences),
    )
    return document, numbers, blank


def _renumbered(link: Link, source: list[int], target: list[int]) -> Link:
    return replace(
        link,
        source=tuple(source[i] for i in link.source),
        target=tuple(target[j] for j in link.target),
    )
