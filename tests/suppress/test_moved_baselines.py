"""A baseline that was moved, a text that was renamed, marks inside a page: found by what was said."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stories import ENGLISH, GERMAN

from mlcheck.errors import UsageError
from mlcheck.suppress import Baseline, Entry, baseline_text, merge, read_baseline
from mlcheck.suppress.baseline import Pairs

Run = Callable[..., tuple[int, str, str]]
RULES = frozenset({"number-mismatch", "missing-paragraph"})
ONE, OTHER = "0123456789abcdef", "fedcba9876543210"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def entry(source: str, target: str, fingerprint: str = ONE) -> Entry:
    return Entry(
        fingerprint=fingerprint,
        rule="number-mismatch",
        reason="Counted otherwise",
        decision="dismissed",
        source=source,
        target=target,
        excerpt="12",
    )


def files(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("x", "utf-8")


def accepts(baseline: Baseline, source: str, target: str, fingerprint: str = ONE) -> bool:
    return Pairs(baseline).match(source, target, [fingerprint])[0][0] is not None


def test_a_baseline_beside_nothing_finds_its_pair_in_any_folder() -> None:
    files("checkout/site/en/a.md", "checkout/site/de/a.md", "checkout/site/de/b.md")
    saved = Baseline(path="Downloads/saved.json", entries=(entry("en/a.md", "de/a.md"),))
    assert accepts(saved, "checkout/site/en/a.md", "checkout/site/de/a.md")
    assert accepts(saved, str(Path("checkout/site/en/a.md").absolute()), "checkout/site/de/a.md")
    # Both have to be in one folder, and the words have to be the same.
    files("other/de/a.md")
    kept = Baseline(path="checkout/site/kept.json", entries=saved.entries)
    assert not accepts(kept, "checkout/site/en/a.md", "other/de/a.md")
    assert not accepts(saved, "checkout/site/en/a.md", "checkout/site/de/a.md", OTHER)


def test_a_root_is_meant_from_the_folder_of_the_baseline() -> None:
    files("site/en/a.md", "site/de/a.md", "marks/x")
    text = json.loads(baseline_text([entry("en/a.md", "de/a.md")], root="../site"))
    Path("marks/saved.json").write_text(json.dumps(text), "utf-8")
    read = read_baseline(Path("marks/saved.json"), RULES)
    assert read.root == "../site"
    assert Pairs(read).of("site/en/a.md", "site/de/a.md") == read.entries
    merged, _ = merge(Baseline(path="site/own.json"), read, today=date(2026, 6, 15))
    assert [(e.source, e.target) for e in merged.entries] == [("en/a.md", "de/a.md")]
    back, new = merge(read, Baseline(path="site/x.json", entries=(entry("en/a.md", "de/a.md", OTHER),)),
                      today=date(2026, 6, 15))  # fmt: skip
    assert [(e.source, e.target) for e in new] == [("en/a.md", "de/a.md")]
    assert baseline_text(back.entries, back.root).count('"root": "../site"') == 1


@pytest.mark.parametrize("root", [3, "", " ", "a\0b"])
def test_a_root_that_is_none(root: Any) -> None:
    whole = {"schema": 1, "tool": "mlcheck", "root": root, "entries": []}
    Path("b.json").write_text(json.dumps(whole), "utf-8")
    with pytest.raises(UsageError, match="'root' is"):
        read_baseline(Path("b.json"), RULES)


def test_a_renamed_text_keeps_its_entries_and_another_gets_none() -> None:
    files("new/a.md", "new/a.de.md")
    known = Baseline(path="b.json", entries=(entry("old/a.md", "old/a.de.md"),))
    assert accepts(known, "new/a.md", "new/a.de.md")
    assert Pairs(known).match("new/a.md", "new/a.de.md", [f"{ONE}-2"])[0][0] is not None
    # As long as the text itself is there, the entry is its own.
    files("old/a.md", "old/a.de.md")
    assert not accepts(known, "new/a.md", "new/a.de.md")
    # What is not about these two is not said to be left over.
    assert Pairs(known).match("new/a.md", "new/a.de.md", [OTHER]) == ([None], [])


PAGE = '<!doctype html>\n<html><head><script type="application/json" id="marks">{}</script></head></html>\n'


def test_marks_are_read_out_of_a_page_and_a_page_is_not_written(
    run: Run,
) -> None:
    marks = json.loads(baseline_text([entry("a.md", "b.md")])) | {"root": ".", "reviewed": ["x"]}
    Path("p.html").write_text(PAGE.replace("{}", json.dumps(marks)), "utf-8")
    read = read_baseline(Path("p.html"), RULES)
    assert read.page
    assert [e.reason for e in read.entries] == ["Counted otherwise"]
    code, out, _ = run("baseline", "show", "--baseline", "p.html")
    assert code == 0
    assert "Counted otherwise" in out
    assert run("baseline", "merge", "p.html", "--baseline", "desk.json")[0] == 0
    assert read_baseline(Path("desk.json"), RULES).entries == read.entries
    before = Path("p.html").read_bytes()
    code, _, told = run("baseline", "merge", "desk.json", "--baseline", "p.html")
    assert code == 2
    assert "p.html: is a page" in told
    assert Path("p.html").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PAGE.replace("{}", '{"entries": []}'), "has no marks in it"),
        ("<!DOCTYPE html><title>x</title>", "no report"),
        (PAGE.replace("{}", '{"entries": [1'), "not JSON"),
    ],
)
def test_a_page_without_marks(text: str, message: str) -> None:
    Path("p.html").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=message):
        read_baseline(Path("p.html"), RULES)


@pytest.mark.usefixtures("fake_model")
def test_a_baseline_that_does_nothing_says_so_once(
    run: Run,
) -> None:
    Path("a.en.txt").write_text("\n\n".join(ENGLISH), "utf-8")
    Path("a.de.txt").write_text("\n\n".join((*GERMAN[:4], *GERMAN[5:])), "utf-8")
    pair = ("check", "a.en.txt", "a.de.txt", "--lang", "en", "--lang", "de", "-f", "jsonl")
    files("b.en.txt", "b.de.txt")
    Path("other.json").write_text(baseline_text([entry("b.en.txt", "b.de.txt")]), "utf-8")
    code, _, told = run(*pair, "--baseline", "other.json")
    assert code == 1
    assert told == (
        "mlcheck: other.json: none of its entries is about a finding of these texts, so it accepts nothing\n"
    )
    # One that the configuration names is about all texts of a desk, and of these it need say nothing.
    Path("mlcheck.toml").write_text('baseline = "other.json"\n', "utf-8")
    code, out, told = run(*pair)
    assert (code, told) == (1, "")
    Path("report.jsonl").write_text(out, "utf-8")
    assert run("baseline", "write", "report.jsonl", "--baseline", "own.json", "--reason", "So")[0] == 0
    code, _, told = run(*pair, "--baseline", "own.json")
    assert (code, told) == (0, "")
