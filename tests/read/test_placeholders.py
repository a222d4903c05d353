"""Placeholders of programs: what is one, what is none, and what a text is without its accelerators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.data import Span
from mlcheck.read.extract import Piece
from mlcheck.read.placeholders import Content, marked


def content(text: str, *, icu: bool = False) -> Content:
    return marked([Piece(text, Span(0, len(text)))], icu=icu)


@pytest.mark.parametrize(
    "text",
    [
        "It costs 100 % of the price.",
        "Up by 5% in a year, 20% more",
        "R&D at AT&T, Q&A &amp; more",
        "snake_case and _name_",
        "a < b and b > c",
        "Price: $5 and $10",
    ],
)
def test_prose_has_none(text: str) -> None:
    assert content(text).marks == []
    assert content(text).text == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%s of %1$d, %(name)s, %.2f%%", ["%s", "%1$d", "%(name)s", "%.2f"]),
        ("{0} {name} {{x}} ${y} #{z} %{w}", ["{0}", "{name}", "{{x}}", "${y}", "#{z}", "%{w}"]),
        ("<b>Hi</b> $USER$ %count% $t(other.key)", ["<b>", "</b>", "$USER$", "%count%", "$t(other.key)"]),
    ],
)
def test_forms(text: str, found: list[str]) -> None:
    marks = content(text).marks
    assert [value for _, value, _, _ in marks] == found
    assert [text[start:end] for _, _, start, end in marks] == found


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("&File", "File"),
        ("_Open a file", "Open a file"),
        ("Er&setzen", "Ersetzen"),
        ("ファイル(&F)", "ファイル"),
        ("Save &as…", "Save as…"),
    ],
)
def test_accelerators_go(text: str, plain: str) -> None:
    assert content(text).text == plain


def test_of_a_plural_one_branch_is_text() -> None:
    found = content(
        "You have {n, plural, =0 {no mail} one {# mail from {who}} other {# mails from {who}}}.", icu=True
    )
    assert found.text == "You have # mails from {who}."
    assert [value for _, value, _, _ in found.marks] == ["{n, plural}", "{who}"]
    nested = content(
        "{g, select, male {{n, plural, one {his book} other {his books}}} other {books}}", icu=True
    )
    assert nested.text == "books"


def test_without_icu_braces_stay() -> None:
    text = "{n, plural, one {a} other {b}}"
    assert content(text).text == text


@given(st.text(alphabet="{},plural otherx#&_%s<b>1$ ", max_size=60))
def test_pieces_lead_back(text: str) -> None:
    found = content(text, icu=True)
    for piece in found.pieces:
        assert piece.place is not None
        assert text[slice(*piece.place)] == piece.text
    assert all(0 <= start <= end <= len(found.text) for _, _, start, end in found.marks)
