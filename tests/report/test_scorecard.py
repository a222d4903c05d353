"""The scorecard: what findings weigh, whose words count, what passes."""

from __future__ import annotations

from dataclasses import replace

import hand_made
import pytest

from mlcheck.data import Finding, Scorecard, Severity, Suppression
from mlcheck.report import Totals, scorecard, total
from mlcheck.settings import ScorecardSettings

WORDS = " ".join(["word"] * 100)
SOURCE = hand_made.document("a.txt", "en", f"{WORDS}\nmenu menu\n", furniture=1)
TARGET = hand_made.document("b.txt", "zh", "中文中文\n")


def found(*severities: Severity) -> tuple[Finding, ...]:
    place = hand_made.whole(SOURCE, 0)
    return tuple(hand_made.finding("untranslated", severity, "m", place, None) for severity in severities)


def card(*severities: Severity, **settings: float | str) -> Scorecard:
    return scorecard(found(*severities), SOURCE, TARGET, ScorecardSettings(**settings))  # type: ignore[arg-type]


def test_without_findings_it_passes() -> None:
    clean = card()
    assert (clean.words, clean.penalty, clean.per_thousand, clean.score, clean.passed) == (
        100,
        0,
        0,
        100,
        True,
    )


def test_accepted_findings_weigh_nothing() -> None:
    by = Suppression(by="baseline", reason="r", where="w")
    accepted = tuple(replace(finding, suppressed=by) for finding in found("error", "warning"))
    assert scorecard(accepted, SOURCE, TARGET, ScorecardSettings()).penalty == 0


def test_errors_are_critical_warnings_major_and_infos_minor() -> None:
    made = card("error", "warning", "info", "info")
    assert (made.critical, made.major, made.minor) == (1, 1, 2)
    assert made.penalty == 32
    assert made.per_thousand == 320
    assert made.score == 68
    assert not made.passed


def test_the_limit_itself_passes() -> None:
    assert card("warning").passed
    assert not card("warning", limit=49.9).passed
    assert card("error", critical=0).passed


def test_the_score_has_a_floor() -> None:
    assert card(*["error"] * 100).score == 0


def test_in_a_language_without_spaces_two_letters_are_a_word() -> None:
    made = card(words="target")
    assert (made.words, made.counted) == (2, "target")


@pytest.mark.parametrize(
    ("text", "words"),
    [("well-known d'avril 4.2 a", 4), ("one, two; three…", 3), ("— – ---", 0), ("2019–2020", 2)],
)
def test_words_are_counted_as_word_processors_do(text: str, words: int) -> None:
    document = hand_made.document("a.txt", "en", f"{text}\n")
    assert scorecard((), document, document, ScorecardSettings()).words == words


def test_without_words_only_a_clean_text_passes() -> None:
    empty = hand_made.document("a.txt", "en", "…\n")
    made = scorecard(found("info"), empty, empty, ScorecardSettings())
    assert (made.per_thousand, made.score, made.passed) == (None, None, False)
    assert scorecard((), empty, empty, ScorecardSettings()).passed


def test_the_card_of_many_is_that_of_one_text() -> None:
    both = total([card("error"), card()])
    assert both
    assert (both.words, both.penalty, both.per_thousand, both.passed) == (200, 25, 125, False)
    assert total([]) is None


def test_totals_count_what_goes_by() -> None:
    totals = Totals()
    for report in hand_made.reports():
        totals.add(report)
    assert totals.pairs == 4
    assert totals.kinds == {"error": 3, "warning": 2, "info": 1, "accepted": 1}
    assert sum(sum(number.values()) for number in totals.rules.values()) == 7
    assert totals.failures == ["wire/strike.de.txt: the file is empty; give a file with text"]
