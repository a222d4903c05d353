"""Which pairs changed since a revision: silent where nothing did, exact about names, one line for what is
wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from paths import ROOT

from mlcheck.batch import STAGED, ChangedPair, Item, changed_pairs
from mlcheck.data import OneSided
from mlcheck.errors import UsageError

Git = Callable[..., str]
PAIR = ("a.en.txt", "a.de.txt")
OTHER = ("b.en.txt", "b.de.txt")


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Runs git in the test's own folder, where it has made a repository with two pairs."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
        done = subprocess.run(["git", *who, *arguments], cwd=tmp_path, capture_output=True, check=True)
        return os.fsdecode(done.stdout).strip()

    run("init", "-q", "-b", "main")
    for name in (*PAIR, *OTHER):
        (tmp_path / name).write_text(f"The first words of {name}.\n")
    run("add", "-A")
    run("commit", "-q", "-m", "first")
    return run


def item(source: str, target: str) -> Item:
    return Item(id=f"{source} {target}", source=Path(source), target=Path(target))


def since(revision: str | None, *pairs: tuple[str, str], folder: Path | None = None) -> list[ChangedPair]:
    items = [item(*pair) for pair in pairs or (PAIR, OTHER)]
    return changed_pairs(items, revision, folder or Path())


def sides(revision: str | None, *pairs: tuple[str, str]) -> list[tuple[str, bool, bool]]:
    return [(str(pair.item.source), pair.source, pair.target) for pair in since(revision, *pairs)]


def refused(message: str, revision: str, *pairs: tuple[str, str], folder: Path | None = None) -> None:
    with pytest.raises(UsageError) as error:
        since(revision, *pairs, folder=folder)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


# Silent


@pytest.mark.parametrize("revision", ["HEAD", "main", "main...", STAGED])
def test_nothing_changed(git: Git, revision: str | None) -> None:
    assert since(revision) == []


def test_what_is_only_touched_has_not_changed(git: Git) -> None:
    os.utime("a.en.txt", (1, 1))
    assert since("HEAD") == []


def test_what_git_ignores_has_not_changed(git: Git) -> None:
    Path(".gitignore").write_text("c.*\n")
    for name in ("c.en.txt", "c.de.txt"):
        Path(name).write_text("Made by a program.\n")
    assert since("HEAD", ("c.en.txt", "c.de.txt")) == []


def test_what_is_not_staged_is_not_in_the_next_commit(git: Git) -> None:
    Path("a.en.txt").write_text("Other words.\n")
    for name in ("c.en.txt", "c.de.txt"):
        Path(name).write_text("A draft that nobody asked about.\n")
    assert since(STAGED, PAIR, ("c.en.txt", "c.de.txt")) == []


# What changed


def test_both_sides(git: Git) -> None:
    for name in PAIR:
        Path(name).write_text("Other words.\n")
    assert sides("HEAD") == [("a.en.txt", True, True)]
    assert since("HEAD")[0].one_sided is None


@pytest.mark.parametrize("name", PAIR)
def test_one_side(git: Git, name: str) -> None:
    Path(name).write_text("Other words.\n")
    (pair,) = since("HEAD")
    other = next(n for n in PAIR if n != name)
    side: Literal["source", "target"] = "source" if name == PAIR[0] else "target"
    message = f"only {name} changed since HEAD; {other} did not"
    assert pair.one_sided == OneSided(side=side, message=message)


def test_since_an_older_revision(git: Git) -> None:
    for name in PAIR:
        Path(name).write_text("Other words.\n")
        git("commit", "-qam", name)
    assert sides("HEAD") == []
    assert sides("HEAD~1") == [("a.en.txt", False, True)]
    assert sides("HEAD~2") == [("a.en.txt", True, True)]
    assert sides(git("rev-parse", "HEAD~2")) == [("a.en.txt", True, True)]


def test_since_branches_parted(git: Git) -> None:
    git("switch", "-qc", "work")
    Path("a.en.txt").write_text("Other words.\n")
    git("commit", "-qam", "work")
    git("switch", "-q", "main")
    Path("b.en.txt").write_text("Other words.\n")
    git("commit", "-qam", "main")
    git("switch", "-q", "work")
    assert [pair[0] for pair in sides("main")] == ["a.en.txt", "b.en.txt"]
    assert [pair[0] for pair in sides("main...")] == ["a.en.txt"]


def test_new_files_that_git_does_not_know_yet(git: Git) -> None:
    for name in ("c.en.txt", "c.de.txt"):
        Path(name).write_text("New words.\n")
    assert sides("HEAD", PAIR, ("c.en.txt", "c.de.txt")) == [("c.en.txt", True, True)]


def test_what_is_staged(git: Git) -> None:
    Path("a.de.txt").write_text("Other words.\n")
    git("add", "a.de.txt")
    (pair,) = since(STAGED)
    assert pair.one_sided
    assert pair.one_sided.message == "only a.de.txt changed for this commit; a.en.txt did not"
    assert sides("HEAD") == [("a.en.txt", False, True)]


def test_what_is_staged_for_the_first_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q"], check=True)
    Path("a.en.txt").write_text("Words.\n")
    Path("a.de.txt").write_text("Worte.\n")
    subprocess.run(["git", "add", "a.en.txt"], check=True)
    assert sides(STAGED, PAIR) == [("a.en.txt", True, False)]
    refused("--changed: no revision 'HEAD' here", "HEAD", PAIR)


def test_a_renamed_file_has_changed(git: Git) -> None:
    git("mv", "b.de.txt", "c.de.txt")
    assert sides("HEAD", PAIR, ("b.en.txt", "c.de.txt")) == [("b.en.txt", False, True)]
    assert sides(STAGED, PAIR, ("b.en.txt", "c.de.txt")) == [("b.en.txt", False, True)]


@pytest.mark.parametrize(
    "name", ["with space.en.txt", "паром.txt", "“q”\t\n.txt", "-x.txt", "日本.txt", "*.txt", "\udcff.txt"]
)
def test_any_name(git: Git, name: str) -> None:
    other = f"other {name}"
    for one in (name, other):
        Path(one).write_text("Words.\n")
    git("add", "-A")
    git("commit", "-qm", "named")
    assert sides("HEAD", (name, other), PAIR) == []
    Path(name).write_text("Other words.\n")
    assert sides("HEAD", (name, other), PAIR) == [(name, True, False)]


def test_from_a_folder_inside(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("config", "diff.relative", "true")
    (tmp_path / "content").mkdir()
    for name in PAIR:
        (tmp_path / "content" / name).write_text("Words.\n")
    git("add", "-A")
    git("commit", "-qm", "content")
    (tmp_path / "content" / "a.en.txt").write_text("Other words.\n")
    (tmp_path / "b.en.txt").write_text("Other words.\n")
    monkeypatch.chdir(tmp_path / "content")
    assert sides("HEAD", PAIR, ("../b.en.txt", "../b.de.txt")) == [
        ("a.en.txt", True, False),
        ("../b.en.txt", True, False),
    ]


def test_absolute_paths_and_links(git: Git, tmp_path: Path) -> None:
    Path("a.en.txt").write_text("Other words.\n")
    (tmp_path / "link.txt").symlink_to("a.en.txt")
    git("add", "link.txt")
    git("commit", "-qm", "link")
    assert since("HEAD", (str(tmp_path / "a.en.txt"), str(tmp_path / "a.de.txt")))[0].source
    assert since("HEAD", ("link.txt", "a.de.txt"))[0].source


def test_a_file_in_a_repository_inside(git: Git) -> None:
    Path("inner").mkdir()
    subprocess.run(["git", "init", "-q", "inner"], check=True)
    Path("inner/a.en.txt").write_text("Words.\n")
    assert sides("HEAD", ("inner/a.en.txt", "a.de.txt")) == [("inner/a.en.txt", True, False)]


HOOK = """#!/bin/sh
PYTHONPATH="{root}" exec "{python}" -c '
from pathlib import Path
from mlcheck.batch import STAGED, Item, changed_pairs
items = [Item(id=n, source=Path(f"{{n}}.en.txt"), target=Path(f"{{n}}.de.txt")) for n in "ab"]
Path("seen").write_text(" ".join(pair.item.id for pair in changed_pairs(items, STAGED, Path())))
'
"""


@pytest.mark.parametrize(
    ("commit", "seen"),
    [(("a.de.txt",), "a"), (("-a",), "a b"), (("--amend",), "b"), (("--allow-empty",), "b")],
)
def test_in_a_hook_of_git(git: Git, commit: tuple[str, ...], seen: str) -> None:
    """git tells its hooks of another index where only some files are committed."""
    hook = Path(".git/hooks/pre-commit")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK.format(root=ROOT, python=sys.executable))
    hook.chmod(0o755)
    for name in ("a.de.txt", "b.en.txt"):
        Path(name).write_text("Other words.\n")
    if "a" not in seen:
        git("add", "b.en.txt")
    git("commit", "-qm", "more", *commit)
    assert Path("seen").read_text() == seen


# What cannot be


@pytest.mark.parametrize(
    "revision",
    [
        "nothing",
        "--output=x",
        "-h",
        "--",
        "HEAD..main",
        "^HEAD",
        "HEAD main",
        ":a.en.txt",
        "x\0y",
        "...",
        "-x...",
    ],
)
def test_a_revision_that_is_not_there(git: Git, revision: str) -> None:
    Path("a.en.txt").write_text("Other words.\n")
    before = sorted(Path().iterdir())
    refused("--changed: ", revision)
    assert sorted(Path().iterdir()) == before


def test_the_revision_is_named(git: Git) -> None:
    refused("--changed: no revision 'origin/main' here; fetch it, or name one of git log", "origin/main")


def test_branches_without_a_common_commit(git: Git) -> None:
    git("switch", "-q", "--orphan", "other")
    git("commit", "-q", "--allow-empty", "-m", "other")
    refused("--changed: HEAD and main have no commit in common here; fetch more history", "main...")


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused("--changed: git has no files to compare in . (not a git repository", "HEAD")


def test_a_bare_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "bare")], check=True)
    monkeypatch.chdir(tmp_path / "bare")
    refused("--changed: git has no files to compare in . (this operation must be run in a work tree)", "HEAD")


def test_a_file_outside(git: Git, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.de.txt"
    outside.write_text("Words.\n")
    refused(
        f"--changed: {outside} is outside the repository {tmp_path.name}", "HEAD", ("a.en.txt", str(outside))
    )


def test_no_git(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    refused("--changed: git cannot be run (No such file or directory); install it", "HEAD")
