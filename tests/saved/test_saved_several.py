"""Saved reports of several versions, and of updates: what was written as JSON comes back, and gives in every
format what it gave at first."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import FakeEncoder
from stories import ENGLISH, GERMAN

from mlcheck.data import Report, Span, WordDifference
from mlcheck.errors import UsageError
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.reporters import REPORTERS, Layout, as_dict, to_jsonl
from mlcheck.saved import read_reports
from mlcheck.several import check_update, check_versions

WRITERS = {name: write for name, write in REPORTERS.items() if name != "parquet" or find_spec("pyarrow")}
"""Parquet is a format where pyarrow is there."""

Story = tuple[str, ...]
LAYOUTS = (Layout(), Layout(width=120, colour=True, verbose=True, fail_on="warning"))
FIVE = tuple(p.replace("four million", "five million") for p in ENGLISH)
FÜNF = tuple(p.replace("vier Millionen", "fünf Millionen") for p in GERMAN)
SHORT = (*GERMAN[:4], *GERMAN[5:])
CODES = ("en", "de", "de", "de")
PLACED = [path for code in CODES for path in ("--lang", code)]


def texts(*stories: Story) -> list:  # type: ignore[type-arg]
    return [read_text("\n\n".join(story), name=f"v{k}") for k, story in enumerate(stories)]


def versions(*stories: Story) -> Report:
    checker = Checker(encoder=FakeEncoder())
    return check_versions(checker, texts(*stories), languages=CODES[: len(stories)])


def with_words(report: Report) -> Report:
    return replace(report, words=tuple((WordDifference(Span(0, 5), k / 8),) for k in range(3)))


def update(old: Story, new: Story, target: Story) -> Report:
    checker = Checker(encoder=FakeEncoder())
    return check_update(checker, *texts(old, new, target), languages=("en", "en", "de"), facts=True)


def back(*reports: Report) -> list[Report]:
    return list(read_reports("".join(map(to_jsonl, reports)), "r.jsonl"))


MAKERS: dict[str, Callable[[], Report]] = {
    "consistent": lambda: versions(ENGLISH, GERMAN, GERMAN),
    "versions": lambda: versions(ENGLISH, FÜNF, SHORT, SHORT),
    "words": lambda: with_words(versions(ENGLISH, FÜNF, SHORT)),
    "the first lacks it": lambda: versions(ENGLISH[:4] + ENGLISH[5:], GERMAN, FÜNF),
    "stale": lambda: update(ENGLISH, FIVE, GERMAN),
    "added": lambda: update(ENGLISH[:4] + ENGLISH[5:], ENGLISH, SHORT),
    "removed": lambda: update(ENGLISH, ENGLISH[:4] + ENGLISH[5:], GERMAN),
    "wording": lambda: update(ENGLISH, ENGLISH, GERMAN),
}


@cache
def saved(name: str) -> Report:
    """Made when a test asks for it, and once: whoever only collects the tests makes none."""
    return MAKERS[name]()


@pytest.mark.parametrize("name", MAKERS)
def test_every_format_is_the_same_from_json(name: str) -> None:
    report = saved(name)
    for format, write in WRITERS.items():
        for layout in LAYOUTS:
            assert write(back(report), layout) == write([report], layout), format


def test_what_these_reports_show() -> None:
    """The test above would pass for reports with nothing in them."""
    assert saved("versions").findings
    assert any(finding.places[0] is None for finding in saved("the first lacks it").findings)
    assert {c.status for name in ("stale", "added", "removed") for c in saved(name).changes or ()} >= {
        "stale"
    }
    assert saved("wording").changes == ()
    assert back(saved("consistent"))[0].passages == saved("consistent").passages


def test_rows_have_one_version_that_is_right_and_the_odd_one() -> None:
    report = versions(ENGLISH, SHORT, GERMAN)
    (row,) = report.to_rows()
    assert (row["rule"], row["source_path"], row["target_path"]) == ("missing-paragraph", "v0", "v1")
    assert (row["source_text"], row["target_text"]) == (ENGLISH[4], None)
    lacks = versions(ENGLISH[:4] + ENGLISH[5:], GERMAN, GERMAN).to_rows()
    assert [(r["source_path"], r["source_text"], r["target_path"]) for r in lacks] == [
        ("v1", GERMAN[4], "v0")
    ]


def test_the_scorecard_of_versions_is_by_the_words_of_their_pairs() -> None:
    pair, three = update(ENGLISH, ENGLISH, GERMAN).scorecard, saved("consistent").scorecard
    assert pair
    assert three
    assert three.words == 2 * pair.words
    assert three.penalty == 0
    found = saved("versions")
    assert found.scorecard
    assert found.scorecard.critical == sum(f.severity == "error" for f in found.findings)
    stale = saved("stale")
    assert stale.scorecard
    assert stale.scorecard.critical == sum(f.severity == "error" for f in stale.findings) > 0


@pytest.mark.parametrize(
    ("name", "part", "value"),
    [
        ("versions", "passages", [{"paragraphs": [[0]]}]),
        ("versions", "passages", "none"),
        ("stale", "changes", [{"kind": "changed"}]),
        ("stale", "changes", [{"kind": "odd", "old": None, "new": None, "target": None, "status": "stale"}]),
    ],
)
def test_what_lacks_a_part_is_no_report(name: str, part: str, value: object) -> None:
    fields = {**as_dict(saved(name)), part: value}
    with pytest.raises(UsageError, match="lacks what a report of mlcheck has"):
        list(read_reports(json.dumps(fields), "r.jsonl"))


def test_a_finding_that_stands_nowhere_is_none() -> None:
    fields = as_dict(saved("versions"))
    fields["findings"][0]["places"] = [None] * 4
    with pytest.raises(UsageError, match="lacks what a report of mlcheck has"):
        list(read_reports(json.dumps(fields), "r.jsonl"))


def put(folder: Path, **stories: Story) -> None:
    for name, story in stories.items():
        (folder / f"{name}.txt").write_text("\n\n".join(story) + "\n", encoding="utf-8")


@pytest.mark.usefixtures("fake_model")
@pytest.mark.parametrize("format", ["text", "markdown", "json", "csv"])
@pytest.mark.parametrize(
    "command",
    [
        ("check", "a.txt", "b.txt", "c.txt", *PLACED[:6]),
        ("update", "a.txt", "new.txt", "b.txt", *PLACED[:2], *PLACED[:4]),
    ],
    ids=["check", "update"],
)
def test_the_command_line_gives_the_same(run, tmp_path: Path, command: tuple[str, ...], format: str) -> None:  # type: ignore[no-untyped-def]
    put(tmp_path, a=ENGLISH, b=GERMAN, c=SHORT, new=FIVE)
    code, _, _ = run(*command, "-f", "json", "-o", "r.json", "-f", format, "-o", "direct")
    assert code == 1
    assert run("report", "r.json", "-f", format, "-o", "again")[0] == 1
    direct, again = ((tmp_path / name).read_bytes() for name in ("direct", "again"))
    assert direct == again
    assert b"stale-passage" in direct or b"missing-paragraph" in direct


def test_a_row_of_an_accepted_finding_says_so() -> None:
    from mlcheck.data import Suppression

    report = saved("versions")
    first = replace(report.findings[0], suppressed=Suppression(by="baseline", reason="so", where="b.json"))
    report = replace(report, findings=(first, *report.findings[1:]))
    rows = back(report)[0].to_rows()
    assert [row["baselined"] for row in rows] == [True, *[False] * (len(rows) - 1)]
