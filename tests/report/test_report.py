"""The verdict, the exit status and the fingerprints."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise

import hand_made
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.data import Finding, Report, Severity
from mlcheck.report import (
    SEVERITIES,
    FailOn,
    agreement,
    exit_status,
    fingerprint,
    verdict,
    with_fingerprints,
    worst_first,
)

FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "info", "never")


def flaw(severity: Severity = "error", *, baselined: bool = False, rule: str = "number-mismatch") -> Finding:
    document = hand_made.document("a.txt", "en", "One paragraph\n")
    found = hand_made.finding(rule, severity, "x", hand_made.whole(document, 0), None)
    return replace(found, suppressed=hand_made.ACCEPTED if baselined else None)


def pair(*findings: Finding) -> Report:
    return replace(hand_made.rate(), findings=findings, verdict=verdict(findings, related=True))


# Silence first


@pytest.mark.parametrize("fail_on", FAIL_ON)
def test_a_pair_without_findings_passes(fail_on: FailOn) -> None:
    assert exit_status([hand_made.rate()], fail_on) == 0


@pytest.mark.parametrize("fail_on", FAIL_ON)
@pytest.mark.parametrize("severity", SEVERITIES)
def test_what_the_baseline_accepts_passes(severity: Severity, fail_on: FailOn) -> None:
    assert exit_status([pair(flaw(severity, baselined=True))], fail_on) == 0


def test_an_unrelated_pair_that_the_baseline_accepts_passes() -> None:
    museum = hand_made.museum()
    accepted = replace(
        museum, findings=tuple(replace(f, suppressed=hand_made.ACCEPTED) for f in museum.findings)
    )
    assert exit_status([accepted], "error") == 0


def test_info_leaves_a_pair_consistent() -> None:
    assert verdict([], related=True) == "consistent"
    assert verdict([flaw("info")], related=True) == "consistent"


# Cases


@pytest.mark.parametrize(
    ("severity", "statuses"),
    [("error", (1, 1, 1, 0)), ("warning", (0, 1, 1, 0)), ("info", (0, 0, 1, 0))],
)
def test_findings_fail_at_or_above_the_severity_asked_for(
    severity: Severity, statuses: tuple[int, ...]
) -> None:
    assert tuple(exit_status([pair(flaw(severity))], fail_on) for fail_on in FAIL_ON) == statuses


def test_an_accepted_finding_does_not_hide_another() -> None:
    assert exit_status([pair(flaw("error", baselined=True), flaw("warning"))], "warning") == 1


def test_unrelated_counts_as_an_error() -> None:
    assert [exit_status([hand_made.museum()], fail_on) for fail_on in FAIL_ON] == [1, 1, 1, 0]


def test_unrelated_fails_without_any_finding() -> None:
    assert exit_status([replace(hand_made.museum(), findings=())], "error") == 1


def test_another_accepted_finding_does_not_excuse_an_unrelated_pair() -> None:
    accepted = flaw("error", baselined=True)
    assert exit_status([replace(hand_made.museum(), findings=(accepted,))], "error") == 1


@pytest.mark.parametrize("fail_on", FAIL_ON)
def test_what_could_not_be_checked_is_2_whatever_else_there_is(fail_on: FailOn) -> None:
    assert exit_status(hand_made.reports(), fail_on) == 2
    assert exit_status([hand_made.strike()], fail_on) == 2


@pytest.mark.parametrize("fail_on", FAIL_ON)
def test_nothing_checked_is_never_a_pass(fail_on: FailOn) -> None:
    assert exit_status([], fail_on) == 2
    assert exit_status(iter(()), fail_on) == 2


def test_verdicts() -> None:
    assert verdict([flaw("info"), flaw("warning")], related=True) == "inconsistent"
    assert verdict([flaw("error", baselined=True)], related=True) == "inconsistent"
    assert verdict([], related=False) == "unrelated"


def test_worst_first_then_down_the_source() -> None:
    order = [f.rule for f in worst_first(hand_made.ferries().findings)]
    assert order == [
        "number-mismatch",
        "missing-paragraph",
        "added-sentence",
        "name-mismatch",
        "untranslated",
        "moved-paragraph",
    ]


def test_agreement_counts_linked_paragraphs_without_warnings() -> None:
    # Of eight: the third, fifth, sixth and seventh are doubted, the fourth is missing; the eighth only moved.
    assert agreement(hand_made.ferries()) == (3, 8)
    assert agreement(hand_made.rate()) == (3, 3)


def test_a_link_counts_as_many_paragraphs_as_its_longer_side() -> None:
    merged = (hand_made.link((0,), (0, 1), 0.9, 0.1), hand_made.link((), (2,)))
    assert agreement(replace(hand_made.rate(), links=merged)) == (2, 3)


def test_the_fingerprint_is_pinned() -> None:
    """Baselines hold fingerprints: a change here makes every accepted finding of every user new again."""
    assert fingerprint("number-mismatch", "12  ferries", None) == "4a9f63c1d5b6d749"
    assert fingerprint("number-mismatch", "12", "21") == "c2663c8074df4290"


def test_fingerprints_tell_rules_and_sides_apart() -> None:
    names = [
        fingerprint("number-mismatch", "12", "21"),
        fingerprint("date-mismatch", "12", "21"),
        fingerprint("number-mismatch", "21", "12"),
        fingerprint("number-mismatch", "12 21", ""),
        fingerprint("number-mismatch", "12 21", None),
        fingerprint("number-mismatch", None, "12 21"),
    ]
    assert len(set(names)) == len(names)


def test_equal_findings_of_one_report_are_numbered() -> None:
    first, other, second, third = with_fingerprints([flaw(), flaw(rule="date-mismatch"), flaw(), flaw()])
    assert second.fingerprint == f"{first.fingerprint}-2"
    assert third.fingerprint == f"{first.fingerprint}-3"
    assert "-" not in first.fingerprint + other.fingerprint


def test_a_finding_keeps_its_fingerprint_when_the_text_around_it_grows() -> None:
    short = hand_made.document("a.txt", "en", "The fare is 12 crowns.\n")
    long = hand_made.document("b.txt", "en", "A new headline\n\nThe fare is 12 crowns.\n")
    places = (hand_made.place(short, "12"), hand_made.place(long, "12"))
    findings = [hand_made.finding("number-mismatch", "error", "x", place, None) for place in places]
    assert len({with_fingerprints([f])[0].fingerprint for f in findings}) == 1


# Properties


@given(st.text(), st.sampled_from(["NFC", "NFD"]))
def test_the_fingerprint_ignores_form_and_space(text: str, form: str) -> None:
    # Lone surrogates have no normal form, but must not raise.
    other = unicodedata.normalize(form, f"\n {text}\t\N{NO-BREAK SPACE}")  # type: ignore[arg-type]
    assert fingerprint("r", text, None) == fingerprint("r", other, None)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_the_fingerprint_ignores_case(text: str) -> None:
    assert fingerprint("r", None, text.upper()) == fingerprint("r", None, text.lower())


@st.composite
def some_reports(draw: st.DrawFn) -> list[Report]:
    findings = st.builds(flaw, st.sampled_from(SEVERITIES), baselined=st.booleans())
    pairs = st.lists(findings, max_size=3).map(lambda found: pair(*found))
    return draw(st.lists(pairs | st.sampled_from([hand_made.museum(), hand_made.strike()]), min_size=1))


@given(some_reports(), st.sampled_from(FAIL_ON))
def test_the_status_of_many_is_the_largest_of_each(reports: list[Report], fail_on: FailOn) -> None:
    assert exit_status(reports, fail_on) == max(exit_status([r], fail_on) for r in reports)


@given(some_reports())
def test_a_stricter_run_never_passes_what_a_laxer_one_fails(reports: list[Report]) -> None:
    statuses = [exit_status(reports, fail_on) for fail_on in ("never", "error", "warning", "info")]
    assert all(lax <= strict for lax, strict in pairwise(statuses))
