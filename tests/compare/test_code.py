"""Pieces of code of two versions: what is to be filled in is in each one's words, and is no difference."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.compare.code import code_pairs, is_renamed, same_code, stands_in
from mlcheck.data import Mark, Span


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ls -l", "ls  -l"),
        ("dquilt new …", "dquilt new …"),
        ("dquilt new …", "dquilt new bug.patch"),
        ("tar xf /…/…_….gz", "tar xf /Pfad/foo_neu.gz"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert same_code(one, other)
    assert same_code(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ls -l", "ls -a"),
        ("*.udeb", "*.udev"),
        ("dquilt new …", "dquilt add …"),
        ("dquilt new …", "dquilt new "),
        ("a…b…c", "a-c-b"),
        ("a…a", "aa"),
    ],
)
def test_not_the_same(one: str, other: str) -> None:
    assert not same_code(one, other)
    assert not same_code(other, one)


@given(st.text("ab …", max_size=30), st.text("ab …", max_size=30))
def test_the_order_of_two_pieces_tells_nothing(one: str, other: str) -> None:
    assert same_code(one, one)
    assert same_code(one, other) == same_code(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/usr/share/doc/PACKAGE/copyright", "/usr/share/doc/PAKET/copyright"),
        ("/usr/share/doc/package", "/usr/share/doc/пакет"),
        ("subsystem.priority", "подсистема.приоритет"),
        ("manpages-LANG", "manpages-de"),
    ],
)
def test_names_to_fill_in(one: str, other: str) -> None:
    assert is_renamed(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("*.udeb", "*.udev"),
        ("ls -l", "ls -l"),
        ("GET /a", "POST /a"),
        ("SELECT", "INSERT"),
        ("$LANG", "$LC_ALL"),
        ("git commit", "git einreichen"),
        ("/usr/share/doc/PACKAGE", "/etc/PAKET"),
    ],
)
def test_other_code_is_no_other_name(one: str, other: str) -> None:
    assert not is_renamed(one, other)


@pytest.mark.parametrize(
    ("text", "code", "found"),
    [
        ("a new version of Perl", "perl", True),
        ("if an e-mail bounces, file a bug", "bounce", True),
        ("move into testing soon", "テスト版 (testing)", True),
        ("dquilt new bug.patch", "dquilt new …", True),
        ("your own ~/.dupload file", "~/.dupload.conf", False),
        ("a properly made file", "perl", False),
        ("move into unstable soon", "テスト版 (testing)", False),
    ],
)
def test_words_of_code_in_a_text(text: str, code: str, found: bool) -> None:
    assert stands_in(text, code) is found


def pairs(one: list[str], two: list[str]) -> list[tuple[Any, Any]]:
    sides = [[Mark("code", value, Span(0, 1)) for value in own] for own in (one, two)]
    return [(a and a.value, b and b.value) for a, b in code_pairs(*sides)]


def test_what_has_nothing_in_common_is_not_held_against_each_other() -> None:
    assert pairs(["perl"], ["Release Critical"]) == [("perl", None), (None, "Release Critical")]
    assert pairs(["ls -l", "*.udeb"], ["*.udev", "ls -a"]) == [("ls -l", "ls -a"), ("*.udeb", "*.udev")]
    assert pairs(["/doc/PACKAGE", "/doc/x"], ["/doc/a/y", "/doc/PAKET"])[0] == ("/doc/PACKAGE", "/doc/PAKET")
