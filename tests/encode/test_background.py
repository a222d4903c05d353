"""The general sentences: whole, the same number everywhere, each in its language."""

from __future__ import annotations

import pytest

from mlcheck.languages import Background, every
from mlcheck.segment.language import detect

BACKGROUND = {code: list(own.sentences) for code, own in every(Background).items()}
LANGUAGES = (
    "en",
    "ru",
    "uk",
    "az",
    "tr",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "pl",
    "zh",
    "ja",
    "ar",
    "ko",
    "hy",
    "ka",
    "kk",
)


def test_no_sentence_stands_twice() -> None:
    sentences = [sentence for several in BACKGROUND.values() for sentence in several]
    assert len(set(sentences)) == len(sentences)


def test_the_languages() -> None:
    assert sorted(BACKGROUND) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_in_every_language(language: str) -> None:
    assert len(BACKGROUND[language]) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_in_the_language_that_they_stand_under(language: str) -> None:
    assert detect(" ".join(BACKGROUND[language])) == language
