"""The sample in the formats of news and mail, against each other: faithful versions agree, and a paragraph, a
number and a name that are changed are told where they stand in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from paths import ROOT
from story_files import Story, story_of, write_story

from mlcheck.data import Report
from mlcheck.pipeline import Checker
from mlcheck.read import read_file

pytestmark = pytest.mark.model

PAIRS = [("json", "eml"), ("nitf", "rss"), ("xml", "jsonld"), ("eml", "txt"), ("txt", "json")]


def story(name: str) -> Story:
    return story_of(read_file(ROOT / "samples" / name))


def check(checker: Checker, folder: Path, one: Story, two: Story, kinds: tuple[str, str]) -> Report:
    return checker.check(
        write_story(folder, "a", one, "en", kinds[0]),
        write_story(folder, "b", two, "ru", kinds[1]),
        languages=["en", "ru"],
    )


@pytest.mark.parametrize("kinds", PAIRS)
def test_faithful_versions_agree_in_any_two_formats(
    kinds: tuple[str, str], real_checker: Checker, tmp_path: Path
) -> None:
    report = check(real_checker, tmp_path, story("call.en.txt"), story("call.ru-recut.txt"), kinds)
    assert [f.message for f in report.findings if f.severity != "info"] == []
    assert report.verdict == "consistent"


@pytest.mark.parametrize("kinds", [("json", "nitf"), ("rss", "json"), ("jsonld", "xml")])
def test_a_paragraph_and_a_city_are_told_where_they_stand(
    kinds: tuple[str, str], real_checker: Checker, tmp_path: Path
) -> None:
    one, two = story("call.en.txt"), story("call.ru-recut.txt")
    gone = next(n for n, text in enumerate(two) if "COP29 обе стороны" in text)
    place = next(n for n, text in enumerate(two) if "в Алматы" in text)
    two[place] = two[place].replace("в Алматы", "в Тбилиси")
    del two[gone]
    report = check(real_checker, tmp_path, one, two, kinds)
    errors = [f for f in report.findings if f.severity == "error"]
    assert {"name-mismatch"} <= {f.rule for f in errors}
    assert any(f.rule.startswith("missing-") and f.source for f in report.findings)
    named = next(f for f in errors if f.rule == "name-mismatch")
    assert named.target is not None
    assert named.target.text == "Тбилиси"
    lines = (tmp_path / f"b.{kinds[1]}").read_text(encoding="utf-8").split("\n")
    written = lines[named.target.line - 1][named.target.column - 1 :]
    assert written.startswith(("Тбилиси", json.dumps("Тбилиси")[1:-1]))
