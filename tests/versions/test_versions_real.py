"""Several versions and corrections with the real model, on the samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from paths import ROOT

from mlcheck.data import Report
from mlcheck.pipeline import Checker
from mlcheck.several import check_update, check_versions

SAMPLES = ROOT / "samples"
FLAWS = ["divergent-passage", "missing-paragraph", "missing-sentence", "number-mismatch", "untranslated"]

pytestmark = pytest.mark.model


def versions(checker: Checker, *names: str, reference: str | None = None) -> Report:
    return check_versions(checker, [SAMPLES / name for name in names], reference=reference)


def test_three_faithful_versions_agree(real_checker: Checker) -> None:
    report = versions(real_checker, "call.en.txt", "call.ru.txt", "call.ru-recut.txt")
    assert report.verdict == "consistent"
    assert not any(passage.missing or passage.differs for passage in report.passages)


@pytest.mark.slow
@pytest.mark.parametrize("reference", [None, "none"])
@pytest.mark.parametrize("odd", range(3))
def test_the_flawed_version_has_all_flaws(real_checker: Checker, odd: int, reference: str | None) -> None:
    names = ["call.en.txt", "call.ru.txt"]
    names.insert(odd, "call.ru-flawed.txt")
    report = versions(real_checker, *names, reference=reference)
    found = [f for f in report.findings if f.severity == "error"]
    if reference == "none" or odd:
        assert sorted(f.rule for f in found) == FLAWS
    assert {f.versions for f in found} == {(odd,)}


@pytest.mark.parametrize(
    ("target", "status"),
    [("call.ru.txt", "stale"), ("call.en.txt", "stale"), ("call.en-corrected.txt", "followed")],
)
def test_a_correction_that_did_not_travel(
    real_checker: Checker, tmp_path: Path, target: str, status: str
) -> None:
    other = tmp_path / "target.txt"  # not the file itself, which is no version of itself
    other.write_bytes((SAMPLES / target).read_bytes())
    report = check_update(real_checker, SAMPLES / "call.en.txt", SAMPLES / "call.en-corrected.txt", other)
    assert [(c.kind, c.status) for c in report.changes or ()] == [("removed", status), ("changed", status)]
    stale = [finding for finding in report.findings if finding.rule == "stale-passage"]
    assert len(stale) == (2 if status == "stale" else 0)
