"""A mail: its subject as headline, its text, and what stands around that as furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from mlcheck.data import Item, Role, Span
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Extraction, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.lines import line_spans
from mlcheck.read.markup import Part, Pieces, add_parts, markup_parts, plain_parts

__all__ = ["read_mail"]

_MOST_PARTS, _MOST_LEAVES = 100, 1000
"""Parts that hold others, and parts in all."""
_MULTIPART = re.compile(r"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_LONGEST = 5000
"""Characters of a header line that is taken apart: what is longer takes the library seconds."""
_STUB = 40
"""Letters below which a part in plain text is a stub, where one in HTML has three times as many: `Your
program does not show HTML`."""
_AROUND = ("From", "To", "Cc", "Date")
_QUOTED = re.compile(r"[ \t]{0,3}>")
_SIGNATURE = re.compile(r"--[ \t]?")
_STATEFUL = ("iso-2022", "iso2022", "hz", "utf-7", "utf7")
"""Encodings in seven bits, whose text the file's own characters do not show."""
_PAGE_READER = "mlcheck.read.html"


def read_mail(text: str, shown: str, options: ReadOptions) -> Extract:
    """The text of a mail: of several renditions of it the plain one. Attachments are named, not read.
    Raises `InputError` where it is no mail, is damaged, or has no text."""
    message = _parsed(text, shown)
    extraction = Extraction(file_text=text)
    header = _Header(text, shown)
    extraction.language = (header.value("Content-Language").split(",")[0].strip()) or None
    issued = header.value("Date")
    extraction.item = Item(issued=issued) if issued else None
    extraction.add(header.pieces("Subject"), "heading", role="headline")
    for name in _AROUND:
        extraction.add(header.pieces(name), role="furniture")
    before = len(extraction.finish().blocks)
    finder = _Finder(text, shown, header.end)
    for number, part in _texts(message, extraction):
        _add(extraction, finder, number, part, options)
    if len(extraction.finish().blocks) == before:
        named = "; ".join(extraction.finish().skipped)
        raise InputError(f"{shown}: a mail without text{f' ({named})' if named else ''}; save what is in it")
    return extraction.finish()


def _parsed(text: str, shown: str) -> Message:
    from email import message_from_string

    if len(_MULTIPART.findall(text)) > _MOST_PARTS:
        raise InputError(
            f"{shown}: a mail of more than {_MOST_PARTS} parts inside each other; it is not read"
        )
    try:
        # The newer policies parse headers by recursion, which a few brackets bring to its end.
        message = message_from_string(text, policy=compat32)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError):
        raise InputError(f"{shown}: a mail, and damaged; save it again") from None
    if not message.keys():
        raise InputError(f"{shown}: is no mail: it has no headers; give its format with --from")
    for number, part in enumerate(message.walk()):
        if number >= _MOST_LEAVES:
            raise InputError(f"{shown}: a mail of more than {_MOST_LEAVES:,} parts; it is not read")
        for name, value in part.items():
            if name.lower().startswith("content-") and len(value) > _LONGEST:
                raise InputError(
                    f"{shown}: a mail with a {_short(name)} of {len(value):,} characters; is it whole?"
                )
    return message


class _Header:
    """The header of a mail: what its lines say, and where they stand."""

    _LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]*):[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)(?:\r?\n|\r|\Z)")

    def __init__(self, text: str, shown: str) -> None:
        self._text, self._places = text, dict[str, Span]()
        self.end = 0
        while (line := self._LINE.match(text, self.end)) is not None:
            self._places.setdefault(line[1].lower(), Span(*line.span(2)))
            self.end = line.end()

    def value(self, name: str) -> str:
        """What a line of the header says, decoded; "" without one."""
        place = self._places.get(name.lower())
        return _words(self._text[slice(*place)]) if place is not None else ""

    def pieces(self, name: str) -> list[Piece]:
        """The same with its place: as a whole where it is encoded."""
        value = self.value(name)
        return [Piece(value, self._places[name.lower()])] if value else []


def _words(written: str) -> str:
    """A line of a header with its encoded words decoded, where that can be done."""
    plain = " ".join(written.split())
    if "=?" not in plain or len(plain) > _LONGEST:
        return plain
    try:
        return " ".join(str(make_header(decode_header(plain))).split())
    except (ValueError, LookupError, TypeError, MessageError):
        return plain


class _Finder:
    """Finds the text of parts that are written out, in the mail's own characters."""

    def __init__(self, text: str, shown: str, start: int) -> None:
        self._text, self._at, self.shown = text, start, shown

    def pieces(self, part: Message) -> tuple[list[Piece], bool]:
        """The characters of a part, and whether they are the file's own."""
        encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
        charset = (part.get_content_charset() or "utf-8").lower()
        written = part.get_payload()
        if not isinstance(written, str):
            raise self._damaged()
        if encoding in ("base64", "quoted-printable", "x-uuencode", "uuencode"):
            return [Piece(self._decoded(part, charset))], False
        if charset.startswith(_STATEFUL):
            try:
                return [Piece(written.encode("ascii").decode(charset))], False
            except (UnicodeError, LookupError):
                raise self._damaged() from None
        at = self._text.find(written, self._at)
        if at < 0:
            return [Piece(written)], False
        self._at = at + len(written)
        return [Piece(written, Span(at, self._at))], True

    def _decoded(self, part: Message, charset: str) -> str:
        try:
            data: Any = part.get_payload(decode=True)
            # What is no base64 is given back as it stands, with a note.
            if any("Base64" in type(defect).__name__ for defect in part.defects):
                raise self._damaged()
            return str(data.decode(charset))
        except LookupError:
            raise InputError(
                f"{self.shown}: a mail in {_short(charset)}, which is no known encoding; save it as text"
            ) from None
        except (ValueError, AttributeError, TypeError):
            raise self._damaged() from None

    def _damaged(self) -> InputError:
        return InputError(f"{self.shown}: a mail with a part that cannot be decoded; save it again")


def _texts(message: Message, extraction: Extraction) -> Iterator[tuple[int, Message]]:
    """The parts that make up its text, with their numbers, and the names of the others to `skip`."""
    number = 0
    stack: list[Message] = [message]
    while stack:
        part = stack.pop()
        kind = part.get_content_type()
        if part.is_multipart() and kind.startswith("multipart/") and not _is_attached(part):
            held = [child for child in part.get_payload() if isinstance(child, Message)]
            stack += [_best(held)] if kind == "multipart/alternative" and held else reversed(held)
        elif kind in ("text/plain", "text/html") and not _is_attached(part):
            number += 1
            yield number, part
        else:
            extraction.skip(_named(part, kind))


def _short(named: str) -> str:
    """What a mail calls something, as a message can show it: on one line, and not all of it."""
    return " ".join(named.split())[:100]


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _named(part: Message, kind: str) -> str:
    try:
        name = _words(part.get_filename() or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        name = ""
    return f"attachment {_short(name) or 'without a name'} ({_short(kind)})"


def _best(parts: list[Message]) -> Message:
    """Of renditions of one text: the plain one, unless it is a stub beside one in HTML."""
    found: dict[str, Message] = {}
    for part in parts:
        kinds = {leaf.get_content_type() for leaf in part.walk() if not leaf.is_multipart()}
        for kind in kinds & {"text/plain", "text/html"}:
            found.setdefault(kind, part)
    plain, page = found.get("text/plain"), found.get("text/html")
    if page is None:
        return parts[-1] if plain is None else plain
    if plain is None:
        return page
    words = _letters(plain, "text/plain")
    return page if words < _STUB and _letters(page, "text/html") > 3 * words else plain


def _letters(part: Message, kind: str) -> int:
    """The letters of a kind of text in a part."""
    count = 0
    for leaf in part.walk():
        if leaf.get_content_type() != kind:
            continue
        try:
            data: Any = leaf.get_payload(decode=True)
            text = data.decode(leaf.get_content_charset() or "utf-8", "replace")
        except (ValueError, LookupError, AttributeError, TypeError):
            continue
        count += sum(map(str.isalpha, re.sub(r"<[^<>]*>", "", text) if kind == "text/html" else text))
    return count


def _add(extraction: Extraction, finder: _Finder, number: int, part: Message, options: ReadOptions) -> None:
    pieces, written = finder.pieces(part)
    place = "" if written else f"part {number}"
    if part.get_content_type() == "text/plain":
        add_parts(extraction, _plain(pieces), place=place)
    elif written or find_spec(_PAGE_READER) is None:
        add_parts(extraction, markup_parts(pieces), place=place)
    else:
        _add_page(extraction, pieces[0].text, place, finder.shown, options)


def _add_page(extraction: Extraction, text: str, place: str, shown: str, options: ReadOptions) -> None:
    """A page that was encoded, as the reader of pages reads it."""
    page: Extract = import_module(_PAGE_READER).read_html(text, shown, options)
    for block in page.blocks:
        role = block.role if block.role != "headline" else None
        piece = Piece(page.text[block.span.start : block.span.end])
        inside = [
            (mark.kind, mark.value, mark.span.start - block.span.start, mark.span.end - block.span.start)
            for mark in page.marks
            if block.span.start <= mark.span.start <= mark.span.end <= block.span.end
        ]
        extraction.add([piece], block.kind, role=role, place=place, marks=inside)


def _plain(pieces: list[Piece]) -> Iterator[Part]:
    """The paragraphs of a part in plain text. What it quotes, and its signature, are furniture."""
    whole = Pieces(pieces)
    lines = line_spans(whole.text)
    ends = [n for n, line in enumerate(lines) if _SIGNATURE.fullmatch(whole.text[slice(*line)])]
    last = ends[-1] if ends else len(lines)
    runs: list[tuple[int, int, Role | None]] = []
    for number, line in enumerate(lines):
        furniture = number >= last or _QUOTED.match(whole.text[slice(*line)]) is not None
        role: Role | None = "furniture" if furniture else None
        if runs and runs[-1][2] == role:
            runs[-1] = (runs[-1][0], line.end, role)
        else:
            runs.append((line.start, line.end, role))
    for at, (start, end, role) in enumerate(runs):
        parts = [part._replace(role=role) for part in plain_parts(whole.cut(start, end))]
        quotes = at + 1 < len(runs) and whole.text[runs[at + 1][0] : runs[at + 1][1]].lstrip().startswith(">")
        if parts and role is None and quotes and parts[-1].pieces[-1].text.rstrip().endswith((":", "：")):
            # `On Monday Anna Berg wrote:`
            parts[-1] = parts[-1]._replace(role="furniture")
        yield from parts
