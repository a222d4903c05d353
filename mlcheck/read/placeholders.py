"""Placeholders of programs: what stands in a string for what the program will put there, and tags in it.

A placeholder is no word: it becomes a mark, and is left out of what is compared. The mark that shows which
letter of a menu opens it (`&File`, `_File`) parts a word, so it goes before anything else looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mlcheck.data import MarkKind
from mlcheck.read.extract import Piece, cut_pieces

__all__ = ["Content", "Marking", "marked"]

Marking = tuple[MarkKind, str, int, int]
"""Kind, value, start and end in the characters of the pieces; as `Extraction.add` takes them."""

_PLACEHOLDER = re.compile(
    r"""\{\{[^{}\n]{0,80}\}\}                            # i18next, Angular, Handlebars
    | [$#%]\{[^{}\n]{1,60}\}                             # ${x}, #{x}, %{x}
    | \{[\w.:\-,\s$\[\]]{0,40}\}                         # {0}, {name}, {price:N2}
    | %\([\w.\- ]{1,60}\)[-+#0-9.]*[a-zA-Z]              # %(name)s
    | %(?:\d+\$)?[-+\#0]*(?:\d+|\*)?(?:\.\d+)?(?:hh|h|ll|l|L|q|z|t|j)?[diouxXeEfFgGcsSpa@](?![A-Za-z])
    | %(?:\d+\$)?\#@\w+@                                # Apple's %#@count@
    | (?<![\w%])%\w+%(?!\w)                              # %count%
    | (?<![\w$])\$\w+\$                                  # $USER$
    | \$t\([^()\n]{1,60}\)                               # i18next's other string
    | </?[A-Za-z][^<>\n]{0,300}>                         # tags
    """,
    re.VERBOSE,
)
_ACCELERATOR = re.compile(
    r"(?<![\w&])[&_](?=[^\W_])(?!\w+;)(?![^\W_]*_)|(?<=[^\W\dA-Z_])&(?=[a-z])(?!\w+;)|\s?\([&_]\w\)"
)
"""`&File`, `_File`, `Er&setzen`, and `ファイル(&F)`; not `R&D`, `&amp;` or `_name_`."""
_ICU = re.compile(r"\{\s*([\w.]+)\s*,\s*(plural|select|selectordinal)\s*,")
_BRANCH = re.compile(r"\s*(?:offset:\d+\s*)?(=?[\w]+)\s*\{")
_DEEPEST = 5
"""Plurals within plurals."""


class Content(NamedTuple):
    """The characters of a segment or string, and its marks."""

    pieces: list[Piece]
    marks: list[Marking]

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join(piece.text for piece in self.pieces)


def marked(pieces: Sequence[Piece], marks: Sequence[Marking] = (), *, icu: bool = False) -> Content:
    """The pieces without accelerators, with a mark for each placeholder beside those given. With `icu`, of
    plurals and choices in ICU's notation the branch `other` is text, and their frame a mark."""
    content = Content([piece for piece in pieces if piece.text], list(marks))
    if icu:
        for _ in range(_DEEPEST):
            frames = list(_frames(content.text))
            if not frames:
                break
            content = _unframed(content, frames)
    content = _without(content, [match.span() for match in _ACCELERATOR.finditer(content.text)])
    found = [("placeholder", m[0], *m.span()) for m in _PLACEHOLDER.finditer(content.text)]
    return Content(content.pieces, sorted([*content.marks, *found], key=lambda mark: mark[2:]))  # type: ignore[list-item]


def _without(content: Content, gone: Sequence[tuple[int, int]]) -> Content:
    if not gone:
        return content
    pieces: list[Piece] = []
    at = 0
    for start, end in (*gone, (len(content.text), 0)):
        pieces += cut_pieces(content.pieces, at, start)
        at = end
    marks = [
        (kind, value, _moved(start, gone), _moved(end, gone)) for kind, value, start, end in content.marks
    ]
    return Content(pieces, marks)


def _moved(at: int, gone: Sequence[tuple[int, int]]) -> int:
    return at - sum(min(end, at) - start for start, end in gone if start < at)


class _Frame(NamedTuple):
    name: str
    start: int
    end: int
    inside: tuple[int, int]


def _frames(text: str) -> Iterator[_Frame]:
    """The outermost plurals and choices of a text, with the place of their branch `other`, or their last."""
    at = 0
    while match := _ICU.search(text, at):
        here, inside = match.end(), None
        while branch := _BRANCH.match(text, here):
            end = _closing(text, branch.end())
            if end is None:
                return
            if inside is None or branch[1] == "other":
                inside = (branch.end(), end)
            here = end + 1
        close = re.compile(r"\s*\}").match(text, here)
        if inside is None or close is None:
            at = match.end()
            continue
        yield _Frame(f"{{{match[1]}, {match[2]}}}", match.start(), close.end(), inside)
        at = close.end()


def _closing(text: str, at: int) -> int | None:
    depth = 1
    for here in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[here], 0)
        if not depth:
            return here
    return None


def _unframed(content: Content, frames: Sequence[_Frame]) -> Content:
    gone = [cut for frame in frames for cut in ((frame.start, frame.inside[0]), (frame.inside[1], frame.end))]
    marks: list[Marking] = [("placeholder", frame.name, frame.start, frame.start) for frame in frames]
    return _without(Content(content.pieces, [*content.marks, *marks]), gone)
