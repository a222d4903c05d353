"""Corrections: what changed in the source, and whether the target has followed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from conftest import FakeEncoder
from stories import ENGLISH, GERMAN

from mlcheck.data import Report
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.reporters import as_dict
from mlcheck.several import check_update

Story = tuple[str, ...]


def update(old: Story, new: Story, target: Story) -> Report:
    texts = [
        read_text("\n\n".join(s), name=n)
        for s, n in zip((old, new, target), ("old", "new", "target"), strict=True)
    ]
    return check_update(Checker(encoder=FakeEncoder()), *texts, languages=("en", "en", "de"))


def without(story: Story, gone: int) -> Story:
    return (*story[:gone], *story[gone + 1 :])


def changed(story: Story, *words: str) -> Story:
    pairs = list(zip(words[::2], words[1::2], strict=True))
    done = []
    for paragraph in story:
        for one, other in pairs:
            paragraph = paragraph.replace(one, other)
        done.append(paragraph)
    assert tuple(done) != story
    return tuple(done)


def told(report: Report) -> list[tuple[str, str]]:
    return [(change.kind, change.status) for change in report.changes or ()]


FIVE = changed(ENGLISH, "four million", "five million")
FÜNF = changed(GERMAN, "vier Millionen", "fünf Millionen")

# Silence


def test_nothing_changed() -> None:
    report = update(ENGLISH, ENGLISH, GERMAN)
    assert (report.changes, report.findings) == ((), ())


@pytest.mark.parametrize(
    "new",
    [
        changed(ENGLISH, "Engineers will inspect", "The engineers will then inspect"),
        changed(ENGLISH, "Lorries with freight use", "Freight lorries are using"),
        changed(ENGLISH, "The mayor thanked", "The mayor  has thanked"),
    ],
)
def test_wording_alone_is_never_stale(new: Story) -> None:
    for old, now in ((ENGLISH, new), (new, ENGLISH)):
        report = update(old, now, GERMAN)
        assert {kind for kind, _ in told(report)} <= {"wording"}
        assert report.findings == ()


def test_what_moved_is_never_stale() -> None:
    new = (*without(ENGLISH, 4), ENGLISH[4])
    report = update(ENGLISH, new, GERMAN)
    assert told(report) == [("moved", "followed")]
    assert "stale-passage" not in {finding.rule for finding in report.findings}


@pytest.mark.parametrize(
    ("old", "new", "target", "kind"),
    [
        (ENGLISH, FIVE, FÜNF, "changed"),
        (without(ENGLISH, 4), ENGLISH, GERMAN, "added"),
        (ENGLISH, without(ENGLISH, 4), without(GERMAN, 4), "removed"),
    ],
)
def test_what_the_target_has_followed(old: Story, new: Story, target: Story, kind: str) -> None:
    report = update(old, new, target)
    assert told(report) == [(kind, "followed")]
    assert report.findings == ()


# What is stale


def test_a_figure_that_did_not_travel() -> None:
    report = update(ENGLISH, FIVE, GERMAN)
    assert told(report) == [("changed", "stale")]
    (finding,) = report.findings
    assert (finding.rule, finding.severity) == ("stale-passage", "error")
    assert finding.source is not None
    assert finding.target is not None
    assert (finding.source.paragraphs, finding.target.paragraphs) == ((5,), (5,))
    assert finding.evidence["old"] == ENGLISH[5]
    assert finding.evidence["new"] == FIVE[5]
    assert finding.message == (
        "Paragraph 6 of the German version says what the English version said before “four” became “five”"
    )


def test_a_date_that_did_not_travel() -> None:
    report = update(ENGLISH, changed(ENGLISH, "on Sunday", "on Monday"), GERMAN)
    assert told(report) == [("changed", "stale")]


def test_an_added_paragraph_is_placed_beside_what_stands_before_it() -> None:
    report = update(without(ENGLISH, 4), ENGLISH, without(GERMAN, 4))
    assert told(report) == [("added", "stale")]
    (finding,) = report.findings
    assert finding.target is not None
    assert finding.target.text == GERMAN[3]
    assert report.changes is not None
    assert report.changes[0].target is None


def test_what_was_taken_out_and_still_stands_there() -> None:
    report = update(ENGLISH, without(ENGLISH, 4), GERMAN)
    assert told(report) == [("removed", "stale")]
    (finding,) = report.findings
    assert finding.source is None
    assert finding.target is not None
    assert finding.target.text == GERMAN[4]


def test_what_the_target_never_had_is_absent() -> None:
    report = update(ENGLISH, FIVE, without(GERMAN, 5))
    assert told(report) == [("changed", "absent")]
    assert [finding.rule for finding in report.findings] == ["missing-paragraph"]


def test_a_flaw_beside_the_change_is_told_too() -> None:
    report = update(ENGLISH, FIVE, without(GERMAN, 8))
    assert sorted(finding.rule for finding in report.findings) == ["missing-paragraph", "stale-passage"]


def test_following_makes_it_fresh() -> None:
    """Metamorphic: the target that says what the new state says is never stale, whatever changed."""
    for old in (FIVE, without(ENGLISH, 3), (*ENGLISH, "The police arrested a thief.")):
        assert "stale" not in {status for _, status in told(update(old, ENGLISH, GERMAN))} - {"followed"}


def test_json_has_the_changes() -> None:
    (change,) = as_dict(update(ENGLISH, FIVE, GERMAN))["changes"]
    assert (change["kind"], change["status"]) == ("changed", "stale")
    assert change["old"] == {"paragraphs": [5], "line": 11, "text": ENGLISH[5]}
    assert change["target"]["text"] == GERMAN[5]
    assert "changes" not in as_dict(Checker(encoder=FakeEncoder()).check(
        read_text("\n\n".join(ENGLISH), name="a"), read_text("\n\n".join(GERMAN), name="b"),
        languages=("en", "de"),
    ))  # fmt: skip


# The command line, and repositories


def put(folder: Path, name: str, story: Story) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n\n".join(story) + "\n", encoding="utf-8")


@pytest.mark.usefixtures("fake_model")
def test_the_command(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name, story in (("old.txt", ENGLISH), ("new.txt", FIVE), ("stale.txt", GERMAN), ("good.txt", FÜNF)):
        put(tmp_path, name, story)
    languages = ("--lang", "en", "--lang", "en", "--lang", "de")
    code, out, _ = run("update", "old.txt", "new.txt", "stale.txt", *languages)
    assert code == 1
    assert "stale-passage" in out
    assert run("update", "old.txt", "new.txt", "good.txt", *languages)[0] == 0
    code, _, err = run("update", "gone.txt", "new.txt", "good.txt", *languages)
    assert code == 2
    assert "gone.txt" in err


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A repository with pages in two languages, of which the English one was corrected."""
    put(tmp_path, "en/a.txt", ENGLISH)
    put(tmp_path, "de/a.txt", GERMAN)
    put(tmp_path, "en/b.txt", ENGLISH)
    (tmp_path / "mlcheck.toml").write_text('pairs = ["{lang}/{name}.txt"]\n', encoding="utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run(
            ["git", "-c", "user.name=n", "-c", "user.email=e@example.org", *command], cwd=tmp_path, check=True
        )
    return tmp_path


@pytest.mark.usefixtures("fake_model")
def test_a_repository_tells_what_the_page_said(run, site: Path) -> None:  # type: ignore[no-untyped-def]
    put(site, "en/a.txt", FIVE)
    code, out, _ = run("check", "--changed", "HEAD", "--stale", "-f", "json")
    assert code == 1
    (report,) = json.loads(out)["reports"]
    assert [change["status"] for change in report["changes"]] == ["stale"]
    assert run("check", "--stale")[0] == 2


def standing(run, *arguments: str) -> dict[str, tuple[str, int]]:  # type: ignore[no-untyped-def]
    versions = json.loads(run("status", "-f", "json", *arguments)[1])["versions"]
    return {version["path"]: (version["state"], version["stale"]) for version in versions}


@pytest.mark.usefixtures("fake_model")
def test_status(run, site: Path) -> None:  # type: ignore[no-untyped-def]
    assert standing(run) == {"de/a.txt": ("current", 0), "de/b.txt": ("missing", 0)}
    put(site, "en/a.txt", FIVE)
    assert standing(run)["de/a.txt"] == ("stale", 1)
    code, out, _ = run("status")
    assert code == 1
    assert "stale in 1 place" in out
    put(site, "de/a.txt", FÜNF)  # by content: nobody has noted anything yet
    (site / "states.json").write_text('{"de/a.txt": "HEAD"}', encoding="utf-8")
    assert standing(run, "--states", "states.json")["de/a.txt"] == ("current", 0)


@pytest.mark.usefixtures("fake_model")
def test_a_page_may_note_the_hash_of_its_source(run, site: Path) -> None:  # type: ignore[no-untyped-def]
    from hashlib import sha256

    digest = sha256((site / "en/a.txt").read_bytes()).hexdigest()
    (site / "states.toml").write_text(f'"de/a.txt" = "sha256:{digest}"\n', encoding="utf-8")
    put(site, "en/a.txt", FIVE)
    assert standing(run, "--states", "states.toml")["de/a.txt"] == ("stale", 1)
    (site / "states.toml").write_text(f'"de/a.txt" = "{"0" * 64}"\n', encoding="utf-8")
    assert standing(run, "--states", "states.toml")["de/a.txt"] == ("unknown", 0)
    assert run("status", "--states", "states.toml")[0] == 2


@pytest.mark.usefixtures("fake_model")
def test_status_writes_both_its_formats(run, site: Path) -> None:  # type: ignore[no-untyped-def]
    out = run("status", "-f", "text", "-f", "json", "-o", "s.json")[1]
    assert out.endswith("2 versions: 1 up to date, 1 missing\n")
    assert json.loads((site / "s.json").read_text(encoding="utf-8"))["schema"] == 1
    code, _, err = run("status", "-o", "s.csv")
    assert (code, "status writes text or json" in err) == (2, True)
    assert not (site / "s.csv").exists()


@pytest.mark.usefixtures("fake_model")
def test_status_tells_which_sources_are_missing(run, site: Path) -> None:  # type: ignore[no-untyped-def]
    put(site, "de/c.txt", GERMAN)
    assert standing(run)["en/c.txt"] == ("missing", 0)


@pytest.mark.usefixtures("fake_model")
def test_a_page_that_lacks_its_source_has_no_older_one(run, site: Path) -> None:  # type: ignore[no-untyped-def]
    put(site, "de/c.txt", GERMAN)
    _, out, _ = run("check", "--changed", "HEAD", "--stale", "-f", "json")
    assert [f["rule"] for report in json.loads(out)["reports"] for f in report["findings"]] == [
        "missing-version"
    ]


@pytest.mark.usefixtures("fake_model")
def test_what_is_stale_can_be_accepted(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name, story in (("old.txt", ENGLISH), ("new.txt", FIVE), ("de.txt", GERMAN)):
        put(tmp_path, name, story)
    update = ("update", "old.txt", "new.txt", "de.txt", "--lang", "en", "--lang", "en", "--lang", "de")
    check = ("check", "new.txt", "de.txt", "--lang", "en", "--lang", "de")
    assert run(*update, "-o", "u.json")[0] == run(*check, "-o", "c.json")[0] == 1
    accept = ("--reason", "known", "--baseline", "b.json")
    assert run("baseline", "write", "u.json", "c.json", *accept)[0] == 0
    for command in (update, check):
        code, out, err = run(*command, "--baseline", "b.json", "--verbose")
        assert (code, "nothing" in out + err) == (0, False)
