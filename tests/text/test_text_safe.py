"""Words of others on a line of ours."""

from __future__ import annotations

import unicodedata

import pytest

from mlcheck.text import safe_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain words", "plain words"),
        ("\x1b[2J\x1b]0;title\x07", "<U+001B>[2J<U+001B>]0;title<U+0007>"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\u202eb\u2066c", "a<U+202E>b<U+2066>c"),
        ("one\ntwo\tthree", "one two three"),
        ("one\r\ntwo\u2028three\x85four", "one two three four"),
        ("\b\x7f\x00", "<U+0008><U+007F><U+0000>"),
        ("caf\udce9", "caf<U+DCE9>"),
        ("می‌خواهم\u200f", "می‌خواهم\u200f"),
        ("20\u00a0km", "20\u00a0km"),
        ("", ""),
    ],
)
def test_a_line_has_nothing_that_a_terminal_obeys(text: str, line: str) -> None:
    assert safe_line(text) == line


def test_no_control_is_left_of_all_characters() -> None:
    for code in range(0x110000):
        line = safe_line(chr(code))
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in line), hex(code)
        assert len(line.splitlines()) <= 1, hex(code)
        assert not any(unicodedata.bidirectional(c) in BIDI_CONTROLS for c in line), hex(code)


BIDI_CONTROLS = ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")


def test_a_long_text_is_cut_before_it_is_made_safe() -> None:
    assert safe_line("abcdef", 6) == "abcdef"
    assert safe_line("abcdefg", 6) == "abcde…"
    assert safe_line("\x1b" * 9, 3) == "<U+001B><U+001B>…"
