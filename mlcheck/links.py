"""Links alone, for `mlcheck align`: between paragraphs, sentences, or the lines of a file as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mlcheck.data import Document, Link, Links, Paragraph, RawText, Sentence, Span
from mlcheck.errors import InputError
from mlcheck.pipeline import Checker
from mlcheck.segment import clean, detect, language_code

__all__ = ["aligned", "lines", "to_jsonl", "to_tsv"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
"""As in the line numbers of reports. `str.splitlines` also cuts at form feeds and at U+2028."""


class Lines(NamedTuple):
    """A file by lines: a document with a sentence for each line that is not blank, the line number
    of each sentence, the numbers of the blank lines, and all lines without their ends."""

    document: Document
    numbers: list[int]
    blank: list[int]
    texts: list[str]


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
        return _by_line(checker, texts, languages)
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


def to_jsonl(links: Links) -> str:
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
        for link in links.links
    )


def to_tsv(links: Links) -> str:
    """Tab-separated columns source, target, similarity, confidence; unit numbers with commas."""
    rows = ["source\ttarget\tsimilarity\tconfidence"]
    for link in links.links:
        numbers = [",".join(map(str, side)) for side in (link.source, link.target)]
        figures = ["" if x is None else f"{x:.4f}" for x in (link.similarity, link.confidence)]
        rows.append("\t".join(numbers + figures))
    return "\n".join(rows) + "\n"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _paragraphs(document: Document, raw: RawText) -> tuple[str, ...]:
    """As sentences are: `Paragraph.text` has the wrapped lines and the markup of the file."""
    return tuple(clean(p.text, 0, markdown=raw.markdown).text for p in document.paragraphs)


def _by_line(checker: Checker, texts: tuple[RawText, RawText], languages: Sequence[str | None]) -> Links:
    one, two = (lines(raw, language_code(code)) for raw, code in zip(texts, languages, strict=True))
    alignment = checker.align_documents(one.document, two.document)
    links = [_renumbered(link, one.numbers, two.numbers) for link in alignment.sentences]
    links += [Link(source=(i,), target=()) for i in one.blank]
    links += [Link(source=(), target=(j,)) for j in two.blank]
    return Links(
        unit="line",
        links=tuple(links),
        languages=(one.document.language, two.document.language),
        source=tuple(one.texts),
        target=tuple(two.texts),
    )


def lines(raw: RawText, given: str | None) -> Lines:
    """A file by lines. `given` is its language; None is detected, or an `InputError`."""
    language = given or detect(raw.text)
    if language is None:
        raise InputError(f"{raw.path}: cannot tell the language; name it with --lang")
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    numbers, blank, texts, at = [], [], [], 0
    for number, line in enumerate(_LINE.findall(raw.text)):
        text = clean(line, at).text
        texts.append(line.rstrip("\r\n"))
        span = Span(at, at + len(texts[-1]))
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
    return Lines(document, numbers, blank, texts)


def _renumbered(link: Link, source: list[int], target: list[int]) -> Link:
    return replace(
        link,
        source=tuple(source[i] for i in link.source),
        target=tuple(target[j] for j in link.target),
    )
