"""What may say a "not" without one, and what only looks like it."""

from __future__ import annotations

import pytest

from mlcheck.checks.details import _is_legal_note
from mlcheck.facts import turns


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "На прошлой неделе немецкая нефть недавно подорожала, и это необходимо."),
        ("ru", "Безопасность обеспечили, о беспокойстве речи нет."),
        ("uk", "Нещодавно небо над нерухомою греблею потемніло, безпека понад усе."),
        ("de", "Unter ungarischen Universitäten ist unsere ungefähr die fünfte; die Mission begann."),
        ("en", "The union of universities is under the same roof until further notice."),
    ],
)
def test_what_only_looks_like_a_negation(language: str, text: str) -> None:
    spans = [text[span.start : span.end] for span in turns(text, language)]
    assert [word for word in spans if word not in ("until", "нерухомою")] == []


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("ru", "Клуб находится недалеко от порта.", "недалеко"),
        ("uk", "Він вийшов без дозволу.", "без"),
        ("de", "Der Zeuge blieb unzufrieden.", "unzufrieden"),
        ("en", "She was unhappy with the result.", "unhappy"),
    ],
)
def test_what_may_be_one(language: str, text: str, word: str) -> None:
    assert word in [text[span.start : span.end] for span in turns(text, language)]


def test_a_remark_that_a_law_demands() -> None:
    note = "(принадлежит компании Meta, признанной в РФ экстремистской и запрещённой)"
    assert _is_legal_note(note, "ru")
    assert not _is_legal_note("компания признана лучшей в отрасли", "ru")
    assert not _is_legal_note(note, "en")
