"""The general sentences: whole, the same number everywhere, each in its language."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from mlcheck.segment.language import detect

BACKGROUND: dict[str, list[str]] = tomllib.loads(
    files("mlcheck.encode").joinpath("background.toml").read_text(encoding="utf-8")
)
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


def test_the_languages_in_order() -> None:
    assert tuple(BACKGROUND) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_many_in_every_language(language: str) -> None:
    assert len(BACKGROUND[language]) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_in_the_language_that_they_stand_under(language: str) -> None:
    assert detect(" ".join(BACKGROUND[language])) == language
