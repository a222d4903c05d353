"""The cases of `tests/cases`, a file a rule: two texts, and every finding that they must give. Texts in
which a rule must keep silent come first in each file. A case whose status is `known-failure` must
fail, so that the day it passes somebody moves it. A case with `judge` is read by a judge that knows by heart
what it says (`stub_judge.py`), the others by none."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from paths import CASES
from stub_judge import ByHeart, checker_with

from mlcheck.checks import RULES
from mlcheck.data import Glossary, Location, OneSided, Report, Term
from mlcheck.pipeline import Checker
from mlcheck.read import read_text
from mlcheck.report import SEVERITIES
from mlcheck.settings import CheckSettings, Settings

Case = dict[str, Any]


def load(rule: str) -> list[Case]:
    cases: list[Case] = tomllib.loads((CASES / f"{rule}.toml").read_text(encoding="utf-8"))["case"]
    return cases


def everything() -> list[Any]:
    return [
        pytest.param(
            case,
            id=f"{rule.name}: {case['label']}",
            marks=pytest.mark.xfail(strict=True) if case["status"] == "known-failure" else (),
        )
        for rule in RULES
        for case in load(rule.name)
    ]


def report_on(case: Case, checker: Checker) -> Report:
    if not case["target"]:
        text, name = read_text("\n\n".join(case["source"]), name="a.en.txt"), "a.de.txt"
        return checker.lone(text, name, "de", id="case")
    source, target = (read_text("\n\n".join(case[side]), name=side) for side in ("source", "target"))
    glossary = Glossary(terms=tuple(Term(**term) for term in case["terms"])) if "terms" in case else None
    settings = Settings(check=CheckSettings(glossary=glossary))
    changed = OneSided(side=case["changed"], message="only one changed") if "changed" in case else None
    return checker.check(
        source,
        target,
        languages=case.get("languages", ["en", "de"]),
        settings=settings,
        one_sided=changed,
    )


def paragraphs(place: Location | None) -> list[int]:
    return [index + 1 for index in place.paragraphs] if place else []


@pytest.mark.parametrize("case", everything())
def test_case(case: Case, checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    if "judge" in case:
        checker = checker_with(ByHeart(case["judge"]), monkeypatch)
    report = report_on(case, checker)
    found = [
        {"rule": f.rule, "source": paragraphs(f.source), "target": paragraphs(f.target)}
        for f in report.findings
    ]
    assert found == case["expect"]
    worst = {rule.name: SEVERITIES.index(rule.worst) for rule in RULES}
    assert [f.rule for f in report.findings if SEVERITIES.index(f.severity) < worst[f.rule]] == []


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_silence_comes_first_and_something_fires(rule: str) -> None:
    fires = [any(found["rule"] == rule for found in case["expect"]) for case in load(rule)]
    assert fires == sorted(fires), "a silent case after one that fires"
    assert fires.count(False) >= 1
    assert fires.count(True) >= 1


@pytest.mark.parametrize("rule", [rule.name for rule in RULES])
def test_the_file_is_well_formed(rule: str) -> None:
    cases = load(rule)
    assert len({case["label"] for case in cases}) == len(cases)
    for case in cases:
        assert case.keys() - {"changed", "comment", "judge", "languages", "terms"} == {
            "label",
            "source",
            "target",
            "expect",
            "status",
        }
        assert case["status"] in ("ok", "known-failure")
