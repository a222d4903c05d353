"""RTF: paragraphs, code pages, notes, and what is no text."""

from __future__ import annotations

import pytest

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import read_bytes


def read(inner: str) -> RawText:
    return read_bytes(b"{\\rtf1\\ansi\\ansicpg1252 " + inner.encode("latin-1") + b"}", shown="a.rtf")


def texts(raw: RawText, role: str | None = None) -> list[str]:
    return [raw.text[b.span.start : b.span.end] for b in raw.blocks if role is None or b.role == role]


FONTS = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset128 MS Mincho;}}"


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        (r"One.\par Two.\par", ["One.", "Two."]),
        ("One\r\n two.", ["One two."]),
        (r"a\line b\tab c\~d\_e\-f", ["a\nb\tc\xa0d\N{NON-BREAKING HYPHEN}ef"]),
        (r"\'cf\'e0\'f0\'ee\'ec", ["Ïàðîì"]),
        (r"\ansicpg1251 \'cf\'e0\'f0\'ee\'ec", ["Паром"]),
        (FONTS + r"{\f1 \'cf\'e0\'f0\'ee\'ec} \'e4 {\f2 \'93\'fa\'96{}}", ["Паром ä 日\ufffd"]),
        (FONTS + r"{\f2 \'93\'fa\'96\'7b\'83A}", ["日本ア"]),
        (r"\uc1\u1055?\u1072?\u-10179?\u-8704?", ["Па😀"]),
        (r"\uc2\u1055\'cf\'f0{\uc0\u1072}x", ["Паx"]),
        (r"\u1055 \'cfb", ["Пb"]),  # the space ends the word, and the byte stands in for the letter
        (r"shown {\v hidden}{\deleted gone}\v0 again", ["shown again"]),
        (r"{\*\unknown gone}{\info{\title gone}}{\pict 0a0b}{\stylesheet{\s1 gone;}}kept", ["kept"]),
        (r"{\upr{ansi ?}{\*\ud{\u1055?}}}", ["П"]),
        (r"\{a\}\\", ["{a}\\"]),
        (r"{\*\bkmkstart x}a{\*\bkmkend x}b", ["ab"]),
        (r"{\object{\*\objdata 00ff}{\result shown}}", ["shown"]),
        (r"before{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt In a box.\par}}{\shprslt no}} after\par", ["before after", "In a box."]),  # noqa: E501
        (r"\bin3 {{{kept", ["kept"]),
        (r"{\listtext 1.\tab}One\par{\pntext\'b7\tab}Two\par", ["One", "Two"]),
    ],
)  # fmt: skip
def test_the_characters_of_paragraphs(inner: str, found: list[str]) -> None:
    assert texts(read(inner)) == found


def test_the_parts_of_a_text() -> None:
    raw = read(
        r"{\stylesheet{\s1\outlinelevel0 heading 1;}{\s2 Body;}}"
        r"{\header Daily\par}{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"
        r"\pard\s1 Head\par\pard\s2 Text{\super\chftn}{\footnote\pard\chftn  A note.} goes on.\par"
        r'\pard See {\field{\*\fldinst{HYPERLINK "https://example.org/a"}}{\fldrslt{\ul here}}}.\par'
        r"{\listtext -\tab}Item\par"
        r"\trowd\pard\intbl Pier\cell a | b\cell\row\trowd\pard\intbl North\cell 4\cell\row"
        r"\pard After{\*\annotation Really?}.\par"
    )
    assert [(b.place, raw.text[b.span.start : b.span.end], b.kind, b.role) for b in raw.blocks] == [
        ("header", "Daily", "text", "furniture"),
        ("footer", "Page 1", "text", "furniture"),
        ("paragraph 1", "Head", "heading", None),
        ("paragraph 2", "Text goes on.", "text", None),
        ("paragraph 3", "See here.", "text", None),
        ("paragraph 4", "Item", "list", None),
        ("table 1, row 1", "Pier | a | b", "table", None),
        ("table 1, row 2", "North | 4", "table", None),
        ("paragraph 5", "After.", "text", None),
        ("footnote 1", "A note.", "text", None),
    ]
    assert [(m.kind, m.value, raw.text[m.span.start : m.span.end]) for m in raw.marks] == [
        ("heading", "1", "Head"),
        ("footnote", "", ""),
        ("link", "https://example.org/a", "here"),
    ]
    assert raw.skipped == ("1 comment: not read",)


def test_one_that_is_cut_off_is_refused() -> None:
    with pytest.raises(InputError, match=r"^a\.rtf: RTF that is cut off; save it again$"):
        read_bytes(rb"{\rtf1 One.\par {\b Two", shown="a.rtf")


def test_what_stands_behind_the_last_group_is_no_text() -> None:
    assert texts(read_bytes(rb"{\rtf1 One.} and {more}", shown="a.rtf")) == ["One."]
