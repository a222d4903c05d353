"""Several versions of an item: one report, each finding once, and the odd version named."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import permutations

import pytest
from conftest import FakeEncoder
from stories import ENGLISH, GERMAN

from mlcheck.data import Report
from mlcheck.errors import InputError, UsageError
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.reporters import REPORTERS, Layout, as_dict
from mlcheck.several import check_versions

WRITERS = {name: write for name, write in REPORTERS.items() if name != "parquet" or find_spec("pyarrow")}
"""Parquet is a format where pyarrow is there."""

Story = tuple[str, ...]
FIVE = ("four million", "five million"), ("vier Millionen", "fünf Millionen")


def versions(*stories: Story, languages: Sequence[str] = (), reference: str | None = None) -> Report:
    texts = [read_text("\n\n".join(story), name=f"v{k}") for k, story in enumerate(stories)]
    codes = list(languages) or ["en", *["de"] * (len(stories) - 1)]
    return check_versions(Checker(encoder=FakeEncoder()), texts, languages=codes, reference=reference)


def without(story: Story, *gone: int) -> Story:
    return tuple(paragraph for k, paragraph in enumerate(story) if k not in gone)


def with_five(story: Story) -> Story:
    return tuple(p.replace(*FIVE[0]).replace(*FIVE[1]) for p in story)


def told(report: Report) -> list[tuple[str, tuple[int, ...]]]:
    return [(finding.rule, finding.versions) for finding in report.findings]


# Silence


@pytest.mark.parametrize("reference", [None, "none", "de"])
def test_versions_that_agree_have_no_finding(reference: str | None) -> None:
    report = versions(ENGLISH, GERMAN, GERMAN, reference=reference)
    assert (report.verdict, report.findings, report.links) == ("consistent", (), ())
    assert [p.paragraphs for p in report.passages] == [((i,),) * 3 for i in range(len(ENGLISH))]
    assert not any(p.missing or p.differs for p in report.passages)


# What is missing


def test_a_paragraph_that_two_versions_lack_is_one_finding() -> None:
    report = versions(ENGLISH, without(GERMAN, 4), GERMAN, without(GERMAN, 4))
    assert told(report) == [("missing-paragraph", (1, 3))]
    (finding,) = report.findings
    assert [place and place.paragraphs for place in finding.places] == [(4,), None, (4,), None]
    assert finding.message == "Paragraph 5 of v0 is missing in v1 and v3"
    assert report.passages[4].missing == (1, 3)
    assert (finding.source, finding.target) == (None, None)


def test_what_the_first_alone_lacks_is_missing_there() -> None:
    report = versions(without(ENGLISH, 4), GERMAN, GERMAN)
    assert told(report) == [("missing-paragraph", (0,))]
    assert report.passages[4].paragraphs == ((), (4,), (4,))


def test_what_one_version_alone_has_is_added_there() -> None:
    report = versions(without(ENGLISH, 4), without(GERMAN, 4), GERMAN)
    assert told(report) == [("added-paragraph", (2,))]
    assert report.findings[0].mqm == "accuracy/addition"
    assert report.findings[0].message == "Paragraph 5 of v2 is in no other version"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [(None, ("missing-paragraph", (1, 2))), ("none", ("added-paragraph", (0,)))],
)
def test_what_the_reference_alone_has_is_missing_in_the_others(
    reference: str | None, expected: tuple[str, tuple[int, ...]]
) -> None:
    report = versions(ENGLISH, without(GERMAN, 4), without(GERMAN, 4), reference=reference)
    assert told(report) == [expected]


# Who is odd


@pytest.mark.parametrize("reference", [None, "none"])
@pytest.mark.parametrize("odd", range(3))
def test_of_three_figures_the_odd_one_is_named(odd: int, reference: str | None) -> None:
    stories = [with_five(s) if k == odd else s for k, s in enumerate((ENGLISH, GERMAN, GERMAN))]
    report = versions(*stories, reference=reference)
    assert told(report) == [("number-mismatch", (odd,))]
    (finding,) = report.findings
    assert [place and place.paragraphs for place in finding.places] == [(5,)] * 3
    assert report.passages[5].differs == (odd,)


def test_three_against_one() -> None:
    report = versions(with_five(ENGLISH), GERMAN, GERMAN, GERMAN)
    assert told(report) == [("number-mismatch", (0,))]
    assert report.findings[0].message == (
        "Paragraph 6 of v0: “five million” is “vier Millionen” in v1, v2 and v3"
    )


@pytest.mark.parametrize(("reference", "odd"), [(None, (2, 3)), ("none", (0, 1, 2, 3))])
def test_of_two_against_two_the_reference_is_right(reference: str | None, odd: tuple[int, ...]) -> None:
    german = with_five(GERMAN)
    report = versions(ENGLISH, GERMAN, german, german, reference=reference)
    assert told(report) == [("number-mismatch", odd)]


def test_a_version_without_the_passage_has_no_say() -> None:
    report = versions(ENGLISH, with_five(GERMAN), without(GERMAN, 5))
    assert sorted(told(report)) == [("missing-paragraph", (2,)), ("number-mismatch", (1,))]


def test_each_flaw_is_found_once() -> None:
    swapped = (*GERMAN[:9], GERMAN[10], GERMAN[9])
    report = versions(ENGLISH, with_five(GERMAN), without(GERMAN, 4), swapped)
    found = [finding for finding in told(report) if finding[0] != "moved-paragraph"]
    assert sorted(found) == [("missing-paragraph", (2,)), ("number-mismatch", (1,))]


# The order of the files


FOUR = (ENGLISH, with_five(GERMAN), without(GERMAN, 4), without(GERMAN, 4, 8))


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_without_a_reference_the_order_changes_no_finding(order: tuple[int, ...]) -> None:
    def found(by: Sequence[int]) -> set[tuple[str, str, frozenset[int]]]:
        report = versions(
            *(FOUR[k] for k in by), languages=["de" if k else "en" for k in by], reference="none"
        )
        return {(f.rule, f.fingerprint, frozenset(by[v] for v in f.versions)) for f in report.findings}

    assert found(order) == found(range(4))


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_the_order_of_the_others_changes_not_what_is_missing(order: tuple[int, ...]) -> None:
    report = versions(FOUR[0], *(FOUR[k] for k in order))
    missing = {
        passage.paragraphs[0]: {order[v - 1] for v in passage.missing}
        for passage in report.passages
        if passage.missing
    }
    assert missing == {(4,): {2, 3}, (8,): {3}}


# What is given


def test_the_reference_is_named_by_its_language() -> None:
    report = versions(GERMAN, ENGLISH, without(GERMAN, 4), languages=["de", "en", "de"], reference="en")
    assert told(report) == [("missing-paragraph", (2,))]
    with pytest.raises(UsageError, match="--reference tr: no version is in that language"):
        versions(ENGLISH, GERMAN, GERMAN, reference="tr")


def test_a_file_twice_is_refused(write: object, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "a.txt"
    path.write_text("\n\n".join(ENGLISH), encoding="utf-8")
    with pytest.raises(InputError, match="the same file twice"):
        check_versions(Checker(encoder=FakeEncoder()), [path, read_text("x", name="x"), path])


# Reports


def test_json_has_what_the_schema_says() -> None:
    value = as_dict(versions(*FOUR))
    assert [d["path"] for d in value["documents"]] == ["v0", "v1", "v2", "v3"]
    assert value["links"] == []
    assert value["passages"][4] == {"paragraphs": [[4], [4], [], []], "missing": [2, 3], "differs": []}
    for finding in value["findings"]:
        assert "source" not in finding
        assert len(finding["places"]) == 4
        assert finding["versions"]
        assert {(0, v) for v in finding["versions"]} <= {
            (pair["source"], pair["target"]) for pair in finding["pairs"]
        }


@pytest.mark.parametrize("format", WRITERS)
def test_every_format_has_the_findings(format: str) -> None:
    report = versions(*FOUR)
    shown = REPORTERS[format]([report], Layout(width=100))
    for finding in report.findings:
        assert format in ("xlsx", "parquet") or finding.rule in shown  # which is packed
    assert shown == REPORTERS[format]([versions(*FOUR)], Layout(width=100))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_matrix_fits_the_width(width: int) -> None:
    shown = REPORTERS["text"]([versions(*FOUR)], Layout(width=width))
    lines = shown.splitlines()
    assert max(map(len, lines)) <= width
    assert lines[-1].endswith("passages agree")
    assert any(line.split()[:5] == ["5", "✓", "✓", "–", "–"] for line in lines)
    assert any(line.split()[:5] == ["6", "✓", "≠", "✓", "✓"] for line in lines)


# The command line


def files(tmp: object, *stories: Story) -> list[str]:
    from pathlib import Path

    names = []
    for k, story in enumerate(stories):
        name = f"v{k}.{'de' if k else 'en'}.txt"
        (Path(str(tmp)) / name).write_text("\n\n".join(story) + "\n", encoding="utf-8")
        names.append(name)
    return names


@pytest.mark.usefixtures("fake_model")
def test_files_make_one_report_and_pairs_one_each(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import json

    names = files(tmp_path, *FOUR)
    languages = [part for code in ("en", "de", "de", "de") for part in ("--lang", code)]
    code, out, _ = run("check", *names, *languages, "-f", "jsonl")
    assert code == 1
    (line,) = out.splitlines()
    assert len(json.loads(line)["passages"]) == len(ENGLISH)
    _, out, _ = run("check", *names, *languages, "-f", "jsonl", "--pairs")
    assert len(out.splitlines()) == 3
    assert not any("passages" in json.loads(line) for line in out.splitlines())


@pytest.mark.usefixtures("fake_model")
def test_what_is_accepted_in_a_pair_is_accepted_here(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    names = files(tmp_path, ENGLISH, without(GERMAN, 4), without(GERMAN, 4))
    check = ("check", *names, "--lang", "en", "--lang", "de", "--lang", "de")
    assert run(*check, "-f", "json", "-o", "report.json")[0] == 1
    assert run("baseline", "write", "report.json", "--reason", "known", "--baseline", "b.json")[0] == 0
    assert run(*check, "--baseline", "b.json")[0] == 0
    assert run(*check, "--pairs", "--baseline", "b.json")[0] == 0


@pytest.mark.usefixtures("fake_model")
def test_a_folder_has_an_item_for_each_name(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import json

    for code, story in (("en", ENGLISH), ("de", GERMAN), ("fr", GERMAN)):
        (tmp_path / f"a.{code}.txt").write_text("\n\n".join(story), encoding="utf-8")
    code, out, _ = run("batch", ".", "-f", "jsonl", "--reference", "none")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a.en-de-fr"]
    code, out, _ = run("batch", ".", "-f", "jsonl", "--pairs")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a.en-de", "a.en-fr"]
    assert code == 0


def test_the_page_has_a_grid_of_passages() -> None:
    page = REPORTERS["html"]([versions(*FOUR)], Layout())
    assert page.count('class="show-version"') == 4
    assert page.count('<tr class="passage') == len(ENGLISH)
    assert page.count('class="lacks"') == 3  # a paragraph that two lack, and one that one lacks
    assert page.count('class="differs"') == 1
    assert "fünf Millionen</" in page


@pytest.mark.usefixtures("fake_model")
def test_a_version_that_several_lack_is_told_once(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import json

    def lacking(*command: str) -> list[tuple[str, str]]:
        _, out, _ = run(*command, "-f", "jsonl")
        reports = [json.loads(line) for line in out.splitlines()]
        return [(r["id"], f["rule"]) for r in reports for f in r["findings"]]

    for code, story in (("en", ENGLISH), ("de", GERMAN), ("fr", GERMAN)):
        (tmp_path / f"a.{code}.txt").write_text("\n\n".join(story), encoding="utf-8")
    assert lacking("batch", ".", "--require", "en,de,fr") == []
    assert lacking("batch", ".", "--require", "en,de,az") == [("a.en-az", "missing-version")]
    files = [f"a.{code}.txt" for code in ("en", "de", "fr")]
    assert lacking("check", *files, "--require", "en,de,fr") == []
    assert lacking("check", *files, "--require", "en,az,de") == [("a.en.txt az", "missing-version")]
    assert lacking("check", *files, "--pairs", "--require", "az") == [("a.en.txt az", "missing-version")]


@pytest.mark.usefixtures("fake_model")
def test_of_several_texts_those_that_lack_a_version_are_told(run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import json

    for name in ("a.en", "a.de", "a.fr", "b.en", "b.fr", "c.en"):
        story = ENGLISH if name.endswith("en") else GERMAN
        (tmp_path / f"{name}.txt").write_text("\n\n".join(story), encoding="utf-8")
    _, out, _ = run("batch", ".", "-f", "jsonl")
    assert [json.loads(line)["id"] for line in out.splitlines()] == [
        "a.en-de-fr", "b.en-fr", "b.en-de", "c.en-de", "c.en-fr"
    ]  # fmt: skip
