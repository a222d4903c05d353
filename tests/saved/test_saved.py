"""Saved reports: what was written as JSON comes back, and gives in every format what it gave at first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import hand_made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.data import (
    Document,
    FactMark,
    Location,
    Origin,
    Paragraph,
    Report,
    Skip,
    Span,
    WordDifference,
)
from mlcheck.errors import UsageError
from mlcheck.pipeline import Checker
from mlcheck.report import rounded, scorecard
from mlcheck.reporters import REPORTERS, Layout, to_json, to_jsonl
from mlcheck.saved import read_reports
from mlcheck.settings import ScorecardSettings

WRITERS = {name: write for name, write in REPORTERS.items() if name != "parquet" or find_spec("pyarrow")}
"""Parquet is a format where pyarrow is there."""

LAYOUTS = (Layout(), Layout(width=120, colour=True, verbose=True, fail_on="warning"))


def back(*reports: Report) -> list[Report]:
    return list(read_reports("".join(map(to_jsonl, reports)), "r.jsonl"))


def alike(*reports: Report) -> None:
    """Written in each format, the reports and what comes of their JSON are the same bytes. Figures are
    rounded, as those of a check are."""
    reports = tuple(map(rounded, reports))
    for name, write in WRITERS.items():
        for layout in LAYOUTS:
            assert write(back(*reports), layout) == write(reports, layout), name


def full() -> Report:
    """A report with all that a report can have."""
    report = hand_made.ferries()
    assert report.source
    assert report.target
    words = tuple(
        tuple(WordDifference(Span(*m.span()), 0.45) for m in list(re.finditer(r"\w+", side.text))[:20])
        for side in (report.source, report.target)
    )
    facts = tuple((FactMark(words[0][3].span, "number"),) for _ in range(2))
    return replace(
        report,
        shades=words,  # type: ignore[arg-type]
        facts=facts,  # type: ignore[arg-type]
        skipped=(
            *report.skipped,
            Skip(rule="moved-paragraph", reason="turned off in the settings", off=True),
        ),
        scorecard=scorecard(report.findings, report.source, report.target, ScorecardSettings()),
    )


def test_every_format_is_the_same_from_json() -> None:
    alike(*hand_made.reports())
    alike(full(), replace(full(), words=full().shades, shades=None))
    half = replace(hand_made.rate(), verdict="error", target=None, links=(), error=hand_made.strike().error)
    assert back(half)[0].source == back(hand_made.rate())[0].source


@given(st.text(max_size=20))
def test_any_text_comes_back(words: str) -> None:
    report = hand_made.hostile(words)
    written = to_jsonl(report)
    assert "".join(map(to_jsonl, read_reports(written, "r.jsonl"))) == written


def test_a_whole_document_is_read_as_lines_are() -> None:
    reports = hand_made.reports()
    assert list(read_reports("\ufeff" + to_json(reports), "r.json")) == back(*reports)
    assert list(read_reports("\n" + "\n".join(map(to_jsonl, reports)), "r.jsonl")) == back(*reports)


def test_places_over_several_paragraphs_keep_what_stands_between() -> None:
    report = hand_made.ferries()
    assert report.source
    first, last = report.source.paragraphs[2], report.source.paragraphs[4]
    span = Span(first.span.start + 4, last.span.end - 4)
    place = Location(
        paragraphs=(2, 3, 4), span=span, line=5, column=5, end_line=9, end_column=3,
        text=report.source.text[slice(*span)],
    )  # fmt: skip
    found = replace(report.findings[0], source=place)
    alike(replace(report, findings=(found,)))


def test_a_text_that_was_taken_out_of_markup_finds_its_way_back() -> None:
    """`<p>Tom &amp; <b>Jerry</b></p>`, twice."""
    file = "<p>Tom &amp; <b>Jerry</b></p>\n<p>Jerry</p>\n"
    text = "Tom & Jerry\n\nJerry"
    places = [Span(3, 7), Span(7, 12), Span(12, 13), Span(16, 21), Span(21, 21), Span(33, 38)]
    origin = Origin(text=file, starts=(0, 4, 5, 6, 11, 13), places=tuple(places))
    document = replace(
        hand_made.document("a.html", "en", text),
        origin=origin,
        paragraphs=tuple(
            Paragraph(index=k, span=span, line=k + 1, end_line=k + 1, text=text[slice(*span)], role="body")
            for k, span in enumerate([Span(0, 11), Span(13, 18)])
        ),
    )  # fmt: skip
    spots = [(4, 5, (0,)), (6, 11, (0,)), (13, 18, (1,)), (0, 18, (0, 1)), (1, 3, (0,))]
    findings = [hand_made.finding("untranslated", "error", "m", at(document, *spot), None) for spot in spots]
    target = hand_made.document("b.txt", "de", "Tom und Jerry\n")
    report = hand_made.report("pair", "inconsistent", document, target, *findings)
    report = replace(report, facts=((FactMark(Span(0, 3), "name"), FactMark(Span(13, 18), "name")), ()))
    (saved,) = back(report)
    assert saved.source
    assert saved.source.text == text
    assert [f.source and f.source.span for f in saved.findings] == [Span(a, b) for a, b, _ in spots]
    alike(report)


def at(document: Document, start: int, end: int, paragraphs: tuple[int, ...]) -> Location:
    return Location(
        paragraphs=paragraphs, span=Span(start, end), line=1, column=1, end_line=1, end_column=2,
        text=document.text[start:end],
    )  # fmt: skip


def test_a_report_of_an_earlier_release_is_read() -> None:
    fields = json.loads(to_jsonl(full()))
    del fields["scorecard"]
    for document in fields["documents"]:
        del document["shades"], document["facts"]
    for skip in fields["skipped"]:
        skip.pop("off", None)
    (report,) = read_reports(json.dumps(fields), "r.json")
    assert (report.scorecard, report.shades, report.facts) == (None, None, None)
    assert len(report.findings) == len(full().findings)


ACCEPTED = {"by": "baseline", "decision": "accepted", "reason": "", "where": "b.json"}


def without(name: str) -> Callable[[dict[str, Any]], object]:
    return lambda fields: fields.pop(name)


@pytest.mark.parametrize(
    "spoil",
    [
        *map(without, ("id", "verdict", "documents", "links", "findings", "skipped", "notes", "error")),
        lambda fields: fields.update(verdict="fine"),
        lambda fields: fields.update(documents=fields["documents"][:1]),
        lambda fields: fields["findings"][0].update(source=None, target=None),
        lambda fields: fields["findings"][0].update(severity="bad"),
        lambda fields: fields["findings"][0].update(suppressed={**ACCEPTED, "by": "bas?eline"}),
        lambda fields: fields["findings"][0].update(suppressed={**ACCEPTED, "decision": "perhaps"}),
        lambda fields: fields.update(divergence="large"),
        lambda fields: fields["links"][0].update(similarity=True),
        lambda fields: fields["findings"][0]["source"].update(text=3),
        lambda fields: fields["documents"][0]["paragraphs"][1].update(start="x"),
        lambda fields: fields["documents"].__setitem__(0, []),
        lambda fields: fields["documents"][0].update(path=3),
        lambda fields: fields["documents"][0].update(language=None),
        lambda fields: fields["documents"][0].update(paragraphs=[]),
        lambda fields: fields["documents"][0]["paragraphs"][0].update(language=3),
        lambda fields: fields.update(links=[3]),
    ],
)
def test_what_lacks_something_is_named_with_its_line(spoil: Callable[[dict[str, Any]], object]) -> None:
    fields = json.loads(to_jsonl(hand_made.ferries()))
    spoil(fields)
    lines = to_jsonl(hand_made.rate()) + json.dumps(fields) + "\n"
    with pytest.raises(UsageError, match=r"^r.jsonl:2: lacks what a report of mlcheck has; write it anew"):
        list(read_reports(lines, "r.jsonl"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda fields: fields["scorecard"].update(per_thousand="much"),
        lambda fields: fields["scorecard"].update(penalty=None),
        lambda fields: fields["scorecard"].update(counted="both"),
        lambda fields: fields["documents"][0]["shades"].__setitem__(0, "bad"),
        lambda fields: fields["documents"][0]["shades"][0].__setitem__(0, None),
        lambda fields: fields["documents"][0]["facts"][0].__setitem__(0, "bad"),
    ],
)
def test_what_a_marked_report_has_beside_findings_is_looked_at(
    spoil: Callable[[dict[str, Any]], object],
) -> None:
    fields = json.loads(to_jsonl(full()))
    spoil(fields)
    with pytest.raises(UsageError, match=r"^r.jsonl: lacks what a report of mlcheck has"):
        list(read_reports(json.dumps(fields), "r.jsonl"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"schema": 1, "id"\n', "r.jsonl:1: not JSON"),
        ('{"a": 1}\n', "r.jsonl:1: no report of mlcheck"),
        ("[1]", "r.jsonl:1: no report of mlcheck"),
        ('{"schema": 2}', "r.jsonl: a report of another version"),
        ('{"schema": 1, "reports": {}}', "r.jsonl: 'reports' is no list of reports"),
        ("[" * 100_000, "r.jsonl:1: not JSON"),
    ],
)
def test_what_is_no_report_is_named(text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        list(read_reports(text, "r.jsonl"))
    assert str(raised.value).startswith(message)
    assert "\n" not in str(raised.value)


def test_what_a_check_makes_comes_back(checker: Checker) -> None:
    """Figures are rounded where the report is made, so that none is rounded twice."""
    from stories import ENGLISH, GERMAN

    from mlcheck.read import read_text

    one = read_text("\n\n".join(ENGLISH) + "\n", name="a.txt")
    two = read_text("\r\n\r\n".join([*GERMAN[:3], *GERMAN[4:]]) + "\r\n", name="b.txt")
    report = checker.check(one, two, languages=("en", "de"), facts=True)
    assert report.findings
    assert report.scorecard
    assert rounded(report) == report
    alike(report)


@pytest.mark.parametrize(
    "path", ["a\ud800.txt", "a\0.txt", "a\x1b[31m.txt", "x" * 3000, "a\n.txt", "../" * 50]
)
def test_a_path_that_no_file_has_is_written_in_every_format(path: str) -> None:
    report = hand_made.ferries()
    assert report.source
    report = replace(report, source=replace(report.source, path=path))
    for name, write in WRITERS.items():
        assert write(back(report), LAYOUTS[0]), name
