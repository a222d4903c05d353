"""Numbers with their nouns, and hints at what was meant."""

from __future__ import annotations

import pytest

from mlcheck.wording import count, did_you_mean

RULES = ("missing-paragraph", "moved-paragraph", "number-mismatch", "name-mismatch", "untranslated")


def test_one_is_singular_and_all_else_plural() -> None:
    assert [count(n, "pair") for n in (0, 1, 2)] == ["0 pairs", "1 pair", "2 pairs"]
    assert [count(n, "entry", "entries") for n in (0, 1, 2)] == ["0 entries", "1 entry", "2 entries"]
    assert count(1234, "item") == "1234 items"
    assert count(1234, "item", grouped=True) == "1,234 items"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("mising-paragraph", "missing-paragraph"),
        ("MISSING_PARAGRAPH", "missing-paragraph"),
        ("moved", "moved-paragraph"),
        ("zzz", None),
        ("mo", None),
        ("n", None),
        ("", None),
    ],
)
def test_what_was_meant(word: str, meant: str | None) -> None:
    assert did_you_mean(word, RULES) == (f"did you mean {meant}?" if meant else "")
    assert did_you_mean(word, RULES, quoted=True) == (f"did you mean '{meant}'?" if meant else "")


def test_a_beginning_that_several_names_have_is_no_hint() -> None:
    assert did_you_mean("theme", ["theme-colour-of-links", "theme-of-the-whole-page"]) == ""
    assert did_you_mean("theme", ["theme-colour-of-links"]) == "did you mean theme-colour-of-links?"


def test_a_name_is_given_as_it_is_written() -> None:
    assert did_you_mean("max-sise", ["MAX_SIZE", "other"]) == "did you mean MAX_SIZE?"


def test_a_higher_cutoff_wants_more_likeness() -> None:
    assert did_you_mean("node", ["note"]) == "did you mean note?"
    assert did_you_mean("node", ["note"], cutoff=0.8) == ""


def test_a_long_word_is_looked_at_in_part() -> None:
    assert did_you_mean("x" * 1_000_000, RULES) == ""
