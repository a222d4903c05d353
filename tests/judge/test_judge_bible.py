"""The Bible to train the judge on, from a file made by hand.
The script is in training/, which a package of the source may not have."""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("training.judge.fetch_bible")

from training.judge import fetch_bible
from training.judge.fetch_bible import verse_pairs, whole

VERSES = (
    ("4", 1, 1, 1, "[Then] Adam didn`t speak to the three men who sat there."),
    ("e", 1, 1, 1, "Und Adam redete nicht mit den drei Männern, die dort saßen."),
    ("4", 1, 1, 2, "Yahweh spoke to the three men who sat by the river."),
    ("e", 1, 1, 2, "Und Jehova redete mit den drei Männern, die am Flusse saßen."),
    ("4", 40, 1, 1, 'Peter said to them, "I have never seen that man before.'),
    ("e", 40, 1, 1, "Und Petrus sprach zu ihnen: Ich habe diesen Menschen nie gesehen."),
    ("4", 40, 1, 2, "who went away to the city in the evening of that day."),
    ("e", 40, 1, 2, "welche am Abend desselben Tages in die Stadt gingen."),
    ("4", 19, 1, 1, "A psalm is sung by many voices in the great house."),
    ("e", 19, 1, 1, "Ein Psalm wird von vielen Stimmen im großen Hause gesungen."),
)


def wheel(path: Path) -> str:
    """A package with a database of verses; its SHA-256."""
    database = path.with_suffix(".made")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE bible (bbName, bNumber, cNumber, vNumber, vText)")
        connection.executemany("INSERT INTO bible VALUES (?, ?, ?, ?, ?)", VERSES)
        connection.commit()
    with zipfile.ZipFile(path, "w") as files:
        files.write(database, fetch_bible._DATABASE)
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("english", "other", "expected"),
    [
        ("The men went away.", "Люди ушли.", True),
        ("The men went away.", "и люди ушли.", False),
        ("who went away.", "Они ушли.", False),
        ("The men went away,", "Люди ушли.", False),
    ],
)
def test_a_sentence_is_whole(english: str, other: str, expected: bool) -> None:
    assert whole(english, other) is expected


def test_verses_with_the_same_number_are_a_pair() -> None:
    sides = [{(verse[1], verse[2], verse[3]): verse[4] for verse in VERSES if verse[0] == b} for b in "4e"]
    found = list(verse_pairs(sides[0], sides[1], "de"))
    assert found[0] == (
        "Then Adam didn't speak to the three men who sat there.",
        "Und Adam redete nicht mit den drei Männern, die dort saßen.",
    )
    assert not any("Yahweh" in one or '"' in one for one, _ in found)


def test_whole_sentences_of_the_books_that_tell_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").mkdir()
    monkeypatch.setattr(fetch_bible, "_DIGEST", wheel(tmp_path / "cache" / fetch_bible._WHEEL))
    # Few as they are, all of them are kept, and none is the oddest.
    monkeypatch.setattr("training.judge.fetch._ODD", 0.0)
    monkeypatch.setattr("sys.argv", ["fetch_bible", "--out", str(tmp_path), "--languages", "de"])
    assert fetch_bible.main() == 0
    lines = (tmp_path / "bible.tsv").read_text(encoding="utf-8").splitlines()
    assert {line.split("\t")[1] for line in lines} == {
        "Peter said to them, I have never seen that man before.",
        "Then Adam didn't speak to the three men who sat there.",
    }
    assert all(line.startswith("de\t") and line.count("\t") == 2 for line in lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--languages", "de"], "is not the file that is meant"),
        (["--languages", "de,xx"], "--languages: xx is none of ru, de, fr, es"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / fetch_bible._WHEEL).write_bytes(b"other")
    monkeypatch.setattr("sys.argv", ["fetch_bible", "--out", str(tmp_path), *arguments])
    assert fetch_bible.main() == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("fetch_bible: ")
    assert said in last
