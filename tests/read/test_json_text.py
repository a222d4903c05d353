"""JSON with places: what is read, what is refused, and that each character leads back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.errors import InputError
from mlcheck.read.json_text import Node, parse_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def plain(node: Node) -> object:
    if node.kind == "object":
        return {name: plain(value) for name, value in node.items}
    if node.kind == "array":
        return [plain(value) for _, value in node.items]
    return node.value if node.kind == "string" else json.loads(node.raw)


def test_escapes_are_characters_with_their_places() -> None:
    text = '{"a": "\\u0410б\\ud83d\\ude00\\n\\""}'
    node = parse_json(text, "a.json").get("a")
    assert node is not None
    assert node.value == 'Аб😀\n"'
    assert [
        (piece.text, text[piece.place.start : piece.place.end]) for piece in node.pieces if piece.place
    ] == [
        ("А", "\\u0410"),
        ("б", "б"),
        ("😀", "\\ud83d\\ude00"),
        ("\n", "\\n"),
        ('"', '\\"'),
    ]


def test_half_a_character_is_replaced() -> None:
    assert parse_json('"a\\ud83d"', "a.json").value == "a\ufffd"


def test_the_last_of_two_of_one_name_counts_and_both_are_there() -> None:
    node = parse_json('{"a": 1, "a": 2}', "a.json")
    assert node.string("a") == "2"
    assert [name for name, _ in node.items] == ["a", "a"]


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_reads_what_the_standard_library_reads(value: object, ascii: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii, indent=indent)
    if "\\ud" not in text:
        assert plain(parse_json(text, "a.json")) == value


@given(st.text(), st.booleans())
def test_each_piece_of_a_string_stands_where_it_says(value: str, ascii: bool) -> None:
    text = json.dumps({"k": [value]}, ensure_ascii=ascii)
    node = parse_json(text, "a.json").get("k", "0")
    assert node is not None
    for piece in node.pieces:
        assert piece.place is not None
        written = text[piece.place.start : piece.place.end]
        assert written == piece.text or json.loads(f'"{written}"') == piece.text or piece.text == "\ufffd"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"a": 1,\n}', "a.json:2: JSON, and damaged: a name in quotation marks is missing"),
        ("[1 2]", "a comma or ]"),
        ('{"a" 1}', "a colon"),
        ('["a', "a string does not end"),
        ("[1] 2", "something stands after its end"),
        ("[", "a value is missing"),
        ("[" * 100_000, "more than 200 levels"),
        ('{"a":' * 100_000, "more than 200 levels"),
    ],
)
def test_damage_is_one_line(text: str, what: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_json(text, "a.json")
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(alphabet='{}[]",:\\u0019aе-tr \n', max_size=40))
def test_nothing_else_is_raised(text: str) -> None:
    try:
        node = parse_json(text, "a.json")
    except InputError:
        return
    assert node.kind
