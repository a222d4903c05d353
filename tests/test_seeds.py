"""The texts that the project began with, whole and changed: `seeds.py`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from seeds import (
    EN,
    EVERY_LINE,
    FURNITURE,
    LINES,
    OLD,
    OLD_LINES,
    RU,
    SEEDS,
    SENTENCES,
    Check,
    both_ways,
    cut,
    expected,
    faults_of_a_strange_paragraph,
    given,
    grave,
    lines_of,
    numbers,
    opposite,
    pairs_of_paragraphs,
    reported,
    text_of,
    told,
)

from mlcheck.data import Finding, Location, RawText, Report
from mlcheck.pipeline import Checker

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not SEEDS.is_dir(), reason=f"{SEEDS} is not here: set MLCHECK_SHARED"),
]

SHORT = "a run of four words looks no worse than what free translations leave out"
KNOWN: dict[tuple[object, ...], str] = {
    ("edit", EN, ", as per the suggestion of the Kazakh side,", "", "added-detail", 15): SHORT,
    ("edit", RU, "по предложению казахстанской стороны ", "", "missing-detail", 24): SHORT,
}
"""What fails, and why. Strict: what passes must be taken out."""


def known(kind: str, cases: Iterable[tuple[object, ...]]) -> list[Any]:
    """The cases of a test, those that fail marked."""
    return [
        pytest.param(*case, marks=pytest.mark.xfail(reason=KNOWN[kind, *case], strict=True))
        if (kind, *case) in KNOWN
        else pytest.param(*case)
        for case in cases
    ]


@pytest.fixture(scope="module")
def check(real_checker: Checker) -> Check:
    def run(source: str | RawText, target: str | RawText) -> Report:
        return real_checker.check(given(source), given(target))

    return run


def sides(number: int) -> Sequence[int]:
    """Whether a changed text is the target (0) or the source (1): in turns, from case to case; both in each
    with `MLCHECK_ALL_TESTS`."""
    return (0, 1) if os.environ.get("MLCHECK_ALL_TESTS") else (number % 2,)


def sides_of(name: str, line: int) -> Sequence[int]:
    """The same of a paragraph."""
    return sides(LINES[name].index(line) + (name == RU))


def test_the_tests_cut_the_texts_as_they_say() -> None:
    for name in (EN, RU):
        assert tuple(len(cut(lines_of(name)[line])) for line in LINES[name]) == SENTENCES[name]


@pytest.mark.parametrize(("source", "target"), [(EN, RU), (RU, EN)])
def test_april_agrees_and_its_furniture_is_known(source: str, target: str, check: Check) -> None:
    report = check(source, target)
    assert report.verdict == "consistent", told(report)
    assert not grave(report), told(report)
    for name, document in ((source, report.source), (target, report.target)):
        assert document is not None
        assert [p.line for p in document.paragraphs if p.role == "furniture"] == FURNITURE[name]
    linked = [i for link in report.links if link.source and link.target for i in link.source]
    assert len(linked) == 9, "the headline and eight paragraphs"


@pytest.mark.parametrize("other", [EN, RU])
def test_another_year_is_another_item(other: str, check: Check) -> None:
    pairs = ((other, OLD), (OLD, other))
    for side in sides(other == RU):
        report = check(*pairs[side])
        assert report.verdict == "unrelated", told(report)
        assert [f.rule for f in report.findings] == ["unrelated-documents"]


def test_november_tells_two_stories(check: Check) -> None:
    report = check("november-2023.en-a", "november-2023.en-b")
    assert report.verdict == "inconsistent"
    accepted = sentences_of_line("november-2023.en-b", 17)[-1]
    assert ("added-sentence", accepted) in reported(report), told(report)


def test_november_moves_a_paragraph(check: Check) -> None:
    report = check("november-2023.en-a", "november-2023.en-b")
    moved = [f for f in report.findings if f.rule == "moved-paragraph"]
    assert [(f.severity, f.source and f.source.line, f.target and f.target.line) for f in moved] == [
        ("info", 19, 21)
    ]


@pytest.mark.xfail(
    reason="the first sentence of line 21 says what it says, and is linked with it", strict=True
)
def test_november_adds_a_summary(check: Check) -> None:
    summary = lines_of("november-2023.en-b")[5]
    assert ("added-paragraph", summary) in reported(check("november-2023.en-a", "november-2023.en-b"))
    assert ("missing-paragraph", summary) in reported(check("november-2023.en-b", "november-2023.en-a"))


def sentences_of_line(name: str, line: int) -> list[str]:
    return cut(lines_of(name)[line])


@pytest.mark.parametrize(("name", "line"), known("gone", EVERY_LINE))
def test_a_paragraph_that_is_gone_is_reported_and_nothing_else(name: str, line: int, check: Check) -> None:
    lines = lines_of(name)
    changed = text_of({n: text for n, text in lines.items() if n not in (line, line + 1)})
    for side, report in both_ways(name, changed, check, sides_of(name, line)):
        assert reported(report) == expected(opposite(name), numbers(name, line), side), told(report)


@pytest.mark.parametrize(
    ("name", "number"), known("gone sentence", [(name, n) for name in (EN, RU) for n in range(13)])
)
def test_a_sentence_that_is_gone_is_reported_and_nothing_else(name: str, number: int, check: Check) -> None:
    lines = lines_of(name)
    line = next(line for line in LINES[name] if number in numbers(name, line))
    rest = [text for n, text in zip(numbers(name, line), cut(lines[line]), strict=True) if n != number]
    changed = text_of({**lines, line: " ".join(rest)})
    for side, report in both_ways(name, changed, check, sides(number + (name == RU))):
        wanted = expected(opposite(name), range(number, number + 1), side)
        assert reported(report) == wanted, told(report)


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [(name, *pair) for name in (EN, RU) for pair in zip(LINES[name], LINES[name][1:], strict=False)],
)
def test_merged_paragraphs_are_nobodys_business(name: str, first: int, second: int, check: Check) -> None:
    lines = lines_of(name)
    lines[first] = f"{lines[first].strip()} {lines.pop(second)}"
    for _, report in both_ways(name, text_of(lines), check, sides_of(name, first)):
        assert not report.findings, told(report)


@pytest.mark.parametrize(("name", "line"), [(name, line) for name in (EN, RU) for line in LINES[name][:-1]])
def test_a_paragraph_moved_to_the_end_is_a_note(name: str, line: int, check: Check) -> None:
    lines, last = lines_of(name), LINES[name][-1]
    moved = lines.pop(line)
    lines[last] += f"\n\n{moved}"
    for _, report in both_ways(name, text_of(lines), check, sides_of(name, line)):
        assert {f.rule for f in report.findings} == {"moved-paragraph"}, told(report)
        assert report.verdict == "consistent"


# Each paragraph, and each of the other item; all pairs of them are measured by benchmarks/gate.py.
@pytest.mark.parametrize(
    ("line", "old"),
    known("replaced", [(LINES[EN][k % 8], OLD_LINES[k % 10]) for k in range(1, 11)]),
)
def test_a_paragraph_of_another_item_is_reported_and_nothing_else(line: int, old: int, check: Check) -> None:
    assert (line, old) in pairs_of_paragraphs()
    assert faults_of_a_strange_paragraph(line, old, check) == []


@pytest.mark.parametrize(("name", "line"), known("pasted", EVERY_LINE))
def test_a_paragraph_pasted_twice_is_reported_and_nothing_else(name: str, line: int, check: Check) -> None:
    lines = lines_of(name)
    lines[line] = f"{lines[line]}\n\n{lines[line]}"
    for side, report in both_ways(name, text_of(lines), check, sides_of(name, line)):
        assert [f.rule for f in report.findings] == ["duplicated-paragraph"], told(report)
        place = (report.findings[0].target, report.findings[0].source)[side]
        assert place is not None
        assert place.line in (line, line + 2)
        assert place.text == lines_of(name)[line].strip()


# One fact of a faithful pair changed. Nothing else may be reported.


@pytest.mark.parametrize(
    ("name", "old", "new", "rule", "line"),
    known(
        "edit",
        [
            (EN, "five principles", "six principles", "number-mismatch", 15),
            (RU, "5 принципов", "6 принципов", "number-mismatch", 26),
            (EN, "Almaty", "Astana", "name-mismatch", 15),
            (RU, "Алматы", "Астане", "name-mismatch", 24),
            (EN, "Almaty", "Tbilisi", "name-mismatch", 15),
            (RU, "Алматы", "Тбилиси", "name-mismatch", 24),
            (EN, "Kazakh", "Turkish", "name-mismatch", 15),
            (RU, "казахстанской", "турецкой", "name-mismatch", 24),
            (EN, "transport, and COP29", "transport, and COP28", "name-mismatch", 17),
            (RU, "в области COP29", "в области COP28", "name-mismatch", 28),
            (EN, "On April 28", "On April 27", "date-mismatch", 9),
            (RU, "28 апреля государственный", "27 апреля государственный", "date-mismatch", 20),
            (EN, ", as per the suggestion of the Kazakh side,", "", "added-detail", 15),
            (RU, "по предложению казахстанской стороны ", "", "missing-detail", 24),
            (EN, "Azerbaijan supports", "Azerbaijan does not support", "polarity-mismatch", 15),
            (RU, "Азербайджан поддерживает", "Азербайджан не поддерживает", "polarity-mismatch", 26),
            (EN, "would soon meet", "would not meet", "polarity-mismatch", 15),
        ],
    ),
)
def test_one_edit(check: Check, name: str, old: str, new: str, rule: str, line: int) -> None:
    lines = lines_of(name)
    assert old in lines[line]
    edited = text_of(lines | {line: lines[line].replace(old, new)})
    report = check(edited, RU) if name == EN else check(EN, edited)
    assert [(f.rule, place(f, name).line) for f in grave(report)] == [(rule, line)], told(report)


def place(finding: Finding, name: str) -> Location:
    """Where a finding stands in one of the two texts."""
    found = finding.source if name == EN else finding.target
    assert found is not None
    return found
