"""Which versions of a text are there and which are missing: layouts of sites, and what must not be missed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import ENGLISH, GERMAN

from mlcheck.batch import (
    Item,
    Selection,
    changed_pairs,
    configured_pairs,
    find_pairs,
    only_changed,
    read_items,
)
from mlcheck.batch.required import with_required
from mlcheck.batch.scan import is_lacking
from mlcheck.config import Config, load_config, sides_of
from mlcheck.errors import InputError, UsageError

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(*names: str) -> None:
    for name in names:
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"The words of {name}, as somebody wrote them.\n")


def pairs(*patterns: str, **how: object) -> list[tuple[str, str, str | None]]:
    found = find_pairs(Path(), patterns, **how)  # type: ignore[arg-type]
    return [(item.source.as_posix(), item.target.as_posix(), item.lacks) for item in found]


# Silence


def test_what_is_complete_lacks_nothing(here: Path) -> None:
    put("faq.md", "faq.de.md", "in/a.md", "in/a.de.md")
    assert pairs("{name}.md + {name}.{lang}.md") == [
        ("faq.md", "faq.de.md", None),
        ("in/a.md", "in/a.de.md", None),
    ]


def test_a_language_that_few_texts_have_is_not_missed(here: Path) -> None:
    put("a.md", "a.de.md", "b.md", "b.de.md", "c.md", "c.de.md", "a.ja.md")
    assert [lacks for _, _, lacks in pairs("{name}.md + {name}.{lang}.md")] == [None] * 4


def test_an_optional_text_needs_no_version(here: Path) -> None:
    put("a.md", "a.de.md", "b.md")
    assert len(pairs("{name}.md + {name}.{lang}.md")) == 2
    assert len(pairs("{name}.md + {name}.{lang}.md", optional=lambda path: path.name == "b.md")) == 1


@pytest.mark.parametrize("line", ['optional = ["b.md"]', "rules.missing-version = 'off'"])
def test_the_configuration_says_which_are_optional(here: Path, line: str) -> None:
    put("a.md", "a.de.md", "b.md")
    Path("mlcheck.toml").write_text(f'pairs = ["{{name}}.md + {{name}}.{{lang}}.md"]\n{line}\n')
    assert [item.lacks for item in configured_pairs(load_config())] == [None]


def test_two_letters_are_not_always_a_language(here: Path) -> None:
    put("call.md", "call.de.md", "call.to.md", "call.to.de.md")
    assert pairs("{name}.md + {name}.{lang}.md") == [
        ("call.md", "call.de.md", None),
        ("call.to.md", "call.to.de.md", None),
    ]


# Layouts


@pytest.mark.parametrize(
    ("pattern", "source", "target"),
    [
        ("{name}.md + {name}.{lang}.md", "faq.md", "faq.de.md"),
        ("{name}.md + {name}.{lang}.md", "README.md", "README.de.md"),
        ("docs/{name}.md + i18n/{lang}/docs/{name}.md", "docs/in/a.md", "i18n/de/docs/in/a.md"),
        ("docs/{name}.md + i18n/{lang}/docusaurus-plugin-content-docs/current/{name}.md",
         "docs/a.md", "i18n/de/docusaurus-plugin-content-docs/current/a.md"),
        ("content/{lang}/{name}.md", "content/en/a.md", "content/de/a.md"),
        ("content/{name}.md + content/{lang}/{name}.md", "content/guides/a.md", "content/de/guides/a.md"),
    ],
)  # fmt: skip
def test_layouts(here: Path, pattern: str, source: str, target: str) -> None:
    new, old = source.replace(".md", "2.md", 1), target
    for word in ("a", "faq", "README"):
        new = new.replace(f"{word}2.md", "new.md")
        old = old.replace(f"{word}.", "old.")
    put(source, target, new, old)
    (expected,) = [t for s, t, lacks in pairs(pattern) if s == source and lacks is None]
    assert expected == target
    missing = {lacks: (s, t) for s, t, lacks in pairs(pattern) if lacks}
    assert missing.keys() == {"source", "target"}
    assert missing["target"][0] == new
    assert missing["source"][1] == old
    assert not any(Path(path).exists() for path in (missing["target"][1], missing["source"][0]))


def test_the_language_without_a_code_is_the_reference(here: Path) -> None:
    put("faq.md", "faq.en.md")
    (item,) = find_pairs(Path(), ["{name}.md + {name}.{lang}.md"], reference="de")
    assert (item.source.name, item.languages) == ("faq.md", ("de", "en"))
    with pytest.raises(UsageError, match=r"both are the en version of faq; exclude one"):
        pairs("{name}.md + {name}.{lang}.md")


def test_a_language_that_nobody_has_said_is_detected(here: Path) -> None:
    put("faq.md", "faq.de.md")
    (item,) = find_pairs(Path(), ["{name}.md + {name}.{lang}.md"])
    assert item.languages == (None, "de")


def test_a_page_belongs_to_the_first_pattern_that_it_matches(here: Path) -> None:
    put("docs/a.md", "i18n/de/docs/a.md", "docs/b.md", "README.md", "README.de.md")
    assert pairs("docs/{name}.md + i18n/{lang}/docs/{name}.md", "{name}.md + {name}.{lang}.md") == [
        ("docs/a.md", "i18n/de/docs/a.md", None),
        ("docs/b.md", "i18n/de/docs/b.md", "target"),
        ("README.md", "README.de.md", None),
    ]


def test_what_one_pattern_misses_another_may_find(here: Path) -> None:
    put("en/a.md", "en/b.md", "de/b.md", "en/a.md.de")
    assert ("en/a.md", "de/a.md", "target") in pairs("{lang}/{name}.md")
    assert pairs("{lang}/{name}.md", "en/{name}.md + en/{name}.md.{lang}") == [
        ("en/b.md", "de/b.md", None),
        ("en/a.md", "en/a.md.de", None),
    ]


# Which are required


def test_what_is_required_is_missed(here: Path) -> None:
    put("a.en.txt", "a.ru.txt", "b.en.txt")
    assert pairs("{name}.{lang}.txt", require=["en", "ru", "az"]) == [
        ("a.en.txt", "a.ru.txt", None),
        ("a.en.txt", "a.az.txt", "target"),
        ("b.en.txt", "b.az.txt", "target"),
        ("b.en.txt", "b.ru.txt", "target"),
    ]


def test_without_a_pair_and_without_a_wish_the_pattern_may_be_wrong(here: Path) -> None:
    put("a.en.txt", "b.de.txt")
    assert pairs("{name}.{lang}.txt") == []
    with pytest.raises(InputError, match="no two files match"):
        read_items(here)
    assert [item.lacks for item in read_items(here, require=["en", "de"])] == ["target", "source"]


def test_a_missing_path_is_written_as_the_others(here: Path) -> None:
    put("a.en.txt", "a.pt_BR.txt", "b.en.txt")
    assert pairs("{name}.{lang}.txt")[1] == ("b.en.txt", "b.pt_BR.txt", "target")
    put("eng/a.txt", "ua/a.txt", "eng/b.txt")
    config = Config(languages={"ua": "uk", "eng": "en"}, pairs=("{lang}/{name}.txt",))
    assert [(str(i.target), i.languages) for i in configured_pairs(config)] == [
        ("ua/a.txt", ("en", "uk")),
        ("ua/b.txt", ("en", "uk")),
    ]


@given(st.lists(st.sampled_from(["en", "de", "pt", "pt-BR", "zh-Hant"]), max_size=4))
def test_what_is_there_is_not_lacking(codes: list[str]) -> None:
    assert not any(is_lacking(code, codes) for code in codes)
    assert is_lacking("pt-BR", ["pt"])
    assert not is_lacking("pt", ["pt-BR"])


def test_items_that_are_given_have_to_have_versions_too(here: Path) -> None:
    put("a.en.txt", "a.ru.txt", "b.txt")
    pair = Item(id="a", source=Path("a.en.txt"), target=Path("a.ru.txt"))
    found = with_required([pair], Config(), require=["en", "ru", "az"])
    assert [(i.id, i.target.name, i.languages, i.lacks) for i in found[1:]] == [
        ("a.en.txt az", "a.az.txt", ("en", "az"), "target")
    ]
    assert with_required([pair], Config(), require=["en"]) == [pair]
    put("a.az.txt")  # which nobody has given: it is not there, and where it is nobody knows
    assert with_required([pair], Config(), require=["az"])[1].target.name == "a.en.txt"
    unknown = Item(id="b", source=Path("b.txt"), target=Path("gone.txt"))
    assert with_required([unknown], Config(), require=["az"]) == [unknown]


def test_the_two_sides_of_a_pattern() -> None:
    sides = sides_of("docs/{name}.md + i18n/{lang}/{name}.md")
    assert (sides.path("a/b", None), sides.path("a/b", "de")) == ("docs/a/b.md", "i18n/de/a/b.md")
    assert sides_of("{name}.{lang}").path("a", "de") == "a.de"


# Changed


def git(*arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], capture_output=True, check=True)


def test_a_page_that_came_went_or_was_renamed_on_one_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    names = ("came", "went", "was", "stays")
    put(*(f"{n}.md" for n in names[1:]), *(f"{n}.de.md" for n in names[1:]), "alone.md")
    git("add", "-A")
    git("commit", "-q", "-m", "first")
    config = Config(pairs=("{name}.md + {name}.{lang}.md",))
    assert changed_pairs(configured_pairs(config), "HEAD", Path()) == []
    put("came.md")
    Path("went.de.md").unlink()
    Path("was.md").rename("is.md")
    selection = only_changed(Selection.of(configured_pairs(config)), "HEAD", Path())
    assert {(i.there.name, i.lacks) for i in selection.items} == {
        ("came.md", "target"),
        ("went.md", "target"),
        ("is.md", "target"),
        ("was.de.md", "source"),
    }
    assert [item.one_sided for item in selection.items] == [None] * 4


# Reports


def site(*names: str) -> None:
    for name in names:
        story = GERMAN if ".de." in name else ENGLISH
        Path(name).write_text("\n\n".join(story) + "\n")
    Path("mlcheck.toml").write_text('pairs = ["{name}.md + {name}.{lang}.md"]\n')


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "html", "sarif", "junit", "github", "markdown"])
def test_every_format_tells_it(run: Run, here: Path, fake_model: None, format: str) -> None:
    site("a.md", "a.de.md", "b.md", "c.de.md")
    code, out, err = run("check", "-f", format)
    assert (code, err) == (0, "")
    assert "b.md has no German version (b.de.md is not there)" in out.replace("&#8288;", "").replace(
        "\u2060", ""
    )
    assert "c.de.md has no English version (c.md is not there)" in out.replace("\u2060", "")
    assert "missing-version" in out


@pytest.mark.parametrize(("option", "status"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_it_counts_as_the_configuration_says(
    run: Run, here: Path, fake_model: None, option: str, status: int
) -> None:
    site("a.md", "a.de.md", "b.md")
    assert run("check", "-f", "jsonl", "--fail-on", option)[0] == status
    with Path("mlcheck.toml").open("a") as file:
        file.write("rules.missing-version = 'error'\n")
    assert run("check", "-f", "jsonl")[0] == 1


def test_a_report_of_one_text(run: Run, here: Path, fake_model: None) -> None:
    site("a.md", "a.de.md", "b.md")
    reports = [json.loads(line) for line in run("check", "-f", "jsonl")[1].splitlines()]
    assert [report["verdict"] for report in reports] == ["consistent", "inconsistent"]
    lone = reports[1]
    assert [(d["path"], d["language"], bool(d["paragraphs"])) for d in lone["documents"]] == [
        ("b.md", "en", True),
        ("b.de.md", "de", False),
    ]
    (finding,) = lone["findings"]
    assert (finding["source"]["line"], finding["source"]["column"], finding["target"]) == (1, 1, None)
    assert (lone["model"], lone["links"], lone["error"]) == (None, [], None)


def test_require_of_files_that_are_named(run: Run, here: Path, fake_model: None) -> None:
    site("a.en.md", "a.de.md")
    assert run("check", "a.en.md", "a.de.md", "--require", "en,de")[0] == 0
    code, out, _ = run("check", "a.en.md", "a.de.md", "--require", "en,de, az", "--fail-on", "warning")
    assert code == 1
    assert "a.en.md has no Azerbaijani version (a.az.md is not there)" in out
    assert run("check", "a.en.md", "a.de.md", "--require", "en,xx") == (
        2,
        "",
        "mlcheck: --require: 'xx' is no language code; give codes with commas, as in en,ru,az\n",
    )


def test_require_of_a_manifest_and_of_a_folder(run: Run, here: Path, fake_model: None) -> None:
    site("a.en.md", "a.de.md")
    Path("items.jsonl").write_text('{"id": "1", "source": "a.en.md", "target": "a.de.md"}\n')
    for batch in (("items.jsonl",), (".", "--pattern", "{name}.{lang}.md")):
        code, out, _ = run("batch", *batch, "--require", "en,az", "-f", "jsonl")
        assert code == 0
        assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["consistent", "inconsistent"]
    assert len(run("batch", "items.jsonl", "-f", "jsonl")[1].splitlines()) == 1


def test_it_can_be_accepted(run: Run, here: Path, fake_model: None) -> None:
    site("a.md", "a.de.md", "b.md")
    run("check", "-f", "json", "-o", "report.json")
    assert (
        run(
            "baseline",
            "write",
            "report.json",
            "--baseline",
            "base.json",
            "--reason",
            "Only for readers of English",
        )[0]
        == 0
    )
    code, _, err = run("check", "--baseline", "base.json", "--fail-on", "warning")
    assert (code, err) == (0, "")
    site("a.md", "a.de.md", "b.md")
    Path("b.md").write_text("Another title\n\n" + "\n\n".join(ENGLISH))
    assert run("check", "--baseline", "base.json", "--fail-on", "warning")[0] == 0


def test_a_comment_in_the_text_accepts_it(run: Run, here: Path, fake_model: None) -> None:
    site("a.md", "a.de.md", "b.md")
    Path("b.md").write_text(
        "<!-- mlcheck: ignore-file missing-version for readers here -->\n\n" + "\n\n".join(ENGLISH)
    )
    assert run("check", "--fail-on", "warning")[0] == 0
