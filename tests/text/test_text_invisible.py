"""What nobody sees, in one place: whoever reads a text leaves out the same."""

from __future__ import annotations

import unicodedata

from mlcheck.facts import extract
from mlcheck.read import read_text
from mlcheck.text import BLANK, INVISIBLE, JOINERS, UNSEEN, clean, tokens


def test_invisible_characters_are_of_their_kind() -> None:
    assert {unicodedata.category(character) for character in UNSEEN} == {"Cf"}
    assert len(set(UNSEEN)) == len(UNSEEN)
    # Of general punctuation all, but for six that are deprecated.
    general = {chr(code) for code in range(0x2000, 0x2070) if unicodedata.category(chr(code)) == "Cf"}
    assert general - set("\u206a\u206b\u206c\u206d\u206e\u206f") <= set(UNSEEN)
    assert not any(character.isspace() for character in UNSEEN)


def test_white_space_is_blank() -> None:
    assert set(BLANK) == {chr(c) for c in range(0x110000) if chr(c).isspace()} | {"\x1a"} | set(UNSEEN)


def test_each_reader_leaves_them_out() -> None:
    for character in INVISIBLE:
        assert clean(f"a{character}b", 0).text == "ab"
        assert [token.text for token in tokens(f"a {character} b", "en")] == ["a", "b"]
        assert read_text(f"a{character}\n").blocks[0].span.end == 1
        assert [
            f.value for f in extract(f"They counted 1{character}5 people.", "en") if f.kind == "number"
        ] == [("15",)], hex(ord(character))


def test_joiners_are_spelling() -> None:
    for character in JOINERS:
        assert clean(f"a{character}b", 0).text == f"a{character}b"
