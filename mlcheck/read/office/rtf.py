"""RTF: paragraphs, tables, notes and fields of a file of groups and control words.

Of our own, because the library that there is (striprtf) gives a string: notes are gone, cells cannot be told
from the sign `|`, deleted and hidden text is in it, and characters beyond the first plane are halves.
"""

from __future__ import annotations

import re

from mlcheck.data import BlockKind, MarkKind
from mlcheck.errors import InputError
from mlcheck.read.extract import Extract
from mlcheck.read.formats import ReadOptions
from mlcheck.read.office.flow import Flow, Line
from mlcheck.read.office.rtf_state import (
    CHARACTERS,
    EDGES,
    HOLLOW,
    KNOWN,
    SKIPPED,
    Field,
    Fonts,
    State,
    apply_property,
)
from mlcheck.wording import count

__all__ = ["read_rtf"]

_TITLE = "RTF"
_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?[0-9]{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z'])"
    r"|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_DEEPEST = 500
"""Groups in groups. Programs write ten or twenty."""
_MOST = 600_000
"""Tokens, which take a second; a book of 150,000 words, of which each is formatted, has as many."""
_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]{1,2000})"', re.IGNORECASE)
_MARKER = re.compile(r"\s*(?:\(?(?:\d{1,3}|[A-Za-z])[.)]|[•◦▪‣·–—*-])\t")
"""Of an item of a list, as it is written into the text for programs that know no lists."""
_IN_HOLLOW = frozenset({"shptxt", "dptxbxtext", "ud", "result"})
_STARRED = frozenset({"fldinst", "shpinst", "shppict", "do", "ud", "footnote"})
"""Destinations that are marked as such that a reader need not know, and that this one does."""


def read_rtf(data: bytes, shown: str, options: ReadOptions) -> Extract:
    """RTF. Raises `InputError` for what is damaged or none."""
    if not data.startswith(b"{\\rtf"):
        raise InputError(f"{shown}: is no RTF, which begins with {{\\rtf; give its format with --from")
    return _Reader(shown).read(data.decode("latin-1"))


class _Reader:
    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._flow = Flow()
        self._fonts = Fonts()
        self._line = Line()
        self._state = State()
        self._stack: list[State] = []
        self._raw = bytearray()
        self._high = 0
        self._skip = 0
        self._starred = False
        self._cells: list[list[Line]] = []
        self._cell: list[Line] = []
        self._table = ""
        self._rows = 0
        self._comments = 0
        self._boxes: list[Line] = []

    def read(self, text: str) -> Extract:
        at, tokens = 0, 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            assert match is not None  # the pattern takes any character
            at = match.end()
            tokens += 1
            if tokens > _MOST:
                raise InputError(f"{self._shown}: {_TITLE} of more than {_MOST:,} pieces; split it")
            word, number, code, sign, brace, plain = match.groups()
            if brace is not None:
                self._brace(brace)
                if not self._stack:
                    break  # what stands behind the last group is no part of the text
            elif code is not None:
                self._byte(bytes.fromhex(code))
            elif plain is not None:
                self._plain(plain)
            elif word == "bin":
                at += max(int(number or 0), 0)
            elif word is not None:
                self._control(word, int(number) if number is not None else None)
            elif sign is not None:
                self._sign(sign)
        if self._stack:
            raise InputError(f"{self._shown}: {_TITLE} that is cut off; save it again")
        self._paragraph()
        self._end_table()
        if self._comments:
            self._flow.skip(f"{count(self._comments, 'comment')}: not read")
        return self._flow.finish(None)

    def _brace(self, brace: str) -> None:
        self._flush()
        self._skip, self._starred = 0, False
        if brace == "{":
            if len(self._stack) >= _DEEPEST:
                raise InputError(f"{self._shown}: {_TITLE} of more than {_DEEPEST} levels; it is not read")
            self._stack.append(self._state)
            self._state = self._state.copy()
        elif self._stack:
            left, self._state = self._state, self._stack.pop()
            if left.target is not self._state.target:
                self._leave(left)
            if left.field is not None and left.field is not self._state.field:
                self._close(left.field)

    def _leave(self, left: State) -> None:
        """A group with a text of its own ends: a note, a box, a line of a page's head."""
        own = left.target
        if own is None:
            return
        inner, self._line = self._line, own.outer
        if left.target is not None and not inner.is_blank:
            own.lines.append(inner.done())
        if own.kind in ("footnote", "endnote"):
            self._flow.note(own.kind, own.lines)
        elif own.kind == "box":
            own.above.extend(own.lines)
        else:
            for line in own.lines:
                self._flow.edge(line, own.kind)

    def _control(self, word: str, number: int | None) -> None:
        if word not in KNOWN and not (self._skip or self._starred) and self._state.where == "text":
            return  # how letters look, which is most of a file
        if word != "u":
            self._flush()
        if self._skip:
            self._skip -= 1
            return
        starred, self._starred = self._starred, False
        if self._state.where != "text" and word not in _IN_HOLLOW:
            self._elsewhere(word, number)
        elif starred and word not in _STARRED:
            self._comments += word == "annotation"
            self._state.where = "nothing"
        elif not self._destination(word):
            self._in_text(word, number)

    def _in_text(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u":
            self._unicode(number or 0)
        elif word in CHARACTERS:
            self._put(CHARACTERS[word])
        elif word in ("par", "sect"):
            self._paragraph()
        elif word in ("cell", "nestcell"):
            self._end_cell(word == "cell")
        elif word == "row":
            self._row()
        elif word == "ftnalt" and state.target is not None and state.target.kind == "footnote":
            state.target.kind = "endnote"
        else:
            apply_property(state, self._fonts, word, number)

    def _elsewhere(self, word: str, number: int | None) -> None:
        where = self._state.where
        if where in ("fonts", "styles"):
            self._fonts.control(where, word, number)
            if word == "u":
                self._fonts.text(where, chr(min(max(number or 0, 32), 0xD7FF)))
                self._skip = self._state.skip
        elif where == "instruction" and word == "u" and self._state.field is not None:
            self._skip = self._state.skip

    def _destination(self, word: str) -> bool:
        """Does the word begin a group that is not the text's own? Then the state says which."""
        state = self._state
        if word in ("fonttbl", "stylesheet"):
            state.where = "fonts" if word == "fonttbl" else "styles"
        elif word in SKIPPED:
            state.where = "nothing"
            if word in ("pict", "shppict"):
                self._mark("image", self._line.length)
            if word in ("listtext", "pntext"):
                self._stack[-1].is_item = True
        elif word in HOLLOW:
            state.where = "hollow"
        elif word in _IN_HOLLOW:
            return self._shown_again(word)
        elif word == "field":
            state.field = Field()
        elif word == "fldinst":
            state.where = "instruction"
        elif word == "fldrslt":
            if state.field is not None:
                state.field.line, state.field.start = self._line, self._line.length
        elif word == "footnote" or word in EDGES:
            self._enter(EDGES.get(word, "footnote"))
        else:
            return False
        return True

    def _shown_again(self, word: str) -> bool:
        if self._state.where not in ("hollow", "text"):
            return True
        if self._state.where == "hollow":
            self._state.where = "text"
            if word in ("shptxt", "dptxbxtext"):
                self._enter("box")
        return True

    def _enter(self, kind: str) -> None:
        if kind == "footnote":
            self._mark("footnote", self._line.length)
        above = self._state.target.lines if self._state.target is not None else self._boxes
        self._state.enter(kind, self._line, above)
        self._line = Line()

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
            return
        self._flush()
        if self._skip:
            self._skip -= 1
        elif sign in "\r\n":
            self._paragraph()
        elif sign in CHARACTERS:
            self._put(CHARACTERS[sign])

    def _plain(self, text: str) -> None:
        cut = min(self._skip, len(text))
        self._skip -= cut
        self._take(text[cut:].encode("latin-1"))

    def _byte(self, byte: bytes) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._take(byte)

    def _take(self, data: bytes) -> None:
        state = self._state
        if not data:
            return
        if state.where in ("fonts", "styles"):
            self._fonts.text(state.where, data.decode("latin-1"))
        elif state.where == "instruction":
            if state.field is not None:
                state.field.instruction += data.decode(self._fonts.encoding(state.font), "replace")
        elif state.is_shown:
            self._raw += data

    def _flush(self) -> None:
        if self._raw:
            self._line.put(self._raw.decode(self._fonts.encoding(self._state.font), "replace"))
            self._raw.clear()
        self._high = 0

    def _put(self, text: str) -> None:
        if self._state.is_shown:
            self._flush()
            self._line.put(text)

    def _unicode(self, number: int) -> None:
        """A character by its number, which is signed and may be half of one."""
        high = self._high
        self._flush()
        self._skip = self._state.skip
        number &= 0xFFFF
        if 0xD800 <= number < 0xDC00:
            self._high = number
        elif 0xDC00 <= number < 0xE000:
            if high:
                self._put(chr(0x10000 + ((high - 0xD800) << 10) + number - 0xDC00))
        else:
            self._put(chr(number))

    def _mark(self, kind: MarkKind, start: int) -> None:
        if self._state.is_shown:
            self._line.mark(kind, "", start)

    def _close(self, field: Field) -> None:
        link = _LINK.match(field.instruction)
        if link is not None and field.line is self._line and self._line.length > field.start:
            self._line.mark("link", link[1], field.start)

    def _paragraph(self) -> None:
        """A paragraph ends: of the text, a cell, a note or a box."""
        self._flush()
        line, self._line = self._line.done(), Line()
        state = self._state
        if state.target is not None:
            if not line.is_blank:
                state.target.lines.append(line)
        elif state.in_table:
            self._cell.append(line)
        else:
            self._end_table()
            level = self._fonts.level(state.style) if state.level is None else state.level
            marker = _MARKER.match(line.text)
            if marker:
                line = line.without(marker.end())
            kind: BlockKind = "list" if state.is_item or marker else "text"
            self._flow.paragraph(line, "heading" if level else kind, level=level or None)
            self._put_boxes()
        state.is_item = False
        if self._stack:
            self._stack[-1].is_item = False

    def _put_boxes(self) -> None:
        boxes, self._boxes = self._boxes, []
        for line in boxes:
            self._flow.paragraph(line)

    def _end_cell(self, whole: bool) -> None:
        if self._state.target is not None:
            self._paragraph()
            return
        self._flush()
        line, self._line = self._line.done(), Line()
        self._cell.append(line)
        if whole:
            self._cells.append(self._cell)
            self._cell = []

    def _row(self) -> None:
        if self._state.target is not None:
            return
        if not self._table:
            self._table, self._rows = self._flow.table(), 0
        self._rows += 1
        self._flow.row(self._table, self._rows, self._cells)
        self._cells = []
        self._put_boxes()

    def _end_table(self) -> None:
        if self._cells or self._cell:  # of a row that never ended
            self._cells.append(self._cell)
            self._cell = []
            self._row()
        self._table = ""
