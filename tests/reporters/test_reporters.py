"""Reporters against golden files, the JSON Schema and the schema page.

`UPDATE_GOLDEN=1 pytest tests/test_reporters.py` writes the golden files anew; read the difference before you
keep it.
"""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import hand_made
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from paths import GOLDEN, ROOT
from rich.cells import cell_len

from mlcheck._version import __version__
from mlcheck.data import Document, EncoderId, JudgeId, Note, Report, ReportError, Skip
from mlcheck.reporters import REPORTERS, Layout, as_dict, to_json, to_jsonl, to_text

SCHEMA = json.loads((ROOT / "mlcheck/schema/report.schema.json").read_text("utf-8"))
PAGE = (ROOT / "docs/report.md").read_text("utf-8")
VALIDATOR = Draft202012Validator(SCHEMA)
ESCAPE_CODE = re.compile("\x1b\\[[0-9;]*m")
UNSAFE = "\x00\x07\x1b\x7f\x85\x9b\u2028\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\udcff"


def disagreeing(words: str, words_in_target: str, language: str = "ru", target: str = "b.txt") -> Report:
    """A pair of one paragraph each and a finding over both of them."""
    en = hand_made.document("a.txt", "en", f"{words}\n")
    other = hand_made.document(target, language, f"{words_in_target}\n")
    places = hand_made.whole(en, 0), hand_made.whole(other, 0)
    found = hand_made.finding("divergent-passage", "error", "The two differ", *places)
    return hand_made.report(
        "pair", "inconsistent", en, other, found, links=(hand_made.link((0,), (0,), 0.5, 0.9),)
    )


# Silence first


def test_clean_pairs_are_one_line_each() -> None:
    clean = [replace(hand_made.rate(), skipped=()), hand_made.rate()]
    assert to_text(clean, width=120, colour=False) == (
        "consistent: wire/rate.en.txt (en) ↔ wire/rate.zh.txt (zh) — 3 paragraphs agree\n"
        "consistent: wire/rate.en.txt (en) ↔ wire/rate.zh.txt (zh) — 3 paragraphs agree, 1 rule skipped\n"
        "\n"
        "2 pairs: 2 consistent\n"
    )


def test_one_pair_needs_no_total() -> None:
    assert to_text([hand_made.rate()], width=120, colour=False).count("\n") == 1


@pytest.mark.parametrize("width", [80, 120])
def test_without_colour_there_are_no_escape_codes(width: int) -> None:
    assert "\x1b" not in to_text(hand_made.reports(), width=width, colour=False, verbose=True)


def test_accepted_findings_are_shown_only_when_asked_for() -> None:
    quiet, verbose = (
        to_text([hand_made.ferries()], width=80, colour=False, verbose=v) for v in (False, True)
    )
    assert "name-mismatch" not in quiet
    assert "1 accepted" in quiet
    assert "name-mismatch  accepted in the baseline" in verbose


def test_markup_in_a_text_is_text() -> None:
    for colour in (False, True):
        written = ESCAPE_CODE.sub("", to_text([hand_made.ferries()], width=200, colour=colour))
        assert (f"show {hand_made.MARKUP} in" if colour else f"show [[{hand_made.MARKUP}]] in") in written
        assert f"{hand_made.MARKUP} stands untranslated" in written
        assert f"text {hand_made.MARKUP}" in written


def test_emoji_names_in_a_text_are_text() -> None:
    assert ":warning: x" in to_text([disagreeing(":warning: x", "y")], width=80, colour=True)


def test_writing_json_loads_neither_rich_nor_numpy() -> None:
    code = "import sys, mlcheck.reporters, mlcheck.report; print({'rich', 'numpy'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout == "set()\n"


# Golden files

FORMATS: dict[str, Callable[[], str]] = {
    "report.txt": lambda: to_text(hand_made.reports(), width=80, colour=False),
    "report-wide.txt": lambda: to_text(hand_made.reports(), width=120, colour=False, verbose=True),
    "report.json": lambda: to_json(hand_made.reports()),
    "report.jsonl": lambda: "".join(map(to_jsonl, hand_made.reports())),
}


@pytest.mark.parametrize("name", FORMATS)
def test_golden(name: str) -> None:
    written = FORMATS[name]().encode()
    # The version alone changes from release to release.
    written = written.replace(f'"version":"{__version__}"'.encode(), b'"version":"VERSION"')
    written = written.replace(f'"version": "{__version__}"'.encode(), b'"version": "VERSION"')
    if os.environ.get("UPDATE_GOLDEN"):
        (GOLDEN / name).write_bytes(written)
    assert written.decode() == (GOLDEN / name).read_bytes().decode()


def test_the_registry_calls_the_reporters() -> None:
    reports, layout = hand_made.reports(), Layout(width=120, verbose=True)
    assert list(REPORTERS) == [
        "text", "json", "jsonl", "html", "sarif", "junit", "github", "markdown", "csv", "tsv", "xlsx",
        "parquet",
    ]  # fmt: skip
    assert REPORTERS["text"](reports, layout) == to_text(reports, width=120, colour=False, verbose=True)
    assert REPORTERS["json"](reports, layout) == to_json(reports)
    assert REPORTERS["jsonl"](reports, layout) == "".join(map(to_jsonl, reports))


# Text


@pytest.mark.parametrize("width", [60, 80, 99, 100, 120, 200])
@pytest.mark.parametrize("colour", [False, True])
def test_lines_stay_within_the_width(width: int, colour: bool) -> None:
    written = ESCAPE_CODE.sub("", to_text(hand_made.reports(), width=width, colour=colour, verbose=True))
    assert max(map(cell_len, written.split("\n"))) <= width


def test_colour_changes_no_word() -> None:
    plain = to_text(hand_made.reports(), width=600, colour=False)
    coloured = to_text(hand_made.reports(), width=600, colour=True)
    assert coloured != plain
    words = [re.sub(r"\[\[|\]\]", "", text).split() for text in (plain, ESCAPE_CODE.sub("", coloured))]
    assert words[0] == words[1]


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [to_text(hand_made.reports(), width=120, colour=colour) for colour in (False, True)]
    for name, value in {"NO_COLOR": "1", "FORCE_COLOR": "1", "COLUMNS": "33", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert [to_text(hand_made.reports(), width=120, colour=colour) for colour in (False, True)] == before


def test_places_are_never_broken() -> None:
    path = f"{'very-long-folder/' * 8}story.ru.txt"
    for width in (40, 120):
        written = to_text([disagreeing("One", "Два", target=path)], width=width, colour=False)
        assert f"         ru  ¶1  {path}:1:1\n" in written


def test_columns_of_wide_characters_are_straight() -> None:
    words = "央行维持关键利率不变，" * 9
    written = to_text([disagreeing(words, "One two three. " * 9, language="zh")], width=120, colour=False)
    rows = [line for line in written.split("\n") if "央" in line or "One" in line]
    starts = {cell_len(line[: line.index("  One") + 2]) for line in rows if "  One" in line}
    assert len(rows) > 1
    assert starts == {9 + 54 + 3}


def test_right_to_left_is_never_beside_another_text() -> None:
    arabic = "قالت هيئة الميناء إن 12 رحلة"
    for words in ((arabic, "Twelve ferries"), ("Twelve ferries", arabic)):
        lines = to_text([disagreeing(*words, language="ar")], width=160, colour=False).split("\n")
        assert f"             {arabic}" in lines
        assert "             Twelve ferries" in lines


def test_a_long_place_loses_its_middle() -> None:
    written = to_text([disagreeing(f"First {'word ' * 200}last", "Да")], width=80, colour=False)
    assert written.count("word") < 50
    assert "             First word" in written
    assert re.search(r"word… +(\n +)?word", written)
    assert "word last\n" in written


def test_a_place_keeps_what_is_next_to_it() -> None:
    text = f"{'far ' * 100}near 12 ferries {'away ' * 100}".strip()
    en, ru = hand_made.document("a.txt", "en", text), hand_made.document("b.txt", "ru", "21 паром")
    found = hand_made.finding(
        "number-mismatch", "error", "x", hand_made.place(en, "12"), hand_made.place(ru, "21")
    )
    written = to_text([hand_made.report("x", "inconsistent", en, ru, found)], width=80, colour=False)
    assert "near [[12]] ferries away" in " ".join(written.split())
    assert "             …far" in written
    assert "away…\n" in written


@pytest.mark.parametrize(
    "letter", ["e\u0301", "\u0e01\u0e31", "\u0915\u093f"], ids=["Latin", "Thai", "Devanagari"]
)
def test_cuts_leave_no_mark_without_its_letter(letter: str) -> None:
    for shift in ("", "x"):
        written = to_text([disagreeing(shift + letter * 300, letter * 300 + shift)], width=600, colour=False)
        ends = re.findall(r"(\S+)… (\S+)", written)
        assert len(ends) == 2
        for head, tail in ends:
            assert head.removeprefix("x") == letter * (len(head) // 2)
            assert tail.removesuffix("x") == letter * (len(tail) // 2)


def hostile(words: str) -> Report:
    """A report with `words` in every string that comes from outside."""
    first = disagreeing(f"start {words} end", f"да {words} нет", target=f"b{words}.txt")
    assert first.target
    found = replace(
        first.findings[0], rule=f"r{words}", message=words, evidence={words: [words, {words: words}]}
    )
    furniture = replace(first.target.paragraphs[0], role="furniture")
    return replace(
        first,
        id=words,
        findings=(found, replace(found, source=None)),
        encoder=EncoderId(name=words, revision=words, sha256="0"),
        judge=JudgeId(name=words, revision=words, sha256="0"),
        target=replace(first.target, language=words, paragraphs=(furniture,)),
        skipped=(Skip(rule=words, reason=words),),
        notes=(Note(code="note", message=words),),
    )


@pytest.mark.parametrize("character", UNSAFE)
@pytest.mark.parametrize("width", [80, 160])
def test_no_control_reaches_the_terminal(character: str, width: int) -> None:
    words = f"x{character}[31mevil"
    error = replace(hand_made.strike(), id=words, error=ReportError(code=words, message=words))
    quiet = replace(hand_made.rate(), target=hand_made.document(words, words, "x\n"))
    for colour in (False, True):
        written = to_text([hostile(words), error, quiet], width=width, colour=colour, verbose=True)
        rest = ESCAPE_CODE.sub("", written)
        assert not set(rest) & set(UNSAFE)
        assert rest.encode("utf-8")
        assert "evil" in rest


def test_a_control_is_shown() -> None:
    written = to_text([disagreeing("a\x1b[31mb", "c\u202ed")], width=80, colour=False)
    assert "a<U+001B>[31mb" in written
    assert "c<U+202E>d" in written


def test_nothing_checked_is_said() -> None:
    assert to_text([], width=80, colour=False) == "Nothing was checked.\n"


def test_notes_of_a_clean_pair_follow_its_line() -> None:
    noted = replace(
        hand_made.rate(), notes=(Note(code="encoding", message="rate.zh.txt was read as gb18030"),)
    )
    assert to_text([noted], width=120, colour=False).endswith("\nnote     rate.zh.txt was read as gb18030\n")


def test_evidence_in_words() -> None:
    evidence = {
        "ratio": 0.123,
        "whole_number": 3,
        "quoted": True,
        "found": [],
        "numbers": list(range(9)),
        "by_unit": {"km": 2, "m": None},
        "absent": None,
    }
    report = disagreeing("One", "Два")
    report = replace(report, findings=(replace(report.findings[0], evidence=evidence),))
    assert (
        "confidence 0.90 · ratio 0.12 · whole number 3 · quoted yes · found none · "
        "numbers 0, 1, 2, 3, 4, 5, 3 more · by unit km 2, m None"
    ) in to_text([report], width=200, colour=False)


# JSON


@pytest.mark.parametrize("report", hand_made.reports(), ids=lambda report: report.verdict)
def test_reports_are_valid(report: Report) -> None:
    VALIDATOR.validate(json.loads(to_jsonl(report)))


def test_the_envelope_is_valid() -> None:
    envelope = json.loads(to_json(hand_made.reports()))
    VALIDATOR.validate(envelope)
    assert envelope == {"schema": 1, "reports": [json.loads(to_jsonl(r)) for r in hand_made.reports()]}
    VALIDATOR.validate(json.loads(to_json([])))


def test_a_report_without_its_target_is_valid() -> None:
    half = replace(hand_made.strike(), source=hand_made.rate().source)
    written = json.loads(to_jsonl(half))
    VALIDATOR.validate(written)
    assert [d["path"] for d in written["documents"]] == ["wire/rate.en.txt"]


def test_keys_come_in_the_order_of_the_contract() -> None:
    written = as_dict(hand_made.ferries())
    assert list(written) == [
        "schema", "id", "verdict", "divergence", "tool", "model", "judge", "documents", "links", "findings",
        "skipped", "notes", "scorecard", "error",
    ]  # fmt: skip
    assert list(written["findings"][0]) == [
        "rule", "severity", "mqm", "message", "source", "target", "confidence", "evidence", "fingerprint",
        "baselined", "suppressed",
    ]  # fmt: skip
    assert written["tool"] == {"name": "mlcheck", "version": __version__}


def test_offsets_lead_to_the_words() -> None:
    report = hand_made.ferries()
    written = as_dict(report)
    for side, document in (("source", report.source), ("target", report.target)):
        assert document
        places = [f[side] for f in written["findings"] if f[side]]
        places += written["documents"][side == "target"]["paragraphs"]
        assert len(places) > 10
        assert all(document.text[p["start"] : p["end"]] == p["text"] for p in places)


def test_figures_are_rounded_and_finite() -> None:
    figures = {
        "minus": -0.0,
        "small": -0.00001,
        "not": float("nan"),
        "far": float("inf"),
        "deep": [{"x": 1 / 3}],
    }
    report = disagreeing("One", "Два")
    report = replace(report, divergence=2 / 3, findings=(replace(report.findings[0], evidence=figures),))
    written = json.loads(to_jsonl(report))
    assert written["divergence"] == 0.6667
    assert '"evidence":{"minus":0.0,"small":0.0,"not":null,"far":null,"deep":[{"x":0.3333}]}' in to_jsonl(
        report
    )


@pytest.mark.parametrize("character", UNSAFE)
def test_lines_are_one_line_and_harmless(character: str) -> None:
    report = hostile(f"x{character}evil")
    line = to_jsonl(report)
    assert line.splitlines() == [line[:-1]]
    assert line.encode("utf-8")
    assert not set(line) & set(UNSAFE)
    assert not set(to_json([report])) & set(UNSAFE)
    assert json.loads(line)["id"] == f"x{character}evil"


def test_letters_stand_as_they_are() -> None:
    assert "Паромы через залив" in to_jsonl(hand_made.ferries())


@given(st.text(), st.text(), st.floats(0, 1))
def test_any_text_survives(words: str, other: str, divergence: float) -> None:
    # A document has at least one paragraph that is not blank.
    report = replace(disagreeing(f"a{words}", f"b{other}"), id=words, divergence=divergence)
    written = json.loads(to_jsonl(report))
    VALIDATOR.validate(written)
    assert written["id"] == words
    assert [d["paragraphs"][0]["text"] for d in written["documents"]] == [
        d.paragraphs[0].text for d in (report.source, report.target) if isinstance(d, Document)
    ]
    assert to_jsonl(report) == to_jsonl(copy.deepcopy(report))
    assert to_text([report], width=80, colour=False).encode("utf-8")


# The schema


def breakages() -> Iterator[tuple[str, Callable[[dict[str, Any]], object]]]:
    yield "unknown field", lambda r: r.update(clock="12:00")
    yield "missing field", lambda r: r.pop("notes")
    yield "unknown field of a place", lambda r: r["findings"][0]["source"].update(x=1)
    yield "unknown verdict", lambda r: r.update(verdict="fine")
    yield "other schema", lambda r: r.update(schema=2)
    yield "probability above one", lambda r: r.update(divergence=1.5)
    yield "error without a reason", lambda r: r.update(verdict="error")
    yield "a reason without an error", lambda r: r.update(error={"code": "input", "message": "x"})
    yield "one document", lambda r: r["documents"].pop()
    yield "finding without a place", lambda r: r["findings"][0].update(source=None, target=None)
    yield "finding without a fingerprint", lambda r: r["findings"][0].update(fingerprint="")
    yield "severity of another tool", lambda r: r["findings"][0].update(severity="critical")
    yield "figures without a counterpart", lambda r: r["links"][3].update(similarity=0.5)
    yield "counterpart without figures", lambda r: r["links"][0].update(divergence=None)
    yield "link of nothing", lambda r: r["links"][3].update(source=[])
    yield "line 0", lambda r: r["findings"][0]["source"].update(line=0)


@pytest.mark.parametrize("breakage", list(breakages()), ids=lambda b: b[0])
def test_the_schema_refuses(breakage: tuple[str, Callable[[dict[str, Any]], object]]) -> None:
    written = json.loads(to_jsonl(hand_made.ferries()))
    breakage[1](written)
    assert not VALIDATOR.is_valid(written)
    assert not VALIDATOR.is_valid({"schema": 1, "reports": [written]})


def objects(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: part for name, part in schema["$defs"].items() if part.get("type") == "object"}


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == "report.schema.json"


OPTIONAL = {
    ("report", "changed"),
    ("document", "entry"),
    ("document", "words"),
    ("document", "shades"),
    ("document", "facts"),
    ("paragraph", "pieces"),
    ("paragraph", "place"),
    ("paragraph", "segment"),
    ("location", "place"),
    ("location", "segment"),
    ("skip", "off"),
    *(("report", field) for field in ("passages", "changes")),
    *(("finding", field) for field in ("source", "target", "versions", "places", "pairs")),
}
"""Only there if asked for, as words would double a report, or where there is something to say; and what only
pairs have, or only several versions."""


@pytest.mark.parametrize("name", objects(SCHEMA))
def test_every_field_is_described_and_required(name: str) -> None:
    part = SCHEMA["$defs"][name]
    assert part["additionalProperties"] is False
    assert part["required"] == [field for field in part["properties"] if (name, field) not in OPTIONAL]
    for field, schema in part["properties"].items():
        assert (
            schema.get("description") or SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]["description"]
        ), field


# The page


@pytest.mark.parametrize("name", objects(SCHEMA))
def test_the_page_explains_every_field(name: str) -> None:
    for field, schema in SCHEMA["$defs"][name]["properties"].items():
        assert f"`{field}`" in PAGE or name == "envelope", field
        assert all(f"`{value}`" in PAGE for value in schema.get("enum", ()))


def test_the_examples_of_the_page_are_valid() -> None:
    blocks = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
    examples = [block for block in blocks if "schema" in block]  # the others are parts of one
    assert len(examples) == 2
    for example in examples:
        VALIDATOR.validate(example)
        for document in example["documents"]:
            assert all(p["end"] - p["start"] == len(p["text"]) for p in document["paragraphs"])
