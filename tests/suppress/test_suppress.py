"""What is accepted stays quiet, and nothing else does: baselines, comments in the text, files beside it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import ROOT
from stories import ENGLISH, GERMAN

from mlcheck.checks import RULES as ALL_RULES
from mlcheck.data import Finding, Location, RawText, Report, Span
from mlcheck.errors import UsageError
from mlcheck.pipeline import Checker
from mlcheck.read import comments, read_file, read_text
from mlcheck.report import exit_status, with_fingerprints
from mlcheck.reporters import to_json, to_jsonl
from mlcheck.settings import Settings
from mlcheck.suppress import (
    Baseline,
    Entry,
    add,
    baseline_text,
    merge,
    prune,
    read_baseline,
    read_pairs,
    suppressor,
)
from mlcheck.suppress.baseline import Pairs
from mlcheck.suppress.match import match

Write = Callable[..., Path]
RULES = frozenset({"missing-paragraph", "added-paragraph", "number-mismatch", "divergent-passage"})
TODAY = date(2026, 6, 15)
LANGUAGES = ("en", "de")
WITHOUT_FREIGHT = (*GERMAN[:4], *GERMAN[5:])
FREIGHT = ENGLISH[4]


def checked(
    checker: Checker, source: Path | str, target: Path | str, baseline: Baseline | None = None
) -> Report:
    accepts = suppressor(baseline, rules=RULES, today=TODAY)
    return checker.check(Path(source), Path(target), languages=LANGUAGES, suppress=accepts)


def accept(report: Report, path: str | Path = "baseline.json", **more: Any) -> Baseline:
    """A baseline with every finding of a report, by way of its JSON and of its file's text."""
    rules = more.pop("rules", RULES)
    more = {"reason": "No freight in this edition", "today": TODAY, **more}
    baseline, _ = add(Baseline(path=str(path)), read_pairs(to_jsonl(report), "report"), **more)
    Path(path).write_text(baseline_text(baseline.entries), encoding="utf-8")
    return read_baseline(Path(path), rules)


def quiet(report: Report) -> list[str]:
    return [f.suppressed.reason for f in report.findings if f.suppressed]


def loud(report: Report) -> list[str]:
    return [f.rule for f in report.findings if not f.suppressed]


def notes(report: Report) -> list[str]:
    return [note.message for note in report.notes]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def lost(write: Write) -> tuple[str, str]:
    """A pair whose German version lacks the paragraph about freight."""
    return write("a.en.txt", *ENGLISH).name, write("a.de.txt", *WITHOUT_FREIGHT).name


# Silent: nothing is accepted that nobody accepted, and nothing is noted without need


def test_without_a_baseline_nothing_changes(checker: Checker, lost: tuple[str, str]) -> None:
    plain = checker.check(Path(lost[0]), Path(lost[1]), languages=LANGUAGES)
    assert checked(checker, *lost) == plain
    assert loud(plain) == ["missing-paragraph"]


def test_versions_that_agree_get_no_notes(checker: Checker, write: Write) -> None:
    report = checked(checker, write("a.en.txt", *ENGLISH), write("a.de.txt", *GERMAN))
    assert (report.findings, report.notes) == ((), ())


def test_the_baseline_of_one_pair_is_not_for_another(
    checker: Checker, write: Write, lost: tuple[str, str]
) -> None:
    baseline = accept(checked(checker, *lost))
    other = checked(
        checker, write("b.en.txt", *ENGLISH).name, write("b.de.txt", *WITHOUT_FREIGHT).name, baseline
    )
    assert loud(other) == ["missing-paragraph"]
    assert notes(other) == []


def test_a_comment_that_is_none_of_ours_is_left_alone(checker: Checker, write: Write) -> None:
    source = write("a.en.md", ENGLISH[0], "<!-- a word on ferries; mlcheck: see there -->", *ENGLISH[1:])
    report = checked(checker, source, write("a.de.md", *GERMAN))
    assert (report.findings, report.notes) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- mlcheck: ignore nonsense -->` is how it is written.",
        "```\n<!-- mlcheck: ignore nonsense -->\n```",
        "    <!-- mlcheck: ignore nonsense -->",
        "It is written \\<!-- mlcheck: ignore nonsense -->.",
        "<script>\n<!-- mlcheck: ignore nonsense -->\n</script>",
        "<!-- mlcheck: ignore nonsense, and never closed",
    ],
)
def test_an_ignore_in_code_is_no_ignore(checker: Checker, write: Write, text: str) -> None:
    source, target = write("a.en.md", *ENGLISH, text), write("a.de.md", *GERMAN)
    assert not any("ignore" in note for note in notes(checked(checker, source, target)))


def test_a_comment_in_plain_text_is_text(checker: Checker, write: Write) -> None:
    source = write("a.en.txt", *ENGLISH[:4], "<!-- mlcheck: ignore missing-paragraph x -->", *ENGLISH[4:])
    assert comments(read_file(source)) == ()
    assert quiet(checked(checker, source, write("a.de.txt", *WITHOUT_FREIGHT))) == []


# Acceptance: quiet when a paragraph is inserted above; back when its own text changes


def test_a_finding_in_the_baseline_is_quiet(checker: Checker, lost: tuple[str, str]) -> None:
    baseline = accept(checked(checker, *lost))
    report = checked(checker, *lost, baseline)
    assert quiet(report) == ["No freight in this edition"]
    assert report.findings[0].suppressed is not None
    assert report.findings[0].suppressed.where == "baseline.json"
    assert report.verdict == "inconsistent"
    assert exit_status([report], "info") == 0
    assert notes(report) == []


def test_it_stays_quiet_when_a_paragraph_is_inserted_above_it(
    checker: Checker, write: Write, lost: tuple[str, str]
) -> None:
    baseline = accept(checked(checker, *lost))
    line = checked(checker, *lost).findings[0].source
    new = (
        "Police arrest a thief who stole bicycles.",
        "Polizei hat einen Dieb festgenommen, der Fahrräder stahl.",
    )
    write("a.en.txt", *ENGLISH[:2], new[0], *ENGLISH[2:])
    write("a.de.txt", *WITHOUT_FREIGHT[:2], new[1], *WITHOUT_FREIGHT[2:])
    report = checked(checker, *lost, baseline)
    assert quiet(report) == ["No freight in this edition"]
    assert loud(report) == []
    assert notes(report) == []
    moved = report.findings[0].source
    assert line
    assert moved
    assert moved.line == line.line + 2


def test_it_comes_back_when_its_text_changes(checker: Checker, write: Write, lost: tuple[str, str]) -> None:
    baseline = accept(checked(checker, *lost))
    changed = "Lorries with freight and passengers use the southern terminal."
    write("a.en.txt", *ENGLISH[:4], changed, *ENGLISH[5:])
    report = checked(checker, *lost, baseline)
    assert loud(report) == ["missing-paragraph"]
    assert exit_status([report], "error") == 1
    assert notes(report) == [
        "baseline.json: 1 entry matching nothing any more: missing-paragraph “Lorries with freight use the "
        "southern…”; mlcheck baseline prune removes it"
    ]


@pytest.mark.model
def test_the_same_with_the_real_model(real_checker: Checker, write: Write) -> None:
    root = ROOT / "samples"
    english = (root / "call.en.txt").read_text("utf-8").strip().split("\n\n")
    russian = (root / "call.ru.txt").read_text("utf-8").strip().split("\n\n")
    new = (
        "Police in the northern town arrested a man who had stolen eleven bicycles.",
        "Полиция северного города арестовала мужчину, который украл одиннадцать велосипедов.",
    )
    rules = frozenset(rule.name for rule in ALL_RULES)

    def run(source: list[str], target: list[str], baseline: Baseline | None = None) -> Report:
        paths = write("call.en.txt", *source), write("call.ru.txt", *target)
        accepts = suppressor(baseline, rules=rules, today=TODAY)
        return real_checker.check(Path(paths[0].name), Path(paths[1].name), suppress=accepts)

    cut_out = [*russian[:7], *russian[8:]]
    first = run(english, cut_out)
    assert "missing-paragraph" in loud(first)
    baseline = accept(first, rules=rules)
    longer = run([*english[:5], new[0], *english[5:]], [*cut_out[:6], new[1], *cut_out[6:]], baseline)
    assert [f.rule for f in longer.findings] == [f.rule for f in first.findings]
    assert (loud(longer), notes(longer)) == ([], [])
    (lost,) = (f.source for f in first.findings if f.rule == "missing-paragraph")
    assert lost
    (index,) = lost.paragraphs
    reworded = [*english[:index], english[index] + " Nobody was hurt.", *english[index + 1 :]]
    again = run(reworded, cut_out, baseline)
    assert "missing-paragraph" in loud(again)
    assert "matching nothing any more: missing-paragraph" in notes(again)[0]


def numbers(write: Write, *german: str) -> tuple[str, str]:
    english = ["Repairs at the port cost 12 crowns.", *ENGLISH[2:]]
    return write("n.en.txt", *english).name, write("n.de.txt", german[0], *GERMAN[2:]).name


def test_a_detail_is_accepted_in_its_sentence_only(checker: Checker, write: Write) -> None:
    """`12` for `21` in one sentence says nothing of `12` for `21` in another."""
    paths = numbers(write, "Reparaturen am Hafen kosteten 21 Kronen.")
    first = checked(checker, *paths)
    assert loud(first) == ["number-mismatch"]
    baseline = accept(first)
    assert loud(checked(checker, *paths, baseline)) == []
    write("n.en.txt", "Repairs at the port cost 12 crowns.", *ENGLISH[2:-1], "Farmers expect 12 crowns.")
    write("n.de.txt", "Reparaturen am Hafen kosteten 12 Kronen.", *GERMAN[2:-1], "Bauern erwarten 21 Kronen.")
    report = checked(checker, *paths, baseline)
    assert loud(report) == ["number-mismatch"]
    assert "matching nothing" in notes(report)[0]


# Twins


class Named:
    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint


def accepted(entries: list[str], findings: list[str]) -> tuple[list[str | None], list[str]]:
    found, left = match([Named(entry) for entry in entries], findings)
    return [entry and entry.fingerprint for entry in found], [entry.fingerprint for entry in left]


@pytest.mark.parametrize(
    ("entries", "findings", "found", "left"),
    [
        (["a"], ["a"], ["a"], []),
        (["a"], ["b"], [None], ["a"]),
        (["a", "a-2"], ["a", "a-2"], ["a", "a-2"], []),
        # An equal finding is inserted: one more than was accepted, and one is reported.
        (["a", "a-2"], ["a", "a-2", "a-3"], ["a", "a-2", None], []),
        # One of two is mended: the other is a again, and no entry comes back as new.
        (["a", "a-2"], ["a"], ["a"], ["a-2"]),
        (["a-2"], ["a"], ["a-2"], []),
        (["a-2"], ["a", "a-2"], [None, "a-2"], []),
        (["a-2", "a-4"], ["a", "a-2", "a-3"], ["a-4", "a-2", None], []),
    ],
)
def test_twins(entries: list[str], findings: list[str], found: list[str | None], left: list[str]) -> None:
    assert accepted(entries, findings) == (found, left)


@given(st.sets(st.integers(1, 6)), st.integers(0, 6))
def test_of_twins_as_many_are_accepted_as_were(entries: set[int], findings: int) -> None:
    def name(number: int) -> str:
        return "a" if number == 1 else f"a-{number}"

    found, left = accepted([name(n) for n in sorted(entries)], [name(n) for n in range(1, findings + 1)])
    assert sum(entry is not None for entry in found) == min(len(entries), findings)
    assert len(left) == max(0, len(entries) - findings)


# The file


def entry(**fields: Any) -> dict[str, Any]:
    return {
        "fingerprint": "0123456789abcdef",
        "rule": "missing-paragraph",
        "reason": "The desk's choice",
        "decision": "accepted",
        "source": "a.en.txt",
        "target": "a.de.txt",
        "excerpt": "Lorries",
        **fields,
    }


def baseline_of(*entries: Any, **fields: Any) -> Path:
    whole = {"schema": 1, "tool": "mlcheck", "entries": list(entries), **fields}
    Path("baseline.json").write_text(json.dumps(whole), encoding="utf-8")
    return Path("baseline.json")


def test_a_file_is_written_as_it_is_read() -> None:
    path = baseline_of(
        entry(), entry(fingerprint="0123456789abcdef-2", expires="2027-01-31", decision="dismissed")
    )
    baseline = read_baseline(path, RULES)
    text = baseline_text(baseline.entries)
    path.write_text(text, encoding="utf-8")
    assert read_baseline(path, RULES) == baseline
    assert text == baseline_text(tuple(reversed(baseline.entries)))
    assert text.startswith(
        '{\n  "schema": 1,\n  "tool": "mlcheck",\n  "entries": [\n    {\n      "fingerprint"'
    )
    assert text.endswith("}\n")
    assert [*json.loads(text)["entries"][1]] == [*entry(), "expires"]


def test_entries_are_sorted_and_keep_their_letters() -> None:
    path = baseline_of(
        entry(source="b"), entry(rule="added-paragraph", fingerprint="f" * 16), entry(excerpt="Паром")
    )
    text = baseline_text(read_baseline(path, RULES).entries)
    assert [(e["source"], e["rule"]) for e in json.loads(text)["entries"]] == [
        ("a.en.txt", "added-paragraph"),
        ("a.en.txt", "missing-paragraph"),
        ("b", "missing-paragraph"),
    ]
    assert "Паром" in text


def test_what_turns_lines_around_is_escaped() -> None:
    text = baseline_text([Entry(**{**entry(excerpt="a\u202eb\ud800\x1b"), "expires": None})])
    assert json.loads(text)["entries"][0]["excerpt"] == "a\u202eb\ud800\x1b"
    assert text.isprintable() or not set(text) & {"\u202e", "\ud800", "\x1b"}


def test_an_empty_baseline_is_one() -> None:
    assert read_baseline(baseline_of(), RULES).entries == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "baseline.json:1: not JSON (Expecting value); mend it"),
        ('{"schema": 1,\n', "baseline.json:2: not JSON"),
        ("[]", "baseline.json: not a baseline of mlcheck; name one that mlcheck baseline write made"),
        ('{"schema": 1, "reports": []}', "baseline.json: not a baseline of mlcheck"),
        ('{"schema": 1, "tool": "other", "entries": []}', "baseline.json: not a baseline of mlcheck"),
        ('{"tool": "mlcheck", "entries": []}', "baseline.json: a baseline of schema None"),
        (
            '{"schema": 2, "tool": "mlcheck", "entries": []}',
            "baseline.json: a baseline of schema 2, and this",
        ),
        ('{"schema": true, "tool": "mlcheck", "entries": []}', "baseline.json: a baseline of schema True"),
        ('{"schema": 1, "tool": "mlcheck", "entries": {}}', "baseline.json: 'entries' is no list"),
        ("[" * 100_000, "baseline.json: not a baseline"),
        ('{"schema": ' + "1" * 5000 + "}", "baseline.json: not a baseline"),
    ],
)
def test_what_is_no_baseline(content: str, message: str) -> None:
    Path("baseline.json").write_text(content, encoding="utf-8")
    refused(message)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rule": "missing-paragraf"}, "no rule 'missing-paragraf'; did you mean missing-paragraph?"),
        ({"rule": "x"}, "no rule 'x'; mlcheck explain lists them"),
        ({"rule": 1}, "'rule' is 1; write it as text, in quotes"),
        ({"reason": " "}, "'reason' is blank or has a NUL; an entry needs it"),
        ({"reason": None}, "no 'reason'; an entry has fingerprint, rule, reason"),
        ({"source": "a\0"}, "'source' is blank or has a NUL"),
        ({"fingerprint": "0123"}, "'0123' is no fingerprint; copy it from a report"),
        ({"decision": "ok"}, "the decision is 'ok'; write accepted or dismissed"),
        ({"expires": "soon"}, "expires is 'soon'; write a date such as 2027-01-31"),
        ({"expires": "2027-02-30"}, "expires is '2027-02-30'; write a date such as 2027-01-31"),
        ({"expires": 20270131}, "expires is 20270131; write a date"),
        ({"expire": "2027-01-31"}, "no key 'expire'; did you mean expires?"),
        ({"zzz": 1}, "no key 'zzz'; there are fingerprint, rule"),
    ],
)
def test_an_entry_that_is_wrong(fields: dict[str, Any], message: str) -> None:
    baseline_of(entry(fingerprint="f" * 16), entry(**fields))
    refused(f"baseline.json: entry 2: {message}")


def test_an_entry_that_is_no_object() -> None:
    baseline_of("x")
    refused("baseline.json: entry 1: is no object")


def test_two_entries_for_one_finding() -> None:
    baseline_of(entry(), entry(reason="Another"))
    refused("baseline.json: entries 1 and 2 accept the same finding; keep one")


def test_a_baseline_that_is_not_there() -> None:
    refused("baseline.json: no such baseline; mlcheck baseline write makes one")


def test_a_baseline_that_is_a_folder() -> None:
    Path("baseline.json").mkdir()
    refused("baseline.json: is a folder, and a baseline is a file; name one in it")


def test_a_baseline_that_is_no_utf8() -> None:
    Path("baseline.json").write_bytes(b"\xff\xfe\0")
    refused("baseline.json:1: a baseline is UTF-8, this is not; save it as UTF-8")


def refused(message: str) -> None:
    with pytest.raises(UsageError) as error:
        read_baseline(Path("baseline.json"), RULES)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


# Expiry


@pytest.mark.parametrize(
    ("last_day", "is_quiet"), [("2026-06-14", False), ("2026-06-15", True), ("2026-06-16", True)]
)
def test_the_last_day_counts(checker: Checker, lost: tuple[str, str], last_day: str, is_quiet: bool) -> None:
    baseline = accept(checked(checker, *lost), expires=date.fromisoformat(last_day))
    report = checked(checker, *lost, baseline)
    assert bool(quiet(report)) is is_quiet
    assert notes(report) == (
        []
        if is_quiet
        else [
            "baseline.json: 1 entry no longer valid: "
            f"missing-paragraph “Lorries with freight use the southern…” on {last_day}"
        ]
    )


# Paths


def test_a_baseline_works_from_another_folder(
    checker: Checker, write: Write, lost: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("ci", "content"):
        (tmp_path / folder).mkdir()
    for name in lost:
        (tmp_path / name).rename(tmp_path / "content" / name)
    inside = tuple(f"content/{name}" for name in lost)
    baseline = accept(checked(checker, *inside), "ci/baseline.json")
    assert [(e.source, e.target) for e in baseline.entries] == [tuple(f"../content/{name}" for name in lost)]
    whole = tuple(str(tmp_path / path) for path in inside)
    assert quiet(checked(checker, *inside, baseline))
    assert quiet(checked(checker, *whole, baseline))
    assert quiet(checked(checker, *inside, read_baseline(tmp_path / "ci/baseline.json", RULES)))
    monkeypatch.chdir(tmp_path / "content")
    assert quiet(checked(checker, *lost, read_baseline(Path("../ci/baseline.json"), RULES)))
    assert quiet(
        checked(
            checker,
            f"./{lost[0]}",
            f"../content/{lost[1]}",
            read_baseline(Path("../ci/baseline.json"), RULES),
        )
    )


def test_a_baseline_as_the_report_spells_its_paths(
    checker: Checker, lost: tuple[str, str], tmp_path: Path
) -> None:
    """A page saves it into another folder, and knows paths only as they were typed."""
    (tmp_path / "downloads").mkdir()
    path = Path("downloads/baseline.json")
    baseline = accept(checked(checker, *lost))
    entries = [Entry(**{**_fields(e), "source": f"./{lost[0]}", "target": lost[1]}) for e in baseline.entries]
    path.write_text(baseline_text(entries), encoding="utf-8")
    assert quiet(checked(checker, *lost, read_baseline(path, RULES)))


def _fields(one: Entry) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Entry.__slots__}


def test_a_link_is_the_file_that_it_leads_to(checker: Checker, lost: tuple[str, str]) -> None:
    baseline = accept(checked(checker, *lost))
    Path("link.txt").symlink_to(lost[0])
    assert quiet(checked(checker, "link.txt", lost[1], baseline))


# Write and prune


def test_writing_twice_adds_nothing_and_keeps_reasons(checker: Checker, lost: tuple[str, str]) -> None:
    baseline = accept(checked(checker, *lost))
    pairs = read_pairs(to_json([checked(checker, *lost, baseline), checked(checker, *lost)]), "report")
    again, new = add(baseline, pairs, reason="Another", today=TODAY)
    assert (again, new) == (baseline, ())


def test_what_has_expired_is_written_anew(checker: Checker, lost: tuple[str, str]) -> None:
    baseline = accept(checked(checker, *lost), expires=date(2026, 1, 1))
    pairs = read_pairs(to_jsonl(checked(checker, *lost, baseline)), "report")
    again, new = add(baseline, pairs, reason="Still so", today=TODAY)
    assert [e.reason for e in again.entries] == ["Still so"]
    assert again.entries == new


def test_what_is_ignored_in_the_text_needs_no_entry(checker: Checker, lost: tuple[str, str]) -> None:
    Path(f"{lost[0]}.mlcheck").write_text("ignore-file missing-paragraph wanted so\n")
    report = checked(checker, *lost)
    assert quiet(report) == ["wanted so"]
    assert accept(report).entries == ()


@pytest.mark.parametrize("path", ["\ud800.txt", "a\0b.txt", "n" * 5000])
def test_a_path_that_no_system_has_is_only_a_name(
    checker: Checker, lost: tuple[str, str], path: str, tmp_path: Path
) -> None:
    text = json.loads(to_jsonl(checked(checker, *lost)))
    text["documents"][0]["path"] = path
    pairs = read_pairs(json.dumps(text), "report")
    file = str(tmp_path / "baseline.json")
    baseline, new = add(Baseline(path=file), pairs, reason="So", today=TODAY)
    assert [entry.source for entry in new] == [path]
    assert merge(Baseline(path=file), baseline, today=TODAY) == (baseline, new)
    assert prune(baseline, pairs, today=TODAY) == (baseline, ())


def test_pruning_keeps_what_still_matches(checker: Checker, lost: tuple[str, str]) -> None:
    report = checked(checker, *lost)
    baseline = accept(report)
    for text in (to_jsonl(report), to_json([report]), to_jsonl(checked(checker, *lost, baseline))):
        assert prune(baseline, read_pairs(text, "report"), today=TODAY) == (baseline, ())


def test_pruning_removes_what_matches_nothing(checker: Checker, write: Write, lost: tuple[str, str]) -> None:
    baseline = accept(checked(checker, *lost))
    write("a.de.txt", *GERMAN)
    report = checked(checker, *lost, baseline)
    assert report.findings == ()
    assert [note.code for note in report.notes] == ["baseline-unused"]
    pruned, removed = prune(baseline, read_pairs(to_jsonl(report), "report"), today=TODAY)
    assert (pruned.entries, removed) == ((), baseline.entries)


def test_pruning_leaves_pairs_that_no_report_is_about(
    checker: Checker, write: Write, lost: tuple[str, str]
) -> None:
    baseline = accept(checked(checker, *lost))
    other = checked(checker, write("b.en.txt", *ENGLISH), write("b.de.txt", *GERMAN))
    failed = checker.check_or_report(Path(lost[0]), Path("nothing.txt"), id="x")
    pairs = read_pairs(to_json([other, failed]), "report")
    assert len(pairs) == 1
    assert prune(baseline, pairs, today=TODAY) == (baseline, ())
    assert (
        prune(accept(checked(checker, *lost), expires=date(2026, 1, 1)), pairs, today=TODAY)[0].entries == ()
    )


def test_rules_that_did_not_run_say_nothing_about_entries(
    checker: Checker, write: Write, lost: tuple[str, str]
) -> None:
    baseline = accept(checked(checker, *lost))
    accepts = suppressor(baseline, rules=RULES, today=TODAY)
    off = Settings(rules={"missing-paragraph": "off"})
    report = checker.check(Path(lost[0]), Path(lost[1]), languages=LANGUAGES, suppress=accepts, settings=off)
    assert (report.findings, notes(report)) == ((), [])
    text = json.loads(to_jsonl(report))
    text["skipped"].append({"rule": "missing-paragraph", "reason": "cannot"})
    assert prune(baseline, read_pairs(json.dumps(text), "report"), today=TODAY) == (baseline, ())


def test_a_report_from_before_there_were_judges_is_read(checker: Checker, lost: tuple[str, str]) -> None:
    text = json.loads(to_jsonl(checked(checker, *lost)))
    now = read_pairs(json.dumps(text), "report")
    del text["judge"]
    assert read_pairs(json.dumps(text), "report") == now
    assert now[0].findings


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "{}",
        "1",
        '{"schema": 1}',
        '{"schema": 1, "reports": 1}',
        '{"schema": 1, "reports": [1]}',
        '{"schema": 1, "reports": [{}]}',
        '{"schema": 2, "reports": []}',
        '{"schema": 1, "error": null, "documents": [], "findings": [], "skipped": []}',
        '{"schema": 1, "error": null, "documents": [{"path": 1}, {"path": 2}]}',
        "[" * 100_000,
    ],
)
def test_what_is_no_report(text: str) -> None:
    if text == "":
        assert read_pairs(text, "r.json") == ()
        return
    with pytest.raises(UsageError, match=r"^r\.json[:0-9]*: .+; .+$"):
        read_pairs(text, "r.json")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["schema", "error", "documents", "findings", "path"]), inner)
        ),
        max_leaves=10,
    )
)
def test_reading_a_report_never_crashes(value: Any) -> None:
    with suppress(UsageError):
        read_pairs(json.dumps(value), "r")


# Ignores in Markdown


def markdown(write: Write, *blocks: str, german: tuple[str, ...] = WITHOUT_FREIGHT) -> tuple[Path, Path]:
    """The story with blocks of one's own before the lost paragraph; write that too, or it is the German
    version that has too much."""
    return write("a.en.md", *ENGLISH[:4], *blocks, *ENGLISH[5:]), write("a.de.md", *german)


IGNORE = "<!-- mlcheck: ignore missing-paragraph no freight here -->"


@pytest.mark.parametrize(
    "blocks",
    [
        (IGNORE, FREIGHT),
        (f"{IGNORE}\n{FREIGHT}",),
        (f"{IGNORE} {FREIGHT}",),
        (f"{FREIGHT} {IGNORE}",),
        (FREIGHT.replace("freight", f"freight {IGNORE}"),),
        ("<!--\nmlcheck:\n  ignore missing-paragraph\n  no freight here\n-->", FREIGHT),
        ("<!--mlcheck: ignore added-paragraph, missing-paragraph no freight here-->", FREIGHT),
        ("<!-- mlcheck: ignore added-paragraph,missing-paragraph no freight here -->", FREIGHT),
        (IGNORE, "```\ncode\n```", FREIGHT),
        ("<!-- another -->", IGNORE, "<!-- another -->", FREIGHT),
    ],
)
def test_a_comment_accepts_what_is_found_there(
    checker: Checker, write: Write, blocks: tuple[str, ...]
) -> None:
    report = checked(checker, *markdown(write, *blocks))
    code = ["markup-mismatch"] if any("```" in block for block in blocks) else []
    assert (quiet(report), loud(report), notes(report)) == (["no freight here"], code, [])
    suppressed = report.findings[0].suppressed
    assert suppressed
    assert (suppressed.by, suppressed.where.rpartition(":")[0]) == ("comment", str(Path.cwd() / "a.en.md"))


def test_the_line_of_a_comment_is_said(checker: Checker, write: Write) -> None:
    report = checked(checker, *markdown(write, IGNORE, FREIGHT))
    suppressed = report.findings[0].suppressed
    assert suppressed
    assert suppressed.where.endswith("a.en.md:9")


@pytest.mark.parametrize(
    "blocks",
    [
        (f"{FREIGHT}\n{IGNORE}",),  # by then the paragraph is over, and this is for the next
        ("<!-- mlcheck: ignore added-paragraph not what it is -->", FREIGHT),
    ],
)
def test_a_comment_elsewhere_accepts_nothing_and_is_noted(
    checker: Checker, write: Write, blocks: tuple[str, ...]
) -> None:
    report = checked(checker, *markdown(write, *blocks))
    assert loud(report) == ["missing-paragraph"]
    (note,) = notes(report)
    assert "of which nothing was found there; remove it if it is no longer needed" in note


def test_a_comment_in_a_text_of_several_pairs_is_not_noted(checker: Checker, write: Write) -> None:
    """It is for another of them, as a rule."""
    source, target = markdown(write, IGNORE, FREIGHT, german=GERMAN)
    for shared, count in (
        (frozenset[str](), 1),
        (frozenset({str(source)}), 0),
        (frozenset({str(target)}), 1),
    ):
        accepts = suppressor(None, rules=RULES, today=TODAY, shared=shared)
        assert len(checker.check(source, target, languages=LANGUAGES, suppress=accepts).notes) == count


def test_a_comment_accepts_a_finding_on_the_other_side_too(checker: Checker, write: Write) -> None:
    source = write("a.en.md", *without(ENGLISH))
    target = write("a.de.md", *GERMAN[:4], IGNORE.replace("missing", "added"), *GERMAN[4:])
    assert quiet(checked(checker, source, target)) == ["no freight here"]


def without(story: tuple[str, ...]) -> tuple[str, ...]:
    return (*story[:4], *story[5:])


def test_a_whole_file(checker: Checker, write: Write) -> None:
    for name in ("en", "de"):
        source, target = markdown(write, FREIGHT)
        path = source if name == "en" else target
        path.write_text(path.read_text() + "\n<!-- mlcheck: ignore-file missing-paragraph a digest -->\n")
        report = checked(checker, source, target)
        assert (quiet(report), notes(report)) == (["a digest"], [])


def test_a_finding_that_grows_comes_back(checker: Checker, write: Write) -> None:
    """The next paragraph is lost too, and nobody has accepted that."""
    german = (*GERMAN[:4], *GERMAN[6:])
    report = checked(checker, *markdown(write, IGNORE, FREIGHT, german=german))
    assert "missing-paragraph" in loud(report)


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        (
            "ignore missing-paragraph",
            "gives no reason; write why after the rule, for those who come after you",
        ),
        ("ignore missing-paragraph -", "gives no reason"),
        ("ignore missing-paragraf x", "no rule 'missing-paragraf'; did you mean missing-paragraph?"),
        ("ignore missing-paragraph, nonsense x", "no rule 'nonsense'; mlcheck explain lists them"),
        ("ignore", "ignore names no rule; write ignore RULE and the reason"),
        ("ignore , x", "ignore names no rule"),
        ("ignroe missing-paragraph x", "'ignroe' is nothing that mlcheck knows; did you mean ignore?"),
        ("", "'' is nothing that mlcheck knows; write ignore or ignore-file"),
        ("off", "'off' is nothing that mlcheck knows; write ignore or ignore-file"),
    ],
)
def test_a_comment_that_is_wrong(checker: Checker, write: Write, comment: str, message: str) -> None:
    source, target = markdown(write, f"<!-- mlcheck: {comment} -->", FREIGHT)
    with pytest.raises(UsageError) as error:
        checked(checker, source, target)
    assert str(error.value).startswith(f"{source}:9: {message}")


def test_a_comment_is_no_paragraph() -> None:
    raw = read_text(f"> {IGNORE}\n> text\n\n{IGNORE}\n\n- {IGNORE}\n", markdown=True)
    first = raw.blocks[0].span
    assert raw.text[first.start : first.end] == "text"
    assert not any(block.kind == "code" for block in raw.blocks)
    assert len(comments(raw)) == 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 50_000,
        "`<!--" * 50_000 + "-->",
        "a <!-- x --> " * 50_000,
        "<!-- mlcheck: ignore added-paragraph x -->\n\n" * 20_000,
        "<!-- mlcheck: ignore " + "added-paragraph," * 100_000 + "added-paragraph x -->",
        "<!-- mlcheck: ignore added-paragraph" + " ," * 100_000 + " -->",
    ],
)
def test_hostile_comments_take_linear_time(text: str) -> None:
    raw = read_text(f"Words.\n\n{text}\n", markdown=True)
    other = read_text("Words.", name="no-such-file")
    start = time.process_time()
    with suppress(UsageError):
        suppressor(None, rules=RULES, today=TODAY)((raw, other), (), frozenset())
    assert time.process_time() - start < 5


@given(st.text(alphabet="<!->` \\\n#*mlcheck: ignore-filx,"))
def test_comments_are_comments(text: str) -> None:
    raw = read_text(f"w\n\n{text}", markdown=True)
    for comment in comments(raw):
        assert raw.text.startswith("<!--", comment.span.start)


# Ignores beside a text


def sidecar(name: str, *lines: str) -> None:
    Path(f"{name}.mlcheck").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    [
        'ignore missing-paragraph "Lorries with freight" no freight here',
        'ignore added-paragraph, missing-paragraph "Lorries   with" no freight here',
        "ignore-file missing-paragraph no freight here",
    ],
)
def test_a_line_beside_a_text(checker: Checker, lost: tuple[str, str], line: str) -> None:
    sidecar(lost[0], "# The desk's own", "", line)
    report = checked(checker, *lost)
    assert (quiet(report), notes(report)) == (["no freight here"], [])
    suppressed = report.findings[0].suppressed
    assert suppressed
    assert (suppressed.by, suppressed.where) == ("sidecar", "a.en.txt.mlcheck:3")


def test_a_fingerprint_beside_a_text_of_either_side(checker: Checker, lost: tuple[str, str]) -> None:
    name = checked(checker, *lost).findings[0].fingerprint
    for side in lost:
        sidecar(side, f"ignore missing-paragraph {name} no freight here")
        assert quiet(checked(checker, *lost)) == ["no freight here"]
        Path(f"{side}.mlcheck").unlink()


def test_words_survive_what_is_written_above_them(
    checker: Checker, write: Write, lost: tuple[str, str]
) -> None:
    sidecar(lost[0], 'ignore missing-paragraph "Lorries with freight" no freight here')
    new = (
        "Police arrest a thief who stole bicycles.",
        "Polizei hat einen Dieb festgenommen, der Fahrräder stahl.",
    )
    write("a.en.txt", new[0], *ENGLISH)
    write("a.de.txt", new[1], *WITHOUT_FREIGHT)
    assert quiet(checked(checker, *lost)) == ["no freight here"]


def test_a_line_whose_words_are_gone_is_noted(checker: Checker, lost: tuple[str, str]) -> None:
    sidecar(lost[0], 'ignore missing-paragraph "Trains with freight" no freight here')
    report = checked(checker, *lost)
    assert loud(report) == ["missing-paragraph"]
    assert notes(report) == [
        "a.en.txt.mlcheck:1: ignores missing-paragraph, of which nothing was found there; "
        "remove it if it is no longer needed"
    ]


def test_words_may_have_quotes_in_them(checker: Checker, write: Write) -> None:
    english = (*ENGLISH[:4], 'Lorries "with" freight use the southern terminal.', *ENGLISH[5:])
    source, target = write("q.en.txt", *english), write("q.de.txt", *WITHOUT_FREIGHT)
    sidecar(str(source), r'ignore missing-paragraph "Lorries \"with\" freight" no freight here')
    assert quiet(checked(checker, source, target)) == ["no freight here"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('ignore missing-paragraph "Lorries"', "gives no reason"),
        ("ignore missing-paragraph 0123456789abcdef", "gives no reason"),
        ("ignore-file missing-paragraph", "gives no reason"),
        ("ignore missing-paragraph 12 why", "after the rule come some words of the text"),
        ('ignore missing-paragraph "Lorries why', "after the rule come some words of the text"),
        ('ignore missing-paragraph " " why', "after the rule come some words of the text"),
        ('ignore missing-paragraf "Lorries" why', "no rule 'missing-paragraf'; did you mean"),
        ("missing-paragraph why", "'missing-paragraph' is nothing that mlcheck knows"),
    ],
)
def test_a_line_that_is_wrong(checker: Checker, lost: tuple[str, str], line: str, message: str) -> None:
    sidecar(lost[0], "", line)
    with pytest.raises(UsageError) as error:
        checked(checker, *lost)
    assert str(error.value).startswith(f"a.en.txt.mlcheck:2: {message}")


def test_a_sidecar_that_cannot_be_read(checker: Checker, lost: tuple[str, str]) -> None:
    path = Path(f"{lost[0]}.mlcheck")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match=r"a\.en\.txt\.mlcheck:1: a file of ignores is UTF-8, this is not"):
        checked(checker, *lost)
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(UsageError, match="larger than 1,000,000 bytes"):
        checked(checker, *lost)
    path.write_text("ignore-file added-paragraph x\n" * 1001)
    with pytest.raises(UsageError, match="more than 1000 lines"):
        checked(checker, *lost)
    path.unlink()
    path.mkdir()
    with pytest.raises(UsageError, match="is a folder, and a file of ignores is a file"):
        checked(checker, *lost)


# What comes first, and fingerprints


def test_the_text_speaks_before_the_baseline(checker: Checker, lost: tuple[str, str]) -> None:
    baseline = accept(checked(checker, *lost))
    sidecar(lost[0], "ignore-file missing-paragraph from beside")
    report = checked(checker, *lost, baseline)
    assert (quiet(report), notes(report)) == (["from beside"], [])


def place(text: str, span: tuple[int, int], paragraph: int = 0) -> Location:
    return Location(
        paragraphs=(paragraph,), span=Span(*span), line=1, column=1, end_line=1, end_column=2, text=text
    )


def flaw(span: tuple[int, int], text: str = "12") -> Finding:
    return Finding(
        rule="number-mismatch",
        severity="error",
        mqm="accuracy",
        message="m",
        source=place(text, span),
        target=None,
        confidence=1.0,
    )


def document(checker: Checker, text: str) -> Any:
    raw: RawText = read_text(text)
    from mlcheck.segment import segment

    return segment(raw, "en")


def test_a_detail_has_its_sentence_in_its_fingerprint(checker: Checker) -> None:
    text = "Ferries cost 12 crowns. Tickets cost 12 crowns. Ferries cost 12 crowns."
    known = document(checker, text)
    places = [at for at in range(len(text)) if text.startswith("12", at)]
    names = [f.fingerprint for f in with_fingerprints([flaw((at, at + 2)) for at in places], known)]
    assert names[0] != names[1]
    assert names[2] == f"{names[0]}-2"
    bare = with_fingerprints([flaw((places[0], places[0] + 2))])[0].fingerprint
    assert names[0] != bare
    whole = [flaw((0, 23), text[:23])]
    assert with_fingerprints(whole, known) == with_fingerprints(whole)


@pytest.mark.parametrize(
    "path", ["a\ud800.txt", "x" * 300, "../" * 50 + "a", "a/" * 3000, "a\x1b[31m", "~nosuch/a"]
)
def test_a_path_that_no_file_has_is_no_entry_of_one(path: str) -> None:
    text = baseline_text([Entry(**{**entry(source=path, excerpt="a"), "expires": None})])
    file = baseline_of(*json.loads(text)["entries"])
    entries = Pairs(read_baseline(file, RULES))
    assert entries.of("b.txt", "a.de.txt") == ()
    assert len(entries.of(path, "a.de.txt")) == 1
