"""Patterns of paths."""

from __future__ import annotations

import time
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.config.patterns import (
    files_under,
    language_in,
    matches,
    sides_of,
    template_folders,
    wrong_pattern,
)
from mlcheck.errors import UsageError

# What a pattern leaves alone


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("wire", "wired/a.txt"),
        ("wire", "a/wire.txt"),
        ("wire/a.txt", "in/wire/a.txt"),
        ("wire/*", "wire"),
        ("wire/**", "wire"),
        ("wire/**", "in/wire/a.txt"),
        ("*.txt", "a.txt.md"),
        ("a*c.txt", "ab/c.txt"),
        ("a?c", "a/c"),
        ("in/*.txt", "in/x/a.txt"),
        ("**/b/c", "b/x/c"),
        ("wire/", "in/wire/a.txt"),
        ("WIRE", "wire/a.txt"),
        ("a/**/b/**/c", "a/b/x"),
    ],
)
def test_no_match(pattern: str, path: str) -> None:
    assert not matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("wire", "wire/a.txt"),
        ("wire", "in/wire/x/a.txt"),
        ("wire/", "wire/x/a.txt"),
        ("wire/*", "wire/x/a.txt"),
        ("wire/**", "wire/x/a.txt"),
        ("*.txt", "in/a.txt"),
        ("./a.txt", "a.txt"),
        ("in/*.txt", "in/a.txt"),
        ("in/[ab].txt", "in/b.txt"),
        ("**/b/c", "b/c"),
        ("**/b/c", "b/x/b/c"),
        ("a/**/c", "a/c"),
        ("a/**/b/**/c", "a/b/c/b/x/c"),
        ("a/**/b*/c", "a/b1/x/b2/c"),
        ("../texts/**", "../texts/a.txt"),
        ("content/*/wire", "content/ru/wire/a.txt"),
    ],
)
def test_match(pattern: str, path: str) -> None:
    assert matches(pattern, path)


def slow(wanted: Sequence[str], parts: Sequence[str]) -> bool:
    """What `matches` should say of a pattern with a `/`, in so many words."""
    if not wanted:
        return True
    if wanted[0] == "**":
        if len(wanted) == 1:
            return bool(parts)
        return slow(wanted[1:], parts) or (bool(parts) and slow(wanted, parts[1:]))
    return bool(parts) and fnmatchcase(parts[0], wanted[0]) and slow(wanted[1:], parts[1:])


@given(
    st.lists(st.sampled_from(["a", "b", "*", "**", "?b", "a*"]), min_size=2, max_size=6),
    st.lists(st.sampled_from(["a", "b", "ab", "c"]), min_size=1, max_size=7),
)
def test_matching_is_what_a_slow_search_says(wanted: list[str], parts: list[str]) -> None:
    assert matches("/".join(wanted), "/".join(parts)) == slow(wanted, parts)


@pytest.mark.parametrize(
    "pattern",
    ["*a" * 500 + "b", "**/a/" * 500 + "b", "a/" + "**/" * 1000 + "b", "x/" + "[" * 2000, "?*" * 900],
)
def test_no_pattern_is_slow(pattern: str) -> None:
    start = time.process_time()
    for path in ("a" * 2000, "a/" * 1000 + "c", "x/" + "[" * 1999):
        matches(pattern, path)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("a/**", None),
        ("..", None),
        ("", "is empty"),
        ("/", "is empty"),
        ("/a", "starts with /"),
        ("a\\b", "backslash"),
        (".", "is the folder itself"),
        ("./.", "is the folder itself"),
        ("a\0b", "has a NUL"),
    ],
)
def test_a_pattern_that_can_match_nothing(pattern: str, reason: str | None) -> None:
    said = wrong_pattern(pattern)
    assert (said is None) if reason is None else (said is not None and reason in said)


# Patterns of pairs


@pytest.mark.parametrize(
    ("pattern", "path", "name", "lang"),
    [
        ("content/{lang}/{name}.md", "content/zh-Hant/news/a.md", "news/a", "zh-Hant"),
        ("{name}/{lang}.md", "news/a/pt_BR.md", "news/a", "pt_BR"),
        ("{name}.{lang}.t[x]t", "a.b.en.t[x]t", "a.b", "en"),
        ("{lang}{name}", "en/a", "/a", "en"),
    ],
)
def test_a_template(pattern: str, path: str, name: str, lang: str) -> None:
    match = sides_of(pattern).others.fullmatch(path)
    assert match is not None
    assert (match["name"], match["lang"]) == (name, lang)


@pytest.mark.parametrize("pattern", ["", "{name}", "{lang}.{name}.{name}", "{lang}", "{name}.{language}"])
def test_a_template_without_its_places(pattern: str) -> None:
    with pytest.raises(UsageError, match="once each"):
        sides_of(pattern)


@pytest.mark.parametrize(
    ("pattern", "folder"),
    [
        ("content/{lang}/{name}.md", "content"),
        ("{name}.{lang}.txt", "."),
        ("in/a-{name}.{lang}", "in"),
        ("../{lang}/{name}", ".."),
    ],
)
def test_the_folder_of_a_template(pattern: str, folder: str) -> None:
    assert template_folders(pattern) == [folder]


# Looking


def test_a_link_that_leads_round_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("a")
    (tmp_path / "in/round").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    found = [path.relative_to(tmp_path).as_posix() for path in files_under(tmp_path)]
    assert found == ["loop", "in/a.txt"]


def test_an_excluded_folder_is_not_entered(tmp_path: Path) -> None:
    for name in ("a/x.txt", "b/x.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("x")
    asked = []

    def excluded(path: Path) -> bool:
        asked.append(path.relative_to(tmp_path).as_posix())
        return path.name == "a"

    assert list(files_under(tmp_path, excluded)) == [tmp_path / "b/x.txt"]
    assert "a/x.txt" not in asked


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("story.ru.txt", "ru"),
        ("wire/page.de.md", "de"),
        ("README.zh-Hant.md", "zh-Hant"),
        ("a.pt_BR.txt", "pt_BR"),
        ("call.ru-flawed.txt", None),
        ("page.min.md", None),
        ("a.target.txt", None),
        ("a.source.txt", None),
        ("call.to.txt", None),
        ("v1.2.txt", None),
        ("story.txt", None),
        ("ru.txt", None),
        ("de/story.txt", None),
        ("story.ru", None),
    ],
)
def test_the_language_that_a_name_says(name: str, code: str | None) -> None:
    assert language_in(name) == code
