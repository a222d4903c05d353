"""The command line: exit code, standard output, standard error. One line for each thing that is
wrong, and nothing half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT
from stories import ENGLISH, GERMAN

from mlcheck import __version__
from mlcheck.checks import EVERY_RULE
from mlcheck.cli.terminal import say, show
from mlcheck.config import Config
from mlcheck.data import Report
from mlcheck.pipeline import Checker
from mlcheck.read import DEFAULT_MAX_SIZE

pytestmark = pytest.mark.usefixtures("fake_model")

Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]
Write = Callable[..., Path]

LANGUAGES = ("--lang", "en", "--lang", "de")
LOST = "Paragraph 4 has no counterpart in the German version"


@pytest.fixture
def pair(write: Write, run: Run) -> tuple[str, str]:
    """Two versions that agree, by names in the test's own folder."""
    return write("story.en.txt", *ENGLISH).name, write("story.de.txt", *GERMAN).name


@pytest.fixture
def short(write: Write, run: Run) -> str:
    """A German version without the fourth paragraph."""
    return write("short.de.txt", *GERMAN[:3], *GERMAN[4:]).name


def process(*arguments: str, cwd: Path, stdout: int | None = subprocess.PIPE) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mlcheck", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def fails(outcome: Outcome, *lines: str) -> None:
    """Exit 2, nothing on standard output, and these lines on standard error."""
    assert outcome == (2, "", "".join(f"mlcheck: {line}\n" for line in lines))


# Nothing to complain about


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"mlcheck {__version__}\n", "")


def test_versions_that_agree(run: Run, pair: tuple[str, str]) -> None:
    code, out, err = run("check", *pair, *LANGUAGES)
    assert (code, err) == (0, "")
    assert out == "consistent: story.en.txt (en) ↔ story.de.txt (de) — 11 paragraphs agree, 1 rule skipped\n"


def test_a_finding_is_exit_1(run: Run, pair: tuple[str, str], short: str) -> None:
    code, out, err = run("check", pair[0], short, *LANGUAGES)
    assert (code, err) == (1, "")
    assert LOST in out


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on(run: Run, pair: tuple[str, str], short: str, fail_on: str, code: int) -> None:
    assert run("check", pair[0], short, *LANGUAGES, "--fail-on", fail_on)[0] == code


def test_an_unrelated_text_is_exit_1(run: Run, pair: tuple[str, str], write: Write) -> None:
    other = write(
        "other.de.txt", "Ärzte warnen vor Rauch.", "Der Wald steht im Brand.", "Diebe stahlen Fahrräder."
    )
    code, out, err = run("check", pair[0], other.name, *LANGUAGES, "-f", "jsonl")
    assert (code, err) == (1, "")
    assert json.loads(out)["verdict"] == "unrelated"


def test_with_pairs_each_target_is_held_against_the_first(
    run: Run, pair: tuple[str, str], short: str
) -> None:
    code, out, err = run("check", *pair, short, *LANGUAGES, "--lang", "de", "-f", "jsonl", "--pairs")
    reports = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (1, "")
    assert [report["verdict"] for report in reports] == ["consistent", "inconsistent"]
    assert [report["id"] for report in reports] == ["story.en.txt story.de.txt", "story.en.txt short.de.txt"]


def test_the_output_file_holds_what_standard_output_would(
    run: Run, pair: tuple[str, str], tmp_path: Path
) -> None:
    _, out, _ = run("check", *pair, *LANGUAGES, "-f", "json")
    assert run("check", *pair, *LANGUAGES, "-f", "json", "-o", "report.json") == (0, "", "")
    assert (tmp_path / "report.json").read_text(encoding="utf-8") == out


def test_a_file_name_that_is_no_utf_8(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / pair[1]).rename(tmp_path / name)
    except OSError:
        # macOS and Windows take Unicode names only, so there the case cannot arise.
        pytest.skip("this file system takes no such name")
    code, out, err = run("check", pair[0], name, *LANGUAGES)
    assert (code, err) == (0, "")
    assert (
        out == "consistent: story.en.txt (en) ↔ caf<U+DCE9>.txt (de) — 11 paragraphs agree, 1 rule skipped\n"
    )
    assert run("check", pair[0], name, *LANGUAGES, "-o", "report.txt") == (0, "", "")
    assert (
        json.loads(run("check", pair[0], name, *LANGUAGES, "-f", "jsonl")[1])["documents"][1]["path"] == name
    )


def test_the_limit_of_the_command_line_is_that_of_the_reader() -> None:
    assert Config().max_size == DEFAULT_MAX_SIZE


# Inputs that cannot be checked


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("empty.txt", b"", "empty.txt: is empty (0 bytes); check that it is the right file"),
        ("blank.txt", b" \n\t\n", "blank.txt: is empty but for white space; check that it is the right file"),
        (
            "figures.txt",
            b"12 34\n",
            "figures.txt: no letters: nothing to compare; check that it is the right file",
        ),
        ("odd.txt", b"\x01\x02\x81\x8d" * 30, "odd.txt: its encoding is not recognised; save it as UTF-8"),
        ("null.txt", b"text\0text", "null.txt: looks binary (it has NUL bytes); save it as text"),
        (
            "page.html",
            b"<p>12</p>",
            "page.html: HTML without any words in it; check that it is the right file",
        ),
    ],
)
def test_a_file_that_cannot_be_checked(
    run: Run, pair: tuple[str, str], tmp_path: Path, name: str, content: bytes, line: str
) -> None:
    (tmp_path / name).write_bytes(content)
    fails(run("check", pair[0], name), line)
    fails(run("check", name, pair[1]), line)
    fails(run("align", pair[0], name), line)
    fails(run("check", pair[0], name, "-o", "report.txt"), line)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, *pair])


def test_a_file_that_is_missing(run: Run, pair: tuple[str, str]) -> None:
    fails(run("check", pair[0], "gone.txt"), "gone.txt: no such file; check the path")


def test_a_name_that_is_too_long(run: Run, pair: tuple[str, str]) -> None:
    code, out, err = run("check", pair[0], "a" * 5000)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_folder_where_a_file_is_due(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    line = "folder: is a folder, and a text file is wanted; name a file in it"
    fails(run("check", pair[0], "folder"), line)


def test_an_enormous_file(run: Run, pair: tuple[str, str]) -> None:
    line = "story.en.txt: larger than 100 bytes; split it, or allow more with --max-size"
    for command in (("check",), ("align",), ("align", "--unit", "line")):
        fails(run(*command, *pair, "--max-size", 100), line)


@pytest.mark.parametrize("command", [("check",), ("align",), ("align", "--unit", "line")])
def test_the_same_file_twice(
    run: Run, pair: tuple[str, str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    line = "story.en.txt: the same file twice; give the two versions to compare"
    fails(run(*command, pair[0], pair[0]), line)
    fails(run(*command, pair[0], f"./{pair[0]}"), line)
    (tmp_path / "link.txt").symlink_to(pair[0])
    fails(run(*command, pair[0], "link.txt"), line)


def test_one_bad_version_of_many_leaves_no_report(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    fails(run("check", *pair, "gone.txt", "-o", "report.txt"), "gone.txt: no such file; check the path")
    assert not (tmp_path / "report.txt").exists()


# Options


@pytest.mark.parametrize("command", [("check",), ("align",), ("align", "--unit", "line")])
@pytest.mark.parametrize("code", ["xx", "english", "12", "", "e n"])
def test_a_code_that_is_no_language(
    run: Run, pair: tuple[str, str], command: tuple[str, ...], code: str
) -> None:
    line = f"{code!r} is no language code; give one such as en, ru or pt-BR"
    fails(run(*command, *pair, "--lang", "en", "--lang", code), line)


@pytest.mark.parametrize("given", [1, 3])
def test_languages_are_given_for_each_file_or_not_at_all(run: Run, pair: tuple[str, str], given: int) -> None:
    line = f"--lang is given {given} times for 2 files; once for each, in order"
    fails(run("check", *pair, *["--lang", "en"] * given), line)
    fails(run("align", *pair, *["--lang", "en"] * given), line)


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("mising-paragraph", "no rule 'mising-paragraph'; did you mean missing-paragraph?"),
        (
            "zzz",
            f"no rule 'zzz'; there are {', '.join(rule.name for rule in EVERY_RULE)}",
        ),
    ],
)
def test_a_rule_that_is_none(run: Run, rule: str, line: str) -> None:
    fails(run("explain", rule), line)


def test_a_rule_is_explained(run: Run) -> None:
    code, out, err = run("explain", "moved-paragraph")
    assert (code, err) == (0, "")
    assert out.startswith(
        "moved-paragraph: A paragraph stands elsewhere in the other version\n\nWhat it finds\n"
    )


@pytest.mark.parametrize("command", [("models", "show"), ("models", "verify"), ("models", "export")])
def test_a_model_that_is_none(run: Run, command: tuple[str, ...]) -> None:
    folder = ["folder"] if "export" in command else []
    fails(
        run(*command, "none", *folder),
        "no model 'none': give one of e5-small, use-v3, labse, minilm, e5-large, bge-m3, judge-1, a folder, "
        "or a hub's OWNER/MODEL",
    )


def test_a_list_of_models_that_is_missing(run: Run, pair: tuple[str, str]) -> None:
    line = "gone.txt: no such list of models; check the name"
    fails(run("check", *pair, "--models", "gone.txt"), line)


# Outputs


def test_a_folder_that_is_not_there(run: Run, pair: tuple[str, str]) -> None:
    line = "gone/report.txt: cannot write there (No such file or directory); name another --output"
    fails(run("check", *pair, "-o", "gone/report.txt"), line)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    line = "locked/report.txt: cannot write there (Permission denied); name another --output"
    fails(run("check", *pair, "-o", "locked/report.txt"), line)


def test_an_output_that_is_a_folder(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    fails(run("check", *pair, "-o", "."), ".: is a folder; name a file for --output")


def test_an_output_that_is_an_input(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(pair[1])
    name = manifest(tmp_path, item("one", *pair))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    commands = ("check", *pair), ("align", *pair), ("align", *pair, "-f", "tmx"), ("batch", name)
    for command in commands:
        for output in (*pair, f"./{pair[0]}", "link.txt", *([name] if "batch" in command else [])):
            line = f"{Path(output)}: is one of the files to read; name another --output"
            fails(run(*command, "-o", output), line)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_stops_a_run_leaves_the_old_report(
    run: Run, pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    (tmp_path / "report.txt").write_text("old", encoding="utf-8")
    monkeypatch.setattr("mlcheck.pipeline.align", interrupted)
    for command in (("check", *pair), ("align", *pair)):
        fails(
            run(*command, *LANGUAGES, "-o", "report.txt"),
            "stopped before the end, so not all is checked; run it again",
        )
        assert (tmp_path / "report.txt").read_text(encoding="utf-8") == "old"
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["report.txt", *pair])


TERMINATED = """
import os, signal, sys
from mlcheck import cli, pipeline
pipeline.align = lambda *_, **__: os.kill(os.getpid(), signal.SIGTERM)
sys.argv[0] = "mlcheck"
cli.main()
"""


def test_a_run_that_is_terminated_leaves_nothing_half_written(pair: tuple[str, str], tmp_path: Path) -> None:
    """As by a build that is cancelled; through a process, as it is the process that the signal ends."""
    manifest = {"id": "a", "source": pair[0], "target": pair[1], "source_lang": "en", "target_lang": "de"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(manifest) + "\n", encoding="utf-8")
    (tmp_path / "report.txt").write_text("old", encoding="utf-8")
    before = sorted(p.name for p in tmp_path.iterdir())
    for command in (["check", *pair, *LANGUAGES], ["batch", "manifest.jsonl"]):
        done = subprocess.run(
            [sys.executable, "-c", TERMINATED, *command, "-o", "report.txt"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1] == (
            "mlcheck: stopped before the end, so not all is checked; run it again"
        )
        assert (tmp_path / "report.txt").read_text(encoding="utf-8") == "old"
        assert sorted(p.name for p in tmp_path.iterdir()) == before


@pytest.mark.parametrize("command", [("explain", "untranslated"), ("models", "show", "e5-small")])
def test_what_is_told_can_be_written(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    code, told, _ = run(*command)
    assert (code, told != "") == (0, True)
    assert run(*command, "-o", "told.txt") == (0, "", "")
    assert (tmp_path / "told.txt").read_text(encoding="utf-8") == told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk(tmp_path: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        running = process("explain", "untranslated", cwd=tmp_path, stdout=full.fileno())
        _, err = running.communicate(timeout=60)
    message = "mlcheck: standard output: No space left on device; check it, or name another place\n"
    assert (running.returncode, err) == (2, message)


def test_a_closed_pipe(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    running = process("explain", "untranslated", cwd=tmp_path, stdout=writer)
    os.close(writer)
    _, err = running.communicate(timeout=60)
    message = "mlcheck: standard output: closed before the end; to keep a report, write it with --output\n"
    assert (running.returncode, err) == (2, message)


def test_as_a_process(pair: tuple[str, str], tmp_path: Path) -> None:
    running = process("check", pair[0], "gone.txt", cwd=tmp_path)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out, err) == (2, "", "mlcheck: gone.txt: no such file; check the path\n")


# Batches


def manifest(folder: Path, *items: dict[str, str]) -> str:
    path = folder / "batch.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    return path.name


def item(name: str, source: str, target: str) -> dict[str, str]:
    return {"id": name, "source": source, "target": target, "source_lang": "en", "target_lang": "de"}


def test_a_batch_that_agrees(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    code, out, err = run("batch", manifest(tmp_path, item("one", *pair)), "-f", "jsonl")
    assert (code, err) == (0, "")
    assert json.loads(out)["id"] == "one"


def test_one_bad_item_does_not_stop_the_others(
    run: Run, pair: tuple[str, str], short: str, tmp_path: Path
) -> None:
    name = manifest(
        tmp_path,
        item("z", *pair),
        item("bad", pair[0], "gone.txt"),
        item("twice", pair[0], pair[0]),
        item("a", pair[0], short),
    )
    code, out, err = run("batch", name, "-f", "jsonl")
    reports = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (2, "")
    assert [(r["id"], r["verdict"]) for r in reports] == [
        ("z", "consistent"),
        ("bad", "error"),
        ("twice", "error"),
        ("a", "inconsistent"),
    ]
    assert reports[1]["error"] == {"code": "input", "message": "gone.txt: no such file; check the path"}
    whole = json.loads(run("batch", name, "-f", "json")[1])
    assert whole == {"schema": 1, "reports": reports}
    assert run("batch", name)[0] == 2
    assert run("batch", name, "--fail-on", "never")[0] == 2


def test_reports_stream_in_the_order_of_the_manifest(
    run: Run, pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was checked before the stop has been written."""
    check = Checker.check_or_report

    def check_until_stopped(self: Checker, *texts: Path, id: str, **options: Any) -> Report:
        if id == "stop":
            raise KeyboardInterrupt
        return check(self, *texts, id=id, **options)

    monkeypatch.setattr(Checker, "check_or_report", check_until_stopped)
    name = manifest(tmp_path, item("b", *pair), item("a", *pair), item("stop", *pair), item("c", *pair))
    code, out, err = run("batch", name, "-f", "jsonl")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["b", "a"]
    assert (code, err) == (2, "mlcheck: stopped before the end, so not all is checked; run it again\n")
    assert run("batch", name, "-f", "jsonl", "-o", "out.jsonl")[0] == 2
    assert not (tmp_path / "out.jsonl").exists()


def test_a_folder(run: Run, pair: tuple[str, str], write: Write) -> None:
    write("lost.en.txt", *ENGLISH)
    write("lost.de.txt", *GERMAN[:3], *GERMAN[4:])
    write("notes.txt", "Not a version of anything.")
    code, out, err = run("batch", ".", "-f", "jsonl", "--reference", "de")
    reports = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (1, "")
    assert [(r["id"], r["verdict"]) for r in reports] == [
        ("lost.de-en", "inconsistent"),
        ("story.de-en", "consistent"),
    ]
    assert [d["path"] for d in reports[0]["documents"]] == ["lost.de.txt", "lost.en.txt"]


def test_a_folder_by_a_pattern(run: Run, write: Write, tmp_path: Path) -> None:
    for language, story in (("en", ENGLISH), ("de", GERMAN)):
        (tmp_path / language).mkdir()
        write(f"{language}/news.md", *story)
    code, out, err = run("batch", ".", "--pattern", "{lang}/{name}.md", "-f", "jsonl")
    assert (code, json.loads(out)["id"], err) == (0, "news.en-de", "")
    line = ".: no two files match '{name}.{lang}.txt'; give another --pattern"
    fails(run("batch", "."), line)
    fails(
        run("batch", ".", "--pattern", "{name}.txt"),
        "pattern '{name}.txt': needs {name} and {lang} once each, as in {name}.{lang}.txt",
    )


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("b.jsonl", "", "b.jsonl: the manifest names no items; nothing to check"),
        ("b.jsonl", "\n \n", "b.jsonl: the manifest names no items; nothing to check"),
        ("b.csv", "id,source,target\n", "b.csv: the manifest names no items; nothing to check"),
        ("b.csv", "id;source;target\n", "b.csv: the manifest names no items; nothing to check"),
        ("b.csv", "", "b.csv:1: no column id, source, target; the first line names the columns"),
        (
            "b.jsonl",
            "\nid",
            "b.jsonl:2: not JSON (Expecting value: line 1 column 1 (char 0)); a line is one object",
        ),
        ("b.jsonl", "[]", 'b.jsonl:1: not an object; write {"id": …, "source": …, "target": …}'),
        ("b.jsonl", '{"id": "a", "source": "b"}', "b.jsonl:1: no 'target'; an item has id, source, target"),
        ("b.csv", 'id,source,target\na,b,"c', "b.csv:2: not CSV (unexpected end of data); check the quotes"),
        (
            "b.csv",
            "id|source|target\n",
            "b.csv:1: no column id, source, target; the first line names the columns",
        ),
    ],
)
def test_a_broken_manifest(run: Run, tmp_path: Path, name: str, content: str, line: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    fails(run("batch", name, "-o", "out.txt"), line)
    assert not (tmp_path / "out.txt").exists()


def test_a_manifest_that_is_missing(run: Run) -> None:
    fails(
        run("batch", "gone.jsonl"), "gone.jsonl: no such manifest; name a manifest or a folder that is there"
    )


# Links


def test_links_of_paragraphs(run: Run, pair: tuple[str, str]) -> None:
    code, out, err = run("align", *pair, *LANGUAGES)
    links = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [(link["source"], link["target"]) for link in links] == [([i], [i]) for i in range(11)]


def test_links_of_lines(run: Run, pair: tuple[str, str]) -> None:
    code, out, err = run("align", *pair, *LANGUAGES, "--unit", "line", "-f", "tsv")
    rows = [line.split("\t") for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert rows[0] == ["source", "target", "similarity", "confidence"]
    assert [row[:2] for row in rows[1:12]] == [[str(i), str(i)] for i in range(0, 21, 2)]


UNITS = ("paragraph", "sentence", "line")
LINK_FORMATS = ("jsonl", "tsv", "tmx", "xliff")


def test_a_format_of_links_that_is_none_names_those_that_are(run: Run, pair: tuple[str, str]) -> None:
    code, out, err = run("align", *pair, "-f", "tbx", "-o", "links.tbx")
    assert (code, out) == (2, "")
    assert "'tbx' is not one of 'jsonl', 'tsv', 'tmx', 'xliff'" in err
    assert not Path("links.tbx").exists()


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("format", LINK_FORMATS)
def test_links_in_a_file_are_those_of_standard_output(
    run: Run, pair: tuple[str, str], tmp_path: Path, unit: str, format: str
) -> None:
    command = ("align", *pair, *LANGUAGES, "--unit", unit, "-f", format)
    code, out, err = run(*command)
    assert (code, err) == (0, "")
    assert out.endswith("\n")
    assert run(*command, "-o", "links") == (0, "", "")
    assert (tmp_path / "links").read_bytes() == out.encode()


@pytest.mark.parametrize("format", LINK_FORMATS)
def test_links_that_fail_leave_the_old_file(
    run: Run, pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    def broken(*_: object) -> str:
        raise KeyboardInterrupt

    (tmp_path / "links").write_text("old", encoding="utf-8")
    monkeypatch.setattr("mlcheck.links.WRITERS", {format: broken})
    assert run("align", *pair, *LANGUAGES, "-f", format, "-o", "links")[0] == 2
    assert (tmp_path / "links").read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["links", *pair])


@pytest.mark.parametrize(
    ("format", "told"), [("jsonl", False), ("tsv", False), ("tmx", True), ("xliff", False)]
)
def test_only_tmx_leaves_units_of_the_source_out_and_says_so(
    run: Run, pair: tuple[str, str], short: str, format: str, told: bool
) -> None:
    line = "mlcheck: paragraphs without counterpart are not in the TMX: 1 of the source, 0 of the target\n"
    code, out, err = run("align", pair[0], short, *LANGUAGES, "-f", format)
    assert (code, err) == (0, line if told else "")
    if told:
        assert out.count("<tu>") == 10
        assert ENGLISH[3] not in out


def test_xliff_has_what_is_still_to_be_translated(
    run: Run, pair: tuple[str, str], short: str, tmp_path: Path
) -> None:
    assert run("align", pair[0], short, *LANGUAGES, "-f", "xliff", "-o", "links.xlf") == (0, "", "")
    written = (tmp_path / "links.xlf").read_text(encoding="utf-8")
    assert written.count('<target state="translated">') == 10
    assert f'<source>{ENGLISH[3]}</source>\n        <target state="needs-translation" />' in written
    assert str(tmp_path) not in written


def test_xliff_says_how_much_only_the_target_has(run: Run, pair: tuple[str, str], short: str) -> None:
    line = "mlcheck: paragraphs without counterpart are not in the XLIFF: 1 of the target\n"
    code, out, err = run("align", short, pair[0], "--lang", "de", "--lang", "en", "-f", "xliff")
    assert (code, err) == (0, line)
    assert out.count("<trans-unit ") == 10
    assert ENGLISH[3] not in out


def test_xliff_of_one_language(run: Run, pair: tuple[str, str]) -> None:
    code, out, err = run("align", *pair, "--lang", "en", "--lang", "en", "-f", "xliff")
    assert (code, err) == (0, "")
    assert 'source-language="en" target-language="en"' in out


def test_tmx_of_one_language(run: Run, pair: tuple[str, str], tmp_path: Path) -> None:
    line = (
        "both texts are in 'en', and TMX tells them apart by language; name them with --lang, or choose "
        "another --format"
    )
    fails(run("align", *pair, "--lang", "en", "--lang", "en", "-f", "tmx", "-o", "links.tmx"), line)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(pair)


@pytest.mark.parametrize("format", ["json", "sarif", "junit", "github", "markdown"])
def test_formats_that_are_one_document_are_so_in_a_batch(
    format: str, run: Run, pair: tuple[str, str], short: str, tmp_path: Path
) -> None:
    name = manifest(
        tmp_path, item("one", *pair), item("bad", pair[0], "gone.txt"), item("two", pair[0], short)
    )
    code, out, err = run("batch", name, "-f", format)
    assert (code, err) == (2, "")
    starts = {
        "json": '{\n  "schema"',
        "sarif": '{\n  "$schema"',
        "junit": "<?xml",
        "github": "::error",
        "markdown": "<!--",
    }
    assert out.startswith(starts[format])
    assert out.count(starts[format]) == (2 if format == "github" else 1)
    assert "gone.txt" in out


@pytest.mark.parametrize(("fail_on", "failures", "word"), [("error", 1, "failed"), ("never", 0, "passed")])
def test_formats_for_builds_know_what_fails(
    fail_on: str, failures: int, word: str, run: Run, pair: tuple[str, str], short: str
) -> None:
    arguments = ("check", pair[0], short, *LANGUAGES, "--fail-on", fail_on)
    code, out, _ = run(*arguments, "-f", "junit")
    assert code == failures
    assert f'failures="{failures}" errors="0"' in out
    code, out, _ = run(*arguments, "-f", "markdown")
    assert code == failures
    assert f"### mlcheck: {word}\n" in out


@pytest.mark.parametrize("options", [(), ("--baseline", "\x1b[2J.json"), ("--config", "\x9b31m\u202e.toml")])
def test_nothing_in_a_line_can_steer_the_terminal(run: Run, options: tuple[str, ...]) -> None:
    code, out, err = run("check", "\x1b]0;pwned\x07.txt", "b\u202e.txt", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert not set(err) & set("\x1b\x07\x9b\u202e")
    assert "<U+" in err


def test_what_git_says_cannot_steer_the_terminal(
    run: Run, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failed(*_: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 128, b"", b"fatal: \x1b[31mnot here")

    monkeypatch.setattr("mlcheck.batch.changed.git", failed)
    code, _, err = run("check", *pair, "--changed", "main")
    assert (code, "(<U+001B>[31mnot here)" in err) == (2, True)


def test_what_is_shown_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show("a\x1b[2J.json: 1 entry")
    say("a\x1b[2J.json: gone")
    assert capsys.readouterr() == ("a<U+001B>[2J.json: 1 entry\n", "mlcheck: a<U+001B>[2J.json: gone\n")


def test_a_journal_beside_a_link_that_leads_back_to_itself(
    run: Run, tmp_path: Path, pair: tuple[str, str]
) -> None:
    (tmp_path / "loop.jsonl").symlink_to("loop.jsonl")
    row = {"id": "one", "source": pair[0], "target": pair[1]}
    (tmp_path / "items.jsonl").write_text(json.dumps(row), encoding="utf-8")
    code, out, err = run("batch", "items.jsonl", "-f", "jsonl", "-o", "loop.jsonl", "--resume")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("mlcheck: loop.jsonl")
