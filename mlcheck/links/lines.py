"""Links between the lines of two files as they are: nothing is split or dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from mlcheck.data import Document, Link, Links, Paragraph, RawText, Sentence, Span
from mlcheck.errors import InputError
from mlcheck.pipeline import Checker
from mlcheck.segment import detect, language_code
from mlcheck.text import clean

__all__ = ["align_lines", "lines"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
"""As in the line numbers of reports. `str.splitlines` also cuts at form feeds and at U+2028."""


class Lines(NamedTuple):
    """A file by lines: a document with a sentence for each line that is not blank, the line number
    of each sentence, the numbers of the blank lines, and all lines without their ends."""

    document: Document
    numbers: list[int]
    blank: list[int]
    texts: list[str]


def align_lines(checker: Checker, texts: tuple[RawText, RawText], languages: Sequence[str | None]) -> Links:
    """The links between the lines of two texts, numbered from 0; a blank line is in no link with another."""
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
