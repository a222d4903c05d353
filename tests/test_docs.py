"""The documentation against the product: examples run, names are complete, links lead somewhere.

`UPDATE_DOCS=1 pytest tests/test_docs.py` writes the output of examples anew; read the difference before you
keep it.
"""

from __future__ import annotations

import doctest
import importlib.util
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
from paths import ROOT

from mlcheck import cli
from mlcheck._version import __version__
from mlcheck.checks import EVERY_RULE, RULES
from mlcheck.cli import app
from mlcheck.config import Config, schema_text
from mlcheck.config.keys import KEYS, OVERRIDE_KEYS, THRESHOLDS
from mlcheck.languages import FIRST_CLASS, Background, every, language, name
from mlcheck.models import load_models
from mlcheck.segment.language import detect

Run = Callable[..., tuple[str, int]]
FOLDERS = ("", "docs", "docs/*", "samples", "benchmarks")
SAMPLE_TEXTS = re.compile(r"\w+\.\w\w\.md")
PAGES = sorted(
    page
    for folder in FOLDERS
    for page in ROOT.glob(f"{folder}/*.md" if folder else "*.md")
    if not SAMPLE_TEXTS.fullmatch(page.name)
)
EXAMPLES = [page for page in PAGES if page.parent.name != "benchmarks"]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WITHOUT_MODEL = ("--version", "explain", "samples/nothing.txt")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


SAMPLES = read("samples/README.md")


# Examples


class Example(NamedTuple):
    """A command of a `console` block, what should stand below it, and its exit code."""

    page: Path
    command: str
    output: str
    status: int

    @property
    def needs_model(self) -> bool:
        return not any(word in self.command for word in WITHOUT_MODEL)


def examples(page: Path) -> Iterator[Example]:
    for block in FENCE.finditer(page.read_text("utf-8")):
        if block[1] != "console":
            continue
        runs = re.split(r"^\$ ", block[2], flags=re.MULTILINE)[1:]
        for run, following in zip(runs, [*runs[1:], ""], strict=True):
            command, _, output = run.partition("\n")
            if command != "echo $?":
                status = following.partition("\n")[2] if following.startswith("echo $?\n") else "0"
                yield Example(page, command, output, int(status))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, kept_models: None) -> Callable[..., tuple[str, int]]:
    """Runs a command: what a reader sees, and the exit code. Not a terminal, so 100 columns and no colour.
    It runs in the process of the tests: to start one and load a model for each example took longer than
    all other tests together."""

    def run_it(command: str, folder: Path = ROOT) -> tuple[str, int]:
        words = shlex.split(command)
        assert words[0] == "mlcheck"
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", words)
        seen = io.BytesIO()
        stream = io.TextIOWrapper(seen, encoding="utf-8", newline="\n", write_through=True)
        with redirect_stdout(stream), redirect_stderr(stream), pytest.raises(SystemExit) as exit_:
            cli.main()
        assert exit_.value.code is None or isinstance(exit_.value.code, int)
        return seen.getvalue().decode("utf-8"), exit_.value.code or 0

    return run_it


def run_as_process(command: str) -> tuple[str, int]:
    """The same, in a process of its own, as a reader's shell starts it."""
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.stdout.decode("utf-8"), done.returncode


def name_of(example: Example) -> str:
    return f"{example.page.name}: {example.command}"


def update(example: Example, output: str) -> None:
    """Put the output below every printing of the command that has the old one below it."""
    text = example.page.read_text("utf-8")
    old, new = (f"$ {example.command}\n{below}" for below in (example.output, output))
    text = re.sub(rf"^{re.escape(old)}(?=\$ |```$)", lambda _: new, text, flags=re.MULTILINE)
    example.page.write_text(text, encoding="utf-8", newline="\n")


@pytest.mark.docs
@pytest.mark.parametrize(
    "example",
    [
        pytest.param(e, id=name_of(e), marks=[pytest.mark.model] if e.needs_model else [])
        for page in EXAMPLES
        for e in examples(page)
    ],
)
def test_an_example_gives_what_the_page_shows(example: Example, run: Run) -> None:
    output, status = run(example.command)
    if os.environ.get("UPDATE_DOCS"):
        update(example, output)
    else:
        assert output == example.output
    assert status == example.status


def checks_of_the_readme() -> list[Example]:
    return [e for e in examples(ROOT / "README.md") if e.command.startswith("mlcheck check")]


def test_the_readme_shows_a_flawed_run_and_a_clean_one() -> None:
    assert {example.status for example in checks_of_the_readme()} == {0, 1}


@pytest.mark.docs
@pytest.mark.model
def test_a_process_of_its_own_gives_what_the_readme_shows() -> None:
    example = next(each for each in checks_of_the_readme() if each.status)
    assert run_as_process(example.command) == (example.output, example.status)


@pytest.mark.docs
@pytest.mark.model
@pytest.mark.usefixtures("kept_models")
@pytest.mark.parametrize("page", [p for p in EXAMPLES if "```pycon" in p.read_text("utf-8")], ids=str)
def test_python_examples_give_what_the_page_shows(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = "".join(block[2] for block in FENCE.finditer(page.read_text("utf-8")) if block[1] == "pycon")
    test = doctest.DocTestParser().get_doctest(blocks, {}, page.name, str(page), 0)
    told: list[str] = []
    assert doctest.DocTestRunner().run(test, out=told.append).failed == 0, "".join(told)


@pytest.mark.docs
@pytest.mark.model
@pytest.mark.parametrize(
    ("command", "status"),
    [
        (command, int(status))
        for command, status in re.findall(r"^    (mlcheck .+)\n\n[^#]*?xit code (\d)", SAMPLES, re.MULTILINE)
    ],
)
def test_the_samples_give_the_exit_codes_of_their_page(command: str, status: int, run: Run) -> None:
    assert run(command)[1] == status


@pytest.mark.docs
@pytest.mark.model
@pytest.mark.parametrize(
    "command",
    [
        pytest.param(command, id=f"{page.name}: {command}")
        for page in (ROOT / "README.md", *sorted((ROOT / "docs/tutorials").glob("*.md")))
        for command in re.findall(r"^    (mlcheck .*samples/.*)$", page.read_text("utf-8"), re.MULTILINE)
        if "mlcheck-baseline.json" not in command  # which the reader has saved before
    ],
)
def test_a_command_on_the_samples_runs(command: str, tmp_path: Path, run: Run) -> None:
    """Its output is not shown, so only that it can be run."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    output, status = run(command, tmp_path)
    assert status in (0, 1), output


# Completeness


def commands(command: Any, path: str = "mlcheck") -> Iterator[tuple[str, Any]]:
    yield path, command
    for word, child in getattr(command, "commands", {}).items():
        yield from commands(child, f"{path} {word}")


SET_BY_CONFIG = {key.name.replace("-", "_"): key.choices for key in KEYS}
COMMANDS = dict(commands(typer.main.get_command(app)))


def section(page: str, title: str) -> str:
    """The text under `## title`, up to the next such heading; of a missing one, nothing."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("path", COMMANDS)
def test_cli_page_has_every_option_of_a_command_and_no_other(path: str) -> None:
    text = section(read("docs/cli.md"), f"`{path}`")
    assert text, f"docs/cli.md has no section `{path}`"
    options = [p for p in COMMANDS[path].params if p.opts[0].startswith("-")]
    documented = re.findall(r"^\| (`-.*?) \|", text, re.MULTILINE)
    if path != "mlcheck":  # its only option is in the text
        real = {opt for p in options for opt in (*p.opts, *p.secondary_opts)}
        assert {word for row in documented for word in re.findall(r"`(-[^`]*)`", row)} == real
    for option in options:
        assert f"`{option.opts[0]}`" in text
        row = next((line for line in text.splitlines() if line.startswith(f"| `{option.opts[0]}`")), "")
        # What a configuration may set has its default there, and the option none of its own.
        default = getattr(Config(), option.name, None) if option.default is None else option.default
        choices = type(default) if isinstance(default, StrEnum) else SET_BY_CONFIG.get(option.name, ())
        for value in choices:
            assert f"`{value}`" in row or "as for `check`" in row
        if choices:
            assert f"`{default}` (default)" in row
        elif isinstance(default, (str, int)) and not isinstance(default, bool):
            assert str(default) in row


def script(name: str) -> Any:
    """A script of docs/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"docs/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_of_rules_are_made_from_the_rules() -> None:
    made = script("make_rules").pages(EVERY_RULE)
    stale = [path for path, text in made.items() if read(f"docs/{path}") != text]
    left = {f"rules/{path.name}" for path in (ROOT / "docs/rules").glob("*.md")} - set(made)
    assert (stale, left) == ([], set()), "run `python docs/make_rules.py`"


def test_the_page_of_keys_is_made_from_their_table() -> None:
    stale = "docs/configuration.md is stale: run `python docs/make_configuration.py`"
    text = read("docs/configuration.md")
    assert text == script("make_configuration").page(text), stale
    assert [key.name for key in (*KEYS, *OVERRIDE_KEYS) if f"`{key.name}`\n" not in text] == []
    assert [name for name in THRESHOLDS if f"`{name}` = " not in text] == []


def test_the_schema_of_a_configuration_is_made_from_the_table_of_keys() -> None:
    stale = "config.schema.json is stale: run `python docs/make_configuration.py`"
    assert read("mlcheck/schema/config.schema.json") == schema_text(), stale


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_a_whole_page(rule: Any) -> None:
    page = read(f"docs/rules/{rule.name}.md")
    for title in ("What it finds", "Why it matters", "Example", "Known to be wrong when"):
        assert section(page, title).strip()


def test_the_page_of_languages_lists_those_of_the_bundled_encoders() -> None:
    page = read("docs/languages.md")
    for entry in load_models(cwd=ROOT):
        if entry.kind == "bundled":
            assert [code for code in entry.languages or () if f"`{code}`" not in page] == []


def test_the_table_of_languages_is_what_the_package_has() -> None:
    background = {code: list(own.sentences) for code, own in every(Background).items()}
    use = next(entry.codes for entry in load_models(cwd=ROOT) if entry.name == "use-v3") or frozenset()
    rows = [
        (
            f"`{code}`",
            name(code),
            "yes" if code in use else "–",
            "yes" if language(code).sentences.openers else "–",
        )
        for code in sorted(background, key=name)
    ]
    table = section(read("docs/languages.md"), "First-class languages")
    cells = [tuple(row.strip("| ").split(" | ")) for row in table.splitlines() if row.startswith("| `")]
    assert [row[:4] for row in cells] == rows
    assert {code: detect("\n".join(texts)) for code, texts in background.items()} == {
        c: c for c in background
    }


def test_the_table_of_facts_is_what_the_package_has() -> None:
    rows = re.findall(r"^\| `(\w\w)` \| (.*) \|$", read("docs/facts.md"), re.MULTILINE)
    shown = {code: cells.split(" | ") for code, cells in rows}
    assert set(shown) == set(FIRST_CLASS)
    for code, cells in shown.items():
        own = language(code)
        negations = "in verbs" if own.negation.in_verbs else "yes" if own.negation.words else "–"
        sources = own.attribution.before or own.attribution.after or own.attribution.patterns
        assert cells == [
            "yes" if own.numbers.words or code in ("zh", "ja") else "–",
            "yes" if own.times.days else "–",
            negations,
            "yes" if sources else "–",
        ], code


def test_the_changelog_has_this_version() -> None:
    assert re.search(
        rf"^## {re.escape(__version__)} – \d{{4}}-\d\d-\d\d$", read("CHANGELOG.md"), re.MULTILINE
    )


def test_every_heading_of_the_changelog_has_a_date_but_for_what_is_unreleased() -> None:
    first, *others = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    dated = re.compile(r"\d+\.\d+\.\d+ – \d{4}-\d\d-\d\d")
    assert first == "Unreleased" or dated.fullmatch(first)
    assert [heading for heading in others if not dated.fullmatch(heading)] == []


def test_the_citation_has_this_version_and_its_date() -> None:
    citation = dict(re.findall(r"^([\w-]+): (.+)$", read("CITATION.cff"), re.MULTILINE))
    assert citation["version"] == __version__
    assert f"## {__version__} – {citation['date-released']}\n" in read("CHANGELOG.md")


def test_the_models_page_names_every_model() -> None:
    page = read("docs/models.md")
    assert [m.name for m in load_models(cwd=ROOT) if f"`{m.name}`" not in page] == []


# Links


def anchors(page: Path) -> set[str]:
    """The anchors that a renderer makes of headings: lower case, no punctuation, hyphens for spaces."""
    text = FENCE.sub("", page.read_text("utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text("utf-8"))
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        to = (page.parent / path).resolve() if path else page
        if not to.exists() or (anchor and anchor not in anchors(to)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_row_of_a_table_has_the_cells_of_its_head(page: Path) -> None:
    """A table that was written over with another one's rows once looked like any other change."""
    text = FENCE.sub("", page.read_text("utf-8"))
    for found in re.finditer(r"(?:^\|.*\|$\n?){2,}", text, re.MULTILINE):
        sizes = {len(re.findall(r"(?<!\\)\|", line)) for line in found[0].splitlines()}
        assert len(sizes) == 1, found[0].splitlines()[0]


@pytest.mark.docs
def test_the_site_builds(tmp_path: Path) -> None:
    """In a process of its own: Sphinx warns of things that are errors in tests."""
    done = subprocess.run(
        [sys.executable, ROOT / "docs/make_site.py", tmp_path], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "html/rules/number-mismatch.html").exists()


def test_the_site_fails_on_a_link_that_leads_nowhere() -> None:
    turned = script("make_site").turned
    assert turned("[x](../nothing.md)", "docs/cli.md") == "[x](../nothing.md)"
    assert turned("[x](../ARCHITECTURE.md#y)", "docs/cli.md") == "[x](architecture.md#y)"
    assert turned("[x](../mlcheck/pipeline.py)", "docs/cli.md") == "x"
    assert turned("[x](docs/formats/html.md)", "README.md") == "[x](formats/html.md)"
    assert turned("[x](../../README.md)", "docs/formats/html.md") == "[x](../readme.md)"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, front = set(), [ROOT / "README.md"]
    while front:
        page = front.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
        front += [(page.parent / link).resolve() for link in links if "://" not in link]
    assert [page.name for page in PAGES if page not in reached] == []
