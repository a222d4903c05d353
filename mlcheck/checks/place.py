"""From sentence numbers to a place in the file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from mlcheck.data import Document, Location, Span

__all__ = ["Lines", "locate", "place_in", "sentences_at", "sentences_of"]

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of a text begin, for whoever asks about many places in it."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> Lines:
        """Those of the document's file."""
        text = document.file_text
        return cls(text, (0, *(match.end() for match in _LINE_END.finditer(text))))

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, 1-based; `\\r\\n`, `\\n` and a lone `\\r` each end a line."""
        line = bisect_right(self.starts, offset)
        if self.text[max(offset - 1, 0) : offset + 1] == "\r\n":
            return line + 1, 1
        return line, offset - self.starts[line - 1] + 1


def locate(
    document: Document,
    sentences: tuple[int, ...],
    *,
    whole: bool = False,
    inside: Span | None = None,
    at: Span | None = None,
    lines: Lines | None = None,
) -> Location | None:
    """Where some sentences stand, from the first to the last; None without any. `lines` are the document's,
    where it is asked about many.

    With `whole`, from the start of the first paragraph to the end of the last. With `inside`, that
    stretch of the first sentence's text; with `at`, that of the document's, whatever the sentences.
    """
    if at is not None:
        return place_in(document, at, _paragraphs_at(document, at), lines)
    if not sentences:
        return None
    found = [document.sentences[i] for i in (sentences[:1] if inside else sentences)]
    paragraphs = tuple(sorted({sentence.paragraph for sentence in found}))
    if inside:
        span = found[0].place(*inside)
    else:
        spans = [document.paragraphs[p].span for p in paragraphs] if whole else [s.span for s in found]
        span = Span(min(s.start for s in spans), max(s.end for s in spans))
    return place_in(document, span, paragraphs, lines)


def place_in(
    document: Document, span: Span, paragraphs: tuple[int, ...], lines: Lines | None = None
) -> Location:
    """Where a stretch of a document's text, which stands in those paragraphs, is to be found."""
    at, lines = document.in_file(span), lines or Lines.of(document)
    line, column = lines.at(at.start)
    end_line, end_column = lines.at(at.end)
    first = document.paragraphs[paragraphs[0]] if paragraphs else None
    return Location(
        paragraphs=paragraphs,
        span=span,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        text=document.text[span.start : span.end],
        place=first.place if first else "",
        segment=first.key if first else None,
    )


def sentences_of(document: Document, paragraph: int) -> tuple[int, ...]:
    """The sentences of a paragraph. They have its order, so that they need not be looked for among all."""
    first = bisect_left(document.sentences, paragraph, key=lambda sentence: sentence.paragraph)
    after = bisect_right(document.sentences, paragraph, key=lambda sentence: sentence.paragraph)
    return tuple(range(first, after))


def sentences_at(document: Document, span: Span) -> tuple[int, ...]:
    """The sentences that a stretch of the text reaches; of an empty one, that in which it lies."""
    end = max(span.end, span.start + 1)
    first = bisect_right(document.sentences, span.start, key=lambda sentence: sentence.span.end)
    after = bisect_left(document.sentences, end, key=lambda sentence: sentence.span.start)
    return tuple(range(first, after))


def _paragraphs_at(document: Document, span: Span) -> tuple[int, ...]:
    """The paragraphs that a stretch of the text reaches; none for the top of the text. They stand in the text
    in their order, so that the first need not be looked for among all."""
    first = bisect_right(document.paragraphs, span.start, key=lambda paragraph: paragraph.span.end)
    after = bisect_left(document.paragraphs, span.end, key=lambda paragraph: paragraph.span.start)
    return tuple(range(first, after))
