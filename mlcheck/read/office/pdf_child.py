"""The pages of a PDF as pieces of lines, each with its place on the page, its links, and what its form fields
hold; by pdfium.

A program of its own, which `pdf_pages.py` starts: pdfium is no Python, and there are files that keep it busy,
or fill the memory, without end. It takes a PDF on standard input, writes JSON, and may take so much time and
memory.
"""

from __future__ import annotations

import ctypes
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from typing import Any

__all__ = ["main"]

_MOST_PAGES = 2000
_MOST_CHARACTERS = 3_000_000
_SECONDS = 1.0
"""Of the processor, for a page. Full ones take a fortieth."""
_MEMORY = 1 << 30
"""Bytes of address space, most of which are never touched."""
_GAP = 1.3
"""Heights of a line: a space that is wider parts columns or cells. Justified text stays below one."""
_DROP = 0.5
_SMALL = 0.8
_HYPHEN = ("\x02", "\ufffe", "\xad")
"""What pdfium gives for a hyphen at the end of a line."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LONGEST_UNIT = 2
"""Letters of a unit, whose raised figure is a power: km², cm³."""
_MOST_LINKS = 5000
"""Of a page; a link of several lines has as many boxes."""
_MOST_FIELDS = 5000
_LONGEST_ADDRESS = 4000
"""Bytes."""
_BANDS = 200
"""Stripes of a page in which a link is looked for: a character is not held against all of them."""
_HIDDEN = 0b100010
"""Flags of an annotation that is not shown, or not on a screen."""
_PASSWORD = 1 << 13
"""The flag of a field whose value is not shown."""


@dataclass(slots=True)
class _Fragment:
    """Characters in a line, and the box around them in points, from the lower left corner of the page.
    `notes` are the places in the text where a raised number stood, `links` addresses, each with the stretch
    of the text that leads there."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    base: float
    size: float
    notes: tuple[int, ...] = ()
    links: tuple[tuple[str, int, int], ...] = ()


def main() -> None:
    """Read a PDF, and write its pages, or what is wrong with it."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        found = _read(data)
    except _Wrong as wrong:
        found = {"wrong": wrong.args}
    _again(0)
    sys.stdout.write(json.dumps(found))


class _Wrong(Exception):
    """What is wrong: `password`, `damaged`, or `pages` and `characters`, and how many."""


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows, where the one that waits has its own limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _again(seconds: float = _SECONDS) -> None:
    """A page more may take its time; what takes longer is ended by the signal. 0: there is no limit."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _read(data: bytes) -> dict[str, Any]:
    import pypdfium2 as pdfium

    _again()
    try:
        document = pdfium.PdfDocument(data)
        number = len(document)
        if not 0 < number <= _MOST_PAGES:
            raise _Wrong("pages", number)
        with _form(document) as form:
            pages = list(_pages(document, number, form))
        return {"pages": pages, "language": _language(document), "left_out": _left_out(document)}
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower() or "security" in str(error).lower()
        raise _Wrong("password" if locked else "damaged") from None


@contextmanager
def _form(document: Any) -> Iterator[Any]:
    """What pdfium wants in hand to tell what fields hold; None without a form. It is given nothing that would
    run a script, and is not told that a page is opened, at which one could run."""
    import pypdfium2.raw as raw

    if document.get_formtype() == raw.FORMTYPE_NONE:
        yield None
        return
    # Without `m_pJsPlatform` there is nothing for scripts, in builds that could run them too.
    config = raw.FPDF_FORMFILLINFO(version=2, xfa_disabled=True)
    form = raw.FPDFDOC_InitFormFillEnvironment(document, config)
    try:
        yield form or None
    finally:
        if form:
            raw.FPDFDOC_ExitFormFillEnvironment(form)


def _pages(document: Any, number: int, form: Any) -> Iterator[list[Any]]:
    total = 0
    known: set[tuple[str, str]] = set()
    for index in range(number):
        _again()
        page = document[index]
        text = page.get_textpage()
        try:
            total += text.count_chars()
            if total > _MOST_CHARACTERS:
                raise _Wrong("characters", total)
            found = list(dict.fromkeys(_fields(page, form))) if form is not None else []
            # A field that is shown on several pages is read where it stands first.
            fields = [field for field in found if field not in known]
            known.update(fields)
            total += sum(len(value) for _, value in fields)
            if total > _MOST_CHARACTERS:
                raise _Wrong("characters", total)
            yield [*_page(index + 1, page, text), fields]
        finally:
            text.close()
            page.close()


def _page(number: int, page: Any, text: Any) -> list[Any]:
    width, height = page.get_size()
    characters = list(_characters(text, page))
    shown = [c for c in characters if c.text.strip()]
    unreadable = sum(_is_unreadable(c.text) for c in shown)
    lines = [astuple(line) for line in _fragments(characters) if line.text.strip()]
    pictures = not shown and any(True for _ in page.get_objects(max_depth=1))
    return [number, width, height, lines, len(shown), unreadable, pictures]


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
    link: str = ""
    """Where it leads."""

    @property
    def size(self) -> float:
        return self.top - self.bottom


def _characters(text: Any, page: Any) -> Iterator[_Character]:
    """The characters of a page, upright, those off the page left out."""
    import pypdfium2.raw as raw

    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    turned = page.get_rotation() % 360
    left, bottom, right, top = page.get_cropbox()
    links = _Links(page, bottom, top)
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
        link = links.at((sides[0] + sides[1]) / 2, (sides[2] + sides[3]) / 2)
        if turned:
            sides = _upright(sides, x.value, turned, right, top)
        yield _Character(_clean(chr(code)), *sides, made, link)


class _Links:
    """The addresses that parts of a page lead to. Where two boxes lie on one another, the later counts."""

    def __init__(self, page: Any, bottom: float, top: float) -> None:
        self._bottom = bottom
        self._height = max((top - bottom) / _BANDS, 1.0)
        self._bands: dict[int, list[tuple[str, float, float, float, float]]] = {}
        for address, left, low, right, high in _boxes(page):
            first, last = (self._band(min(max(y, bottom), top)) for y in (low, high))
            for band in range(first, last + 1):
                self._bands.setdefault(band, []).append((address, left, low, right, high))

    def at(self, x: float, y: float) -> str:
        """Where that point leads; "" where it is no link."""
        if not self._bands:
            return ""
        for address, left, low, right, high in reversed(self._bands.get(self._band(y), ())):
            if left <= x <= right and low <= y <= high:
                return address
        return ""

    def _band(self, y: float) -> int:
        return int((y - self._bottom) / self._height) if abs(y) < 1e9 else -1


def _boxes(page: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """The address and the box (left, bottom, right, top) of each link that leads out of the document."""
    import pypdfium2.raw as raw

    at, link, left = ctypes.c_int(0), raw.FPDF_LINK(), _MOST_LINKS
    quad, box = raw.FS_QUADPOINTSF(), raw.FS_RECTF()
    while left > 0 and raw.FPDFLink_Enumerate(page, at, link):
        left -= 1
        address = _address(page, link)
        if not address:
            continue
        lines = min(max(raw.FPDFLink_CountQuadPoints(link), 0), left)
        left -= lines
        for number in range(lines):
            if raw.FPDFLink_GetQuadPoints(link, number, quad):
                xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                yield address, min(xs), min(ys), max(xs), max(ys)
        if not lines and raw.FPDFLink_GetAnnotRect(link, box):
            low, high = sorted((box.bottom, box.top))
            yield address, min(box.left, box.right), low, max(box.left, box.right), high


def _address(page: Any, link: Any) -> str:
    import pypdfium2.raw as raw

    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    if not 1 < size <= _LONGEST_ADDRESS:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
    return "".join(sign for sign in buffer.value.decode("utf-8", "replace") if sign.isprintable()).strip()


def _fields(page: Any, form: Any) -> Iterator[tuple[str, str]]:
    """The name of each field that shows words that somebody put in, and these."""
    import pypdfium2.raw as raw

    texts = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_FIELDS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
            if kind not in texts or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                continue
            is_text = kind == raw.FPDF_FORMFIELD_TEXTFIELD
            if is_text and raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD:
                continue
            value = "" if is_text else _options(form, annotation)
            value = value or _said(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
            if value.strip():
                yield _said(raw.FPDFAnnot_GetFormFieldName, form, annotation), value
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def _options(form: Any, annotation: Any) -> str:
    """The labels of the options that are chosen, which the value may call by other names."""
    import pypdfium2.raw as raw

    number = min(max(raw.FPDFAnnot_GetOptionCount(form, annotation), 0), _MOST_FIELDS)
    chosen = (n for n in range(number) if raw.FPDFAnnot_IsOptionSelected(form, annotation, n))
    return "\n".join(_said(raw.FPDFAnnot_GetOptionLabel, form, annotation, n) for n in chosen)


def _said(ask: Any, *about: Any) -> str:
    """A text that pdfium gives in UTF-16, with its lines."""
    size = ask(*about, None, 0)
    if size <= 2:
        return ""
    if size > 2 * _MOST_CHARACTERS:
        raise _Wrong("characters", size // 2)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(*about, buffer, size)
    text = bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
    signs = (sign if sign == "\n" else _clean(sign) for sign in "\n".join(text.splitlines()))
    return "".join(signs)


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


def _fragments(characters: list[_Character]) -> Iterator[_Fragment]:
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


def _fragment(run: list[_Character]) -> _Fragment:
    while run[-1].text == " ":
        run = run[:-1]
    solid = [c for c in run if c.text != " "]
    sizes = sorted(c.size for c in solid)
    size = sizes[len(sizes) // 2]
    bases = sorted(c.base for c in solid)
    base = bases[len(bases) // 2]
    text = ""
    notes: list[int] = []
    links: list[tuple[str, int, int]] = []
    for character in run:
        raised = character.size < _SMALL * size and character.base > base + 0.1 * size
        if raised and character.text.isdigit() and _is_reference(text):
            # A number that a line begins with is the note's own.
            if text.strip() and (not notes or notes[-1] != len(text)):
                notes.append(len(text))
        else:
            if character.link and character.text != " ":
                goes_on = links and links[-1][0] == character.link and not text[links[-1][2] :].strip()
                start = links.pop()[1] if goes_on else len(text)
                links.append((character.link, start, len(text) + len(character.text)))
            text += character.text
    return _Fragment(
        text,
        min(c.left for c in solid),
        max(c.right for c in solid),
        min(c.bottom for c in solid),
        max(c.top for c in solid),
        base,
        size,
        tuple(notes),
        tuple(links),
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


def _left_out(document: Any) -> list[int]:
    """How many files are inside, how many scripts, and whether there is a form that has its own pages."""
    import pypdfium2.raw as raw

    return [
        max(0, raw.FPDFDoc_GetAttachmentCount(document)),
        max(0, raw.FPDFDoc_GetJavaScriptActionCount(document)),
        int(document.get_formtype() == raw.FORMTYPE_XFA_FULL),
    ]


if __name__ == "__main__":
    main()
