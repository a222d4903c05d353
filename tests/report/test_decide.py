"""What is done about findings: levels of rules."""

from __future__ import annotations

from dataclasses import replace

import hand_made
import pytest

from mlcheck.data import Severity
from mlcheck.report import decide
from mlcheck.settings import RuleLevel

FOUND = hand_made.ferries().findings


@pytest.mark.parametrize("levels", [{}, {"number-mismatch": "auto"}, {"moved-paragraph": "off"}])
def test_what_no_level_touches_stays(levels: dict[str, RuleLevel]) -> None:
    found = [f for f in FOUND if f.rule != "moved-paragraph"]
    assert list(decide(found, levels)) == found


@pytest.mark.parametrize("level", ["error", "warning", "info"])
def test_a_severity_is_that_of_all_findings_of_its_rule_and_of_no_other(level: Severity) -> None:
    rule = FOUND[0].rule
    decided = decide(FOUND, {rule: level})
    assert list(decided) == [replace(f, severity=level) if f.rule == rule else f for f in FOUND]
    assert {f.severity for f in decided if f.rule == rule} == {level}


def test_off_is_gone() -> None:
    rule = FOUND[0].rule
    assert list(decide(FOUND, {rule: "off"})) == [f for f in FOUND if f.rule != rule]
