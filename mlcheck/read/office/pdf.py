"""PDF documents with a text layer: paragraphs in reading order; running heads and page numbers as
furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mlcheck.errors import InputError
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.office.flow import Flow, Line
from mlcheck.read.office.pdf_edges import without_edges
from mlcheck.read.office.pdf_guard import refuse_bombs
from mlcheck.read.office.pdf_layout import Passage, moved, passages
from mlcheck.read.office.pdf_pages import Page, read_pages
from mlcheck.wording import count

__all__ = ["read_pdf"]

_TITLE = "a PDF document"
_UNREADABLE = 0.2
"""The share of characters without a meaning from which on the text layer is none. In sound files it is below
one in a hundred."""
_SAME_SIZE = 0.08
_LONGEST_NAME = 60
"""Characters of a field's name in its place."""
_OPEN = re.compile(r"[^.!?…:;。！？。:\"”»“)\]]\Z")


def read_pdf(data: bytes, shown: str, options: ReadOptions) -> Extract:
    """A PDF document. Raises `InputError` for a scan and for what is damaged, protected or too long."""
    refuse_bombs(data, shown, _TITLE)
    book = read_pages(data, shown, _TITLE)
    letters = sum(page.letters + sum(len(value) for _, value in page.fields) for page in book.pages)
    if not letters:
        raise InputError(
            f"{shown}: {_TITLE} without text: {count(len(book.pages), 'page')} of pictures, a scan; run text "
            "recognition (OCR) on it first"
        )
    if sum(page.unreadable for page in book.pages) > _UNREADABLE * letters:
        raise InputError(
            f"{shown}: {_TITLE} whose fonts do not say which letters they show; export it again, or run text "
            "recognition (OCR) on it"
        )
    flow = Flow()
    blank = [page.number for page in book.pages if not page.letters and page.has_pictures]
    if blank:
        flow.skip(
            f"{count(len(blank), 'page')} of pictures without text, the first of them {blank[0]}: not read"
        )
    for what in book.left_out:
        flow.skip(what)
    _put(flow, book.pages)
    return flow.finish(book.language)


def _put(flow: Flow, pages: Sequence[Page]) -> None:
    pages, edges = without_edges(pages)
    words = frozenset(word for page in pages for line in page.lines for word in line.text.lower().split())
    found: list[tuple[str, list[Passage]]] = []
    for page in pages:
        for passage in passages(page, words):
            place = f"page {page.number}"
            if found and _goes_on(found[-1][1][-1], passage, page.number):
                found[-1][1].append(passage)
            else:
                found.append((place, [passage]))
    for number, text in edges:
        line = Line()
        line.put(text)
        flow.edge(line, f"page {number}")
    paragraphs: Counter[int] = Counter()
    waiting = [page for page in pages if page.fields]
    for place, parts in found:
        number = parts[0].page
        while waiting and waiting[0].number < number:
            _put_fields(flow, waiting.pop(0))
        paragraphs[number] += 1
        flow.placed(_whole(parts, words), parts[0].kind, f"{place}, paragraph {paragraphs[number]}")
    for page in waiting:
        _put_fields(flow, page)


def _put_fields(flow: Flow, page: Page) -> None:
    """What the fields of a page hold, after its text: where in it they belong, a PDF does not say."""
    for number, (name, value) in enumerate(page.fields, 1):
        line = Line()
        line.put(value)
        short = " ".join(name.split())[:_LONGEST_NAME] or str(number)
        flow.placed(line, "text", f"page {page.number}, field {short}")


def _goes_on(before: Passage, after: Passage, page: int) -> bool:
    """Does a paragraph go on in the next column, or on the next page?"""
    apart = before.page != page or before.region != after.region
    if not apart or before.kind not in ("text", "list") or after.kind != "text" or after.is_item:
        return False
    if abs(before.size - after.size) > _SAME_SIZE * before.size or not _OPEN.search(before.text):
        return False
    first = after.text[:1]
    return first.islower() or (before.is_full and not first.isdigit() and not after.is_indented)


def _whole(parts: Sequence[Passage], words: frozenset[str]) -> Line:
    line = Line()
    text = ""
    notes: list[int] = []
    links: list[tuple[str, int, int]] = []
    for part in parts:
        text = part.after(text, words)
        start = len(text) - len(part.text)
        notes += [max(start + at, 0) for at in part.notes]
        links += moved(part.links, start)
    line.put(text)
    line.marks += [("footnote", "", at, at) for at in notes]
    line.marks += [("link", *link) for link in _joined(links, text)]
    return line.done()


def _joined(links: Sequence[tuple[str, int, int]], text: str) -> list[tuple[str, int, int]]:
    """A link that goes on in the next line is one."""
    found: list[tuple[str, int, int]] = []
    for address, start, end in links:
        if found and found[-1][0] == address and not text[found[-1][2] : start].strip():
            start = found.pop()[1]
        found.append((address, start, end))
    return found
