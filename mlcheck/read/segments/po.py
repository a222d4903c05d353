"""PO, the catalogues of gettext: the entries that are translated.

polib knows in which line an entry begins, and not where its strings stand, so they are read here; the tests
hold what is read to what polib reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mlcheck.data import Span
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract, Piece
from mlcheck.read.formats import ReadOptions
from mlcheck.read.lines import line_spans
from mlcheck.read.placeholders import marked
from mlcheck.read.segments.pair import Segments, declared

__all__ = ["read_po"]

_TITLE = "a PO file"
_FIELD = re.compile(r"\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s*(?=\")")
_STRING = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*')
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "a": "", "b": "", "f": "", "v": ""}
_MOST_FORMS = 6
"""Plural forms of a language; Arabic has six."""


@dataclass(slots=True)
class _Entry:
    fuzzy: bool = False
    fields: dict[str, list[Piece]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return "".join(piece.text for piece in self.fields.get(name, ()))


def read_po(text: str, shown: str, options: ReadOptions) -> tuple[Extract, Extract]:
    """The two versions in a PO file. Raises `InputError` where it is none, or nothing in it is translated."""
    entries = list(_entries(text, shown))
    header = next(
        (e.text("msgstr") for e in entries if not e.text("msgid") and "msgctxt" not in e.fields), ""
    )
    languages = declared(_said(header, "X-Source-Language")), declared(_said(header, "Language"))
    segments = Segments(shown, _TITLE, text, languages)
    number = 0
    for entry in entries:
        if not entry.text("msgid"):
            continue
        number += 1
        _add(segments, str(number), entry)
    return segments.finish()


def _said(header: str, name: str) -> str:
    found = re.search(rf"^{name}:(.*)$", header, re.MULTILINE | re.IGNORECASE)
    return found[1].strip() if found else ""


def _add(segments: Segments, key: str, entry: _Entry) -> None:
    """An entry; of plural forms, the first against the singular and each other against the plural."""
    forms = [name for name in entry.fields if name.startswith("msgstr")][:_MOST_FORMS]
    if not any(entry.text(name).strip() for name in forms):
        segments.leave_out("not translated yet", key)
        return
    if entry.fuzzy:
        segments.leave_out("marked fuzzy", key)
        return
    plural = "msgid_plural" in entry.fields
    for number, name in enumerate(forms):
        # A language of one form says by it what the plural says.
        source = "msgid_plural" if plural and (number or len(forms) == 1) else "msgid"
        segments.add(
            f"{key}[{number}]" if plural and len(forms) > 1 else key,
            marked(entry.fields.get(source, ())),
            marked(entry.fields[name]),
        )


def _entries(text: str, shown: str) -> Iterator[_Entry]:
    """The entries in order; those that are obsolete stand in comments, and are none."""
    entry = _Entry()
    here: list[Piece] | None = None
    for number, line in enumerate(line_spans(text), start=1):
        written = text[line.start : line.end]
        bare = written.strip()
        if bare.startswith("#") or not bare:
            if "msgid" in entry.fields and any(name.startswith("msgstr") for name in entry.fields):
                yield entry
                entry = _Entry()
            here = None
            if bare.startswith("#,") and re.search(r"\bfuzzy\b", bare):
                entry.fuzzy = True
            continue
        found = _FIELD.match(written)
        if found:
            name = found[1]
            if name in entry.fields or (name in ("msgctxt", "msgid") and "msgid" in entry.fields):
                yield entry
                entry = _Entry()
            here = entry.fields.setdefault(name, [])
        string = _STRING.fullmatch(written, found.end() if found else 0)
        if string is None or here is None:
            raise InputError(
                f"{shown}:{number}: {_TITLE}, and not well formed; msgfmt --check says what is wrong"
            )
        here += _pieces(string[1], line.start + string.start(1))
    if "msgid" in entry.fields:
        yield entry


def _pieces(written: str, start: int) -> Iterator[Piece]:
    """A string between its quotation marks, with what its escapes stand for."""
    at = 0
    for match in _ESCAPE.finditer(written):
        if match.start() > at:
            yield Piece(written[at : match.start()], Span(start + at, start + match.start()))
        at = match.end()
        code = int(match[1], 16) if match[1] else int(match[2], 8) if match[2] else None
        character = chr(code) if code is not None else _ESCAPED.get(match[3], match[3])
        if character:
            yield Piece(character, Span(start + match.start(), start + at))
    if at < len(written):
        yield Piece(written[at:], Span(start + at, start + len(written)))
