"""From sentence numbers to a place in the file."""

from __future__ import annotations

from mlcheck.data import Document, Location, Span

__all__ = ["locate", "place_in"]


def locate(
    document: Document,
    sentences: tuple[int, ...],
    *,
    whole: bool = False,
    inside: Span | None = None,
    at: Span | None = None,
) -> Location | None:
    """Where some sentences stand, from the first to the last; None without any.

    With `whole`, from the start of the first paragraph to the end of the last. With `inside`, that
    stretch of the first sentence's text; with `at`, that of the document's, whatever the sentences.
    """
    if at is not None:
        return place_in(document, at, _paragraphs_at(document, at))
    if not sentences:
        return None
    found = [document.sentences[i] for i in (sentences[:1] if inside else sentences)]
    paragraphs = tuple(sorted({sentence.paragraph for sentence in found}))
    if inside:
        span = found[0].place(*inside)
    else:
        spans = [document.paragraphs[p].span for p in paragraphs] if whole else [s.span for s in found]
        span = Span(min(s.start for s in spans), max(s.end for s in spans))
    return place_in(document, span, paragraphs)


def place_in(document: Document, span: Span, paragraphs: tuple[int, ...]) -> Location:
    """Where a stretch of a document's text, which stands in those paragraphs, is to be found."""
    at = document.in_file(span)
    line, column = _line_and_column(document.file_text, at.start)
    end_line, end_column = _line_and_column(document.file_text, at.end)
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


def _paragraphs_at(document: Document, span: Span) -> tuple[int, ...]:
    """The paragraphs that a stretch of the text reaches; none for the top of the text."""
    return tuple(p.index for p in document.paragraphs if p.span.start < span.end and span.start < p.span.end)


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    """1-based; `\\r\\n`, `\\n` and a lone `\\r` each end a line."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
