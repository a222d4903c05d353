"""The pages of a PDF as pieces of lines, each with its place on the page; by pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any

from mlcheck.errors import InputError
from mlcheck.wording import count

__all__ = ["Book", "Fragment", "Page", "read_pages"]

_MOST_PAGES = 2000
_MOST_CHARACTERS = 3_000_000
_ONE_AT_A_TIME = Lock()
"""pdfium may not be used by two threads at once."""
_GAP = 1.3
"""Heights of a line: a space that is wider parts columns or cells. Justified text stays below one."""
_DROP = 0.5
_SMALL = 0.8
_HYPHEN = ("\x02", "\ufffe", "\xad")
"""What pdfium gives for a hyphen at the end of a line."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LONGEST_UNIT = 2
"""Letters of a unit, whose raised figure is a power: km², cm³."""


@dataclass(slots=True)
class Fragment:
    """Characters in a line, and the box around them in points, from the lower left corner of the page.
    `notes` are the places in the text where a raised number stood."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    base: float
    size: float
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number, from 1, its size in points, its pieces of lines as pdfium gives them."""

    number: int
    width: float
    height: float
    lines: tuple[Fragment, ...]
    letters: int
    unreadable: int
    has_pictures: bool


@dataclass(frozen=True, slots=True)
class Book:
    """All pages, the language that the document declares, and what is in it and is no text."""

    pages: tuple[Page, ...]
    language: str | None
    left_out: tuple[str, ...]


def read_pages(data: bytes, shown: str, title: str) -> Book:
    """The pages. Raises `InputError` for what is damaged, protected, or has too many."""
    import pypdfium2 as pdfium

    with _ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower() or "security" in str(error).lower():
                raise InputError(f"{shown}: {title} with a password; save it without one") from None
            raise InputError(f"{shown}: {title}, and damaged; save it again") from None
        try:
            number = len(document)
            if not 0 < number <= _MOST_PAGES:
                reason = "without pages" if number <= 0 else f"of {number:,} pages; split it"
                raise InputError(f"{shown}: {title} {reason}")
            pages = tuple(_pages(document, number, shown, title))
            return Book(pages, _language(document), _left_out(document))
        except pdfium.PdfiumError:
            raise InputError(f"{shown}: {title}, and damaged; save it again") from None
        finally:
            document.close()


def _pages(document: Any, number: int, shown: str, title: str) -> Iterator[Page]:
    total = 0
    for index in range(number):
        page = document[index]
        text = page.get_textpage()
        try:
            total += text.count_chars()
            if total > _MOST_CHARACTERS:
                raise InputError(f"{shown}: {title} of more than {_MOST_CHARACTERS:,} characters; split it")
            yield _page(index + 1, page, text)
        finally:
            text.close()
            page.close()


def _page(number: int, page: Any, text: Any) -> Page:
    width, height = page.get_size()
    characters = list(_characters(text, page))
    shown = [c for c in characters if c.text.strip()]
    unreadable = sum(_is_unreadable(c.text) for c in shown)
    lines = tuple(f for f in _fragments(characters) if f.text.strip())
    pictures = not shown and any(True for _ in page.get_objects(max_depth=1))
    return Page(number, width, height, lines, len(shown), unreadable, pictures)


@dataclass(slots=True)
class _Character:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    base: float
    is_made: bool
    """Put in by pdfium: a space or a line's end."""

    @property
    def size(self) -> float:
        return self.top - self.bottom


def _characters(text: Any, page: Any) -> Iterator[_Character]:
    """The characters of a page, upright, those off the page left out."""
    import pypdfium2.raw as raw

    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    turned = page.get_rotation() % 360
    left, bottom, right, top = page.get_cropbox()
    high = 0
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        made = raw.FPDFText_IsGenerated(text, index) == 1
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        if not made and not (left <= x.value <= right and bottom <= y.value <= top):
            continue
        sides = (box.left, box.right, min(box.bottom, box.top), max(box.bottom, box.top), y.value)
        if turned:
            sides = _upright(sides, x.value, turned, right, top)
        yield _Character(_clean(chr(code)), *sides, made)


def _upright(
    sides: tuple[float, float, float, float, float], x: float, turned: int, width: float, height: float
) -> tuple[float, float, float, float, float]:
    """The sides of a box on a page that is shown turned to the right by some quarters."""
    left, right, bottom, top, base = sides
    if turned == 90:
        return bottom, top, width - right, width - left, width - x
    if turned == 180:
        return width - right, width - left, height - top, height - bottom, height - base
    return height - top, height - bottom, left, right, x


def _clean(sign: str) -> str:
    if sign in _HYPHEN:
        return "\xad"
    if sign in "\r\n" or sign.isspace():
        return "\n" if sign in "\r\n" else " "
    return _LIGATURES.get(sign, sign if ord(sign) >= 32 else "\ufffd")


def _is_unreadable(sign: str) -> bool:
    return sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff"


def _fragments(characters: list[_Character]) -> Iterator[Fragment]:
    """Runs of characters side by side in a line."""
    run: list[_Character] = []
    last: _Character | None = None
    for character in characters:
        if character.text == "\n":
            continue
        if character.text == " ":
            if run:
                run.append(character)
            continue
        if last is not None and run and _parts(last, character):
            yield _fragment(run)
            run = []
        run.append(character)
        last = character
    if run:
        yield _fragment(run)


def _parts(last: _Character, after: _Character) -> bool:
    size = max(last.size, after.size)
    if abs(last.base - after.base) > _DROP * size:
        return True
    gap = max(after.left - last.right, last.left - after.right)
    # A step back in a line that runs on is another line, or another piece put in later.
    back = after.right < last.left and not _is_rtl(after.text)
    return gap > _GAP * size or back


def _is_rtl(sign: str) -> bool:
    return "\u0590" <= sign <= "\u08ff" or "\ufb1d" <= sign <= "\ufefc" or not sign.isalpha()


def _fragment(run: list[_Character]) -> Fragment:
    while run[-1].text == " ":
        run = run[:-1]
    solid = [c for c in run if c.text != " "]
    sizes = sorted(c.size for c in solid)
    size = sizes[len(sizes) // 2]
    bases = sorted(c.base for c in solid)
    base = bases[len(bases) // 2]
    text = ""
    notes: list[int] = []
    for character in run:
        raised = character.size < _SMALL * size and character.base > base + 0.1 * size
        if raised and character.text.isdigit() and _is_reference(text):
            # A number that a line begins with is the note's own.
            if text.strip() and (not notes or notes[-1] != len(text)):
                notes.append(len(text))
        else:
            text += character.text
    return Fragment(
        text,
        min(c.left for c in solid),
        max(c.right for c in solid),
        min(c.bottom for c in solid),
        max(c.top for c in solid),
        base,
        size,
        tuple(notes),
    )


def _is_reference(before: str) -> bool:
    """Is a raised figure behind this a note's, and no power of a unit or a number?"""
    word = before.rpartition(" ")[2]
    if not word or not word[-1].isalnum():
        return True
    return word[-1].isalpha() and sum(map(str.isalpha, word)) > _LONGEST_UNIT


def _language(document: Any) -> str | None:
    import pypdfium2.raw as raw

    if not hasattr(raw, "FPDFCatalog_GetLanguage"):
        return None
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size <= 100:
        return None
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _left_out(document: Any) -> tuple[str, ...]:
    import pypdfium2.raw as raw

    found = []
    files = raw.FPDFDoc_GetAttachmentCount(document)
    if files > 0:
        found.append(f"{count(files, 'file')} inside the document: not read")
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        found.append("scripts: neither read nor run")
    return tuple(found)
