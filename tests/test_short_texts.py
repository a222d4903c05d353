"""Texts of a sentence or two: too short to give a mean, a background or an expansion of their own."""

from __future__ import annotations

import pytest

from mlcheck.pipeline import Checker
from mlcheck.read import read_text


@pytest.mark.model
@pytest.mark.parametrize(
    ("source", "target", "rules"),
    [
        ("Ferry traffic to resume", "Паромное сообщение возобновится", []),
        (
            "The bridge was closed for repairs. Traffic was diverted.",
            "Мост закрыли на ремонт. Движение пустили в объезд.",
            [],
        ),
        (
            "The bridge was closed for repairs. Traffic was diverted.",
            "Мост закрыли на ремонт.",
            ["missing-sentence"],
        ),
        (
            "The minister resigned on Monday.",
            "Цены на нефть выросли на три процента.",
            ["unrelated-documents"],
        ),
    ],
)
def test_a_text_of_a_sentence_or_two(
    real_checker: Checker, source: str, target: str, rules: list[str]
) -> None:
    report = real_checker.check(read_text(source, name="en"), read_text(target, name="ru"))
    assert [finding.rule for finding in report.findings] == rules
