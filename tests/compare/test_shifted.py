"""A figure that stands on both sides, and counts another thing on each."""

from __future__ import annotations

import pytest

from mlcheck.data import Report
from mlcheck.pipeline import Checker
from mlcheck.read import read_text

pytestmark = pytest.mark.model

EN = "The hall has 26 rows and 480 seats. The organ was bought in spring."
FLATS = "The 26 flats above the bakery are hers. At 62 she still bakes."


def checked(checker: Checker, source: str, target: str, code: str) -> Report:
    texts = read_text(source, name="source"), read_text(target, name="target")
    return checker.check(*texts, languages=("en", code))


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        (EN, "В зале 26 рядов и 480 мест. Орган купили весной.", "ru"),
        (EN, "Der Saal hat 480 Plätze in 26 Reihen. Die Orgel wurde im Frühjahr gekauft.", "de"),
        (EN, "La salle compte 480 places et 26 rangées. L'orgue a été acheté au printemps.", "fr"),
        (EN, "大厅有26排480个座位。管风琴是春天买的。", "zh"),
        (FLATS, "Все 26 квартир над пекарней — её. В 62 года она всё ещё печёт.", "ru"),
        (FLATS, "Mit 62 backt sie noch immer. Die 26 Wohnungen über der Bäckerei gehören ihr.", "de"),
        (
            "It is 26 miles from here. Some 480 people live there.",
            "До него 42 км. Там живут 480 человек.",
            "ru",
        ),
    ],
)
def test_figures_in_another_order(real_checker: Checker, source: str, target: str, code: str) -> None:
    assert not checked(real_checker, source, target, code).findings


@pytest.mark.parametrize(
    ("source", "target", "code", "told"),
    [
        (EN, "В зале 480 рядов и 620 мест. Орган купили весной.", "ru", {("26", "480"), ("480", "620")}),
        (
            EN,
            "Der Saal hat 480 Reihen und 620 Plätze. Die Orgel wurde im Frühjahr gekauft.",
            "de",
            {("26", "480"), ("480", "620")},
        ),
        (
            FLATS,
            "Все 62 квартиры над пекарней — её. В 72 года она всё ещё печёт.",
            "ru",
            {("26", "62"), ("62", "72 года")},
        ),
        (
            FLATS,
            "Die 62 Wohnungen über der Bäckerei gehören ihr. Mit 72 backt sie noch immer.",
            "de",
            {("26", "62"), ("62", "72")},
        ),
    ],
)
def test_a_figure_of_another_thing(
    real_checker: Checker, source: str, target: str, code: str, told: set[tuple[str, str]]
) -> None:
    report = checked(real_checker, source, target, code)
    assert {f.rule for f in report.findings} == {"number-mismatch"}
    assert {(f.source and f.source.text, f.target and f.target.text) for f in report.findings} == told


@pytest.mark.parametrize(
    ("target", "code"),
    [("Wykonano tę pracę bardzo szybko i dobrze.", "pl"), ("Työ tehtiin hyvin nopeasti ja hyvin.", "fi")],
)
def test_a_word_is_not_missed_where_inflected_ones_are_not_read(
    real_checker: Checker, target: str, code: str
) -> None:
    source = "The work was done quickly and well by twelve of them."
    assert not [
        f for f in checked(real_checker, source, target, code).findings if f.rule == "number-mismatch"
    ]
    german = checked(real_checker, source, "Die Arbeit wurde schnell und gut gemacht.", "de").findings
    assert [f.rule for f in german if f.severity == "info"] == ["number-mismatch"]
