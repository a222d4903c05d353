"""Where a finding stands, in files with lines and in those without, in every format that says so."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import hand_made
import pytest

from mlcheck.data import Location, Report
from mlcheck.reporters import REPORTERS, Layout
from mlcheck.reporters.places import spoken, where

PLACE = hand_made.ferries().findings[0].source
assert PLACE
FORMATS = ("text", "markdown", "junit", "github", "html")


def placed(**fields: Any) -> Report:
    """A report whose findings all stand at such a place in the target."""
    report = hand_made.ferries()
    findings = tuple(
        replace(f, target=replace(f.target, **fields) if f.target else None, suppressed=None)
        for f in report.findings
    )
    assert report.target
    return replace(report, findings=findings, target=replace(report.target, path="ferries.pdf"))


def written(format: str, report: Report) -> str:
    text = REPORTERS[format]([report], Layout(width=200))
    assert isinstance(text, str)
    return text


def lines_of(report: Report) -> list[int]:
    return [f.target.line for f in report.findings if f.target]


# With lines: as before


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_with_lines_says_the_line(format: str) -> None:
    report = placed()
    text = written(format, report)
    assert "ferries.pdf, " not in text
    if format == "github":
        assert f"file=ferries.pdf,line={lines_of(report)[0]}," in text
    else:
        assert f"ferries.pdf:{lines_of(report)[0]}" in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "a.md:4:7"),
        ({"segment": "7"}, "a.md:4:7, segment 7"),
        ({"place": "page 3, paragraph 2"}, "a.md, page 3, paragraph 2"),
        ({"place": "Sheet1, row 9", "segment": "9"}, "a.md, Sheet1, row 9, segment 9"),
        ({"place": "cue 3, 00:00:07,000"}, "a.md:4:7, cue 3, 00:00:07,000"),
        ({"place": "part 2"}, "a.md:4:7, part 2"),
    ],
)
def test_how_a_place_is_written(fields: dict[str, str], words: str) -> None:
    assert PLACE
    place: Location = replace(PLACE, line=4, column=7, **fields)  # type: ignore[arg-type]
    assert where("a.md", place) == words
    assert where("a.md", place, column=False) == words.replace(":4:7", ":4")
    assert spoken(place) == ", ".join(words.split(", ")[1:])


# Without lines, and with segments


@pytest.mark.parametrize("format", FORMATS)
def test_a_container_says_the_place_and_no_line(format: str) -> None:
    report = placed(place="page 3, paragraph 2")
    text = written(format, report)
    assert "ferries.pdf, page 3, paragraph 2" in text
    assert not [line for line in lines_of(report) if f"ferries.pdf:{line}" in text]
    assert "file=ferries.pdf,line=" not in text


@pytest.mark.parametrize("format", FORMATS)
def test_a_segment_is_said_beside_the_line(format: str) -> None:
    report = placed(segment="open.title")
    text = written(format, report).replace("\N{WORD JOINER}", "")
    (line, *_) = lines_of(report)
    column = next(f.target.column for f in report.findings if f.target)
    shown = f"{line}" if format in ("markdown", "github") else f"{line}:{column}"
    assert f"ferries.pdf:{shown}, segment open.title" in text


def test_a_place_in_sarif_is_a_logical_location() -> None:
    log = json.loads(written("sarif", placed(place="page 3, paragraph 2")))
    result = next(r for r in log["runs"][0]["results"] if "ferries.pdf" in json.dumps(r["locations"]))
    assert result["locations"][0]["logicalLocations"][0] == {
        "name": "page 3, paragraph 2",
        "kind": "paragraph",
    }


@pytest.mark.parametrize("format", ["csv", "tsv"])
def test_a_table_has_the_place_where_there_is_no_line(format: str) -> None:
    text = written(format, placed(place="page 3, paragraph 2"))
    rows = list(csv.DictReader(io.StringIO(text), delimiter="," if format == "csv" else "\t"))
    said = {row["target_line"] for row in rows}
    assert "page 3, paragraph 2" in said
    assert said <= {"page 3, paragraph 2", ""}
    assert all(row["source_line"].isdigit() or not row["source_line"] for row in rows)


def test_words_of_a_place_are_no_markdown() -> None:
    text = written("markdown", placed(place="chapter <b>*x*</b> @all", segment="</code>"))
    assert "<b>*x*" not in text
    assert ", segment </code>" not in text
    assert "@all" not in text


# Which side an annotation stands on


def annotated(report: Report) -> list[str]:
    """The file of each annotation whose finding has a place on both sides."""
    both = [f.message for f in report.findings if f.source and f.target and not f.baselined]
    lines = [line for line in written("github", report).splitlines() if "file=" in line]
    assert both
    return [
        line.partition("file=")[2].partition(",")[0]
        for line in lines
        if line.rpartition("::")[2].partition("%0A")[0] in both
    ]


@pytest.mark.parametrize("changed", [None, "target"])
def test_an_annotation_stands_on_the_target(changed: Any) -> None:
    report = replace(hand_made.ferries(), changed=changed)
    assert report.target
    assert set(annotated(report)) == {report.target.path}


def test_where_the_source_alone_changed_it_stands_there() -> None:
    report = replace(hand_made.ferries(), changed="source")
    assert report.source
    assert set(annotated(report)) == {report.source.path}


def test_what_has_no_place_in_the_changed_file_stands_in_the_other() -> None:
    text = written("github", replace(hand_made.ferries(), changed="source"))
    report = hand_made.ferries()
    assert report.target
    alone = [f for f in report.findings if f.source is None and not f.baselined]
    assert text.count(f"file={report.target.path}") == len(alone)


# JUnit


def test_where_a_version_is_missing_the_other_rules_are_skipped() -> None:
    from mlcheck.pipeline import Checker
    from mlcheck.read import read_text

    text = read_text("Ferries cross the bay again.\n\nA museum opens today.", name="a.en.txt")
    report = Checker().lone(text, "a.de.txt", "de", spoken="en", id="a")
    xml = written("junit", report)
    assert xml.count("<skipped") == xml.count("<testcase") - 1
    assert 'message="there is no other version"' in xml
    assert "<skipped" not in written("junit", hand_made.ferries()).partition("missing-version")[2]
