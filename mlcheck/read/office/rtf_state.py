"""What holds at a place of an RTF file: the properties of a group, the fonts with their code pages, the
styles."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from mlcheck.read.office.flow import Line

__all__ = [
    "CHARACTERS",
    "EDGES",
    "HOLLOW",
    "KNOWN",
    "SKIPPED",
    "Field",
    "Fonts",
    "State",
    "Target",
    "apply_property",
]

CHARACTERS = {
    "line": "\n",
    "lbr": "\n",
    "tab": "\t",
    "page": " ",
    "column": " ",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "~": "\xa0",
    "-": "",  # where a word may be hyphenated
    "_": "\N{NON-BREAKING HYPHEN}",
    "{": "{",
    "}": "}",
    "\\": "\\",
    "\t": "\t",
}
SKIPPED = frozenset(
    {
        "colortbl",
        "info",
        "pict",
        "shppict",
        "listtext",
        "pntext",
        "shprslt",
        "xe",
        "tc",
        "txe",
        "rxe",
        "nonshppict",
    }
    | {"nonesttables", "sp", "objdata", "objclass", "template", "private", "ftnsep", "ftnsepc", "ftncn"}
    | {
        "aftnsep",
        "aftnsepc",
        "aftncn",
        "bkmkstart",
        "bkmkend",
        "themedata",
        "latentstyles",
        "datastore",
        "rsidtbl",
    }
    | {"listtable", "listoverridetable", "revtbl", "filetbl", "generator", "annotation", "atnid", "atnauthor"}
)
"""Groups that have nothing of the text."""
HOLLOW = frozenset({"shp", "shpinst", "do", "upr", "object", "shpgrp"})
"""Groups of which only what another group in them says is text."""
EDGES = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}
_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
KNOWN = frozenset(
    {
        *CHARACTERS,
        *SKIPPED,
        *HOLLOW,
        *EDGES,
        "fonttbl",
        "stylesheet",
        "field",
        "fldinst",
        "fldrslt",
        "footnote",
    }
    | {
        "ftnalt",
        "u",
        "par",
        "sect",
        "cell",
        "nestcell",
        "row",
        "shptxt",
        "dptxbxtext",
        "ud",
        "result",
        "pard",
    }
    | {
        "plain",
        "f",
        "uc",
        "s",
        "outlinelevel",
        "ls",
        "intbl",
        "v",
        "deleted",
        "mvf",
        "ansi",
        "mac",
        "pc",
        "pca",
    }
    | {"ansicpg", "deff"}
)
"""Control words that say something of the text."""
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_CODE_PAGES = {10000: "mac_roman", 10007: "mac_cyrillic", 936: "gb18030", 65001: "utf-8"}
_HEADING = re.compile(r"\s*(?:(?:heading|überschrift|titre|título|заголовок) (\d)|title;)", re.IGNORECASE)
_MOST_SKIPPED = 32
_NO_HEADING = 9


@dataclass(slots=True)
class Field:
    """A field: its instruction, and where its result begins."""

    instruction: str = ""
    line: Line | None = None
    start: int = 0


@dataclass(slots=True)
class Target:
    """A text beside the text: a note, a box, a line of a page's head. `outer` is the line in which it stands,
    `above` the paragraphs that a box comes behind."""

    kind: str
    outer: Line
    above: list[Line]
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class State:
    """The properties of a group. `where` is `text`, `nothing`, `hollow`, `fonts`, `styles` or `instruction`;
    `skip` how many characters stand in for one that is written as its number."""

    where: str = "text"
    target: Target | None = None
    field: Field | None = None
    font: int | None = None
    skip: int = 1
    style: int | None = None
    level: int | None = None
    is_item: bool = False
    in_table: bool = False
    is_hidden: bool = False
    is_deleted: bool = False

    @property
    def is_shown(self) -> bool:
        """Are characters here part of the text?"""
        return self.where == "text" and not self.is_hidden and not self.is_deleted

    def copy(self) -> State:
        """The state of a group in this one."""
        return replace(self)

    def enter(self, kind: str, outer: Line, above: list[Line]) -> None:
        """What follows in this group is a text of its own."""
        self.target = Target(kind, outer, above)
        self.style = self.level = None
        self.is_item = self.in_table = False


def apply_property(state: State, fonts: Fonts, word: str, number: int | None) -> None:
    """Apply a control word that says how text is formatted; unknown ones say nothing."""
    on = number != 0
    if word == "pard":
        state.style = state.level = None
        state.is_item = state.in_table = False
    elif word == "plain":
        state.is_hidden = state.is_deleted = False
        state.font = None
    elif word == "f":
        state.font = number
    elif word == "uc":
        state.skip = min(max(number or 0, 0), _MOST_SKIPPED)
    elif word == "s":
        state.style = number
    elif word == "outlinelevel":
        state.level = (number or 0) + 1 if (number or 0) < _NO_HEADING else 0
    elif word == "ls":
        state.is_item = on
    elif word == "intbl":
        state.in_table = on
    elif word == "v":
        state.is_hidden = on
    elif word in ("deleted", "mvf"):
        state.is_deleted = on
    else:
        fonts.page(word, number)


class Fonts:
    """Code pages by font, and the styles that are headings."""

    def __init__(self) -> None:
        self._page = "cp1252"
        self._default: int | None = None
        self._encodings: dict[int, str] = {}
        self._levels: dict[int, int] = {}
        self._font: int | None = None
        self._style: int | None = None
        self._level: int | None = None
        self._name = ""

    def page(self, word: str, number: int | None) -> None:
        """A control word that may set the code page of the file, or its font."""
        if word in _PAGES:
            self._page = _PAGES[word]
        elif word == "ansicpg" and number is not None:
            self._page = _codec(number) or self._page
        elif word == "deff":
            self._default = number

    def control(self, where: str, word: str, number: int | None) -> None:
        """A control word of the tables of fonts or styles."""
        if where == "fonts":
            if word == "f":
                self._font = number
            elif word == "fcharset" and self._font is not None and number in _CHARSETS:
                self._encodings[self._font] = _CHARSETS[number]
            elif word == "cpg" and self._font is not None and _codec(number):
                self._encodings[self._font] = _codec(number) or self._page
        elif word == "s":
            self._style, self._level, self._name = number, None, ""
        elif word in ("cs", "ds", "ts"):
            self._style = None
        elif word == "outlinelevel" and number is not None and number < _NO_HEADING:
            self._level = number + 1

    def text(self, where: str, text: str) -> None:
        """Characters of those tables: names."""
        if where != "styles" or len(self._name) > 200:
            return
        self._name += text
        if ";" in text:
            heading = _HEADING.match(self._name)
            if self._style is not None and (self._level or heading):
                self._levels[self._style] = self._level or int(heading[1] or 1 if heading else 1)
            self._style, self._level, self._name = None, None, ""

    def encoding(self, font: int | None) -> str:
        """The code page of a font, by default the file's."""
        at = self._default if font is None else font
        return self._encodings.get(at, self._page) if at is not None else self._page

    def level(self, style: int | None) -> int | None:
        """The level of a heading's style; None for another."""
        return self._levels.get(style) if style is not None else None


def _codec(number: int | None) -> str | None:
    if number is None or number in (0, 42):
        return None
    name = _CODE_PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
