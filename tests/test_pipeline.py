"""The corridor: what must hold for any pair, without anybody having said what is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FakeEncoder
from stories import ENGLISH, GERMAN

import mlcheck
from mlcheck.data import RawText, Report
from mlcheck.encode import Loaded
from mlcheck.errors import InputError, ModelError, UsageError
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.reporters import to_json

Write = Callable[..., Path]
LANGUAGES = ("en", "de")


def text(*paragraphs: str, name: str = "text") -> RawText:
    return read_text("\n\n".join(paragraphs), name=name)


def check(checker: Checker, source: tuple[str, ...], target: tuple[str, ...], *languages: str) -> Report:
    return checker.check(text(*source), text(*target), languages=languages or LANGUAGES)


def without(paragraphs: tuple[str, ...], index: int) -> tuple[str, ...]:
    return (*paragraphs[:index], *paragraphs[index + 1 :])


def told(report: Report) -> list[tuple[str, tuple[int, ...] | None, tuple[int, ...] | None]]:
    return [
        (f.rule, f.source and f.source.paragraphs, f.target and f.target.paragraphs) for f in report.findings
    ]


@pytest.mark.parametrize("story", [ENGLISH, GERMAN, ENGLISH[:1], ENGLISH[:2], ENGLISH[1:2]])
def test_a_text_against_itself_has_no_finding(checker: Checker, story: tuple[str, ...]) -> None:
    report = check(checker, story, story, "en", "en")
    assert (report.verdict, report.findings) == ("consistent", ())
    assert report.divergence is not None
    assert report.divergence < 0.5
    assert [(link.source, link.target) for link in report.links] == [((i,), (i,)) for i in range(len(story))]


@pytest.mark.parametrize("gone", range(len(GERMAN)))
def test_one_paragraph_less_is_that_one_missing(checker: Checker, gone: int) -> None:
    report = check(checker, ENGLISH, without(GERMAN, gone))
    assert told(report) == [("missing-paragraph", (gone,), None)]
    assert report.verdict == "inconsistent"
    assert report.divergence is not None
    assert report.divergence > 0.5


@pytest.mark.parametrize("gone", range(len(GERMAN)))
def test_with_the_sides_changed_missing_is_added(checker: Checker, gone: int) -> None:
    report = check(checker, without(GERMAN, gone), ENGLISH, "de", "en")
    assert told(report) == [("added-paragraph", None, (gone,))]


def test_the_same_input_gives_the_same_bytes(checker: Checker) -> None:
    reports = [
        check(fresh, ENGLISH, without(GERMAN, 4))
        for fresh in (checker, checker, Checker(encoder=FakeEncoder()))
    ]
    assert len({to_json([report]) for report in reports}) == 1


def test_what_was_checked_before_changes_nothing(checker: Checker) -> None:
    first = check(checker, ENGLISH, GERMAN)
    check(checker, ENGLISH[3:6], GERMAN[::-1])
    assert check(checker, ENGLISH, GERMAN) == first


def test_languages_are_detected_or_given(checker: Checker) -> None:
    found = checker.check(text(*ENGLISH), text(*GERMAN))
    assert found.source is not None
    assert found.target is not None
    assert (found.source.language, found.source.language_from) == ("en", "detected")
    assert (found.target.language, found.target.language_from) == ("de", "detected")
    given = checker.check(text(*ENGLISH), text(*GERMAN), languages=("en-GB", None))
    assert given.source is not None
    assert given.target is not None
    assert (given.source.language, given.source.language_from) == ("en-GB", "given")
    assert given.target.language_from == "detected"


@pytest.mark.parametrize("code", ["xx", "", "english", "e"])
def test_a_code_that_is_no_language(checker: Checker, code: str) -> None:
    with pytest.raises(UsageError, match="is no language code"):
        check(checker, ENGLISH, GERMAN, "en", code)


def test_the_report_is_called_as_it_is_told(checker: Checker) -> None:
    pair = (text(*ENGLISH, name="a.txt"), text(*GERMAN, name="b.txt"))
    assert checker.check(*pair).id == "a.txt b.txt"
    assert checker.check(*pair, id="item-7").id == "item-7"


# Notes


def test_no_notes_where_nothing_was_guessed(checker: Checker) -> None:
    assert check(checker, ENGLISH, GERMAN).notes == ()


def test_a_guessed_encoding_is_noted(checker: Checker, write: Write, tmp_path: Path) -> None:
    source = write("a.txt", *ENGLISH)
    target = tmp_path / "b.txt"
    target.write_bytes("\n\n".join(GERMAN).encode("windows-1252"))
    report = checker.check(source, target, languages=LANGUAGES)
    assert [note.code for note in report.notes] == ["encoding"]
    assert report.notes[0].message == f"{target}: read as windows-1252, which is a guess"
    assert report.verdict == "consistent"


def test_a_model_that_fell_over_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    note = "e5-small cannot be used (its file is gone); use-v3 is used instead"
    asked = []

    def load(name: str | None, *, languages: tuple[str, ...], **_: object) -> Loaded:
        asked.append((name, languages))
        return Loaded(encoder=FakeEncoder(), note=note)

    monkeypatch.setattr("mlcheck.tools.load_encoder", load)
    checker = Checker()
    for _ in range(2):
        report = check(checker, ENGLISH, GERMAN, "en-GB", "de")
        assert [(n.code, n.message) for n in report.notes if n.code == "model"] == [("model", note)]
    assert asked == [(None, ("de", "en"))], "loaded once for the pair of languages"


def test_a_model_that_cannot_be_loaded_is_an_error(write: Write) -> None:
    checker = Checker("none")
    with pytest.raises(ModelError, match="no model 'none'"):
        check(checker, ENGLISH, GERMAN)
    report = checker.check_or_report(write("a.txt", *ENGLISH), write("b.txt", *GERMAN), id="one")
    assert report.error is not None
    assert (report.verdict, report.error.code) == ("error", "model")


# Texts


@pytest.fixture
def of_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlcheck.tools.load_encoder", lambda *_, **__: Loaded(encoder=FakeEncoder()))


@pytest.mark.usefixtures("of_few_words")
def test_paths_strings_and_texts_are_checked_alike(write: Write) -> None:
    paths = write("a.txt", *ENGLISH), write("b.txt", *without(GERMAN, 4))
    strings = [path.read_text(encoding="utf-8") for path in paths]
    texts = [read_text(string, name=path.name) for string, path in zip(strings, paths, strict=True)]
    reports = [
        mlcheck.check(source, target, languages=LANGUAGES)
        for source, target in (paths, map(str, paths), strings, texts, (paths[0], strings[1]))
    ]
    assert {tuple(told(report)) for report in reports} == {(("missing-paragraph", (4,), None),)}
    assert [report.target.path for report in reports if report.target] == [
        str(paths[1]),
        str(paths[1]),
        "target",
        "b.txt",
        "target",
    ]


@pytest.mark.usefixtures("of_few_words")
def test_the_same_file_twice(write: Write, tmp_path: Path) -> None:
    path = write("a.txt", *ENGLISH)
    (tmp_path / "link.txt").symlink_to(path)
    for other in (path, str(path), tmp_path / "." / "a.txt", tmp_path / "link.txt"):
        with pytest.raises(InputError, match="the same file twice"):
            mlcheck.check(path, other)
    same = path.read_text(encoding="utf-8")
    assert mlcheck.check(same, same, languages=("en", "en")).verdict == "consistent"


@pytest.mark.usefixtures("of_few_words")
@pytest.mark.parametrize("name", ["gone.txt", "a" * 5000, "nul\0.txt", "", "gone/gone.txt"])
def test_a_path_to_nothing(write: Write, name: str) -> None:
    path = write("a.txt", *ENGLISH)
    for pair in ((path, name), (name, path), (name, name)):
        with pytest.raises(InputError):
            mlcheck.check(*pair)


def test_a_pair_that_cannot_be_checked_is_reported(checker: Checker, write: Write) -> None:
    report = checker.check_or_report(write("a.txt", *ENGLISH), Path("gone.txt"), id="item")
    assert (report.id, report.verdict, report.divergence) == ("item", "error", None)
    assert report.error is not None
    assert (report.error.code, report.error.message) == ("input", "gone.txt: no such file; check the path")


def test_the_limit_of_size(write: Write) -> None:
    small = Checker(encoder=FakeEncoder(), max_size=50)
    with pytest.raises(InputError, match="larger than 50 bytes"):
        small.check(write("a.txt", *ENGLISH), write("b.txt", *GERMAN))


def test_an_alignment_alone(checker: Checker) -> None:
    alignment = checker.align(text(*ENGLISH), text(*GERMAN), languages=LANGUAGES)
    assert [(link.source, link.target) for link in alignment.sentences] == [((i,), (i,)) for i in range(11)]


# The divergence of a report


def test_the_divergence_of_unrelated_texts_is_high(checker: Checker) -> None:
    report = check(checker, ENGLISH[1:5], GERMAN[6:])
    assert report.verdict == "unrelated"
    assert report.divergence is not None
    assert report.divergence > 0.5


def test_a_paragraph_that_moved_does_not_diverge(checker: Checker) -> None:
    report = check(checker, ENGLISH, (*without(GERMAN, 3), GERMAN[3]))
    assert (report.verdict, [f.severity for f in report.findings]) == ("consistent", ["info"])
    assert report.divergence is not None
    assert report.divergence < 0.5


@pytest.mark.parametrize("side", [0, 1])
def test_a_text_of_too_many_sentences_is_refused(
    side: int, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlcheck.segment.MOST_SENTENCES", 3)
    texts = [text(*ENGLISH[:2], name="a.txt"), text(*GERMAN[:2], name="b.txt")]
    check(checker, ENGLISH[:2], GERMAN[:2])
    name = "ab"[side]
    texts[side] = text(*["Ferries cross."] * 4, name=f"{name}.txt")
    said = rf"^{name}\.txt: has 4 sentences, and mlcheck compares up to 3; cut both versions into parts"
    with pytest.raises(InputError, match=said):
        checker.check(*texts, languages=LANGUAGES)
    with pytest.raises(InputError, match=said):
        checker.align(*texts, languages=LANGUAGES)
