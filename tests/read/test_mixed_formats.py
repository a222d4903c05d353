"""One text in many formats, each version in another: faithful versions agree, and what is planted in a page
is found from an office file."""

from __future__ import annotations

from pathlib import Path

import pytest
from paths import ROOT
from story_files import ITEMS, paragraphs_of, story_of, write_story

from mlcheck.pipeline import Checker
from mlcheck.read import read_file

pytestmark = pytest.mark.model

FILES = Path(__file__).parent / "office" / "files"
OFFICE = ("docx", "odt", "rtf", "epub", "pdf")


def version(folder: Path, language: str, kind: str) -> Path:
    """The sample in a language and a format: LibreOffice's file, or one that is written here."""
    if kind in OFFICE:
        return FILES / f"libreoffice.call.{language}.{kind}"
    raw = read_file(ROOT / "samples" / f"call.{language}.txt")
    story = story_of(raw) if kind in ITEMS else paragraphs_of(raw)
    return write_story(folder, f"call.{language}", story, language, kind)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("docx", "html"),
        ("pdf", "json"),
        ("eml", "odt"),
        ("md", "nitf"),
        ("rst", "epub"),
        ("html", "rtf"),
        ("xml", "adoc"),
    ],
)
def test_the_versions_agree_in_any_two_formats(
    one: str, other: str, real_checker: Checker, tmp_path: Path
) -> None:
    report = real_checker.check(version(tmp_path, "en", one), version(tmp_path, "ru", other))
    assert [f.message for f in report.findings if f.severity != "info"] == []
    assert report.verdict == "consistent"


def test_a_number_in_a_page_is_held_against_a_document(real_checker: Checker, tmp_path: Path) -> None:
    page = version(tmp_path, "ru", "html")
    text = page.read_text("utf-8")
    assert "пять принципов" in text
    page.write_text(text.replace("пять принципов", "шесть принципов"), encoding="utf-8")
    report = real_checker.check(version(tmp_path, "en", "docx"), page)
    (found,) = (f for f in report.findings if f.severity != "info")
    assert found.rule == "number-mismatch"
    assert found.source is not None
    assert found.target is not None
    line = page.read_text("utf-8").split("\n")[found.target.line - 1]
    assert line[found.target.column - 1 :].startswith("шесть")
