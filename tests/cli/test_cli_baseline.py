"""The command line about what is accepted and what changed: `--baseline`, `mlcheck baseline`, `--changed`."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from stories import ENGLISH, GERMAN

pytestmark = pytest.mark.usefixtures("fake_model")

Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]
Write = Callable[..., Path]

LANGUAGES = ("--lang", "en", "--lang", "de")
PAIR = ("a.en.txt", "a.de.txt")
WITHOUT_FREIGHT = (*GERMAN[:4], *GERMAN[5:])
WHY = ("--reason", "No freight here")
STORED = ("--baseline", "baseline.json")


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.cli.baseline.today", lambda: date(2026, 6, 15))
    monkeypatch.setattr("mlcheck.cli.check.today", lambda: date(2026, 6, 15))


@pytest.fixture
def lost(write: Write, run: Run) -> tuple[str, str]:
    """A pair whose German version lacks a paragraph."""
    return write(PAIR[0], *ENGLISH).name, write(PAIR[1], *WITHOUT_FREIGHT).name


@pytest.fixture
def stored(run: Run, lost: tuple[str, str]) -> tuple[str, str]:
    """The same, and a baseline that accepts it."""
    assert run("check", *lost, *LANGUAGES, "-f", "json", "-o", "report.json")[0] == 1
    assert run("baseline", "write", "report.json", *STORED, *WHY) == (
        0,
        "baseline.json: 1 entry added, 1 in all\n",
        "",
    )
    return lost


def fails(outcome: Outcome, message: str) -> None:
    code, out, err = outcome
    assert (code, out) == (2, "")
    assert err.startswith(f"mlcheck: {message}")
    assert err.count("\n") == 1


# The baseline of a check


def test_an_empty_baseline_changes_nothing(run: Run, lost: tuple[str, str]) -> None:
    plain = run("check", *lost, *LANGUAGES)
    Path("baseline.json").write_text('{"schema": 1, "tool": "mlcheck", "entries": []}')
    assert run("check", *lost, *LANGUAGES, *STORED) == plain


def test_what_is_accepted_passes(run: Run, stored: tuple[str, str]) -> None:
    code, out, err = run("check", *stored, *LANGUAGES, *STORED)
    assert (code, err) == (0, "")
    assert "missing-paragraph" not in out
    assert "1 accepted" in out


def test_the_reason_is_told_to_those_who_ask(run: Run, stored: tuple[str, str]) -> None:
    out = run("check", *stored, *LANGUAGES, *STORED, "-v")[1]
    assert "error    missing-paragraph  accepted in the baseline\n" in out
    assert "         accepted: No freight here — baseline.json\n" in out


def test_what_is_wrong_is_told_from_what_may_stay(run: Run, lost: tuple[str, str]) -> None:
    run("check", *lost, *LANGUAGES, "-f", "json", "-o", "report.json")
    run("baseline", "write", "report.json", *STORED, *WHY, "--dismiss")
    report = json.loads(run("check", *lost, *LANGUAGES, *STORED, "-f", "jsonl")[1])
    assert report["findings"][0]["suppressed"]["decision"] == "dismissed"
    assert "dismissed: No freight here" in run("check", *lost, *LANGUAGES, *STORED, "--verbose")[1]
    assert "<strong>Dismissed</strong>" in run("check", *lost, *LANGUAGES, *STORED, "-f", "html")[1]


def test_a_batch_takes_it_too(run: Run, stored: tuple[str, str]) -> None:
    assert run("batch", ".", "--pattern", "{name}.{lang}.txt")[0] == 1
    assert run("batch", ".", "--pattern", "{name}.{lang}.txt", *STORED)[0] == 0


def test_a_configuration_may_name_it(
    run: Run, stored: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("mlcheck.toml").write_text('baseline = "baseline.json"\npairs = ["{name}.{lang}.txt"]\n')
    assert run("check", *stored, *LANGUAGES)[0] == 0
    assert run("check")[0] == 0
    assert run("baseline", "show")[1].endswith("baseline.json: 1 entry\n")
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    assert run("check", *(f"../{name}" for name in stored), *LANGUAGES)[0] == 0


def test_one_that_the_configuration_names_may_be_yet_to_come(run: Run, lost: tuple[str, str]) -> None:
    Path("mlcheck.toml").write_text('baseline = "baseline.json"\n')
    code, out, err = run("check", *lost, *LANGUAGES, "-f", "jsonl")
    assert code == 1
    assert err == (
        "mlcheck: baseline.json: no such baseline yet, so nothing is accepted; "
        "mlcheck baseline write makes it\n"
    )
    Path("r.jsonl").write_text(out)
    assert run("baseline", "write", "r.jsonl", *WHY)[0] == 0
    assert run("check", *lost, *LANGUAGES)[0] == 0


def test_entries_that_match_nothing_are_told(run: Run, stored: tuple[str, str], write: Write) -> None:
    write(stored[1], *GERMAN)
    code, out, err = run("check", *stored, *LANGUAGES, *STORED)
    assert code == 0
    assert "note     baseline.json: 1 entry matching nothing any more: missing-paragraph “Lorries" in out
    assert err == (
        "mlcheck: 1 pair has entries in baseline.json that match nothing any more; "
        "see the notes of the report\n"
    )


def test_no_output_is_written_over_it(run: Run, stored: tuple[str, str]) -> None:
    before = Path("baseline.json").read_bytes()
    fails(
        run("check", *stored, *LANGUAGES, *STORED, "-o", "baseline.json"),
        "baseline.json: is one of the files to read; name another --output",
    )
    assert Path("baseline.json").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "baseline.json: no such baseline; mlcheck baseline write makes one"),
        ("{", "baseline.json:1: not JSON"),
        ('{"schema": 2, "tool": "mlcheck", "entries": []}', "baseline.json: a baseline of schema 2"),
    ],
)
@pytest.mark.parametrize("command", ["check", "batch"])
def test_a_baseline_that_is_wrong(
    run: Run, lost: tuple[str, str], command: str, content: str | None, message: str
) -> None:
    if content is not None:
        Path("baseline.json").write_text(content)
    what = (*lost, *LANGUAGES) if command == "check" else (".",)
    fails(run(command, *what, *STORED, "-o", "out.txt"), message)
    assert not Path("out.txt").exists()


def test_an_ignore_that_is_wrong(run: Run, write: Write) -> None:
    pair = write("a.en.md", *ENGLISH, "<!-- mlcheck: ignore missing-paragraph -->"), write("a.de.md", *GERMAN)
    fails(run("check", *pair, *LANGUAGES), f"{pair[0]}:23: gives no reason; write why after the rule")


def test_an_ignore_for_one_version_of_three_is_not_noted(run: Run, write: Write) -> None:
    ignore = "<!-- mlcheck: ignore missing-paragraph no freight in the short one -->"
    source = write("a.en.md", *ENGLISH[:4], ignore, *ENGLISH[4:])
    short, whole = write("a.short.md", *WITHOUT_FREIGHT), write("a.de.md", *GERMAN)
    check = ("check", source, short, whole, *LANGUAGES, "--lang", "de", "-f", "jsonl")
    for notes, *more in (([[]],), ([[], []], "--pairs")):
        code, out, _ = run(*check, *more)
        assert (code, [json.loads(line)["notes"] for line in out.splitlines()]) == (0, notes)
    assert "of which nothing was found there" in run("check", source, whole, *LANGUAGES)[1]


# mlcheck baseline


def test_writing_again_adds_nothing(run: Run, stored: tuple[str, str]) -> None:
    before = Path("baseline.json").read_bytes()
    assert run("baseline", "write", "report.json", *STORED, "--reason", "x") == (
        0,
        "baseline.json: 0 entries added, 1 in all\n",
        "",
    )
    assert Path("baseline.json").read_bytes() == before


def test_what_is_written(run: Run, lost: tuple[str, str]) -> None:
    run("check", *lost, *LANGUAGES, "-f", "jsonl", "-o", "r.jsonl")
    assert run("baseline", "write", "r.jsonl", *STORED, *WHY, "--expires", "2027-01-31", "--dismiss")[0] == 0
    (entry,) = json.loads(Path("baseline.json").read_text())["entries"]
    finding = json.loads(Path("r.jsonl").read_text())["findings"][0]
    assert entry == {
        "fingerprint": finding["fingerprint"],
        "rule": "missing-paragraph",
        "reason": "No freight here",
        "decision": "dismissed",
        "source": "a.en.txt",
        "target": "a.de.txt",
        "excerpt": ENGLISH[4],
        "expires": "2027-01-31",
    }


def test_only_some(run: Run, stored: tuple[str, str], write: Write) -> None:
    write(stored[1], *GERMAN[:4], *GERMAN[5:-1])
    run("check", *stored, *LANGUAGES, "-f", "json", "-o", "r.json")
    fingerprint = json.loads(Path("baseline.json").read_text())["entries"][0]["fingerprint"]
    Path("baseline.json").unlink()
    for name, count in ((fingerprint, 1), ("missing-paragraph", 2)):
        assert run("baseline", "write", "r.json", *STORED, *WHY, "--only", name)[0] == 0
        assert len(json.loads(Path("baseline.json").read_text())["entries"]) == count
    fails(
        run("baseline", "write", "r.json", *STORED, *WHY, "--only", "nonsense"),
        "--only 'nonsense': no finding of these reports has this rule or fingerprint",
    )


def test_from_standard_input(run: Run, lost: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    report = run("check", *lost, *LANGUAGES, "-f", "jsonl")[1]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report.encode())))
    assert run("baseline", "write", "-", *STORED, *WHY)[0] == 0


def test_show(run: Run, stored: tuple[str, str]) -> None:
    fingerprint = json.loads(Path("baseline.json").read_text())["entries"][0]["fingerprint"]
    assert run("baseline", "show", *STORED) == (
        0,
        f"a.en.txt ↔ a.de.txt\n  accepted  missing-paragraph  {fingerprint}\n    text    {ENGLISH[4]}\n"
        "    reason  No freight here\nbaseline.json: 1 entry\n",
        "",
    )


def test_show_lets_no_text_rule_the_terminal(run: Run, stored: tuple[str, str]) -> None:
    text = Path("baseline.json").read_text().replace("No freight here", "a\\u001b[2Jb\\n\\u202ec")
    Path("baseline.json").write_text(text)
    assert "    reason  a<U+001B>[2Jb <U+202E>c\n" in run("baseline", "show", *STORED)[1]


def test_merge(run: Run, stored: tuple[str, str]) -> None:
    """A page saves its marks elsewhere, with the paths of its report."""
    for folder in ("downloads", "ci"):
        Path(folder).mkdir()
    Path("baseline.json").rename("downloads/saved.json")
    there = ("--baseline", "ci/baseline.json")
    added = "ci/baseline.json: {} added, 1 in all\n"
    assert run("baseline", "merge", "downloads/saved.json", *there) == (0, added.format("1 entry"), "")
    (entry,) = json.loads(Path("ci/baseline.json").read_text())["entries"]
    assert (entry["source"], entry["target"]) == ("../a.en.txt", "../a.de.txt")
    assert run("check", *stored, *LANGUAGES, *there)[0] == 0
    text = Path("downloads/saved.json").read_text().replace("No freight here", "Another reason")
    Path("downloads/saved.json").write_text(text)
    before = Path("ci/baseline.json").read_bytes()
    assert run("baseline", "merge", "downloads/saved.json", *there) == (0, added.format("0 entries"), "")
    assert Path("ci/baseline.json").read_bytes() == before


def test_merge_replaces_what_has_expired(run: Run, stored: tuple[str, str]) -> None:
    saved = json.loads(Path("baseline.json").read_text())
    Path("saved.json").write_text(json.dumps(saved))
    saved["entries"][0]["expires"] = "2026-06-14"
    Path("baseline.json").write_text(json.dumps(saved))
    assert run("check", *stored, *LANGUAGES, *STORED)[0] == 1
    assert run("baseline", "merge", "saved.json", *STORED)[1] == "baseline.json: 1 entry added, 1 in all\n"
    assert run("check", *stored, *LANGUAGES, *STORED)[0] == 0


def test_prune(run: Run, stored: tuple[str, str], write: Write) -> None:
    assert run("baseline", "prune", "report.json", *STORED) == (
        0,
        "baseline.json: 0 entries removed, 1 in all\n",
        "",
    )
    write(stored[1], *GERMAN)
    run("check", *stored, *LANGUAGES, *STORED, "-f", "json", "-o", "report.json")
    code, out, err = run("baseline", "prune", "report.json", *STORED)
    assert (code, err) == (0, "")
    assert out.endswith("baseline.json: 1 entry removed, 0 in all\n")
    assert "missing-paragraph" in out
    assert json.loads(Path("baseline.json").read_text())["entries"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("write", "none.json", *STORED, *WHY),
            "none.json: no such report; write one with mlcheck check -f json",
        ),
        (("write", "baseline.json", *STORED, *WHY), "baseline.json: is the baseline, and not a report"),
        (("write", "a.en.txt", *STORED, *WHY), "a.en.txt:1: not JSON"),
        (("write", ".", *STORED, *WHY), ".: is a folder, and a report is a file"),
        (("write", "report.json", *WHY), "no baseline: name it with --baseline FILE"),
        (("write", "report.json", *STORED, "--reason", " -"), "--reason is blank; write why"),
        (("write", "report.json", *STORED, *WHY, "--expires", "soon"), "--expires 'soon' is no date"),
        (("write", "report.json", *STORED, *WHY, "--expires", "20270131"), "--expires '20270131' is no date"),
        (("write", "report.json", *STORED, *WHY, "--expires", "2026-06-14"), "--expires 2026-06-14 is past"),
        (("write", "report.json", "--baseline", "none/b.json", *WHY), "none/b.json: cannot write there"),
        (("write", "report.json", "--baseline", ".", *WHY), ".: is a folder, and a baseline is a file"),
        (("merge", "report.json", *STORED), "report.json: not a baseline of mlcheck"),
        (("merge", "none.json", *STORED), "none.json: no such baseline"),
        (("merge", "baseline.json", *STORED), "baseline.json: is the baseline itself"),
        (("prune", "report.json", "--baseline", "none.json"), "none.json: no such baseline"),
        (("show", "--baseline", "none.json"), "none.json: no such baseline"),
    ],
)
def test_what_is_wrong(run: Run, stored: tuple[str, str], arguments: tuple[str, ...], message: str) -> None:
    before = Path("baseline.json").read_bytes()
    fails(run("baseline", *arguments), message)
    assert Path("baseline.json").read_bytes() == before


def test_a_report_of_errors_alone(run: Run, stored: tuple[str, str]) -> None:
    Path("items.jsonl").write_text('{"id": "x", "source": "a.en.txt", "target": "none.txt"}\n')
    run("batch", "items.jsonl", "-f", "json", "-o", "errors.json")
    fails(
        run("baseline", "prune", "errors.json", *STORED),
        "errors.json: no pair in it could be checked; see the errors in it",
    )


# What changed


@pytest.fixture
def repository(stored: tuple[str, str], write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository with two pairs, one of them with a lost paragraph, and a configuration that finds both."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    write("b.en.txt", *ENGLISH)
    write("b.de.txt", *GERMAN)
    Path("mlcheck.toml").write_text('pairs = ["{name}.{lang}.txt"]\n')
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "first")):
        subprocess.run(["git", *who, *command], check=True)


NOTHING = "mlcheck: no file of any of the 2 pairs changed since HEAD; nothing to check\n"


def test_nothing_changed(run: Run, repository: None) -> None:
    assert run("check", "--changed", "HEAD") == (0, "Nothing was checked.\n", NOTHING)
    assert run("check", "--changed", "HEAD", "-f", "jsonl") == (0, "", NOTHING)
    code, out, _ = run("check", "--changed", "HEAD", "-f", "json")
    assert (code, json.loads(out)) == (0, {"schema": 1, "reports": []})
    assert run("check", "--changed", "HEAD", "-f", "json", "-o", "out.json")[0] == 0
    assert json.loads(Path("out.json").read_text())["reports"] == []


def test_nothing_changed_in_the_formats_of_builds(run: Run, repository: None) -> None:
    for format in ("junit", "sarif", "github", "markdown"):
        code, out, err = run("check", "--changed", "HEAD", "-f", format)
        assert (code, err) == (0, NOTHING)
        assert "othing was checked" in out
        assert "error" not in out.replace('errors="0"', "").replace("errors=", "").partition('"rules"')[0]


def test_only_what_changed_is_checked(run: Run, repository: None) -> None:
    Path("b.de.txt").write_text(Path("b.de.txt").read_text("utf-8") + "\n", encoding="utf-8")
    code, out, err = run("check", "--changed", "HEAD", "-f", "jsonl")
    (report,) = map(json.loads, out.splitlines())
    assert (code, err) == (0, "")
    assert report["documents"][0]["path"] == "b.en.txt"
    assert report["notes"] == [
        {
            "code": "one-side-changed",
            "message": "only b.de.txt changed since HEAD; b.en.txt did not",
        }
    ]
    assert len(run("check", "-f", "jsonl")[1].splitlines()) == 2


def test_both_sides_need_no_note(run: Run, repository: None) -> None:
    for name in ("b.en.txt", "b.de.txt"):
        Path(name).write_text(Path(name).read_text("utf-8") + "\n", encoding="utf-8")
    assert json.loads(run("check", "--changed", "HEAD", "-f", "jsonl")[1])["notes"] == []


def test_a_finding_in_what_changed_is_exit_1(run: Run, repository: None) -> None:
    Path(PAIR[0]).write_text(Path(PAIR[0]).read_text("utf-8") + "\n", encoding="utf-8")
    assert run("check", "--changed", "HEAD")[0] == 1
    assert run("check", "--changed", "HEAD", *STORED)[0] == 0


def test_files_that_are_named(run: Run, repository: None) -> None:
    assert run("check", *PAIR, *LANGUAGES, "--changed", "HEAD") == (
        0,
        "Nothing was checked.\n",
        "mlcheck: no file of the pair changed since HEAD; nothing to check\n",
    )
    Path(PAIR[0]).write_text(Path(PAIR[0]).read_text("utf-8") + "\n", encoding="utf-8")
    code, out, _ = run("check", *PAIR, *LANGUAGES, "--changed", "HEAD")
    assert code == 1
    assert f"only {PAIR[0]} changed since HEAD; {PAIR[1]} did not" in out


def test_staged(run: Run, repository: None) -> None:
    Path("b.de.txt").write_text(Path("b.de.txt").read_text("utf-8") + "\n", encoding="utf-8")
    assert run("check", "--staged") == (
        0,
        "Nothing was checked.\n",
        "mlcheck: no file of any of the 2 pairs is staged; nothing to check\n",
    )
    subprocess.run(["git", "add", "b.de.txt"], check=True)
    code, out, err = run("check", "--staged")
    assert (code, err) == (0, "")
    assert "b.en.txt" in out
    assert "a.en.txt" not in out


@pytest.mark.parametrize("revision", ["nowhere", "", "--output=x"])
def test_a_revision_that_is_not_there(run: Run, repository: None, revision: str) -> None:
    fails(run("check", "--changed", revision), f"--changed: no revision {revision!r} here")
    assert not Path("x").exists()


def test_patterns_that_find_nothing_are_no_pass(run: Run, repository: None) -> None:
    Path("mlcheck.toml").write_text('pairs = ["content/{lang}/{name}.txt"]\n')
    fails(run("check", "--changed", "HEAD"), "mlcheck.toml:1: no two files match content/{lang}/{name}.txt")


def test_without_files_and_patterns(run: Run, repository: None) -> None:
    Path("mlcheck.toml").unlink()
    fails(run("check", "--changed", "HEAD"), "nothing to check: name SOURCE and TARGET, or set 'pairs'")


def test_not_in_a_repository(run: Run, lost: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    fails(run("check", *lost, "--changed", "HEAD"), "--changed: git has no files to compare in . (")


def test_changed_and_staged_exclude_each_other(run: Run, repository: None) -> None:
    fails(
        run("check", "--changed", "HEAD", "--staged"), "--staged and --changed each say which pairs to check"
    )


def test_a_baseline_that_is_wrong_is_told_where_nothing_changed(run: Run, repository: None) -> None:
    Path("baseline.json").write_text("{")
    code, out, err = run("check", "--changed", "HEAD", *STORED)
    assert (code, out) == (2, "")
    assert "baseline.json:1: not JSON" in err
